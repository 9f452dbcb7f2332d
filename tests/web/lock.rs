//! Locks between tabs.

use runatlas::web::{lock::Lock, sleep_millis};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn a_lock_has_one_holder_until_it_is_dropped() {
    let name = format!("test {}", js_sys::Math::random());
    let held = Lock::try_hold(&name).await;
    assert!(held.is_some());
    assert!(Lock::try_hold(&name).await.is_none(), "somebody holds it");
    assert!(Lock::try_hold(&format!("{name} too")).await.is_some(), "another name is another lock");
    drop(held);
    for _ in 0..100 {
        if Lock::try_hold(&name).await.is_some() {
            return;
        }
        sleep_millis(20).await;
    }
    panic!("it was never given back");
}
