use std::fmt;

use crate::{
    format,
    model::{Direction, MetricSummary},
};

/// What a column takes of a metric's history in place of its latest value.
///
/// All but a value at a step and the curve follow from the [`MetricSummary`] that a run carries.
/// Values that are not finite take no part in best, min, max and mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Take {
    /// The greatest or the least value, as the metric's direction has it; nothing where that is unknown.
    Best,
    /// The least value.
    Min,
    /// The greatest value.
    Max,
    /// The mean of all points.
    Mean,
    /// The value with the lowest step.
    First,
    /// The value that held at a step: of the latest point at or before it, where the run came so far.
    At(i64),
    /// How many points there are.
    Count,
    /// All points, as a small curve.
    Curve,
}

impl Take {
    /// Every one that needs no number beside it, in the order in which they are offered.
    pub const PLAIN: [Self; 7] =
        [Self::Best, Self::Min, Self::Max, Self::Mean, Self::First, Self::Count, Self::Curve];

    /// Reads what [`fmt::Display`] writes.
    pub fn parse(id: &str) -> Option<Self> {
        match id.strip_prefix("at") {
            Some(step) => step.parse().ok().map(Self::At),
            None => Self::PLAIN.into_iter().find(|take| take.to_string() == id),
        }
    }

    /// What stands beside the metric's name in the heading: `best`, `at 1,000`.
    pub fn word(self) -> String {
        match self {
            Self::At(step) => format!("at {}", format::integer(step)),
            Self::Count => "points".to_owned(),
            other => other.to_string(),
        }
    }

    /// What the cells show, in full: `Best value`.
    pub fn words(self) -> String {
        match self {
            Self::Best => "Best value".to_owned(),
            Self::Min => "Least value".to_owned(),
            Self::Max => "Greatest value".to_owned(),
            Self::Mean => "Mean of all points".to_owned(),
            Self::First => "First value".to_owned(),
            Self::At(step) => format!("Value at step {}", format::integer(step)),
            Self::Count => "Number of points".to_owned(),
            Self::Curve => "Curve".to_owned(),
        }
    }

    /// What is taken of this metric.
    pub(crate) fn of(self, metric: &MetricSummary) -> Taken {
        let at = |point: Option<(f64, i64)>| match point {
            Some((value, step)) => Taken::Value { value, step: Some(step) },
            None => Taken::Value { value: f64::NAN, step: None },
        };
        match self {
            Self::Best => match direction_of(&metric.key) {
                Direction::Higher => at(metric.max),
                Direction::Lower => at(metric.min),
                Direction::Unknown => Taken::Nothing("the name does not tell whether more or less is better"),
            },
            Self::Min => at(metric.min),
            Self::Max => at(metric.max),
            Self::Mean => Taken::Value { value: mean(metric), step: None },
            Self::First => Taken::Value { value: metric.first.value, step: Some(metric.first.step) },
            Self::At(step) => at_step(metric, step),
            Self::Count => Taken::Count(metric.count),
            Self::Curve => Taken::Curve,
        }
    }
}

impl fmt::Display for Take {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Best => f.write_str("best"),
            Self::Min => f.write_str("min"),
            Self::Max => f.write_str("max"),
            Self::Mean => f.write_str("mean"),
            Self::First => f.write_str("first"),
            Self::At(step) => write!(f, "at{step}"),
            Self::Count => f.write_str("count"),
            Self::Curve => f.write_str("curve"),
        }
    }
}

/// What [`Take::of`] found.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Taken {
    /// A value, and the step at which it was logged, where it is that of one point.
    Value {
        value: f64,
        step: Option<i64>,
    },
    Count(u64),
    Curve,
    /// Only the points themselves tell.
    InHistory(i64),
    /// There is none, and why.
    Nothing(&'static str),
}

/// Whether more or less of a metric is better: the one place where the table asks.
pub(crate) fn direction_of(key: &str) -> Direction {
    Direction::of_metric(key)
}

/// Of the finite values; NaN where there are none.
fn mean(metric: &MetricSummary) -> f64 {
    metric.sum / metric.count.saturating_sub(metric.non_finite) as f64
}

/// As far as the summary tells it.
fn at_step(metric: &MetricSummary, step: i64) -> Taken {
    let (first, last) = (metric.first, metric.last);
    if step > last.step {
        return Taken::Nothing("the run ended before this step");
    }
    if step < first.step {
        return Taken::Nothing("the run logged nothing so early");
    }
    if step == last.step {
        return Taken::Value { value: last.value, step: Some(last.step) };
    }
    Taken::InHistory(step)
}
