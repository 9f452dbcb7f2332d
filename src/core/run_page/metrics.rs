use crate::{
    diff::Delta,
    model::{Direction, Run},
};

/// A metric of the run.
#[derive(Debug, Clone, PartialEq)]
pub struct MetricRow {
    /// The key.
    pub key: String,
    /// Which way it gets better.
    pub direction: Direction,
    /// MLflow's latest value.
    pub last: String,
    /// The latest value exactly, with its step and time left to the page.
    pub last_exact: String,
    /// The latest value is NaN or ∞.
    pub last_bad: bool,
    /// Step of the latest value.
    pub last_step: String,
    /// The best finite value, where the direction is known.
    pub best: Option<String>,
    /// The step it was reached at first.
    pub best_step: Option<String>,
    /// Least finite value.
    pub min: Option<String>,
    /// Greatest finite value.
    pub max: Option<String>,
    /// Mean of the finite values.
    pub mean: Option<String>,
    /// How many points.
    pub count: String,
    /// `3 values are NaN or infinite, the first at step 13,300`
    pub non_finite: Option<String>,
    /// The latest value against the baseline's.
    pub delta: Option<Delta>,
}

/// The run's metrics by key, `system/…` last, against a baseline if there is one.
pub fn metric_rows(_run: &Run, _baseline: Option<&Run>) -> Vec<MetricRow> {
    Vec::new()
}
