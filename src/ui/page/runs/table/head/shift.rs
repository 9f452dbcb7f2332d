use leptos::{ev, html, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::table::Column;

use crate::ui::app::app;

/// A heading that is dragged to another place.
#[derive(Clone, Copy)]
pub(in super::super) struct Shift {
    state: RwSignal<State>,
    /// The click that ends a drag is still to come.
    moved: StoredValue<bool>,
}

#[derive(Clone, PartialEq, Default)]
enum State {
    #[default]
    Idle,
    /// Pressed at this x; a drag only once the pointer went some way.
    Pressed(Column, f64),
    /// Dragged, to before or behind a column.
    Dragged(Column, Option<(Column, bool)>),
}

/// So far the pointer goes before it is a drag, in CSS pixels.
const THRESHOLD: f64 = 6.0;

impl Shift {
    /// For the components below.
    pub(in super::super) fn provide() {
        provide_context(Self { state: RwSignal::new(State::Idle), moved: StoredValue::new(false) });
    }

    pub(super) fn begin(self, event: &ev::PointerEvent, column: Column) {
        self.moved.set_value(false);
        // A finger scrolls.
        if event.button() == 0 && event.pointer_type() != "touch" {
            self.state.set(State::Pressed(column, f64::from(event.client_x())));
        }
    }

    pub(super) fn go(self, event: &ev::PointerEvent, head: NodeRef<html::Span>) {
        let column = match self.state.get_untracked() {
            State::Idle => return,
            State::Pressed(_, x) if (f64::from(event.client_x()) - x).abs() < THRESHOLD => return,
            State::Pressed(column, _) => {
                if let Some(head) = head.get_untracked() {
                    let _ = head.set_pointer_capture(event.pointer_id());
                }
                column
            }
            State::Dragged(column, _) => column,
        };
        let to = target(event).filter(|(to, _)| *to != column);
        self.state.set(State::Dragged(column, to));
    }

    pub(super) fn end(self, _: &ev::PointerEvent) {
        if let State::Dragged(column, to) = self.state.get_untracked() {
            self.moved.set_value(true);
            if let Some((to, behind)) = to {
                app().runs.move_column(&column, &to, behind);
            }
        }
        self.state.set(State::Idle);
    }

    pub(super) fn cancel(self) {
        self.state.set(State::Idle);
    }

    /// Whether the click that comes now ends a drag.
    pub(super) fn was_moved(self) -> bool {
        self.moved.try_update_value(std::mem::take).unwrap_or_default()
    }

    /// Whether the dragged heading would land before, or behind, this one.
    pub(super) fn is_target(self, column: StoredValue<Column>, behind: bool) -> bool {
        self.state.with(|state| match state {
            State::Dragged(_, Some((to, at))) => *at == behind && column.with_value(|column| column == to),
            _ => false,
        })
    }

    /// Whether this heading is dragged.
    pub(super) fn is_moved(self, column: StoredValue<Column>) -> bool {
        self.state.with(|state| match state {
            State::Dragged(moved, _) => column.with_value(|column| column == moved),
            _ => false,
        })
    }
}

/// The column whose heading is below the pointer, and whether its right half is.
fn target(event: &ev::PointerEvent) -> Option<(Column, bool)> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let head = document().element_from_point(x, y)?.closest("[data-column]").ok()??;
    let at: usize = head.get_attribute("data-column")?.parse().ok()?;
    let rect = head.dyn_ref::<web_sys::Element>()?.get_bounding_client_rect();
    let behind = f64::from(x) > rect.left() + rect.width() / 2.0;
    let column = app().runs.grid.with_untracked(|grid| grid.all().get(at).cloned())?;
    Some((column, behind))
}
