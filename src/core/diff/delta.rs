use std::cmp::Ordering;

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
