use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Reflect, Uint8Array};
use runatlas_core::mlflow::TransportError;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStreamDefaultReader, Response};

/// An answer that brings nothing for so long has broken off.
const SILENCE_MILLIS: u32 = 60_000;

/// Reads a body part by part, up to `limit` bytes, whatever length it announces; `on_part` gets how
/// many bytes there are by now. Whoever gives up on it aborts the request.
pub(super) async fn read(
    response: &Response,
    limit: u64,
    on_part: &mut dyn FnMut(u64),
) -> Result<Vec<u8>, TransportError> {
    let announced = response.headers().get("content-length").ok().flatten();
    if announced.and_then(|text| text.parse().ok()).is_some_and(|length: u64| length > limit) {
        return Err(TransportError::TooLarge);
    }
    let Some(body) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader =
        body.get_reader().dyn_into().map_err(|_thrown| TransportError::CutOff)?;
    let mut bytes = Vec::new();
    loop {
        let part = match select(JsFuture::from(reader.read()), TimeoutFuture::new(SILENCE_MILLIS)).await {
            Either::Left((part, _)) => part.map_err(|_thrown| TransportError::CutOff)?,
            Either::Right(_) => return Err(TransportError::TimedOut),
        };
        let value = Reflect::get(&part, &JsValue::from_str("value")).ok();
        let Some(part) = value.and_then(|value| value.dyn_into::<Uint8Array>().ok()) else {
            return Ok(bytes);
        };
        if bytes.len() as u64 + u64::from(part.length()) > limit {
            return Err(TransportError::TooLarge);
        }
        bytes.extend(part.to_vec());
        on_part(bytes.len() as u64);
    }
}
