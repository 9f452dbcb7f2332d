//! A chart in words: for readouts, and for people who do not see it.

use super::pick::{ReadoutRow, sort_by_value};
use super::{Direction, Scene, Series, XAxis};
use crate::format;
use crate::model::Millis;

/// An x of a chart for people: `18,772`, a date with the time of day, `1h 43m 05s`.
pub fn x_words(axis: XAxis, x: f64, utc_offset_minutes: i32) -> String {
    match axis {
        // A step beyond 2^53 is as exact as the axis.
        XAxis::Step => format::integer(x.round() as i64),
        XAxis::WallTime => format::date_time(x.round() as Millis, utc_offset_minutes),
        XAxis::RelativeTime => format::duration_long(x.round() as Millis),
        XAxis::Metric => format::metric(x),
    }
}

/// The second half of a readout's head: how long after its run's start a point was logged.
pub fn elapsed_words(elapsed: Millis) -> String {
    format::duration_long(elapsed)
}

/// How many curves a summary names.
const NAMED: usize = 8;

/// A chart in a few sentences: what it shows, of how many points, and the last values.
pub fn summary(metric: &str, axis: XAxis, scene: &Scene, series: &[Series]) -> String {
    let over = match axis {
        XAxis::Step => "step",
        XAxis::WallTime => "wall time",
        XAxis::RelativeTime => "relative time",
        XAxis::Metric => scene.x_metric.as_str(),
    };
    let runs = format::count(series.len() as u64, "run", "runs");
    let mut text = format!("{metric} by {over}: {runs}, {}.", scene.counts.words());
    let last = |series: &Series| {
        let value = *series.trace.curve(axis).raw().values().last()?;
        Some(format!("{} {}", series.label, format::metric(value)))
    };
    let named: Vec<String> = series.iter().filter_map(last).take(NAMED).collect();
    if !named.is_empty() {
        text.push_str(" Last values: ");
        text.push_str(&named.join(", "));
        if series.len() > NAMED {
            text.push_str(" and ");
            text.push_str(&format::count((series.len() - NAMED) as u64, "other", "others"));
        }
        text.push('.');
    }
    text
}

/// What a cursor is at, to be spoken: `val/loss, step 120: adam 0.3120, sgd 0.4711`.
pub fn readout_words(
    metric: &str,
    axis: XAxis,
    x: f64,
    utc_offset_minutes: i32,
    rows: &[ReadoutRow],
    series: &[Series],
) -> String {
    let mut rows = rows.to_vec();
    sort_by_value(&mut rows, Direction::of_metric(metric));
    let named = rows.iter().filter_map(|row| {
        Some(format!("{} {}", series.get(row.series)?.label, format::metric(row.painted())))
    });
    let named: Vec<String> = named.take(NAMED).collect();
    let at = x_words(axis, x, utc_offset_minutes);
    let at = match axis {
        XAxis::Step => format!("step {at}"),
        XAxis::WallTime => at,
        XAxis::RelativeTime => format!("after {at}"),
        XAxis::Metric => format!("x {at}"),
    };
    if named.is_empty() {
        format!("{metric}, {at}: no values")
    } else {
        format!("{metric}, {at}: {}", named.join(", "))
    }
}
