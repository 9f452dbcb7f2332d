//! The matrix by keyboard: a grid, whose container has the focus and names the cell it is at.

use leptos::{ev, prelude::*};
use runatlas_core::diff::Line;

use super::{Place, Shared, section, sight::Sight};
use crate::{state::App, ui::app::app};

/// Roughly a line, to turn pages, in CSS pixels.
const LINE: f64 = 27.0;

/// What a key does while the matrix has the focus.
pub(super) fn on_key(app: App, shared: Shared, sight: Sight, event: &ev::KeyboardEvent) {
    if event.alt_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let now = shared.cursor.get_untracked();
    let page = ((sight.height / LINE) as usize).max(2) - 1;
    let done = match moved(shared, now, event.key().as_str(), event.ctrl_key(), page) {
        Some(place) => {
            shared.cursor.set(Some(place));
            true
        }
        None => !event.ctrl_key() && now.is_some_and(|place| act(app, shared, place, event.key().as_str())),
    };
    if done {
        event.prevent_default();
    }
}

/// Where a key leads to; `None` for other keys, and for those that open and close.
fn moved(shared: Shared, from: Option<Place>, key: &str, ctrl: bool, page: usize) -> Option<Place> {
    let last_line = shared.lines.with_untracked(|lines| lines.len()).checked_sub(1)?;
    let last_column = untrack(|| shared.columns());
    let is_arrow = matches!(key, "ArrowDown" | "ArrowUp" | "ArrowLeft" | "ArrowRight");
    let Some((line, column)) = from else { return (is_arrow || key == "Home").then_some((0, 0)) };
    let on_head = !matches!(line_at(shared, line), Some(Line::Row { .. }));
    let place = match (key, ctrl) {
        ("ArrowDown", _) => (line + 1, column),
        ("ArrowUp", _) => (line.saturating_sub(1), column),
        ("ArrowLeft" | "ArrowRight", _) if on_head => return None,
        ("ArrowLeft", _) => (line, column.saturating_sub(1)),
        ("ArrowRight", _) => (line, column + 1),
        ("PageDown", _) => (line + page, column),
        ("PageUp", _) => (line.saturating_sub(page), column),
        ("Home", true) => (0, 0),
        ("End", true) => (last_line, last_column),
        ("Home", false) => (line, 0),
        ("End", false) => (line, last_column),
        _ => return None,
    };
    Some((place.0.min(last_line), place.1.min(last_column)))
}

fn line_at(shared: Shared, line: usize) -> Option<Line> {
    shared.lines.with_untracked(|lines| lines.get(line).copied())
}

/// Whether a key did something at a place.
fn act(app: App, shared: Shared, (line, column): Place, key: &str) -> bool {
    let Some(comparison) = shared.comparison.get_untracked() else { return false };
    match line_at(shared, line) {
        Some(Line::Head { section, open, .. }) => {
            let turns = match key {
                "Enter" | " " => true,
                "ArrowRight" => !open,
                "ArrowLeft" => open,
                _ => false,
            };
            if let Some(of) = comparison.diff.sections().get(section).filter(|_| turns) {
                section::toggle(app, of.kind);
            }
            turns
        }
        Some(Line::Row { section, row, open, .. }) => {
            let Some(id) = comparison.diff.id_of(section, row) else { return false };
            match key {
                "Enter" => shared.full.set(Some((section, row))),
                " " if open.is_some() => app.diff.toggle_row(id),
                "p" | "P" => app.diff.toggle_pin(id),
                "r" | "R" => app.diff.sort_by(id),
                "b" | "B" if column > 1 => {
                    let run = comparison
                        .columns
                        .get(column - 1)
                        .and_then(|runs| comparison.diff.runs().get(*runs.first()?));
                    if let Some(run) = run {
                        app.runs.set_baseline(run.key());
                    }
                }
                _ => return false,
            }
            true
        }
        Some(Line::Pins { .. }) | None => false,
    }
}

/// What [`on_key`] needs of the app, taken while components are made.
pub(super) fn handler(shared: Shared, sight: RwSignal<Sight>) -> impl Fn(ev::KeyboardEvent) + Copy {
    let app = app();
    move |event: ev::KeyboardEvent| {
        // Buttons and menus inside have keys of their own.
        if event.target() == event.current_target() {
            on_key(app, shared, sight.get_untracked(), &event);
        }
    }
}
