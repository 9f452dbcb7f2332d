//! Light and dark, and the colours that charts take from the style sheet.

use runatlas_core::chart::{Palette, Rgb};
use web_sys::{CssStyleDeclaration, Element, MediaQueryList};

use super::Listener;

/// Where the choice is kept: it must be known before the store is open, or the page would flash.
const KEPT: &str = "runatlas:theme";

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
    let kept = storage().and_then(|storage| storage.get_item(KEPT).ok().flatten());
    match kept.as_deref() {
        Some("light") => ThemeChoice::Light,
        Some("dark") => ThemeChoice::Dark,
        _ => ThemeChoice::System,
    }
}

/// Keeps a choice and applies it.
pub fn set_choice(choice: ThemeChoice) {
    if let Some(storage) = storage() {
        // Where nothing can be kept, the choice holds for this visit.
        let _ = match choice {
            ThemeChoice::System => storage.remove_item(KEPT),
            ThemeChoice::Light => storage.set_item(KEPT, "light"),
            ThemeChoice::Dark => storage.set_item(KEPT, "dark"),
        };
    }
    apply_choice(choice);
}

/// Applies the kept choice; call it once at start.
pub fn apply() {
    apply_choice(choice());
}

/// The attribute `data-theme` of the root element says `light` or `dark` when a person chose;
/// without it the style sheet follows the system.
fn apply_choice(choice: ThemeChoice) {
    if let Some(root) = root() {
        let _ = match choice {
            ThemeChoice::System => root.remove_attribute("data-theme"),
            ThemeChoice::Light => root.set_attribute("data-theme", "light"),
            ThemeChoice::Dark => root.set_attribute("data-theme", "dark"),
        };
    }
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    match root().and_then(|root| root.get_attribute("data-theme")).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => system().is_some_and(|query| query.matches()),
    }
}

/// Calls back when the system changes between light and dark.
pub fn on_system_change(mut callback: impl FnMut() + 'static) -> Option<Listener> {
    Some(Listener::new(&system()?.into(), "change", move |_| callback()))
}

/// The value of a custom property of the root element, such as `--s1`; empty if there is none.
pub fn token(name: &str) -> String {
    style().map(|style| read(&style, name)).unwrap_or_default()
}

/// The colours and the font that charts are drawn with, as the style sheet has them now.
pub fn palette() -> Palette {
    let style = style();
    let read = |name: &str| style.as_ref().map(|style| read(style, name)).unwrap_or_default();
    let color = |name: &str| Rgb::from_hex(&read(name)).unwrap_or_default();
    Palette {
        series: std::array::from_fn(|at| color(&format!("--s{}", at + 1))),
        ground: color("--panel"),
        grid: color("--line"),
        axis: color("--line-2"),
        ink: color("--text"),
        tick: color("--text-3"),
        text: color("--text-2"),
        scale: ["--scale-1", "--scale-2", "--scale-3"].map(color),
        font: read("--font-ui"),
    }
}

fn read(style: &CssStyleDeclaration, name: &str) -> String {
    style.get_property_value(name).unwrap_or_default().trim().to_owned()
}

fn style() -> Option<CssStyleDeclaration> {
    web_sys::window()?.get_computed_style(&root()?).ok().flatten()
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

fn system() -> Option<MediaQueryList> {
    web_sys::window()?.match_media("(prefers-color-scheme: dark)").ok().flatten()
}

fn storage() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}
