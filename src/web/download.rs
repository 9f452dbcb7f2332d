//! Saving files.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast as _;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// Hands bytes to the browser's download as a file of this name and media type.
pub fn save(name: &str, media_type: &str, bytes: &[u8]) -> Result<(), String> {
    offer(name, object_url(media_type, bytes).ok_or("the browser made no file of it")?)
}

fn offer(name: &str, url: ObjectUrl) -> Result<(), String> {
    let document = web_sys::window().and_then(|window| window.document()).ok_or("there is no page")?;
    let link = document.create_element("a").map_err(|thrown| super::words(&thrown))?;
    let link: HtmlAnchorElement = link.unchecked_into();
    link.set_href(url.as_str());
    link.set_download(name);
    link.click();
    // The download has its own hold on the bytes only some time after the click.
    gloo_timers::callback::Timeout::new(60_000, move || drop(url)).forget();
    Ok(())
}

/// A large file in parts, which lie outside the program's memory.
#[derive(Debug, Default)]
pub struct Parts(Array);

impl Parts {
    /// Adds text to the end.
    pub fn push(&mut self, text: &str) {
        let text = Array::of1(&wasm_bindgen::JsValue::from_str(text));
        if let Ok(blob) = Blob::new_with_str_sequence(&text) {
            self.0.push(&blob);
        }
    }
}

/// Hands a file in parts to the browser's download.
pub fn save_parts(name: &str, media_type: &str, parts: &Parts) -> Result<(), String> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_blob_sequence_and_options(&parts.0, &options);
    let blob = blob.map_err(|thrown| super::words(&thrown))?;
    let url = Url::create_object_url_with_blob(&blob).map_err(|thrown| super::words(&thrown))?;
    offer(name, ObjectUrl { url })
}

/// A URL of these bytes for an image or a frame; dropping it frees the bytes.
pub fn object_url(media_type: &str, bytes: &[u8]) -> Option<ObjectUrl> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let parts = Array::of1(&Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    Some(ObjectUrl { url: Url::create_object_url_with_blob(&blob).ok()? })
}

/// See [`object_url`].
#[derive(Debug)]
pub struct ObjectUrl {
    url: String,
}

impl ObjectUrl {
    /// The URL, `blob:…`.
    pub fn as_str(&self) -> &str {
        &self.url
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.url);
    }
}
