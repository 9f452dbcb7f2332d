use super::values::{Unit, Values};
use crate::{
    chart::{Axis, Range, Scale, ScaleKind, Tick, XAxis, axis::full_y_range},
    format,
};

/// Width of a letter of a tick label, in CSS pixels: text is not measured here.
pub(super) const LETTER: f64 = 6.1;
/// The least height of a tick label, in CSS pixels.
const LINE: f64 = 15.0;
/// Distance that numbers on an x axis need, in CSS pixels.
const X_ROOM: f64 = 64.0;

/// An axis: places of runs and ticks.
#[derive(Debug)]
pub(super) struct Ruler {
    kind: Kind,
    /// Where the low and the high end lie.
    px: (f64, f64),
    pub(super) ticks: Vec<Tick>,
}

#[derive(Debug)]
enum Kind {
    Numbers(Scale),
    Categories(usize),
}

/// How many letters of each of so many labels have room beside each other. Labels that are cut to
/// nothing help nobody: fewer of them say more.
pub(super) fn letters_of(room: f64, labels: usize) -> usize {
    ((room / labels.max(1) as f64 / LETTER - 1.0) as usize).max(4)
}

impl Ruler {
    /// From the lower end to the upper end of a vertical axis.
    pub(super) fn upright(values: &Values, (bottom, top): (f64, f64), dpr: f64) -> Self {
        let room = (bottom - top).abs() / dpr;
        let most = ((room / 28.0) as usize).clamp(2, 6);
        Self::of(values, None, (bottom, top), most, LINE * dpr, 18)
    }

    /// From left to right.
    pub(super) fn level(values: &Values, px: (f64, f64), dpr: f64) -> Self {
        let room = (px.1 - px.0).abs() / dpr;
        let most = ((room / X_ROOM) as usize).clamp(2, 9);
        let letters = letters_of(room, values.labels().map_or(1, <[String]>::len));
        Self::of(values, None, px, most, letters as f64 * LETTER * dpr, letters)
    }

    /// From left to right over values of which some are given by their range.
    pub(super) fn level_over(values: &Values, range: Range, px: (f64, f64), dpr: f64) -> Self {
        let most = (((px.1 - px.0).abs() / dpr / X_ROOM) as usize).clamp(2, 9);
        Self::of(values, Some(range), px, most, 0.0, 0)
    }

    /// A vertical axis of counts, from zero on.
    pub(super) fn of_counts(highest: usize, px: (f64, f64), dpr: f64) -> Self {
        let range = Range { lo: 0.0, hi: highest.max(1) as f64 * 1.08 };
        let scale = Scale::new(ScaleKind::Linear, range, px.0, px.1);
        let most = (((px.1 - px.0).abs() / dpr / 34.0) as usize).clamp(4, 6);
        Self { kind: Kind::Numbers(scale), px, ticks: Axis::of_x(scale, XAxis::Step, most, 0).ticks }
    }

    fn of(
        values: &Values,
        range: Option<Range>,
        px: (f64, f64),
        most: usize,
        apart: f64,
        letters: usize,
    ) -> Self {
        if let Some(labels) = values.labels() {
            return Self::of_labels(labels, px, apart, letters);
        }
        let kind = if values.log { ScaleKind::Log } else { ScaleKind::Linear };
        let range = range.unwrap_or_else(|| full_y_range(Range::of(values.codes()), kind));
        let scale = Scale::new(kind, range, px.0, px.1);
        let axis = match values.unit {
            Unit::Plain => XAxis::Metric,
            Unit::Time => XAxis::WallTime,
            Unit::Length => XAxis::RelativeTime,
        };
        let ticks = Axis::of_x(scale, axis, most, values.offset()).ticks;
        Self { kind: Kind::Numbers(scale), px, ticks }
    }

    /// A place a label; only as many labels as have room.
    pub(super) fn of_labels(labels: &[String], px: (f64, f64), apart: f64, letters: usize) -> Self {
        let mut ruler = Self { kind: Kind::Categories(labels.len()), px, ticks: Vec::new() };
        let every = (apart / ruler.band().max(1e-9)).ceil().clamp(1.0, 1e6) as usize;
        let tick = |(place, label): (usize, &String)| Tick {
            value: place as f64,
            px: ruler.px_of(place as f64),
            label: format::middle(label, letters.max(3)).into_owned(),
        };
        ruler.ticks = labels.iter().enumerate().step_by(every).map(tick).collect();
        ruler
    }

    /// The width of a category in device pixels; 0 for numbers.
    pub(super) fn band(&self) -> f64 {
        match self.kind {
            Kind::Numbers(_) => 0.0,
            Kind::Categories(count) => (self.px.1 - self.px.0).abs() / count.max(1) as f64,
        }
    }

    /// Where a number or the place of a category lies.
    pub(super) fn px_of(&self, code: f64) -> f64 {
        match &self.kind {
            Kind::Numbers(scale) => scale.px_from_value(code),
            Kind::Categories(count) => {
                self.px.0 + (self.px.1 - self.px.0) * (code + 0.5) / (*count).max(1) as f64
            }
        }
    }

    /// Where a run lies.
    pub(super) fn px(&self, values: &Values, run: usize) -> Option<f64> {
        values.code(run).map(|code| self.px_of(code)).filter(|px| px.is_finite())
    }

    /// Where a value as [`Values::spread`] gives it lies.
    pub(super) fn px_of_spread(&self, values: &Values, spread: f64) -> f64 {
        self.px_of(if values.log { 10f64.powf(spread).clamp(f64::MIN_POSITIVE, f64::MAX) } else { spread })
    }

    /// Room that the labels of a vertical axis need, in CSS pixels.
    pub(super) fn room(&self) -> f64 {
        let letters = self.ticks.iter().map(|tick| tick.label.chars().count()).max().unwrap_or_default();
        letters as f64 * LETTER + 14.0
    }
}
