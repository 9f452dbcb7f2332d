//! The keyboard that a person has.

/// Whether its command key is ⌘.
pub fn is_mac() -> bool {
    let platform =
        web_sys::window().and_then(|window| window.navigator().platform().ok()).unwrap_or_default();
    ["Mac", "iPhone", "iPad"].iter().any(|apple| platform.starts_with(apple))
}
