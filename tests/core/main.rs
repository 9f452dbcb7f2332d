//! Native tests of `runatlas-core`: one file a room. See `tests/README.md`.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failing test should stop at once"
)]

mod board;
mod chart;
mod command;
mod compare;
mod corpus;
mod diff;
mod export;
mod figure;
mod format;
mod golden;
mod history;
mod job;
mod link;
mod mlflow;
mod mlflow_db;
mod mlruns;
mod preview;
mod query;
mod registry;
mod run_page;
mod sqlite;
mod stat;
mod stored;
mod support;
mod table;
mod zip;
