//! The fragment of the page's address, which holds the state of the screen.

use wasm_bindgen::JsValue;
use web_sys::{Url, Window};

use super::Listener;

fn window() -> Option<Window> {
    web_sys::window()
}

/// The fragment without its `#`, still percent-encoded as the browser keeps it; may be empty.
pub fn fragment() -> String {
    // From `href`: some browsers decode what `hash` gives.
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    href.split_once('#').map(|(_, fragment)| fragment.to_owned()).unwrap_or_default()
}

/// Makes this the fragment as a new entry of the browser's history.
pub fn push_fragment(fragment: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // Fails only for another origin, or when called hundreds of times a second.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&link(fragment)));
    }
}

/// Makes this the fragment of the current entry.
pub fn replace_fragment(fragment: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&link(fragment)));
    }
}

/// Calls back when the person went back or forth, or edited the address: not for
/// [`push_fragment`] and [`replace_fragment`].
pub fn on_change(mut callback: impl FnMut(String) + 'static) -> Option<Listener> {
    // Also fired when only the fragment was edited; "hashchange" would follow it with the same news.
    Some(Listener::new(&window()?.into(), "popstate", move |_| callback(fragment())))
}

/// The address of the page with this fragment: what a shared link says.
pub fn link(fragment: &str) -> String {
    let href = window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    let page = href.split('#').next().unwrap_or_default();
    format!("{page}#{fragment}")
}

/// An absolute address of something beside the page, under whatever path the app is served.
pub fn beside(path: &str) -> String {
    let base = window().and_then(|window| window.document()?.base_uri().ok().flatten());
    let url = base.and_then(|base| Url::new_with_base(path, &base).ok());
    url.map_or_else(|| path.to_owned(), |url| url.href())
}

/// The origin of the page, `https://host`.
pub fn origin() -> String {
    window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// The content of the page's `<meta name=…>`.
pub fn meta(name: &str) -> Option<String> {
    let document = window()?.document()?;
    let element = document.query_selector(&format!("meta[name='{name}']")).ok().flatten()?;
    element.get_attribute("content")
}
