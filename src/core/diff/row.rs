use super::{Delta, Diff};
use crate::{format::Clock, model::Direction};

/// One key across the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct DiffRow {
    /// The key: of a param, metric or tag, or a word such as `Status`.
    pub key: String,
    /// One a run, in the order of [`Diff::runs`].
    pub cells: Vec<DiffCell>,
    /// Whether any two of them differ.
    pub differs: bool,
    /// Which way a metric gets better.
    pub direction: Direction,
}

/// One run's value of one key.
#[derive(Debug, Clone, PartialEq)]
pub struct DiffCell {
    /// The value on one line; `not set` when it is missing.
    pub text: String,
    /// The exact value, where `text` is shortened or rounded.
    pub title: Option<String>,
    /// Not set.
    pub missing: bool,
    /// Differs from the baseline's.
    pub differs: bool,
    /// The best of the row, where the metric's direction is known and not all are equal.
    pub best: bool,
    /// Metrics that are numbers on both sides and differ.
    pub delta: Option<Delta>,
    /// NaN or ∞, and since when: `diverged at 13.3k`.
    pub bad: Option<String>,
}

pub(super) fn row(_diff: &Diff, _section: usize, _row: usize, _clock: &Clock) -> Option<DiffRow> {
    None
}
