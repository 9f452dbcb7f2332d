//! What must work in a worker: reading files in place, and the store. Empty natively.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failing test should stop at once"
)]

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod blobs;
mod import;
mod store;

wasm_bindgen_test_configure!(run_in_dedicated_worker);
