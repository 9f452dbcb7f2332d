//! Servers that answer nonsense, too much, or something else than was asked: the page stays whole, what is good is
//! read, and the report says what is not.

use std::{fmt::Write as _, sync::Arc};

use serde_json::{Value, json};

use super::{LONG, connect, console_has_only_failed_requests, is_over, open_source};
use crate::{
    harness::{Page, Site},
    server::{Asked, Reply, Server},
};

const SCRIPT: &str = "<img src=x onerror='window.injected=1'><script>window.injected=1</script>";
const SECRET: &str = "not for everyone";

/// A server of one experiment and these runs; `histories` answers both calls for them.
fn server(runs: Vec<Value>, histories: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static) -> Server {
    server_of(None, runs, histories)
}

/// The same, whose list of experiments goes on at this token, always.
fn server_of(
    token: Option<&'static str>,
    runs: Vec<Value>,
    histories: impl Fn(&Asked) -> Option<Reply> + Send + Sync + 'static,
) -> Server {
    let runs = Arc::new(runs);
    Server::start(move |asked| {
        match asked.path.rsplit_once("mlflow/").map_or("", |(_, call)| call) {
        "experiments/search" => Some(Reply::json(
            json!({ "experiments": [{ "experiment_id": "7", "name": format!("Trap {SCRIPT}"), "lifecycle_stage": "active" }], "next_page_token": token }).to_string(),
        )),
        // A new token for ever, and the same runs.
        "runs/search" if asked.names("\"7\"") => {
            let token = format!("{}+", asked.body.len());
            Some(Reply::json(json!({ "runs": *runs, "next_page_token": token }).to_string()))
        }
        "metrics/get-history" | "metrics/get-history-bulk" => histories(asked),
        "artifacts/list" => Some(Reply::json(
            json!({ "root_uri": "x", "files": [{ "path": "../../up", "file_size": 1 }, { "path": format!("{SCRIPT}.md"), "file_size": 4 }, { "path": "good.txt", "file_size": 4 }] }).to_string(),
        )),
        _ if asked.path.ends_with("/version") => Some(Reply::new(200, "text/plain", "3.17.2")),
        _ if asked.path.ends_with("/health") => Some(Reply::new(200, "text/plain", "OK")),
        _ => Some(Reply::json("{}")),
    }
    })
}

/// A finished run whose metrics each say that their last step is 2.
fn run(number: u32, name: &str, metrics: &[&str]) -> Value {
    let metrics: Vec<Value> = metrics
        .iter()
        .map(|key| json!({ "key": key, "value": 0.5, "timestamp": 1_790_000_002_000_u64, "step": 2 }))
        .collect();
    json!({
        "info": { "run_id": format!("{number:032x}"), "run_name": name, "experiment_id": "7", "status": "FINISHED", "start_time": 1_790_000_000_000_u64, "end_time": 1_790_000_060_000_u64, "lifecycle_stage": "active", "artifact_uri": "x" },
        "data": { "metrics": metrics, "params": [{ "key": "lr", "value": "0.1" }, { "key": SCRIPT, "value": SCRIPT }], "tags": [{ "key": "mlflow.note.content", "value": format!("# Note\n{SCRIPT}\n[link](javascript:window.injected=1)") }] },
    })
}

/// So many points, each on its own step, the last of which is what `run` says when there are three.
fn points(run: &str, key: &str, count: u32) -> String {
    let mut text = String::from("{\"metrics\":[");
    for step in 0..count {
        let comma = if step == 0 { "" } else { "," };
        let time = 1_790_000_000_000_u64 + u64::from(step) * 1000;
        let _ = write!(
            text,
            "{comma}{{\"key\":\"{key}\",\"value\":0.{step:07},\"timestamp\":{time},\"step\":{step},\"run_id\":\"{run}\"}}"
        );
    }
    text + "]}"
}

fn three(asked: &Asked, key: &str) -> Reply {
    let mut runs = asked.query.split('&').filter_map(|pair| pair.strip_prefix("run_id="));
    Reply::json(points(runs.next_back().unwrap_or_default(), key, 3))
}

async fn nothing_was_injected(page: &Page) {
    let script = "return [window.injected ?? null, document.querySelectorAll('img[src=x], script:not([src])').length - window.scripts]";
    assert_eq!(
        page.eval(script).await,
        json!([null, 0]),
        "something of the server's became a part of the page"
    );
}

async fn open(site: &Site) -> Page {
    let page = Page::open(site, "").await;
    page.eval("window.scripts = document.querySelectorAll('script:not([src])').length").await;
    page
}

