//! Pictures: an SVG document as a PNG, saved or put on the clipboard.

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "
async function blobOf(svg, width, height) {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d').drawImage(image, 0, 0, width, height);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('the picture is too large for this browser');
    return blob;
  } finally {
    URL.revokeObjectURL(url);
  }
}

export async function pngOf(svg, width, height) {
  return new Uint8Array(await (await blobOf(svg, width, height)).arrayBuffer());
}

export async function copyPng(svg, width, height) {
  if (!navigator.clipboard?.write) {
    throw new Error('the browser grants the clipboard for pictures only over https or on localhost');
  }
  // Safari wants the promise, not the picture: the press of the button is over when that is made.
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': blobOf(svg, width, height) })]);
}
")]
extern "C" {
    #[wasm_bindgen(js_name = pngOf)]
    fn png_of(svg: &str, width: f64, height: f64) -> Promise;
    #[wasm_bindgen(js_name = copyPng)]
    fn copy_png_of(svg: &str, width: f64, height: f64) -> Promise;
}

/// An SVG document as a PNG of so many pixels; the error is for people.
pub async fn png(svg: &str, width: f64, height: f64) -> Result<Vec<u8>, String> {
    let bytes = JsFuture::from(png_of(svg, width, height)).await.map_err(|thrown| super::words(&thrown))?;
    Ok(Uint8Array::new(&bytes).to_vec())
}

/// Puts an SVG document on the clipboard as a PNG of so many pixels; the error is for people.
pub async fn copy_png(svg: &str, width: f64, height: f64) -> Result<(), String> {
    let copied = JsFuture::from(copy_png_of(svg, width, height)).await;
    copied.map(|_| ()).map_err(|thrown| super::words(&thrown))
}
