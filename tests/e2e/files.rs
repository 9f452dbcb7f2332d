//! Artifact files of a live server: read when they are opened or by rule, and there when the server is gone.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use crate::harness::{Look, Page, Site};
use crate::mlflow::MlflowServer;

/// Small ones of which one has a hard name, and one that is read only when a person wants it.
fn log_files(server: &MlflowServer) -> (String, String) {
    let created = post(server, "experiments/create", &json!({ "name": "files" }));
    let experiment = created["experiment_id"].as_str().unwrap().to_owned();
    let made = post(server, "runs/create", &json!({ "experiment_id": experiment, "run_name": "with files" }));
    let run = made["run"]["info"]["run_id"].as_str().unwrap().to_owned();
    for (path, bytes) in [
        ("gone.txt", b"soon gone".to_vec()),
        ("notes.md", b"# Kept for later\n\nRead *once*.".to_vec()),
        ("other.txt", b"never read".to_vec()),
        ("plots/odd%20%26%20%C3%BC.json", br#"{"accuracy": 0.91}"#.to_vec()),
        ("plots/points.csv", b"step,loss\n1,0.5\n2,0.25\n".to_vec()),
        ("weights.bin", vec![7; 6_500_000]),
    ] {
        ask(server, "PUT", &artifact(&experiment, &run, path), &bytes);
    }
    (experiment, run)
}

fn artifact(experiment: &str, run: &str, path: &str) -> String {
    format!("/api/2.0/mlflow-artifacts/artifacts/{experiment}/{run}/artifacts/{path}")
}

fn post(server: &MlflowServer, call: &str, body: &Value) -> Value {
    let answer = ask(server, "POST", &format!("/api/2.0/mlflow/{call}"), body.to_string().as_bytes());
    serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{call}: {answer}"))
}

fn ask(server: &MlflowServer, method: &str, target: &str, body: &[u8]) -> String {
    let mut stream = TcpStream::connect(server.host()).unwrap();
    let head = format!(
        "{method} {target} HTTP/1.0\r\nHost: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        server.host(),
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains(" 200 "), "{method} {target}: {answer}");
    body.to_owned()
}

/// A line that carries so many bytes a second; -1 for any.
async fn line_of(page: &Page, bytes: i64) {
    let line = json!({ "offline": false, "latency": 0, "downloadThroughput": bytes, "uploadThroughput": -1 });
    page.cdp("Network.enable", json!({})).await;
    page.cdp("Network.emulateNetworkConditions", line).await;
}

/// The source's id, as the links of the home page name it, once all of it is read.
async fn source(page: &Page) -> String {
    page.go("#1/home").await;
    page.until("a link to the source", "return !!document.querySelector('a[href*=\"#1/source/\"]')").await;
    let href =
        page.eval("return document.querySelector('a[href*=\"#1/source/\"]').getAttribute('href')").await;
    let source = href.as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    page.go(&format!("#1/source/{source}")).await;
    let is_whole = "const shown = document.querySelector('.src-h')?.innerText ?? '';
        return shown.includes('28 runs') && !shown.includes('incomplete') && !document.querySelector('.importbar')";
    page.until_within("the whole source", is_whole, Vec::new(), Duration::from_secs(90)).await;
    source
}

/// In both themes, at both widths, for whoever wants to look.
async fn pictures(page: &Page, name: &str, css: &str) {
    if std::env::var_os("RUNATLAS_SHOTS").is_none() {
        return;
    }
    for (look, kind) in [
        (Look::PHONE, "phone"),
        (Look::PHONE.dark(), "phone-dark"),
        (Look::DESKTOP.dark(), "dark"),
        (Look::DESKTOP, "light"),
    ] {
        page.look(look).await;
        let settle = format!(
            "await new Promise(done => setTimeout(done, 500)); document.querySelector({css:?}).scrollIntoView({{ block: 'center' }})"
        );
        page.eval(&settle).await;
        page.screenshot(&format!("files-{name}-{kind}")).await;
    }
}

/// Refreshes until what is awaited is on the page of the source, which a refresh may lead away from.
async fn refresh(page: &Page, source: &str, awaited: &str) {
    page.press("Refresh").await;
    let started = Instant::now();
    while !page.text("body").await.contains(awaited) {
        assert!(started.elapsed() < Duration::from_secs(30), "{awaited:?} does not come");
        tokio::time::sleep(Duration::from_millis(500)).await;
        page.go(&format!("#1/source/{source}")).await;
    }
}

#[tokio::test]
async fn files_are_read_when_opened_or_by_rule_and_stay() {
    let server = MlflowServer::start("3.17.2", &["--cors-allowed-origins", "*"]);
    let (experiment, run) = log_files(&server);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    page.fill("#conn-url", &server.url()).await;
    page.press("Connect").await;
    let source = source(&page).await;
    let file = |path: &str| format!("#1/run/{source}/{run}?file={path}");

    page.go(&file("notes.md")).await;
    page.sees("Kept for later").await;
    page.go(&file("weights.bin")).await;
    page.sees("This file is still on the server").await;
    pictures(&page, "offered", ".prev").await;
    line_of(&page, 500_000).await;
    page.press("Read from the server").await;
    page.sees(" MB of 6.5 MB").await;
    pictures(&page, "coming", ".prev").await;
    page.press("Stop").await;
    page.sees("This file is still on the server").await;
    line_of(&page, -1).await;
    page.press("Read from the server").await;
    page.sees("Download it to open it elsewhere").await;

    ask(&server, "DELETE", &artifact(&experiment, &run, "gone.txt"), b"");
    page.go(&file("gone.txt")).await;
    page.sees("The server does not find this file").await;
    page.sees("no longer has it (404)").await;
    pictures(&page, "gone", ".prev").await;

    page.go(&format!("#1/source/{source}")).await;
    page.press("By rule").await;
    page.type_into("#files-patterns", "plots/*").await;
    page.sees("2 files, 41 B, match and are not here").await;
    page.press("Save the rule").await;
    page.sees("match and are not here; they are read with the next refresh").await;
    pictures(&page, "rule", ".files-f").await;
    refresh(&page, &source, "All that match are here: 2 files").await;

    drop(server);
    page.go("#1/home").await;
    page.reload().await;
    for (path, text) in [
        ("notes.md", "Kept for later"),
        ("plots%2Fodd%20%26%20%C3%BC.json", "accuracy"),
        ("plots%2Fpoints.csv", "0.25"),
        ("weights.bin", "Download it to open it elsewhere"),
        ("other.txt", "could not be reached"),
    ] {
        page.go(&file(path)).await;
        page.sees(text).await;
    }
    pictures(&page, "refused", ".prev").await;
}
