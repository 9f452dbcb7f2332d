//! Small texts that this browser keeps and that are known at once, unlike what lies in the store.

use web_sys::Storage;

/// The text under a key.
pub fn get(key: &str) -> Option<String> {
    storage()?.get_item(&full(key)).ok().flatten()
}

/// Keeps a text; `None` forgets it. Where the browser keeps nothing, it holds for this visit.
pub fn set(key: &str, text: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match text {
        Some(text) => storage.set_item(&full(key), text),
        None => storage.remove_item(&full(key)),
    };
}

fn full(key: &str) -> String {
    format!("runatlas:{key}")
}

fn storage() -> Option<Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
