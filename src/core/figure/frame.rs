use super::{
    Anchor, Figure, FigureSpec, Ink, Label, Shape,
    ruler::{LETTER, Ruler},
    values::Values,
};
use crate::{
    chart::{Rect, Tick},
    format,
};

/// Room around a plane, in CSS pixels: titles above, ticks and titles below.
const TOP: f64 = 26.0;
const BOTTOM: f64 = 38.0;
const RIGHT: f64 = 14.0;
const LEFT: f64 = 40.0;
/// Half a dot.
const DOT: f64 = 5.0;

/// The size of a figure, and what all kinds draw alike.
#[derive(Debug, Clone, Copy)]
pub(super) struct Frame {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) dpr: f64,
    pub(super) utc_offset_minutes: i32,
}

impl Frame {
    pub(super) fn new(spec: &FigureSpec) -> Self {
        let dpr = if spec.dpr.is_finite() { spec.dpr.clamp(0.25, 16.0) } else { 1.0 };
        // Browsers refuse canvases beyond 32,767 pixels.
        let pixels = |css: f64| (css * dpr).round().clamp(1.0, 32_767.0) as u32;
        Self {
            width: pixels(spec.width),
            height: pixels(spec.height),
            dpr,
            utc_offset_minutes: spec.utc_offset_minutes,
        }
    }

    /// CSS pixels as device pixels.
    pub(super) fn px(&self, css: f64) -> f64 {
        css * self.dpr
    }

    pub(super) fn figure(&self) -> Figure {
        Figure { width: self.width, height: self.height, dpr: self.dpr, ..Figure::default() }
    }

    /// A figure that says why it shows nothing.
    pub(super) fn empty(&self, why: impl Into<String>, notes: Vec<String>) -> Figure {
        Figure { empty: Some(why.into()), notes, ..self.figure() }
    }

    /// The rectangle within margins given in CSS pixels.
    pub(super) fn inner(&self, left: f64, top: f64, right: f64, bottom: f64) -> Rect {
        let (left, top) = (self.px(left).round(), self.px(top).round());
        Rect {
            left,
            top,
            right: (f64::from(self.width) - self.px(right).round()).max(left + 1.0),
            bottom: (f64::from(self.height) - self.px(bottom).round()).max(top + 1.0),
        }
    }

    /// A plane over two columns, with its grid and titles.
    pub(super) fn plane(&self, x: &Values, y: &Values) -> (Figure, Plane) {
        self.plane_with(
            (&x.label, &|(left, right)| Ruler::level(x, self.within(left, right), self.dpr)),
            (&y.label, &|(bottom, top)| Ruler::upright(y, self.within(bottom, top), self.dpr)),
        )
    }

    /// Between the ends of an axis, with room for the half of a dot at both.
    pub(super) fn within(&self, from: f64, to: f64) -> (f64, f64) {
        let room = self.px(DOT).min((to - from).abs() / 4.0) * (to - from).signum();
        (from + room, to - room)
    }

    /// A plane with any two rulers, each made for the pixels it gets.
    pub(super) fn plane_with(
        &self,
        (x_title, x): (&str, &dyn Fn((f64, f64)) -> Ruler),
        (y_title, y): (&str, &dyn Fn((f64, f64)) -> Ruler),
    ) -> (Figure, Plane) {
        let outer = self.inner(0.0, TOP, RIGHT, BOTTOM);
        let y = y((outer.bottom, outer.top));
        let most = f64::from(self.width) / self.dpr * 0.38;
        let left = self.px(y.room().clamp(LEFT, most.max(LEFT))).round();
        let rect = Rect { left, right: outer.right.max(left + 1.0), ..outer };
        let x = x((rect.left, rect.right));
        let mut figure = self.figure();
        for tick in &y.ticks {
            let is_place = y.band() > 0.0;
            if !is_place {
                figure.ground.push(self.level_hair(tick.px, rect.left, rect.right, Ink::Grid));
            }
            figure.labels.push(self.y_label(tick, rect.left));
        }
        figure.ground.push(self.level_hair(rect.bottom, rect.left, rect.right, Ink::Axis));
        figure.labels.extend(self.x_labels(&x.ticks, &rect));
        figure.labels.push(self.title(y_title, (self.px(8.0), self.px(10.0)), Anchor::Left));
        let below = (f64::midpoint(rect.left, rect.right), f64::from(self.height) - self.px(9.0));
        figure.labels.push(self.title(x_title, below, Anchor::Center));
        (figure, Plane { rect, x, y })
    }

    /// A horizontal line one CSS pixel thick.
    pub(super) fn level_hair(&self, y: f64, left: f64, right: f64, ink: Ink) -> Shape {
        let thick = self.dpr.round().max(1.0);
        let top = (y - thick / 2.0).round();
        Shape::rect(Rect { left, right, top, bottom: top + thick }, ink)
    }

    /// A vertical line one CSS pixel thick.
    pub(super) fn upright_hair(&self, x: f64, top: f64, bottom: f64, ink: Ink) -> Shape {
        let thick = self.dpr.round().max(1.0);
        let left = (x - thick / 2.0).round();
        Shape::rect(Rect { left, right: left + thick, top, bottom }, ink)
    }

    pub(super) fn y_label(&self, tick: &Tick, left: f64) -> Label {
        let at = (left - self.px(8.0), tick.px);
        let letters = ((left / self.dpr - 12.0) / LETTER).max(2.0) as usize;
        let text = format::middle(&tick.label, letters).into_owned();
        Label { at, text, ink: Ink::Tick, anchor: Anchor::Right, plate: false }
    }

    /// Labels below an axis, kept within the picture.
    pub(super) fn x_labels(&self, ticks: &[Tick], rect: &Rect) -> Vec<Label> {
        let label = |tick: &Tick| {
            let half = self.px(tick.label.chars().count() as f64 * LETTER / 2.0 + 2.0);
            let last = (f64::from(self.width) - half).max(half);
            let at = (tick.px.clamp(half.min(last), last), rect.bottom + self.px(6.0));
            Label { at, text: tick.label.clone(), ink: Ink::Tick, anchor: Anchor::Top, plate: false }
        };
        ticks.iter().map(label).collect()
    }

    /// The name of an axis.
    pub(super) fn title(&self, text: &str, at: (f64, f64), anchor: Anchor) -> Label {
        let letters = (f64::from(self.width) / self.dpr * 0.45 / LETTER) as usize;
        let text = format::middle(text, letters.max(6)).into_owned();
        Label { at, text, ink: Ink::Text, anchor, plate: false }
    }
}

/// Where a plane has its axes.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) rect: Rect,
    pub(super) x: Ruler,
    pub(super) y: Ruler,
}
