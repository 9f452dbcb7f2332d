//! Journeys through the production build in real Chromium, as a person would take them.
//!
//! `make e2e` builds dist/ if need be and runs them; tests/README.md says how to write one.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test says what went wrong by panicking"
)]

#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, unused_imports, reason = "a verb may be there before the journey that uses it")]
mod harness;

mod board;
mod compare;
mod figures;
mod files;
mod hostile;
mod live;
#[expect(clippy::allow_attributes, reason = "see the next line")]
#[allow(dead_code, reason = "the benchmark uses the rest")]
mod mlflow;
mod offline;
mod open;
mod parts;
mod runs;
mod server;
mod start;
mod stores;
mod views;
