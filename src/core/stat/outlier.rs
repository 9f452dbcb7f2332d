//! Which values to clip, so that a few do not hide the others.

use super::distribution::{between, fences};

/// The values to show, ends included, and what lies beyond.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The least value to show.
    pub low: f64,
    /// The greatest value to show.
    pub high: f64,
    /// How many finite values lie below.
    pub below: usize,
    /// How many finite values lie above.
    pub above: usize,
    /// Of how many.
    pub of: usize,
}

/// The values of a curve (xs never falling) from one x to another, ends included.
pub fn within<'a>(xs: &[f64], values: &'a [f64], [from, to]: [f64; 2]) -> &'a [f64] {
    let first = xs.partition_point(|&x| x < from).min(values.len());
    let last = xs.partition_point(|&x| x <= to).clamp(first, values.len());
    values.get(first..last).unwrap_or_default()
}

/// From the `low`-th to the `high`-th percentile (0 to 100) of the finite values, as numpy's
/// `linear`. `None` without values. Hand in the visible values of all curves of a picture.
pub fn percentiles(values: impl IntoIterator<Item = f64>, low: f64, high: f64) -> Option<Bounds> {
    let mut finite: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    let (low, high) = (quantile(&mut finite, low / 100.0)?, quantile(&mut finite, high / 100.0)?);
    Some(bounds(&finite, low.min(high), low.max(high)))
}

/// Tukey's fences: 1.5 times the distance of the quartiles beyond them. `None` without values.
pub fn tukey(values: impl IntoIterator<Item = f64>) -> Option<Bounds> {
    let mut finite: Vec<f64> = values.into_iter().filter(|value| value.is_finite()).collect();
    let (low, high) = fences(quantile(&mut finite, 0.25)?, quantile(&mut finite, 0.75)?);
    Some(bounds(&finite, low, high))
}

/// In linear time: a million visible points need no order.
fn quantile(values: &mut [f64], q: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let place = if q.is_nan() { 0.0 } else { q.clamp(0.0, 1.0) } * last as f64;
    let (_, &mut below, rest) = values.select_nth_unstable_by(place.floor() as usize, f64::total_cmp);
    let above = rest.iter().copied().min_by(f64::total_cmp).unwrap_or(below);
    Some(between(below, above, place.fract()))
}

fn bounds(values: &[f64], low: f64, high: f64) -> Bounds {
    let count = |beyond: &dyn Fn(f64) -> bool| values.iter().filter(|value| beyond(**value)).count();
    Bounds { low, high, below: count(&|v| v < low), above: count(&|v| v > high), of: values.len() }
}
