//! Smoothing of curves.
//!
//! Contract: the answer has one value for each value that went in. A value that is NaN or infinite
//! stays as it is (a gap stays a gap) and does not touch its neighbours. A smoothed value lies
//! between the values that it is made of, to the last bit. Linear cost, but for [`gaussian`], whose
//! cost is that times its window, which is bounded.

mod exponential;
mod gaussian;
mod window;

pub use exponential::{ema, time_weighted};
pub use gaussian::{GREATEST_SIGMA, gaussian};
use serde::{Deserialize, Serialize};
pub use window::mean;

/// How a curve is smoothed.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Smoothing {
    /// As logged.
    #[default]
    Off,
    /// [`ema`] with this factor.
    Ema(f64),
    /// [`time_weighted`] with this factor.
    TimeWeighted {
        /// 0 (no smoothing) to 1.
        factor: f64,
        /// How much x the whole picture shows, so that all its curves are smoothed alike; `None`:
        /// each curve's own extent.
        span: Option<f64>,
    },
    /// [`mean`] over this many points.
    Mean(u32),
    /// [`gaussian`] with this standard deviation, in points.
    Gaussian(f64),
}

impl Smoothing {
    /// Whether it changes anything.
    pub fn is_on(self) -> bool {
        match self {
            Self::Off => false,
            Self::Ema(factor) | Self::TimeWeighted { factor, .. } => factor > 0.0,
            Self::Mean(points) => points > 1,
            Self::Gaussian(sigma) => gaussian::radius(sigma) > 0,
        }
    }

    /// The smoothed values. `xs` says where they lie, never falling; only [`Self::TimeWeighted`] asks.
    pub fn apply(self, xs: &[f64], values: &[f64]) -> Vec<f64> {
        match self {
            Self::Off => values.to_vec(),
            Self::Ema(factor) => ema(values, factor),
            Self::TimeWeighted { factor, span } => {
                time_weighted(xs, values, factor, span.unwrap_or_else(|| extent(xs)))
            }
            Self::Mean(points) => mean(values, points),
            Self::Gaussian(sigma) => gaussian(values, sigma),
        }
    }

    /// The same for a picture that shows this much x: what [`Self::TimeWeighted`] needs to smooth
    /// a short curve as it smooths a long one beside it.
    #[must_use]
    pub fn over(self, span: f64) -> Self {
        match self {
            Self::TimeWeighted { factor, .. } => Self::TimeWeighted { factor, span: Some(span) },
            other => other,
        }
    }

    /// For people: `running mean of 21 points`; nothing where it is off.
    pub fn words(self) -> String {
        match self {
            _ if !self.is_on() => String::new(),
            Self::Off => String::new(),
            Self::Ema(factor) => format!("EMA {factor}"),
            Self::TimeWeighted { factor, .. } => format!("time-weighted EMA {factor}"),
            Self::Mean(points) => format!("running mean of {points} points"),
            Self::Gaussian(sigma) => format!("Gaussian, sigma {sigma} points"),
        }
    }
}

fn extent(xs: &[f64]) -> f64 {
    xs.first().zip(xs.last()).map_or(0.0, |(first, last)| last - first)
}
