//! Keyboard: single keys press the button that carries them as `data-hotkey`, so that what a key
//! does and what the button does are one thing.

use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};

use super::{
    app::app,
    part::{Dialog, Icon},
};

/// Listens for single keys while nothing is being typed.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let prefs = app().prefs;
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.alt_key() || event.default_prevented() || is_typing() {
            return;
        }
        let key = chord(&event);
        // The theme has a menu, which the key passes by.
        if key == "t" && !event.repeat() && open_dialog().is_none() {
            event.prevent_default();
            prefs.switch_theme();
        } else if let Some(target) = find_target(&key) {
            event.prevent_default();
            press(&target);
        }
    });
    on_cleanup(move || handle.remove());
}

/// The key as `data-hotkey` names it: `ctrl+` stands for ⌘ too, and Shift counts only beside it.
fn chord(event: &ev::KeyboardEvent) -> String {
    let key = event.key().to_lowercase();
    match (event.ctrl_key() || event.meta_key(), event.shift_key()) {
        (true, true) => format!("ctrl+shift+{key}"),
        (true, false) => format!("ctrl+{key}"),
        (false, _) => key,
    }
}

/// The visible element that carries a key; an open dialog hides those below it.
fn find_target(key: &str) -> Option<web_sys::HtmlElement> {
    if key.is_empty() || key.contains(['"', '\\']) {
        return None;
    }
    let selector = format!("[data-hotkey=\"{key}\"]");
    let found = match open_dialog() {
        Some(dialog) => dialog.query_selector_all(&selector),
        None => document().query_selector_all(&selector),
    }
    .ok()?;
    (0..found.length())
        .filter_map(|at| found.get(at)?.dyn_into::<web_sys::HtmlElement>().ok())
        .find(|element| element.offset_parent().is_some())
}

fn open_dialog() -> Option<web_sys::Element> {
    document().query_selector("dialog[open]").ok().flatten()
}

fn press(element: &web_sys::HtmlElement) {
    let _ = element.focus();
    if element.tag_name() != "INPUT" {
        element.click();
    }
}

fn is_typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        && !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "range"))
        || element.has_attribute("contenteditable")
}

/// The list of keys.
#[component]
pub(super) fn KeyMapButton() -> impl IntoView {
    let open = RwSignal::new(false);
    let keys: [(&str, &str); 18] = [
        ("1 2 3", "Table, charts, diff"),
        ("/", "Search"),
        ("↑ ↓", "Previous, next run"),
        ("→ ←", "Open, close children"),
        ("Space", "Show or hide a run"),
        ("B", "Set the baseline"),
        ("Enter", "Open a run"),
        ("[ ]", "Step through differences"),
        ("V", "Files below the diff"),
        ("X", "Swap the sides of a comparison"),
        ("+ − 0", "Zoom in, out, reset"),
        ("L", "Log scale of a chart"),
        ("F", "One chart alone"),
        ("Ctrl Z", "Undo a change of the charts"),
        ("Ctrl Shift Z", "Redo it"),
        ("O", "Open files (home)"),
        ("T", "Light or dark theme"),
        ("Esc", "Close, clear"),
    ];
    view! {
        <button class="iconbtn keys-only" data-hotkey="?" aria-label="Keyboard shortcuts" title="Keyboard shortcuts (?)" on:click=move |_| open.set(true)>
            <Icon name="keyboard" />
        </button>
        <Dialog open=open title="Keyboard shortcuts">
            <dl class="keymap">
                {keys
                    .into_iter()
                    .map(|(keys, words)| {
                        view! {
                            <div>
                                <dt>{keys.split(' ').map(|key| view! { <kbd>{key.to_owned()}</kbd> }).collect_view()}</dt>
                                <dd>{words}</dd>
                            </div>
                        }
                    })
                    .collect_view()}
            </dl>
        </Dialog>
    }
}
