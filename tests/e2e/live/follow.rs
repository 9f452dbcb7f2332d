//! What happens on a server while a person looks: runs that begin, go on and end show by themselves; a
//! reload goes on where it was; the same run from two places is known as one.

use std::time::{Duration, Instant};

use serde_json::json;

use super::{LONG, connect, holds, is_over, open_source};
use crate::{
    harness::{Page, Site},
    mlflow::MlflowServer,
    stores::Golden,
};

/// The value of a metric's cell in the row of a run.
const CELLS: &str = "const row = [...document.querySelectorAll('[role=row]')].find(row =>
        row.innerText.includes(arguments[0]));
    return row ? row.innerText.replaceAll('\\n', ' ') : ''";

async fn row(page: &Page, name: &str) -> String {
    page.eval_with(CELLS, vec![json!(name)]).await.as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_run_that_goes_on_is_followed_to_its_end() {
    let server = MlflowServer::start("3.17.2", &[]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    let golden = Golden::of("3.17.2-db");
    page.sees_within(&format!("Read {}", golden.runs()), LONG).await;

    page.sees_count(".crumbs .here", 1).await;
    let experiment = page.text(".crumbs .here").await;
    let mut script = server.log_run(&experiment, "on its way", 60, 0.4);
    let began = Instant::now();
    let mut seen = Vec::new();
    loop {
        let now = row(&page, "on its way").await;
        if !now.is_empty() && seen.last() != Some(&now) {
            seen.push(now);
        }
        if script.has_ended() {
            break;
        }
        assert!(began.elapsed() < LONG, "the script does not end");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    assert!(seen.len() >= 3, "the row changed only {} times: {seen:#?}", seen.len());
    let ended = "const row = [...document.querySelectorAll('[role=row]')].find(row => row.innerText.includes('on its way'));
        return row?.querySelector('[aria-label=\"Finished\"], [title=\"Finished\"]') && row.innerText.includes('59')";
    page.until_within("the end of the run, with its last value", ended, Vec::new(), LONG).await;
    page.screenshot("live-followed").await;
    page.console_is_clean().await;
}

#[tokio::test]
async fn a_reload_in_the_middle_of_a_sync_goes_on_by_itself() {
    let server = MlflowServer::start_grown("3.17.2", [40, 5, 1000], &[]);
    let golden = Golden::of("3.17.2-db");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    let began = Instant::now();
    while server.answered("metric_key=metric-") < 4 {
        assert!(began.elapsed() < LONG, "the page does not ask for histories");
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    page.reload().await;
    page.go("#1/home").await;
    page.sees(&server.host()).await;
    is_over(&page).await;
    open_source(&page, &server.host()).await;
    holds(&page, golden.runs + 40, golden.points + 200_000).await;
    let asked = server.answered("metric_key=metric-");
    assert!(asked < 20, "10 requests hold all, {asked} were answered");
    page.console_is_clean().await;
}

#[tokio::test]
async fn of_many_experiments_a_person_chooses_and_a_run_from_two_places_is_known_as_one() {
    let server = MlflowServer::start_with_experiments("3.17.2", 40);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    // The same database as files first.
    page.upload("input[aria-label=\"Files to open\"]", &[server.database()]).await;
    page.until_within("the runs of the file", "return location.hash.includes('/runs/')", Vec::new(), LONG)
        .await;
    page.go("#1/home").await;
    connect(&page, &server.url()).await;
    page.sees_within("Experiments on the server", LONG).await;
    page.sees("nothing is read yet").await;
    page.fill(".exps input[type=search]", "EXP-03").await;
    page.sees_count(".exp", 10).await;
    page.click(".exp:has([title=exp-033])").await;
    page.press("Read the chosen").await;
    page.sees("1 run here").await;
    is_over(&page).await;
    page.sees("1 experiment, 1 run").await;
    page.press("Open the runs").await;
    page.press("run of exp-033").await;
    page.sees("Also in mlflow").await;
    page.screenshot("live-twin").await;
    page.console_is_clean().await;
}

/// Takes the right to sync the source whose page is open, as a round of following or another tab does,
/// and gives it back after so many milliseconds.
async fn hold(page: &Page, millis: u32) {
    let script = "const source = location.hash.split('/').at(-1);
        navigator.locks.request(`runatlas sync ${source}`, () => {
            window.held = true;
            return new Promise(done => setTimeout(done, arguments[0]));
        }).then(() => { window.held = false; })";
    page.eval_with(script, vec![json!(millis)]).await;
    page.until("the lock", "return window.held === true").await;
}

#[tokio::test]
async fn a_refresh_waits_for_a_round_and_leaves_the_server_to_another_tab() {
    let server = MlflowServer::start("3.17.2", &[]);
    let golden = Golden::of("3.17.2-db");
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    page.sees_within(&format!("Read {}", golden.runs()), LONG).await;
    open_source(&page, &server.host()).await;
    holds(&page, golden.runs, golden.points).await;

    hold(&page, 3_000).await;
    page.press("Refresh").await;
    page.sees_within("Nothing is new on", LONG).await;
    page.until("the round to be over", "return window.held === false").await;
    page.does_not_see("Another tab").await;

    open_source(&page, &server.host()).await;
    hold(&page, 60_000).await;
    page.press("Refresh").await;
    page.sees_within("Another tab is reading this server", LONG).await;
    page.console_is_clean().await;
}
