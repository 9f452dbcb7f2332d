//! The clipboard.

use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

/// Puts text on the clipboard; the error is for people.
pub async fn copy(text: &str) -> Result<(), String> {
    let window = web_sys::window().ok_or("there is no page")?;
    let found = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard")).ok();
    let clipboard = found.and_then(|found| found.dyn_into::<Clipboard>().ok());
    let clipboard = clipboard.ok_or("the browser grants the clipboard only over https or on localhost")?;
    let written = JsFuture::from(clipboard.write_text(text)).await;
    written.map(|_| ()).map_err(|thrown| super::words(&thrown))
}
