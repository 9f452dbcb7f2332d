//! The fragment of the page's address, which holds the state of the screen.

use super::Listener;

/// The fragment without its `#`, still percent-encoded as the browser keeps it; may be empty.
pub fn fragment() -> String {
    todo!()
}

/// Makes this the fragment as a new entry of the browser's history.
pub fn push_fragment(fragment: &str) {
    todo!()
}

/// Makes this the fragment of the current entry.
pub fn replace_fragment(fragment: &str) {
    todo!()
}

/// Calls back when the person went back or forth, or edited the address: not for
/// [`push_fragment`] and [`replace_fragment`].
pub fn on_change(callback: impl FnMut(String) + 'static) -> Listener {
    todo!()
}

/// The address of the page with this fragment: what a shared link says.
pub fn link(fragment: &str) -> String {
    todo!()
}

/// An absolute address of something beside the page, under whatever path the app is served.
pub fn beside(path: &str) -> String {
    todo!()
}
