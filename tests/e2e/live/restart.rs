//! Servers that go away in the middle of a sync.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use super::{LONG, connect, console_has_only_failed_requests, holds, is_over, open_source};
use crate::{
    harness::{Page, Site},
    mlflow::MlflowServer,
    server::{Server, forward},
    stores::Golden,
};

/// Runs, metrics and steps.
const GROWN: [u64; 3] = [40, 5, 1000];
/// Requests of 20,000 points each, and so many of them.
const GROWN_HISTORIES: (&str, usize) = ("metric_key=metric-", 10);

/// What MLflow's client counts in the golden database, and what was added to it.
fn expected() -> (usize, u64) {
    let golden = Golden::of("3.17.2-db");
    (golden.runs + 40, golden.points + GROWN.iter().product::<u64>())
}

async fn has_answered(server: &MlflowServer, what: &str, times: usize) {
    let began = Instant::now();
    while server.answered(what) < times {
        assert!(began.elapsed() < LONG, "{what} was answered {} times, not {times}", server.answered(what));
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_a_sync_is_read_to_its_end_when_it_is_back() {
    let (runs, points) = expected();
    let mut server = MlflowServer::start_grown("3.17.2", GROWN, &[]);
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &server.url()).await;
    let began = Instant::now();
    let (histories, in_all) = GROWN_HISTORIES;
    while server.answered(histories) < in_all / 2 {
        assert!(began.elapsed() < LONG, "the page does not ask for histories");
        std::thread::sleep(Duration::from_millis(2));
    }
    server.kill();
    page.sees_within("could not be reached", LONG).await;
    let answered = server.answered(histories);
    assert!(answered < in_all, "it had read all already");
    // What came is of use meanwhile.
    page.sees("grown-39").await;
    page.screenshot("live-killed").await;

    // It goes on by itself while the runs are looked at.
    server.start_again();
    has_answered(&server, histories, answered + 1).await;
    is_over(&page).await;
    open_source(&page, &server.host()).await;
    holds(&page, runs, points).await;
    let again = server.answered(histories) - answered;
    assert!((1..in_all).contains(&again), "of {in_all} requests, {answered} were answered, then {again}");
    console_has_only_failed_requests(&page).await;
}

#[tokio::test]
async fn a_sync_waits_out_a_short_interruption() {
    let (runs, points) = expected();
    let server = MlflowServer::start_grown("3.17.2", GROWN, &[]);
    let (port, dropped) = (server.port(), Arc::new(AtomicUsize::new(0)));
    // From the third request for histories on, four connections break off.
    let proxy = Server::start({
        let (seen, dropped) = (AtomicUsize::new(0), Arc::clone(&dropped));
        move |asked| {
            let began = asked.names(GROWN_HISTORIES.0) && seen.fetch_add(1, Ordering::SeqCst) >= 3;
            if (began || dropped.load(Ordering::SeqCst) > 0) && dropped.fetch_add(1, Ordering::SeqCst) < 4 {
                return None;
            }
            forward(port, asked)
        }
    });
    let site = Site::start();
    let page = Page::open(&site, "").await;
    connect(&page, &proxy.url()).await;
    page.sees_within(&format!("Read {runs} runs with"), LONG).await;
    assert!(dropped.load(Ordering::SeqCst) >= 4, "nothing was interrupted");
    open_source(&page, proxy.url().trim_start_matches("http://")).await;
    holds(&page, runs, points).await;
    page.sees("Everything was read").await;
    console_has_only_failed_requests(&page).await;
}
