//! Fetching: what lies beside the page (the bundled example), and what an MLflow server answers.

mod body;
mod server;

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

use super::{location, words};

pub use server::{Abort, is_online, receive, send};
pub(super) use server::{fetch, private, set};

/// Fetches a file beside the page (`demo.zip`); `on_progress` gets (bytes so far, bytes in all
/// where known). The error is for people.
pub async fn fetch_beside(
    path: &str,
    mut on_progress: impl FnMut(u64, Option<u64>),
) -> Result<Vec<u8>, String> {
    let window = web_sys::window().ok_or("there is no page")?;
    let told = |thrown: JsValue| format!("{path} could not be fetched: {}", words(&thrown));
    let answer = JsFuture::from(window.fetch_with_str(&location::beside(path))).await.map_err(told)?;
    let answer: Response = answer.unchecked_into();
    if !answer.ok() {
        return Err(format!("{path} could not be fetched: the server answered {}", answer.status()));
    }
    let total = answer.headers().get("content-length").ok().flatten().and_then(|text| text.parse().ok());
    let body = answer.body().ok_or_else(|| format!("{path} could not be fetched: no content"))?;
    let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
    let mut bytes = Vec::new();
    loop {
        let part = JsFuture::from(reader.read()).await.map_err(told)?;
        let value = Reflect::get(&part, &JsValue::from_str("value")).map_err(told)?;
        let Some(part) = value.dyn_ref::<Uint8Array>() else {
            return Ok(bytes);
        };
        bytes.extend(part.to_vec());
        on_progress(bytes.len() as u64, total);
    }
}
