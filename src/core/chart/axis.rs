//! Scales and ticks.

mod label;
mod scale;
mod ticks;
mod time;

pub use scale::{Scale, ScaleKind, Symlog};

use super::{Range, XAxis};

/// A mark on an axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// The value it stands at.
    pub value: f64,
    /// Where that is, in device pixels.
    pub px: f64,
    /// The value for people.
    pub label: String,
}

/// A scale with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Values to pixels and back.
    pub scale: Scale,
    /// From the lowest value to the highest.
    pub ticks: Vec<Tick>,
}

impl Axis {
    /// The axis of metric values: 3 to 5 ticks at round values.
    pub fn of_values(scale: Scale) -> Self {
        let values = match scale.kind() {
            ScaleKind::Linear => ticks::linear(scale.range(), 5, 0.0),
            ScaleKind::Log => ticks::log(scale.range(), 5),
            ScaleKind::Symlog => ticks::symlog(scale.range(), 5),
        };
        Self::labelled(scale, &values, &label::numbers(&values, scale.kind()))
    }

    /// The axis of x, with at most `most` ticks.
    pub fn of_x(scale: Scale, x: XAxis, most: usize, utc_offset_minutes: i32) -> Self {
        let range = scale.range();
        let (values, labels) = match (scale.kind(), x) {
            (_, XAxis::WallTime) => time::wall(range, most, utc_offset_minutes),
            (ScaleKind::Linear, XAxis::RelativeTime) => time::elapsed(range, most),
            (ScaleKind::Log | ScaleKind::Symlog, XAxis::RelativeTime) => time::log_elapsed(range, most),
            (kind, XAxis::Step | XAxis::Metric) => {
                let least = if x == XAxis::Step { 1.0 } else { 0.0 };
                let values = match kind {
                    ScaleKind::Linear => ticks::linear(range, most, least),
                    ScaleKind::Log => ticks::log(range, most),
                    ScaleKind::Symlog => ticks::symlog(range, most),
                };
                let labels = label::numbers(&values, kind);
                (values, labels)
            }
        };
        Self::labelled(scale, &values, &labels)
    }

    fn labelled(scale: Scale, values: &[f64], labels: &[String]) -> Self {
        let ticks = values
            .iter()
            .zip(labels)
            .map(|(&value, label)| Tick { value, px: scale.px_from_value(value), label: label.clone() })
            .collect();
        Self { scale, ticks }
    }
}

/// The range of x that shows these extents when the person did not zoom: 0 is shown where the
/// data begin near it.
pub fn full_x_range(extent: Option<Range>, x: XAxis, kind: ScaleKind) -> Range {
    let Some(extent) = extent else {
        return Range { lo: if kind == ScaleKind::Log { 1.0 } else { 0.0 }, hi: 10.0 };
    };
    let near_zero = extent.lo > 0.0 && extent.lo <= extent.hi * 0.1;
    if kind == ScaleKind::Linear && x != XAxis::WallTime && near_zero {
        return Range { lo: 0.0, ..extent };
    }
    if extent.lo == extent.hi && kind == ScaleKind::Linear {
        // One step, one second: room to see the one point.
        let room = match x {
            XAxis::Step => 1.0,
            XAxis::Metric => 0.0,
            XAxis::WallTime | XAxis::RelativeTime => 1000.0,
        };
        return Range { lo: extent.lo - room, hi: extent.hi + room }.widened();
    }
    extent
}

/// The range of y that shows these values with some air above and below.
pub fn full_y_range(extent: Option<Range>, kind: ScaleKind) -> Range {
    const AIR: f64 = 0.05;
    match (extent, kind) {
        (None, ScaleKind::Linear | ScaleKind::Symlog) => Range { lo: 0.0, hi: 1.0 },
        (None, ScaleKind::Log) => Range { lo: 0.1, hi: 10.0 },
        (Some(range), ScaleKind::Linear) => {
            let wide = range.widened();
            if wide == range { range.padded(AIR) } else { wide }
        }
        (Some(range), ScaleKind::Log) if range.lo > 0.0 => {
            let powers = Range { lo: range.lo.log10(), hi: range.hi.log10() };
            let powers = if powers.hi - powers.lo < 1e-9 {
                Range { lo: powers.lo - 0.3, hi: powers.hi + 0.3 }
            } else {
                powers.padded(AIR)
            };
            let value = |power: f64| 10f64.powf(power).clamp(f64::MIN_POSITIVE, f64::MAX);
            Range { lo: value(powers.lo), hi: value(powers.hi) }
        }
        (Some(_), ScaleKind::Log) => full_y_range(None, kind),
        (Some(range), ScaleKind::Symlog) => {
            let wide = range.widened();
            let symlog = Symlog::of(wide);
            let places = Range { lo: symlog.apply(wide.lo), hi: symlog.apply(wide.hi) }.padded(AIR);
            let value = |place: f64| symlog.invert(place).clamp(f64::MIN, f64::MAX);
            Range { lo: value(places.lo), hi: value(places.hi) }
        }
    }
}
