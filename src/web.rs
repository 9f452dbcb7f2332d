//! The only code that touches the browser.
//!
//! Nothing above this room sees a `JsValue`: what comes out are plain values, errors that can be
//! told to a person, and a few opaque handles ([`files::DroppedFile`], [`Listener`]).

pub mod attention;
pub mod browse;
pub mod canvas;
pub mod clipboard;
pub mod download;
pub mod examine;
pub mod files;
pub mod http;
pub mod idle;
pub mod import;
pub mod kept;
pub mod keyboard;
mod listener;
pub mod location;
pub mod lock;
pub mod observe;
pub mod offline;
pub mod picture;
pub mod session;
pub mod store;
pub mod sync;
pub mod theme;
pub mod tick;
pub mod worker;

pub use listener::Listener;

/// Milliseconds since the epoch, by the browser's clock.
pub fn now() -> runatlas_core::model::Millis {
    js_sys::Date::now() as i64
}

/// Minutes that the person's clock is ahead of UTC at an instant.
pub fn utc_offset_minutes(at: runatlas_core::model::Millis) -> i32 {
    let date = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    let behind = date.get_timezone_offset();
    // NaN for an instant that no calendar has.
    if behind.is_finite() { -(behind as i32) } else { 0 }
}

/// Lets other work go first, for at least this long.
pub async fn sleep_millis(millis: u32) {
    gloo_timers::future::TimeoutFuture::new(millis).await;
}

/// The words of a thrown value: an error's name and message, or the value as text.
fn words(thrown: &wasm_bindgen::JsValue) -> String {
    use wasm_bindgen::JsCast as _;
    if let Some(error) = thrown.dyn_ref::<web_sys::DomException>() {
        return format!("{}: {}", error.name(), error.message());
    }
    if let Some(error) = thrown.dyn_ref::<js_sys::Error>() {
        return String::from(error.message());
    }
    thrown.as_string().unwrap_or_else(|| format!("{thrown:?}"))
}
