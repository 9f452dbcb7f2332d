use std::borrow::Cow;

use super::{
    Column, RunRef, StepValues,
    take::{Take, Taken},
};
use crate::model::{MetricSummary, Millis, PARENT_TAG, Run, RunStatus};

/// What a run has in a column; cells, sort keys and counts are made from it.
#[derive(Debug, Clone)]
pub(crate) enum Value<'a> {
    Missing,
    Text(Cow<'a, str>),
    /// An id, a path, a commit.
    Code(&'a str),
    /// A param or tag, as it was logged.
    Logged(&'a str),
    Time(Millis),
    Length(i64),
    Status(RunStatus),
    Metric(&'a MetricSummary),
    /// A value of a metric other than its latest, and the step at which it was logged, if it is one point's.
    Number {
        value: f64,
        step: Option<i64>,
    },
    Count(u64),
    Curve(&'a MetricSummary),
    /// To be read from the history.
    Unread,
    /// No value, and why.
    Nothing(&'static str),
    /// The parent: its name, if it is in the table, and its id.
    Parent(Option<&'a str>, &'a str),
}

impl Value<'_> {
    /// Whether both say the same. NaN equals NaN.
    pub(crate) fn same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Missing, Self::Missing) => true,
            (Self::Text(a), Self::Text(b)) => a == b,
            (Self::Code(a), Self::Code(b)) | (Self::Logged(a), Self::Logged(b)) => a == b,
            (Self::Time(a), Self::Time(b)) | (Self::Length(a), Self::Length(b)) => a == b,
            (Self::Status(a), Self::Status(b)) => a == b,
            (Self::Metric(a), Self::Metric(b)) => same_number(a.last.value, b.last.value),
            (Self::Number { value: a, .. }, Self::Number { value: b, .. }) => same_number(*a, *b),
            (Self::Count(a), Self::Count(b)) => a == b,
            (Self::Parent(_, a), Self::Parent(_, b)) => a == b,
            (Self::Nothing(_), Self::Nothing(_)) | (Self::Unread, Self::Unread) => true,
            // No two curves are looked at point by point here.
            _ => false,
        }
    }
}

/// Equality of numbers as people mean it: NaN equals NaN, 0 equals −0.
pub(crate) fn same_number(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

/// What a run has in a column, as far as the run itself tells.
pub(crate) fn value<'a>(run: &'a RunRef, column: &Column) -> Value<'a> {
    let RunRef { run, experiment, source_name, parent, .. } = run;
    match column {
        Column::Name => Value::Text(Cow::Borrowed(run.display_name())),
        Column::Status => Value::Status(run.status),
        Column::StartTime => run.start_time.map_or(Value::Missing, Value::Time),
        Column::EndTime => run.end_time.map_or(Value::Missing, Value::Time),
        Column::Duration => run.duration_millis().map_or(Value::Missing, Value::Length),
        Column::User => present(user(run), |text| Value::Text(Cow::Borrowed(text))),
        Column::SourceName => present(run.tag("mlflow.source.name"), Value::Code),
        Column::Commit => present(run.tag("mlflow.source.git.commit"), Value::Code),
        Column::Branch => present(run.tag("mlflow.source.git.branch"), Value::Code),
        Column::Experiment => Value::Text(Cow::Borrowed(experiment)),
        Column::Origin => Value::Text(Cow::Borrowed(source_name)),
        Column::Lifecycle => Value::Text(Cow::Borrowed(run.lifecycle.as_str())),
        Column::RunId => Value::Code(&run.id),
        Column::Datasets => datasets(run),
        Column::SourceType => present(run.tag("mlflow.source.type"), |text| Value::Text(Cow::Borrowed(text))),
        Column::Models => models(run),
        Column::ArtifactUri => present(Some(&run.artifact_uri), Value::Code),
        Column::Taken(key, take) => run.metric(key).map_or(Value::Missing, |metric| taken(metric, *take)),
        Column::Tag(key) if key == PARENT_TAG => {
            present(run.parent_id(), |id| Value::Parent(parent.as_deref(), id))
        }
        Column::Metric(key) => run.metric(key).map_or(Value::Missing, Value::Metric),
        Column::Param(key) => run.param(key).map_or(Value::Missing, Value::Logged),
        Column::Tag(key) => run.tag(key).map_or(Value::Missing, Value::Logged),
    }
}

/// The same, with what was read of histories.
pub(crate) fn value_with<'a>(run: &'a RunRef, column: &Column, steps: &StepValues) -> Value<'a> {
    match value(run, column) {
        Value::Unread => match steps.get(column, run) {
            None => Value::Unread,
            Some(None) => Value::Nothing("its history could not be read"),
            Some(Some(point)) => Value::Number { value: point.value, step: Some(point.step) },
        },
        other => other,
    }
}

/// What a run counts for in statistics over a column: a metric's number, or milliseconds; `None` for
/// anything that is not a quantity.
pub(crate) fn quantity(value: &Value<'_>) -> Option<f64> {
    match value {
        Value::Metric(metric) => Some(metric.last.value),
        Value::Number { value, .. } => Some(*value),
        Value::Count(count) => Some(*count as f64),
        Value::Length(millis) => Some(*millis as f64),
        _ => None,
    }
}

fn taken(metric: &MetricSummary, take: Take) -> Value<'_> {
    match take.of(metric) {
        Taken::Value { value, step } => Value::Number { value, step },
        Taken::Count(count) => Value::Count(count),
        Taken::Curve => Value::Curve(metric),
        Taken::InHistory(_) => Value::Unread,
        Taken::Nothing(why) => Value::Nothing(why),
    }
}

/// Who ran it: newer servers leave the field empty and write a tag.
pub(crate) fn user(run: &Run) -> Option<&str> {
    Some(run.user_id.as_str()).filter(|id| !id.is_empty()).or_else(|| run.tag("mlflow.user"))
}

fn present<'a>(text: Option<&'a str>, value: impl FnOnce(&'a str) -> Value<'a>) -> Value<'a> {
    text.filter(|text| !text.is_empty()).map_or(Value::Missing, value)
}

fn models(run: &Run) -> Value<'_> {
    match run.outputs.as_slice() {
        [] => Value::Missing,
        [one] => Value::Code(&one.model_id),
        many => Value::Text(
            many.iter().map(|model| model.model_id.as_str()).collect::<Vec<_>>().join(", ").into(),
        ),
    }
}

fn datasets(run: &Run) -> Value<'_> {
    match run.inputs.as_slice() {
        [] => Value::Missing,
        [one] => Value::Text(Cow::Borrowed(&one.name)),
        many => {
            Value::Text(many.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", ").into())
        }
    }
}
