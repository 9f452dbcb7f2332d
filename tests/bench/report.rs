//! Measured against budget, as a Markdown table.

use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// One line of the table.
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) measured: String,
    /// What it is measured beside, and what that took.
    pub(crate) peer: String,
    /// Measured over what is allowed: up to 1 is within the budget.
    pub(crate) share: f64,
    pub(crate) budget: String,
}

impl Row {
    /// A time against an allowed time.
    pub(crate) fn time(what: &str, took: Duration, allowed: Duration) -> Self {
        Self {
            what: what.to_owned(),
            measured: millis(took),
            peer: String::new(),
            share: took.as_secs_f64() / allowed.as_secs_f64(),
            budget: millis(allowed),
        }
    }

    /// A time against so many times a peer's.
    pub(crate) fn beside(what: &str, took: Duration, peer: &str, peer_took: Duration, times: f64) -> Self {
        let ratio = took.as_secs_f64() / peer_took.as_secs_f64();
        Self {
            what: what.to_owned(),
            measured: format!("{} ({ratio:.2}x)", millis(took)),
            peer: format!("{peer} {}", millis(peer_took)),
            share: ratio / times,
            budget: format!("{times}x"),
        }
    }
}

/// The best time of some rounds.
pub(crate) fn best<T>(rounds: usize, mut work: impl FnMut() -> T) -> Duration {
    let timed = |_| {
        let started = Instant::now();
        black_box(work());
        started.elapsed()
    };
    (0..rounds).map(timed).min().unwrap_or_default()
}

pub(crate) fn table(rows: &[Row]) -> String {
    let mut text = String::from("| what | measured | beside | budget | |\n|---|---|---|---|---|\n");
    for Row { what, measured, peer, share, budget } in rows {
        let verdict = if *share <= 1.0 { "kept" } else { "**missed**" };
        writeln!(text, "| {what} | {measured} | {peer} | {budget} | {verdict} |").expect("text takes text");
    }
    text
}

fn millis(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1e3;
    if millis < 10.0 { format!("{millis:.2} ms") } else { format!("{millis:.0} ms") }
}
