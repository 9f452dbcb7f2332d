use std::cmp::Ordering;

use crate::{
    format::{self, Precision},
    model::Direction,
};

/// Whether a change is for the better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// In the metric's direction.
    Better,
    /// Against it.
    Worse,
    /// Under 0.6 %, or the direction is not known.
    Neutral,
}

/// How a metric differs from the baseline's.
#[derive(Debug, Clone, PartialEq)]
pub struct Delta {
    /// `+0.0292`, `−1,176`.
    pub text: String,
    /// `+3.6%`; `None` from a baseline of 0.
    pub percent: Option<String>,
    /// Above or below the baseline.
    pub sign: Ordering,
    /// Better, worse or neither.
    pub verdict: Verdict,
    /// −1 to 1: from the centre, scaled for the row, clipped.
    pub bar: f64,
}

impl Delta {
    /// From the baseline's value to another; `None` if either is NaN or ∞, or they are equal.
    /// `scale` is what fills the bar.
    pub(crate) fn new(
        from: f64,
        to: f64,
        direction: Direction,
        precision: Precision,
        scale: f64,
    ) -> Option<Self> {
        let sign = to.partial_cmp(&from).filter(|sign| sign.is_ne())?;
        if !from.is_finite() || !to.is_finite() {
            return None;
        }
        let verdict = match (is_small(from, to), direction, sign) {
            (true, _, _) | (_, Direction::Unknown, _) => Verdict::Neutral,
            (_, Direction::Higher, Ordering::Greater) | (_, Direction::Lower, Ordering::Less) => {
                Verdict::Better
            }
            _ => Verdict::Worse,
        };
        let difference = to - from;
        let bar = if scale > 0.0 { (difference / scale).clamp(-1.0, 1.0) } else { 0.0 };
        Some(Self {
            text: format::delta(difference, precision),
            percent: format::delta_percent(from, to),
            sign,
            verdict,
            bar: if bar.is_nan() { difference.signum() } else { bar },
        })
    }
}

/// What fills the bar of a row: its largest difference that is not out of all proportion to the
/// others, so that one diverged run does not flatten the rest.
pub(crate) fn scale(from: f64, others: impl Iterator<Item = f64>) -> f64 {
    const PROPORTION: f64 = 5.0;
    let large = others.filter(|to| to.is_finite() && !is_small(from, *to)).map(|to| (to - from).abs());
    let mut sizes: Vec<f64> = large.collect();
    sizes.sort_by(f64::total_cmp);
    let Some(median) = sizes.get(sizes.len() / 2) else { return 0.0 };
    sizes.iter().rev().copied().find(|size| *size <= median * PROPORTION).unwrap_or(0.0)
}

/// A change that is within noise.
fn is_small(from: f64, to: f64) -> bool {
    const NEUTRAL: f64 = 0.006;
    !from.is_finite() || (to - from).abs() < from.abs() * NEUTRAL || to == from
}
