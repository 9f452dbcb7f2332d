use std::cmp::Ordering;

use super::History;
use crate::model::{MetricSummary, Point};

impl History {
    /// What a table shows of the metric `key`; `None` for an empty history.
    pub fn summary(&self, key: &str) -> Option<MetricSummary> {
        let first = self.iter().min_by(compare_latest)?;
        let mut summary = MetricSummary {
            key: key.to_owned(),
            last: first,
            first,
            count: self.len() as u64,
            ..MetricSummary::default()
        };
        for point in self.iter() {
            add(&mut summary, point);
        }
        Some(summary)
    }
}

fn add(summary: &mut MetricSummary, point: Point) {
    if compare_latest(&summary.last, &point) == Ordering::Less {
        summary.last = point;
    }
    if !point.value.is_finite() {
        summary.non_finite += 1;
        let earliest = summary.first_non_finite_step.map_or(point.step, |step| step.min(point.step));
        summary.first_non_finite_step = Some(earliest);
        return;
    }
    summary.sum += point.value;
    if summary.min.is_none_or(|(least, _)| point.value < least) {
        summary.min = Some((point.value, point.step));
    }
    if summary.max.is_none_or(|(greatest, _)| point.value > greatest) {
        summary.max = Some((point.value, point.step));
    }
}

/// MLflow's order for "latest": (step, timestamp, value). A NaN loses against any number with
/// the same step and timestamp, so that the answer does not depend on the order of writing.
pub fn compare_latest(a: &Point, b: &Point) -> Ordering {
    (a.step, a.timestamp).cmp(&(b.step, b.timestamp)).then_with(|| {
        match (a.value.is_nan(), b.value.is_nan()) {
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            _ => a.value.partial_cmp(&b.value).unwrap_or(Ordering::Equal),
        }
    })
}
