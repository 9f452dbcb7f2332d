//! Whether somebody looks at this tab.

use super::Listener;

/// Whether the tab is visible.
pub fn is_visible() -> bool {
    document().is_none_or(|document| !document.hidden())
}

/// Calls back when the tab is looked at again.
pub fn on_return(mut callback: impl FnMut() + 'static) -> Option<Listener> {
    let document = document()?;
    Some(Listener::new(&document, "visibilitychange", move |_| {
        if is_visible() {
            callback();
        }
    }))
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
