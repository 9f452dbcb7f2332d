//! Values at a step, which only histories tell.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{Column, RunRef, Take};
use crate::{
    history::History,
    model::{MetricSummary, Point},
};

/// What was read of histories for columns that show values at a step.
#[derive(Debug, Clone, Default)]
pub struct StepValues(BTreeMap<Column, HashMap<Arc<str>, HashMap<String, Found>>>);

/// A point, and how many there were when it was looked for: a run that goes on is looked at again.
#[derive(Debug, Clone, Copy)]
struct Found {
    points: u64,
    point: Option<Point>,
}

impl StepValues {
    /// Notes what a run has in a column, from the metric's history; `None` where it could not be read.
    pub fn put(&mut self, column: &Column, run: &RunRef, history: Option<&History>) {
        let Some((metric, step)) = asked(column, run) else { return };
        let point = history.and_then(|history| at_step(history, step));
        let of_source = self.0.entry(column.clone()).or_default().entry(Arc::clone(&run.source)).or_default();
        of_source.insert(run.run.id.clone(), Found { points: metric.count, point });
    }

    /// Whether a column's value of a run is still to be read.
    pub fn wants(&self, column: &Column, run: &RunRef) -> bool {
        asked(column, run).is_some() && self.get(column, run).is_none()
    }

    /// What is known of a column: `None` while it is not read, `Some(None)` where there is nothing.
    #[expect(clippy::option_option, reason = "not read yet, and read but not there, are two answers")]
    pub(super) fn get(&self, column: &Column, run: &RunRef) -> Option<Option<Point>> {
        let found = self.0.get(column)?.get(&run.source)?.get(run.run.id.as_str())?;
        let Column::Taken(key, _) = column else { return None };
        (run.run.metric(key)?.count == found.points).then_some(found.point)
    }
}

/// Several share one; two are equal where they are the same one.
#[derive(Debug, Clone, Default)]
pub struct SharedSteps(pub Arc<StepValues>);

impl PartialEq for SharedSteps {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for SharedSteps {}

/// The latest point at or before a step.
pub fn at_step(history: &History, step: i64) -> Option<Point> {
    // Points with the same step: MLflow's latest is the one that counts.
    let until = history.steps.partition_point(|at| *at <= step);
    let same = history.steps.get(until.checked_sub(1)?)?;
    let from = history.steps.partition_point(|at| at < same);
    (from..until).filter_map(|at| history.get(at)).max_by(crate::history::compare_latest)
}

/// The metric and the step of a column whose value of this run only the history tells.
fn asked<'a>(column: &Column, run: &'a RunRef) -> Option<(&'a MetricSummary, i64)> {
    let Column::Taken(key, take @ Take::At(_)) = column else { return None };
    let metric = run.run.metric(key)?;
    match take.of(metric) {
        super::take::Taken::InHistory(step) => Some((metric, step)),
        _ => None,
    }
}
