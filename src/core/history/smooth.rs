//! Smoothing of curves.
//!
//! Contract: the answer has one value for each value that went in. A value that is NaN or infinite
//! stays as it is (a gap stays a gap) and does not touch its neighbours.

use serde::{Deserialize, Serialize};

/// How a curve is smoothed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Smoothing {
    /// As logged.
    #[default]
    Off,
    /// [`ema`] with this factor.
    Ema(f64),
}

impl Smoothing {
    /// Whether it changes anything.
    pub fn is_on(self) -> bool {
        match self {
            Self::Off => false,
            Self::Ema(factor) => bounded(factor) > 0.0,
        }
    }

    /// The smoothed values.
    pub fn apply(self, values: &[f64]) -> Vec<f64> {
        match self {
            Self::Off => values.to_vec(),
            Self::Ema(factor) => ema(values, factor),
        }
    }
}

/// The greatest factor: at 1 the first value would never be left.
const GREATEST_FACTOR: f64 = 0.9999;

/// Exponential moving average, corrected for the bias of its start, as TensorBoard and W&B have
/// it: each average is the mean of all values so far, a value k points ago weighing `factor`^k.
///
/// `factor` is brought into 0 (no smoothing) to 0.9999; NaN means 0.
pub fn ema(values: &[f64], factor: f64) -> Vec<f64> {
    let factor = bounded(factor);
    let (mut sum, mut weight) = (0.0, 0.0);
    // An average lies between the values that it is made of; rounding must not push it out.
    let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
    let step = |&value: &f64| {
        if !value.is_finite() {
            return value;
        }
        least = value.min(least);
        greatest = value.max(greatest);
        sum = sum * factor + value * (1.0 - factor);
        weight = weight * factor + (1.0 - factor);
        (sum / weight).clamp(least, greatest)
    };
    values.iter().map(step).collect()
}

fn bounded(factor: f64) -> f64 {
    if factor.is_nan() { 0.0 } else { factor.clamp(0.0, GREATEST_FACTOR) }
}
