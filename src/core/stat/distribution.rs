//! How values are distributed: quantiles, boxes, histograms, densities.
//!
//! Values that are not finite are left out and counted.

mod density;
mod histogram;

pub use density::{Density, Kernels};
pub use histogram::{Bins, Histogram, MOST_BINS};

/// Finite values in rising order: what everything in this room is made from.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sample {
    values: Vec<f64>,
    not_finite: usize,
}

impl Sample {
    /// Sorts the finite ones of the values.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Self {
        let (mut finite, other): (Vec<f64>, Vec<f64>) =
            values.into_iter().partition(|value| value.is_finite());
        finite.sort_unstable_by(f64::total_cmp);
        Self { values: finite, not_finite: other.len() }
    }

    /// The values, rising.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// How many values were left out.
    pub fn not_finite(&self) -> usize {
        self.not_finite
    }

    /// The value below which a share `q` (0 to 1) of the values lie, on the line between the two
    /// nearest: numpy's `linear`. `None` without values.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let last = self.values.len().checked_sub(1)?;
        let place = if q.is_nan() { 0.0 } else { q.clamp(0.0, 1.0) } * last as f64;
        let below = *self.values.get(place.floor() as usize)?;
        let above = *self.values.get(place.ceil() as usize)?;
        Some(between(below, above, place.fract()))
    }

    /// The arithmetic mean. `None` without values.
    pub fn mean(&self) -> Option<f64> {
        let (least, greatest) = (*self.values.first()?, *self.values.last()?);
        let n = self.values.len() as f64;
        let sum: f64 = self.values.iter().sum();
        let mean = if sum.is_finite() { sum / n } else { self.values.iter().map(|value| value / n).sum() };
        Some(mean.clamp(least, greatest))
    }

    /// The standard deviation, n - 1 in the denominator. `None` for fewer than two values.
    pub fn deviation(&self) -> Option<f64> {
        let mean = self.mean()?;
        let degrees = self.values.len().checked_sub(1).filter(|&degrees| degrees > 0)? as f64;
        let farthest = self.values.iter().map(|value| (value - mean).abs()).fold(0.0, f64::max);
        if farthest == 0.0 || !farthest.is_finite() {
            return Some(farthest);
        }
        let squares: f64 = self.values.iter().map(|value| ((value - mean) / farthest).powi(2)).sum();
        Some((squares / degrees).sqrt() * farthest)
    }

    /// What a box plot shows. `None` without values.
    pub fn tukey(&self) -> Option<Tukey> {
        let (q1, median, q3) = (self.quantile(0.25)?, self.quantile(0.5)?, self.quantile(0.75)?);
        let (low, high) = fences(q1, q3);
        let first = self.values.partition_point(|&value| value < low);
        let last = self.values.partition_point(|&value| value <= high);
        let outliers = self.values.get(..first).into_iter().chain(self.values.get(last..));
        Some(Tukey {
            n: self.values.len(),
            mean: self.mean()?,
            // Quartiles may lie between values: a whisker never points into the box.
            whiskers: [self.values.get(first)?.min(q1), self.values.get(last.checked_sub(1)?)?.max(q3)],
            q1,
            median,
            q3,
            outliers: outliers.flatten().copied().collect(),
        })
    }
}

/// A box plot after Tukey.
#[derive(Debug, Clone, PartialEq)]
pub struct Tukey {
    /// How many values there are.
    pub n: usize,
    /// Their mean.
    pub mean: f64,
    /// The lower edge of the box: a quarter of the values lie below.
    pub q1: f64,
    /// The line in the box.
    pub median: f64,
    /// The upper edge of the box.
    pub q3: f64,
    /// The least and the greatest value no farther than 1.5 times the box's height from the box.
    pub whiskers: [f64; 2],
    /// The values beyond the whiskers, rising.
    pub outliers: Vec<f64>,
}

/// How far from the box a value is no outlier.
pub(super) fn fences(q1: f64, q3: f64) -> (f64, f64) {
    // By parts: the height of a box between the least and the greatest f64 is infinite.
    let reach = if q1 == q3 { 0.0 } else { 1.5 * q3 - 1.5 * q1 };
    (q1 - reach, q3 + reach)
}

/// The line from one value to another.
pub(super) fn between(from: f64, to: f64, share: f64) -> f64 {
    (from * (1.0 - share) + to * share).clamp(from, to)
}
