//! Keyboard: keys do what the registry of commands says, unless something is being typed or lies over the page.
//!
//! A button may also carry its key itself, as `data-hotkey`: for a step that means nothing without the button and is no
//! command to be found by name.

use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::command::Chord;

use super::app::app;
use crate::state::{Command, CommandGroup};

/// Listens for the keys of commands.
#[component]
pub(super) fn Shortcuts() -> impl IntoView {
    let commands = app().commands;
    let handle = window_event_listener(ev::keydown, move |event| {
        let chord = chord(&event);
        let is_free = !event.default_prevented() && !is_dialog_open();
        // A key that is held down would switch back and forth.
        let repeats = event.repeat() && !STEPS.contains(&chord.key.as_str());
        let typing = is_typing() && (!chord.ctrl || EDITING.contains(&chord.key.as_str()));
        if is_free
            && !event.alt_key_only()
            && !repeats
            && !typing
            && (commands.press(&chord) || press_button(&chord, commands.single_keys))
        {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Keys of steps may be held down.
const STEPS: [&str; 8] = ["[", "]", "j", "k", "z", "y", "arrowdown", "arrowup"];

/// With Ctrl or ⌘, what these mean while typing is the field's own.
const EDITING: [&str; 6] = ["a", "c", "v", "x", "y", "z"];

trait Held {
    /// Alt is held, and not only to write a sign that a keyboard has no key for.
    fn alt_key_only(&self) -> bool;
}

impl Held for ev::KeyboardEvent {
    fn alt_key_only(&self) -> bool {
        self.alt_key() && !self.get_modifier_state("AltGraph")
    }
}

fn chord(event: &ev::KeyboardEvent) -> Chord {
    let ctrl = (event.ctrl_key() || event.meta_key()) && !event.get_modifier_state("AltGraph");
    Chord::new(&event.key(), ctrl, event.shift_key())
}

/// Presses the button that carries the key, if one is seen.
fn press_button(chord: &Chord, single_keys: RwSignal<bool>) -> bool {
    let may = !chord.is_single() || single_keys.get_untracked();
    let key = if chord.ctrl { chord.clone() } else { chord.without_shift() }.to_string();
    let button = buttons_with_keys().into_iter().find(|(carried, _)| may && *carried == key);
    if let Some((_, button)) = &button {
        let _ = button.focus();
        if button.tag_name() != "INPUT" {
            button.click();
        }
    }
    button.is_some()
}

fn buttons_with_keys() -> Vec<(String, web_sys::HtmlElement)> {
    let Ok(found) = document().query_selector_all("[data-hotkey]") else { return Vec::new() };
    let all = (0..found.length()).filter_map(|at| found.get(at)?.dyn_into::<web_sys::HtmlElement>().ok());
    let seen = all.filter(|button| button.offset_parent().is_some());
    seen.filter_map(|button| Some((button.get_attribute("data-hotkey")?, button))).collect()
}

/// The keys that buttons carry, and what the buttons are called.
pub(super) fn keys_of_buttons() -> Vec<(Chord, String)> {
    let name = |button: &web_sys::HtmlElement| {
        button.get_attribute("aria-label").unwrap_or_else(|| button.inner_text())
    };
    buttons_with_keys().into_iter().map(|(key, button)| (Chord::parse(&key), name(&button))).collect()
}

fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn is_typing() -> bool {
    let Some(element) = document().active_element() else { return false };
    matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
        && !matches!(element.get_attribute("type").as_deref(), Some("checkbox" | "range"))
        || element.has_attribute("contenteditable")
}

/// Lets `/` lead into a field for as long as the component that calls this is there.
pub(super) fn find_with_slash(id: &'static str, title: &'static str, field: NodeRef<html::Input>) {
    let focus = move || {
        if let Some(field) = field.get_untracked() {
            let _ = field.focus();
            field.select();
        }
    };
    app().commands.add(Command::new(id, title, focus).key("/").icon("search"));
}

/// Tells the key map of keys that a widget handles by itself.
pub(super) fn tell_of_keys(group: CommandGroup, keys: &[(&'static str, &[&str], &'static str)]) {
    for (id, chords, title) in keys {
        let command = Command::new(id, *title, || {}).group(group).local().silent();
        app().commands.add(chords.iter().fold(command, |command, chord| command.key(chord)));
    }
}
