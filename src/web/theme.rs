//! Light and dark, and the colours that charts take from the style sheet.

use super::Listener;

/// What a person chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ThemeChoice {
    /// As the system says, and following it.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

/// The kept choice.
pub fn choice() -> ThemeChoice {
    todo!()
}

/// Keeps a choice and applies it: `data-theme` on the root element is `light` or `dark`.
pub fn set_choice(choice: ThemeChoice) {
    todo!()
}

/// Applies the kept choice; call it once at start.
pub fn apply() {
    todo!()
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    todo!()
}

/// Calls back when the system changes between light and dark (after [`apply`] has been done again).
pub fn on_system_change(callback: impl FnMut() + 'static) -> Option<Listener> {
    todo!()
}

/// The value of a custom property of the root element, such as `--s1`.
pub fn token(name: &str) -> String {
    todo!()
}
