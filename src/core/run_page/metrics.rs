use crate::{
    diff::{Delta, delta_scale},
    format::{self, Precision},
    model::{Direction, MetricSummary, Run},
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
    /// The latest value exactly.
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
    /// The step it was reached at first.
    pub min_step: Option<String>,
    /// Greatest finite value.
    pub max: Option<String>,
    /// The step it was reached at first.
    pub max_step: Option<String>,
    /// Mean of the finite values.
    pub mean: Option<String>,
    /// How many points.
    pub count: String,
    /// `3 values are NaN or infinite, the first at step 13,300`
    pub non_finite: Option<String>,
    /// The latest value against the baseline's.
    pub delta: Option<Delta>,
}

impl MetricRow {
    /// Whether all words of a search occur in the key.
    pub fn matches(&self, search: &str) -> bool {
        let key = self.key.to_lowercase();
        search.split_whitespace().all(|word| key.contains(&word.to_lowercase()))
    }

    /// `0.0012 at step 97 to 1.2 at step 3; 100 points`, for where there are no columns.
    pub fn range_words(&self) -> String {
        let points = if self.count == "1" { "point" } else { "points" };
        match (&self.min, &self.min_step, &self.max, &self.max_step) {
            (Some(min), Some(min_step), Some(max), Some(max_step)) if min != max => {
                format!("{min} at step {min_step} to {max} at step {max_step}; {} {points}", self.count)
            }
            _ => format!("{} {points}", self.count),
        }
    }
}

/// The run's metrics by key, `system/…` last, against a baseline if there is one.
pub fn metric_rows(run: &Run, baseline: Option<&Run>) -> Vec<MetricRow> {
    let (system, own): (Vec<_>, Vec<_>) =
        run.metrics.iter().partition(|metric| metric.key.starts_with("system/"));
    own.into_iter().chain(system).map(|metric| row(metric, baseline)).collect()
}

fn row(metric: &MetricSummary, baseline: Option<&Run>) -> MetricRow {
    let direction = Direction::of_metric(&metric.key);
    let last = metric.last.value;
    let mean = mean(metric);
    let extremes = [metric.min, metric.max].into_iter().flatten().map(|(value, _)| value);
    // The mean is left out: that of whole numbers is seldom whole.
    let precision = Precision::of(extremes.chain([last]));
    let text = |value: f64| precision.format(value);
    let best = match direction {
        Direction::Higher => metric.max,
        Direction::Lower => metric.min,
        Direction::Unknown => None,
    };
    MetricRow {
        key: metric.key.clone(),
        direction,
        last: text(last),
        last_exact: format::exact(last),
        last_bad: !last.is_finite(),
        last_step: format::integer(metric.last.step),
        best: best.map(|(value, _)| text(value)),
        best_step: best.map(|(_, step)| format::integer(step)),
        min: metric.min.map(|(value, _)| text(value)),
        min_step: metric.min.map(|(_, step)| format::integer(step)),
        max: metric.max.map(|(value, _)| text(value)),
        max_step: metric.max.map(|(_, step)| format::integer(step)),
        mean: mean.map(format::metric),
        count: format::unsigned(metric.count),
        non_finite: non_finite(metric),
        delta: baseline.and_then(|run| run.metric(&metric.key)).and_then(|base| {
            let base = base.last.value;
            Delta::new(base, last, direction, precision, delta_scale(base, [last].into_iter()))
        }),
    }
}

fn mean(metric: &MetricSummary) -> Option<f64> {
    let finite = metric.count.saturating_sub(metric.non_finite);
    (finite > 0).then(|| metric.sum / finite as f64).filter(|mean| mean.is_finite())
}

fn non_finite(metric: &MetricSummary) -> Option<String> {
    let (values, verb) = match metric.non_finite {
        0 => return None,
        1 => ("1 value".to_owned(), "is"),
        many => (format::count(many, "value", "values"), "are"),
    };
    Some(match metric.first_non_finite_step {
        Some(step) if metric.non_finite == 1 => {
            format!("{values} {verb} NaN or infinite, at step {}", format::integer(step))
        }
        Some(step) => format!("{values} {verb} NaN or infinite, the first at step {}", format::integer(step)),
        None => format!("{values} {verb} NaN or infinite"),
    })
}
