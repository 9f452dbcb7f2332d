use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::{
    figure::{Brush, Figure, Rail},
    table::Column,
};

use super::FigurePlot;

/// Turns what a person does on a figure into a pointed run and brushes.
#[derive(Clone, Copy)]
pub(super) struct Gestures {
    plot: FigurePlot,
    /// The brush that is being drawn: its rail and the share where it began.
    drag: StoredValue<Option<(usize, f64)>>,
}

/// How near an axis a drag marks it, in CSS pixels.
const REACH: f64 = 12.0;
/// A shorter mark is a click, as a share of the axis.
const CLICK: f64 = 0.015;

impl Gestures {
    pub(super) fn new(plot: FigurePlot) -> Self {
        Self { plot, drag: StoredValue::new(None) }
    }

    pub(super) fn down(self, event: &ev::PointerEvent) {
        let (x, y) = place(event);
        let started = self.figure(|figure| {
            let reach = REACH * figure.dpr;
            let on = |rail: &Rail| {
                (rail.x - x * figure.dpr).abs() <= reach && y * figure.dpr >= rail.top - reach / 2.0
            };
            let at = figure.rails.iter().position(on)?;
            Some((at, figure.rails.get(at)?.share(y * figure.dpr)))
        });
        if event.button() == 0
            && let Some(started) = started.flatten()
        {
            if let Some(target) = event.current_target().and_then(|it| it.dyn_into::<web_sys::Element>().ok())
            {
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            self.drag.set_value(Some(started));
        }
    }

    pub(super) fn moved(self, event: &ev::PointerEvent) {
        let (x, y) = place(event);
        if let Some((rail, from)) = self.drag.get_value() {
            let to = self.figure(|figure| figure.rails.get(rail).map(|rail| rail.share(y * figure.dpr)));
            if let Some(to) = to.flatten().filter(|to| (to - from).abs() >= CLICK) {
                self.plot.brushing.set(true);
                self.put(rail, from.min(to), from.max(to));
            }
            return;
        }
        if !self.plot.pinned.get_untracked() {
            self.plot.point(self.figure(|figure| figure.at(x * figure.dpr, y * figure.dpr)).flatten());
        }
    }

    pub(super) fn up(self, event: &ev::PointerEvent) {
        let drag = self.drag.get_value();
        let brushed = self.plot.brushing.get_untracked();
        self.cancel();
        if brushed {
            return self.say_brushed();
        }
        if let Some((rail, _)) = drag
            && let Some(column) = self.column(rail)
            && self.plot.brushes.with_untracked(|brushes| brushes.iter().any(|it| it.column == column))
        {
            // A click on an axis takes its mark away.
            self.plot.brushes.update(|brushes| brushes.retain(|brush| brush.column != column));
            return self.plot.publish();
        }
        let (x, y) = place(event);
        let item = self.figure(|figure| figure.at(x * figure.dpr, y * figure.dpr)).flatten();
        let was = self.plot.pinned.get_untracked();
        self.plot.pinned.set(false);
        self.plot.point(item);
        self.plot.pinned.set(!was && item.is_some());
    }

    pub(super) fn cancel(self) {
        // The figure may be gone before the pointer is.
        self.drag.try_set_value(None);
        self.plot.brushing.try_set(false);
    }

    pub(super) fn leave(self) {
        if self.drag.try_get_value() == Some(None) {
            self.plot.clear();
        }
    }

    pub(super) fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let plot = self.plot;
        let steps = if event.shift_key() { 10 } else { 1 };
        match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => self.step(steps),
            "ArrowLeft" | "ArrowUp" => self.step(-steps),
            "Home" => self.step(isize::MIN),
            "End" => self.step(isize::MAX),
            "Enter" | " " if plot.pointed.get_untracked().is_some() => {
                plot.pinned.update(|pinned| *pinned = !*pinned);
            }
            "Escape" if plot.pointed.get_untracked().is_some() => {
                plot.pinned.set(false);
                plot.point(None);
            }
            "Escape" if plot.brushes.with_untracked(|brushes| !brushes.is_empty()) => {
                plot.unmark();
                plot.charts.spoken.set("no mark".to_owned());
            }
            "f" | "F" => {
                let alone = plot.charts.board.with_untracked(|board| board.full.is_some());
                plot.charts.show_alone((!alone).then(|| plot.card.get_value()));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// The next item, read out.
    fn step(self, by: isize) {
        let count = self.figure(|figure| figure.items.len()).unwrap_or_default();
        let Some(last) = count.checked_sub(1) else { return };
        let next = match self.plot.pointed.get_untracked() {
            _ if by == isize::MIN => 0,
            _ if by == isize::MAX => last,
            None if by > 0 => 0,
            None => last,
            Some(at) => at.saturating_add_signed(by).min(last),
        };
        self.plot.point(Some(next));
        let words = self.figure(|figure| figure.items.get(next).map(runatlas_core::figure::Item::words));
        self.plot.charts.spoken.set(words.flatten().unwrap_or_default());
    }

    fn put(self, rail: usize, low: f64, high: f64) {
        let Some(column) = self.column(rail) else { return };
        self.plot.brushes.update(|brushes| {
            brushes.retain(|other| other.column != column);
            brushes.push(Brush { column, low, high });
        });
    }

    fn column(self, rail: usize) -> Option<Column> {
        self.figure(|figure| figure.rails.get(rail).map(|rail| rail.axis.column.clone())).flatten()
    }

    fn say_brushed(self) {
        self.plot.publish();
        let meant = untrack(|| self.plot.meant());
        if let Some(meant) = meant {
            let count = meant.iter().filter(|meant| **meant).count();
            self.plot.charts.spoken.set(format!("{count} of {} runs marked", meant.len()));
        }
    }

    fn figure<T>(self, ask: impl FnOnce(&Figure) -> T) -> Option<T> {
        self.plot.figure.with_untracked(|figure| figure.as_ref().map(|figure| ask(figure)))
    }
}

/// In CSS pixels of the figure, whatever in it is under the pointer.
fn place(event: &ev::PointerEvent) -> (f64, f64) {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let area = event.current_target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    area.map_or((x, y), |area| {
        let rect = area.get_bounding_client_rect();
        (x - rect.left(), y - rect.top())
    })
}
