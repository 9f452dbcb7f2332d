//! When the browser has nothing better to do.

use futures::channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast as _, closure::Closure};

/// Before the first picture and what it shows are done, the browser may look idle.
const START_MS: u32 = 1500;

/// Resolves when the page has long been shown and the browser is idle; where it cannot say so, after that time.
pub async fn idle() {
    TimeoutFuture::new(START_MS).await;
    let (sender, turn) = oneshot::channel();
    let on_idle = Closure::once(move || {
        let _ = sender.send(());
    });
    let asked =
        web_sys::window().map(|window| window.request_idle_callback(on_idle.as_ref().unchecked_ref()));
    if matches!(asked, Some(Ok(_))) {
        let _ = turn.await;
    }
}
