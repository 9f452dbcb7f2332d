use std::{collections::BTreeMap, sync::Arc};

use crate::{
    history::History,
    model::{Directions, Point},
    table::value::same_number,
};

/// Which value of a metric is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MetricAt {
    /// MLflow's latest point.
    #[default]
    Last,
    /// The best finite one, where the metric has a direction; else the latest.
    Best,
    /// The one at this step, or the last before it.
    Step(i64),
}

/// How far apart two numbers may be and still count as equal: by the greater of the two.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Tolerance {
    /// In the unit of the numbers.
    pub absolute: f64,
    /// As a share, 0 to 1, of the larger of both sizes.
    pub relative: f64,
}

impl Tolerance {
    /// Whether only equal numbers are equal.
    pub fn is_exact(self) -> bool {
        !(self.absolute > 0.0 || self.relative > 0.0)
    }

    /// Whether two numbers count as equal; NaN equals NaN, 0 equals −0. `allows(a, b)` is
    /// `allows(b, a)`.
    pub fn allows(self, a: f64, b: f64) -> bool {
        if same_number(a, b) {
            return true;
        }
        let size = a.abs().max(b.abs());
        let distance = (a - b).abs();
        distance.is_finite() && distance <= self.absolute.max(self.relative.clamp(0.0, 1.0) * size)
    }
}

/// What the latest points at or before a step are, by metric; one map a run.
pub type StepValues = Vec<BTreeMap<String, Point>>;

/// By which rules runs are compared.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rules {
    /// Which value of a metric counts.
    pub at: MetricAt,
    /// When numbers count as equal.
    pub tolerance: Tolerance,
    /// Which way metrics get better.
    pub directions: Arc<Directions>,
    /// The values for [`MetricAt::Step`], which are read from histories; none before they are.
    pub at_step: Option<Arc<StepValues>>,
}

/// The latest point of a history at or before a step, by MLflow's order of points: step, time, value.
pub fn at_step(history: &History, step: i64) -> Option<Point> {
    let before = history.iter().filter(|point| point.step <= step);
    before.max_by(|a, b| (a.step, a.timestamp).cmp(&(b.step, b.timestamp)).then(a.value.total_cmp(&b.value)))
}