#[tokio::test]
async fn names_are_text_and_pages_without_end_are_cut() {
    let long = "endless ".repeat(130_000);
    let server =
        server_of(Some("again"), vec![run(1, SCRIPT, &["loss"]), run(2, &long, &["loss"])], |asked| {
            let reply = points(&format!("{:032x}", 1), "loss", 3);
            let second = points(&format!("{:032x}", 2), "loss", 3);
            let bulk =
                format!("{},{}", reply.trim_end_matches("]}"), second.trim_start_matches("{\"metrics\":["));
            if asked.path.ends_with("bulk") { Some(Reply::json(bulk)) } else { Some(three(asked, "loss")) }
        });
    let site = Site::start();
    let page = open(&site).await;
    connect(&page, &server.url()).await;
    // There seem to be many experiments: a person chooses.
    page.press("Show more").await;
    page.sees_count(".exp", 1).await;
    nothing_was_injected(&page).await;
    page.press("Read all").await;
    page.sees_within("Read 2 runs with 6 points", LONG).await;
    page.press("Open the runs").await;
    page.sees("<script>window.injected=1").await;
    nothing_was_injected(&page).await;
    page.screenshot("live-hostile").await;
    page.press("Charts").await;
    nothing_was_injected(&page).await;
    page.press("Table").await;
    page.click(".vrow a").await;
    page.sees("good.txt").await;
    assert_eq!(page.count("a[href^=javascript]").await, 0, "the note's link is not one");
    nothing_was_injected(&page).await;

    open_source(&page, server.url().trim_start_matches("http://")).await;
    page.sees("repeats a page token").await;
    page.sees("names further pages but sends nothing new").await;
    page.sees("../../up").await;
    nothing_was_injected(&page).await;
    page.console_is_clean().await;
    let pages = server.asked().iter().filter(|asked| asked.path.ends_with("runs/search")).count();
    assert!(pages < 30, "the page asked for {pages} pages of the same runs");
}

#[tokio::test]
async fn what_is_no_json_costs_itself() {
    let server = server(vec![run(1, "half good", &["broken", "good", "refused", "web page"])], |asked| {
        let is = |key: &str| asked.names(&format!("metric_key={key}"));
        match () {
            () if is("broken") => Some(Reply::json("{\"metrics\": [{\"key\": 5, \"value\": {}]}")),
            () if is("refused") => Some(Reply::new(500, "text/html", "<h1>No</h1>")),
            () if is("web") => Some(Reply::new(200, "text/html", format!("<!doctype html>{SCRIPT}"))),
            () => Some(three(asked, "good")),
        }
    });
    let site = Site::start();
    let page = open(&site).await;
    connect(&page, &server.url()).await;
    page.sees_within("Read 1 run with 3 points", LONG).await;
    open_source(&page, server.url().trim_start_matches("http://")).await;
    for key in ["broken", "refused", "web page"] {
        page.sees(&format!("metric_key={key}")).await;
    }
    nothing_was_injected(&page).await;
    console_has_only_failed_requests(&page).await;
}

#[tokio::test]
async fn fifty_megabytes_of_one_history_are_decoded_beside_the_page() {
    const POINTS: u32 = 500_000;
    let id = format!("{:032x}", 1);
    let huge = Arc::new(points(&id, "huge", POINTS));
    assert!(huge.len() > 50_000_000, "{} bytes", huge.len());
    let server = server(vec![run(1, "large", &["huge"])], {
        let huge = Arc::clone(&huge);
        move |_| Some(Reply::json(huge.as_bytes()))
    });
    let site = Site::start();
    let page = open(&site).await;
    page.eval(
        "window.longest = 0; let last = performance.now();
         setInterval(() => { const now = performance.now(); window.longest = Math.max(window.longest, now - last); last = now }, 20)",
    )
    .await;
    connect(&page, &server.url()).await;
    page.sees_within(&format!("Read 1 run with {} points", crate::stores::grouped(u64::from(POINTS))), LONG)
        .await;
    // Decoding takes a good part of a second even in the fastest build: it is not the page that is held up by it.
    let longest = page.eval("return window.longest").await.as_f64().unwrap();
    assert!(longest < 2000.0, "the page did nothing for {longest:.0} ms");
    page.press("Charts").await;
    page.sees_count(".card canvas", 2).await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_sign_in_does_not_follow_a_redirect() {
    let elsewhere = Arc::new(Server::start(|_| Some(Reply::json("{\"metrics\":[]}"))));
    let server = server(vec![run(1, "led astray", &["away", "good"])], {
        let url = elsewhere.url();
        move |asked| {
            let led = Reply::new(302, "text/html", "").with("Location", format!("{url}/away"));
            Some(if asked.names("metric_key=away") { led } else { three(asked, "good") })
        }
    });
    let site = Site::start();
    let page = open(&site).await;
    page.press("Token").await;
    page.fill("[aria-label=Token]", SECRET).await;
    connect(&page, &server.url()).await;
    page.sees("led astray").await;
    // Asked for together with others, by itself, and then again and again, as if nothing answered.
    while server.asked().iter().filter(|asked| asked.names("metric_key=away")).count() < 3 {
        page.sees("Syncing").await;
    }
    page.press("Stop").await;
    is_over(&page).await;
    assert!(server.asked().iter().any(|asked| asked.header("authorization").contains(SECRET)));
    let led: Vec<String> = elsewhere.asked().iter().map(|asked| asked.path.clone()).collect();
    assert!(led.is_empty(), "the page followed to {led:?}");
    console_has_only_failed_requests(&page).await;
}

#[tokio::test]
async fn a_server_that_wants_a_day_of_rest_holds_nothing_up() {
    let server = server(vec![run(1, "patient", &["loss"])], |_| {
        Some(Reply::new(429, "text/plain", "Slow down").with("Retry-After", "86400"))
    });
    let site = Site::start();
    let page = open(&site).await;
    connect(&page, &server.url()).await;
    // The table is of use meanwhile, and the wait can be ended.
    page.sees("patient").await;
    page.sees("0.5000").await;
    page.press("Stop").await;
    is_over(&page).await;
    page.sees("Every run that was complete is kept").await;
    let asked = server.asked().iter().filter(|asked| asked.path.contains("get-history")).count();
    // The doctor asks once, and the requests that were under way when it answered are at most six.
    assert!(asked <= 7, "it was asked {asked} times though it wants to be left alone");
    console_has_only_failed_requests(&page).await;
}
