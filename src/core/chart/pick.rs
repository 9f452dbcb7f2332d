//! Which points lie under the pointer.

use super::{Direction, Scene, Series, XAxis};
use crate::model::Millis;

/// What the readout says of one series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadoutRow {
    /// Which of the series.
    pub series: usize,
    /// Which point of its curve.
    pub point: usize,
    /// The step as logged.
    pub step: i64,
    /// When it was logged.
    pub timestamp: Millis,
    /// Milliseconds since the run's start, as relative time counts.
    pub elapsed: Millis,
    /// Its x on the chart's axis.
    pub x: f64,
    /// The value as logged.
    pub value: f64,
    /// The smoothed value; `None` where smoothing is off.
    pub smoothed: Option<f64>,
    /// Where x lies, in device pixels.
    pub px_x: f64,
    /// Where the painted value lies, in device pixels; NaN where it is not painted.
    pub px_y: f64,
    /// How far the point is from the pointer sideways, in device pixels. Large where a run ended
    /// long before: such a row may be left out.
    pub distance_x: f64,
}

impl ReadoutRow {
    /// The value that is painted: smoothed if smoothing is on.
    pub fn painted(&self) -> f64 {
        self.smoothed.unwrap_or(self.value)
    }
}

/// The logged point of each series that lies nearest to a pixel column, in the order of the series.
/// Points of the same x: the last one. Series without points have no row.
///
/// `series` and `x` must be what the scene was built from.
pub fn readout(scene: &Scene, series: &[Series], x: XAxis, x_px: f64) -> Vec<ReadoutRow> {
    let row = |(index, series): (usize, &Series)| {
        let curve = series.trace.curve(x);
        let at = nearest(scene, curve.xs(), x_px)?;
        let point = curve.point(at)?;
        let x = *curve.xs().get(at)?;
        let smoothed = if scene.smoothing.is_on() {
            curve.smoothed(scene.smoothing).values().get(at).copied()
        } else {
            None
        };
        let px_x = scene.x.scale.px_from_value(x);
        Some(ReadoutRow {
            series: index,
            point: at,
            step: point.step,
            timestamp: point.timestamp,
            elapsed: point.timestamp.saturating_sub(series.trace.origin()),
            x,
            value: point.value,
            smoothed,
            px_x,
            px_y: scene.y.scale.px_from_value(smoothed.unwrap_or(point.value)),
            distance_x: (px_x - x_px).abs(),
        })
    };
    series.iter().enumerate().filter_map(row).collect()
}

/// How far beyond the ends of a curve its end is still read, in CSS pixels.
const REACH: f64 = 8.0;

/// What [`readout`] says at an x, without the curves that have not begun or have ended there.
pub fn readout_at(scene: &Scene, series: &[Series], x: XAxis, at: f64) -> Vec<ReadoutRow> {
    let x_px = scene.x.scale.px_from_value(at);
    let mut rows = readout(scene, series, x, x_px);
    let reach = REACH * scene.dpr;
    rows.retain(|row| {
        let extent = series.get(row.series).and_then(|series| series.trace.curve(x).extent(false));
        extent.is_some_and(|extent| extent.contains(at)) || row.distance_x <= reach
    });
    rows
}

/// Where a cursor snaps to: the logged x that lies nearest to a pixel column.
pub fn snapped(scene: &Scene, series: &[Series], x: XAxis, x_px: f64) -> Option<f64> {
    let rows = readout(scene, series, x, x_px);
    rows.iter().min_by(|a, b| a.distance_x.total_cmp(&b.distance_x)).map(|row| row.x)
}

/// Brings rows nearest to the pointer's height to the front; rows that are not painted come last.
pub fn sort_by_nearness(rows: &mut [ReadoutRow], y_px: f64) {
    let distance =
        |row: &ReadoutRow| if row.px_y.is_finite() { (row.px_y - y_px).abs() } else { f64::INFINITY };
    rows.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
}

/// Brings the best painted values to the front; where no direction is known, the greatest, as they
/// stand in the picture. NaN comes last.
pub fn sort_by_value(rows: &mut [ReadoutRow], direction: Direction) {
    rows.sort_by(|a, b| {
        let (a, b) = (a.painted(), b.painted());
        let order = match direction {
            Direction::Lower => a.total_cmp(&b),
            Direction::Higher | Direction::Unknown => b.total_cmp(&a),
        };
        a.is_nan().cmp(&b.is_nan()).then(order)
    });
}

/// The x of the logged point `by` places to the right (negative: left) of `x`, among the points of
/// all given series: what an arrow key moves the cursor by. Stays at the first or last point.
pub fn moved(series: &[Series], axis: XAxis, x: f64, by: i32) -> Option<f64> {
    let mut at = x;
    for _ in 0..by.unsigned_abs() {
        let next = series.iter().filter_map(|series| {
            let xs = series.trace.curve(axis).xs();
            if by > 0 {
                xs.get(xs.partition_point(|&x| x <= at)).copied()
            } else {
                xs.get(xs.partition_point(|&x| x < at).checked_sub(1)?).copied()
            }
        });
        match next.reduce(if by > 0 { f64::min } else { f64::max }) {
            Some(next) => at = next,
            None => break,
        }
    }
    let any = series.iter().any(|series| !series.trace.curve(axis).xs().is_empty());
    any.then_some(at)
}

fn nearest(scene: &Scene, xs: &[f64], x_px: f64) -> Option<usize> {
    let scale = &scene.x.scale;
    let x = scale.value_from_px(x_px);
    let after = xs.partition_point(|&other| other <= x);
    let before = after.checked_sub(1);
    let Some(&next) = xs.get(after) else { return before };
    let distance = |x: f64| (scale.px_from_value(x) - x_px).abs();
    match before.and_then(|before| Some((before, *xs.get(before)?))) {
        Some((before, x)) if distance(x) <= distance(next) => Some(before),
        // The last of those with the same x.
        _ => Some(xs.partition_point(|&other| other <= next) - 1),
    }
}
