use std::borrow::Cow;

use super::{Column, RunRef};
use crate::model::{MetricSummary, Millis, Run, RunStatus};

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
            _ => false,
        }
    }
}

/// Equality of numbers as people mean it: NaN equals NaN, 0 equals −0.
pub(crate) fn same_number(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan())
}

pub(crate) fn value<'a>(run: &'a RunRef, column: &Column) -> Value<'a> {
    let RunRef { run, experiment, source_name, .. } = run;
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
        Column::Metric(key) => run.metric(key).map_or(Value::Missing, Value::Metric),
        Column::Param(key) => run.param(key).map_or(Value::Missing, Value::Logged),
        Column::Tag(key) => run.tag(key).map_or(Value::Missing, Value::Logged),
    }
}

/// Who ran it: newer servers leave the field empty and write a tag.
pub(crate) fn user(run: &Run) -> Option<&str> {
    Some(run.user_id.as_str()).filter(|id| !id.is_empty()).or_else(|| run.tag("mlflow.user"))
}

fn present<'a>(text: Option<&'a str>, value: impl FnOnce(&'a str) -> Value<'a>) -> Value<'a> {
    text.filter(|text| !text.is_empty()).map_or(Value::Missing, value)
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
