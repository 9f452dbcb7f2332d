//! Live servers: what is read over REST is what MLflow's own client counts, it stays when the server is
//! gone, and what is in the way is named.

mod auth;
mod doctor;
mod follow;
mod hostile;
mod reading;
mod restart;

use std::time::Duration;

use serde_json::json;

use crate::harness::Page;

/// How long a sync may take on a machine that is busy with other journeys.
const LONG: Duration = Duration::from_secs(90);

async fn connect(page: &Page, url: &str) {
    page.fill("#conn-url", url).await;
    page.press("Connect").await;
}

/// From anywhere to the page of the source of that name.
async fn open_source(page: &Page, name: &str) {
    page.go("#1/home").await;
    page.press(&format!("Report, name and deletion of {name}")).await;
    page.sees("Import report").await;
}

/// Waits until nothing is being read.
async fn is_over(page: &Page) {
    let script = "return !document.querySelector('.importbar')";
    page.until_within("the sync to end", script, Vec::new(), LONG).await;
}

/// Waits until the source whose page is open is complete and holds so much.
async fn holds(page: &Page, runs: usize, points: u64) {
    let script = "const shown = document.querySelector('.src-h')?.innerText ?? '';
        return shown.includes(arguments[0]) && shown.includes(arguments[1]) && !shown.includes('incomplete')
            && !document.querySelector('.importbar')";
    let points = crate::stores::grouped(points);
    let runs = format!(", {runs} runs");
    let what = format!("a source of {runs} and {points} points");
    page.until_within(&what, script, vec![json!(runs), json!(points)], LONG).await;
}

/// Fails if the console has said more than that requests failed: those are what these journeys are about.
async fn console_has_only_failed_requests(page: &Page) {
    let is_of_requests =
        |line: &str| line.contains("Failed to load resource") || line.contains("blocked by CORS policy");
    let lines = page.console().await;
    let bad: Vec<&String> = lines
        .iter()
        .filter(|line| line.starts_with("WARNING") || line.starts_with("SEVERE"))
        .filter(|line| !is_of_requests(line))
        .collect();
    assert!(bad.is_empty(), "the console says: {bad:#?}");
}
