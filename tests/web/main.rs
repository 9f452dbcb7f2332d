//! What needs a real browser, but no page of ours: storage, files, canvas. Empty natively.
//! `worker.rs` runs what matters there a second time, in a worker.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a failing test should stop at once"
)]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

mod bridge;
mod canvas;
mod files;
mod import;
mod lock;
mod place;
mod store;

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
fn the_tests_run_in_a_browser_that_can_keep_data() {
    let window = web_sys::window().expect("a window");
    assert!(window.is_secure_context(), "IndexedDB and service workers need a secure context");
    assert!(window.indexed_db().is_ok_and(|store| store.is_some()), "IndexedDB is there");
}
