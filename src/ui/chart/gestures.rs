use leptos::{ev, prelude::*};
use runatlas_core::{
    board::CardId,
    chart::{
        Range, Scale, Scene,
        pick::{moved, readout_at, snapped, sort_by_nearness},
        readout_words,
    },
};

use super::{Plot, pinch::Pinch, plot::Brush};
use crate::{state::Cursor, web::utc_offset_minutes};

/// What a person does on a chart.
pub(super) enum Gesture<'a> {
    /// A button or a finger went down.
    Down(&'a ev::PointerEvent),
    /// The pointer moved.
    Move(&'a ev::PointerEvent),
    /// It was let go.
    Up(&'a ev::PointerEvent),
    /// The browser took it, to scroll.
    Cancel,
    /// It left.
    Leave,
    /// The wheel turned.
    Wheel(&'a ev::WheelEvent),
    /// A key went down.
    Key(&'a ev::KeyboardEvent),
    /// A key was let go.
    KeyUp(&'a ev::KeyboardEvent),
}

/// Turns what a person does into zoom and cursor.
#[derive(Clone, Copy)]
pub(super) struct Gestures {
    plot: Plot,
    pinch: Pinch,
    holds_space: StoredValue<bool>,
    drag: StoredValue<Option<Drag>>,
    /// What the next frame is to do; later moves replace earlier ones.
    pending: StoredValue<Option<(f64, f64)>>,
}

#[derive(Clone, Copy)]
struct Drag {
    from: (f64, f64),
    kind: DragKind,
    /// The scale when it began: each move counts from there.
    scale: Scale,
}

#[derive(Clone, Copy, PartialEq)]
enum DragKind {
    /// Moves the picture sideways.
    Pan,
    /// Selects a part of x.
    Range,
    /// Selects a part of both axes.
    Box,
}

impl Drag {
    /// Whether it went far enough to be no click.
    fn is_wide(&self, x: f64, y: f64) -> bool {
        let far = (x - self.from.0).abs() >= CLICK;
        far && (self.kind != DragKind::Box || (y - self.from.1).abs() >= CLICK)
    }
}

/// A drag shorter than this is a click, in CSS pixels.
const CLICK: f64 = 4.0;
/// How near a curve must be to be the one that is meant, in CSS pixels.
const REACH: f64 = 40.0;
/// How much one pixel of the wheel, one key, and one notch sideways do.
const WHEEL_ZOOM: f64 = 0.002;
const KEY_ZOOM: f64 = 1.5;

impl Gestures {
    pub(super) fn new(plot: Plot) -> Self {
        Self {
            plot,
            pinch: Pinch::new(),
            holds_space: StoredValue::new(false),
            drag: StoredValue::new(None),
            pending: StoredValue::new(None),
        }
    }

    pub(super) fn run(self, gesture: Gesture<'_>) {
        match gesture {
            Gesture::Down(event) => self.down(event),
            Gesture::Move(event) => {
                if let Some(range) = self.pinch.moved(event, self.plot.scene.get_untracked().as_deref()) {
                    return self.zoom(Some(range));
                }
                self.move_to(f64::from(event.offset_x()), f64::from(event.offset_y()));
            }
            Gesture::Up(event) => self.up(event),
            Gesture::Cancel => {
                self.pinch.end();
                self.end_drag();
                self.plot.charts.leave();
            }
            Gesture::Leave => {
                if self.drag.get_value().is_none() {
                    self.pending.set_value(None);
                    self.plot.charts.leave();
                }
            }
            Gesture::Wheel(event) => self.wheel(event),
            Gesture::Key(event) => self.key(event),
            Gesture::KeyUp(event) => {
                if event.key() == " " {
                    self.holds_space.set_value(false);
                }
            }
        }
    }

    fn down(self, event: &ev::PointerEvent) {
        let Some(scene) = self.plot.scene.get_untracked() else { return };
        // A finger scrolls the page and moves the cursor; it does not select. Two zoom.
        if event.pointer_type() == "touch" {
            return self.pinch.down(event, scene.x.scale);
        }
        let kind = match event.button() {
            0 if event.alt_key() || self.holds_space.get_value() => DragKind::Pan,
            0 if event.shift_key() => DragKind::Box,
            0 => DragKind::Range,
            1 => DragKind::Pan,
            _ => return,
        };
        {
            if kind == DragKind::Pan {
                event.prevent_default();
            }
            if let Some(target) = event.current_target().and_then(as_element) {
                // Without it the drag ends at the edge of the chart.
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            self.drag.set_value(Some(Drag { from: place(event), kind, scale: scene.x.scale }));
            self.plot.panning.set(kind == DragKind::Pan);
        }
    }

    fn move_to(self, x: f64, y: f64) {
        if self.pending.with_value(Option::is_none) {
            request_animation_frame(move || {
                // The chart may have gone meanwhile.
                if let Some(Some((x, y))) = self.pending.try_update_value(Option::take) {
                    self.frame(x, y);
                }
            });
        }
        self.pending.set_value(Some((x, y)));
    }

    fn frame(self, x: f64, y: f64) {
        let Some(scene) = self.plot.scene.get_untracked() else { return };
        match self.drag.get_value() {
            Some(drag) if drag.kind == DragKind::Pan => {
                self.zoom(Some(drag.scale.pan((x - drag.from.0) * scene.dpr)));
            }
            Some(drag) => {
                let rect = scene.plot;
                let within_x = |x: f64| x.clamp(rect.left / scene.dpr, rect.right / scene.dpr);
                let within_y = |y: f64| y.clamp(rect.top / scene.dpr, rect.bottom / scene.dpr);
                let brush = drag.is_wide(x, y).then(|| Brush {
                    x: (within_x(drag.from.0), within_x(x)),
                    y: (drag.kind == DragKind::Box).then(|| (within_y(drag.from.1), within_y(y))),
                });
                self.plot.brush.set(brush);
                self.point(&scene, x, y);
            }
            None => self.point(&scene, x, y),
        }
    }

    fn up(self, event: &ev::PointerEvent) {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let Some(scene) = self.plot.scene.get_untracked() else { return };
        if event.pointer_type() == "touch" && self.pinch.up(event) {
            return;
        }
        let drag = self.drag.get_value();
        self.end_drag();
        match drag {
            Some(drag) if drag.kind == DragKind::Pan => {}
            Some(drag) if drag.is_wide(x, y) => {
                let rect = scene.plot;
                if drag.kind == DragKind::Box {
                    let px = |css: f64| (css * scene.dpr).clamp(rect.top, rect.bottom);
                    let range = scene.y.scale.range_between_px(px(drag.from.1), px(y));
                    self.plot.charts.zoom_y(&self.id(), Some(range));
                }
                let px = |css: f64| (css * scene.dpr).clamp(rect.left, rect.right);
                self.zoom(Some(scene.x.scale.range_between_px(px(drag.from.0), px(x))));
            }
            _ => self.pin(&scene, x, y),
        }
    }

    fn end_drag(self) {
        self.drag.set_value(None);
        self.plot.brush.set(None);
        self.plot.panning.set(false);
    }

    /// A click keeps the cursor where it is, the next one frees it.
    fn pin(self, scene: &Scene, x: f64, y: f64) {
        let cursor = self.plot.charts.cursor;
        let was = cursor.with_untracked(|cursor| cursor.as_ref().is_some_and(|cursor| cursor.pinned));
        cursor.set(None);
        self.point(scene, x, y);
        cursor.update(|cursor| {
            if let Some(cursor) = cursor {
                cursor.pinned = !was;
            }
        });
    }

    /// Moves the cursor to what was logged nearest to the pointer.
    fn point(self, scene: &Scene, x: f64, y: f64) {
        let Plot { charts, curves, card, .. } = self.plot;
        let (x_px, y_px) = (x * scene.dpr, y * scene.dpr);
        let rect = scene.plot;
        let axis = untrack(|| self.plot.x());
        let pinned =
            charts.cursor.with_untracked(|cursor| cursor.as_ref().filter(|at| at.pinned).map(|at| at.x));
        let inside = (rect.left..=rect.right).contains(&x_px);
        curves.with_untracked(|curves| {
            let free = || snapped(scene, &curves.series, axis, x_px).filter(|_| inside);
            let Some(x) = pinned.or_else(free) else { return charts.leave() };
            let mut rows = readout_at(scene, &curves.series, axis, x);
            sort_by_nearness(&mut rows, y_px);
            let reach = REACH * scene.dpr;
            let near = rows.first().filter(|row| (row.px_y - y_px).abs() <= reach);
            let nearest = near.and_then(|row| curves.runs.get(row.series)).cloned();
            if charts.nearest.with_untracked(|before| *before != nearest) {
                charts.nearest.set(nearest);
            }
            let next = Cursor { x, card: card.get_value(), y_px: Some(y_px), pinned: pinned.is_some() };
            if charts.cursor.with_untracked(|cursor| cursor.as_ref() != Some(&next)) {
                charts.cursor.set(Some(next));
            }
        });
    }

    /// With Ctrl or ⌘ it zooms at the pointer; sideways it moves a zoomed picture; else the page
    /// scrolls.
    fn wheel(self, event: &ev::WheelEvent) {
        let Some(scene) = self.plot.scene.get_untracked() else { return };
        // Lines and pages, as some mice count, in pixels.
        let unit = match event.delta_mode() {
            1 => 16.0,
            2 => 400.0,
            _ => 1.0,
        };
        let (dx, dy) = (event.delta_x() * unit, event.delta_y() * unit);
        let x_px = f64::from(event.offset_x()) * scene.dpr;
        if event.ctrl_key() || event.meta_key() {
            event.prevent_default();
            let factor = (-dy.clamp(-400.0, 400.0) * WHEEL_ZOOM).exp();
            self.zoom(Some(scene.x.scale.zoom_at(x_px, factor)));
        } else if dx.abs() > dy.abs() && self.is_zoomed() {
            event.prevent_default();
            self.zoom(Some(scene.x.scale.pan(-dx * scene.dpr)));
        }
    }

    fn is_zoomed(self) -> bool {
        let id = self.id();
        self.plot.charts.board.with_untracked(|board| board.zoom_of(&id).is_some())
    }

    fn key(self, event: &ev::KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let Some(scene) = self.plot.scene.get_untracked() else { return };
        let charts = self.plot.charts;
        let steps = if event.shift_key() { 10 } else { 1 };
        match event.key().as_str() {
            "ArrowRight" => self.step(&scene, steps),
            "ArrowLeft" => self.step(&scene, -steps),
            "+" | "=" => self.zoom_here(&scene, KEY_ZOOM),
            "-" | "_" | "\u{2212}" => self.zoom_here(&scene, 1.0 / KEY_ZOOM),
            "0" => charts.reset_zoom(Some(&self.id())),
            "l" | "L" => charts.toggle_log(&self.id()),
            "f" | "F" => {
                let alone = charts.board.with_untracked(|board| board.full.is_some());
                charts.show_alone((!alone).then(|| self.id()));
            }
            " " => self.holds_space.set_value(true),
            "Escape" if charts.cursor.with_untracked(Option::is_some) => charts.cursor.set(None),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn id(self) -> CardId {
        self.plot.card.with_value(|card| card.id.clone())
    }

    fn zoom(self, range: Option<Range>) {
        self.plot.charts.zoom(&self.id(), range);
    }

    fn zoom_here(self, scene: &Scene, factor: f64) {
        let middle = f64::midpoint(scene.plot.left, scene.plot.right);
        let cursor = self.plot.charts.cursor.with_untracked(|cursor| cursor.as_ref().map(|cursor| cursor.x));
        let px = cursor.map_or(middle, |x| scene.x.scale.px_from_value(x));
        let px = px.clamp(scene.plot.left, scene.plot.right);
        self.zoom(Some(scene.x.scale.zoom_at(px, factor)));
    }

    /// Moves the cursor over logged points, and says what is there.
    fn step(self, scene: &Scene, by: i32) {
        let Plot { charts, curves, card, .. } = self.plot;
        let axis = untrack(|| self.plot.x());
        curves.with_untracked(|curves| {
            let range = scene.x.scale.range();
            let before = charts.cursor.with_untracked(|cursor| cursor.as_ref().map(|cursor| cursor.x));
            let x = match before.filter(|x| range.contains(*x)) {
                Some(x) => moved(&curves.series, axis, x, by),
                None => {
                    snapped(scene, &curves.series, axis, f64::midpoint(scene.plot.left, scene.plot.right))
                }
            };
            let Some(x) = x else { return };
            if !range.contains(x) {
                // The picture follows.
                let there = scene.x.scale.px_from_value(x) - f64::midpoint(scene.plot.left, scene.plot.right);
                self.zoom(Some(scene.x.scale.pan(-there)));
            }
            charts.cursor.set(Some(Cursor { x, card: card.get_value(), y_px: None, pinned: true }));
            let rows = readout_at(scene, &curves.series, axis, x);
            let offset = utc_offset_minutes(x as i64);
            charts.spoken.set(readout_words(&self.plot.title(), axis, x, offset, &rows, &curves.series));
        });
    }
}

fn place(event: &ev::PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

fn as_element(target: leptos::web_sys::EventTarget) -> Option<leptos::web_sys::Element> {
    use leptos::wasm_bindgen::JsCast as _;
    target.dyn_into().ok()
}
