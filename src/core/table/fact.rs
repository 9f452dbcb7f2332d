use std::borrow::Cow;

use super::{
    Column, RunRef,
    value::{Value, value},
};
use crate::format;

/// What a run has in a column, as text to group runs by; `None` for nothing. Runs with the same text
/// are the same here.
pub fn text_of<'a>(run: &'a RunRef, column: &Column) -> Option<Cow<'a, str>> {
    Some(match value(run, column) {
        Value::Missing => return None,
        Value::Text(text) => text,
        Value::Code(text) | Value::Logged(text) => Cow::Borrowed(text),
        Value::Time(at) => Cow::Owned(format::date_time(at, 0)),
        Value::Length(millis) => Cow::Owned(format::duration(millis)),
        Value::Status(status) => Cow::Borrowed(format::status_word(status)),
        Value::Metric(metric) => Cow::Owned(format::metric(metric.last.value)),
        Value::Number { value, .. } => Cow::Owned(format::metric(value)),
        Value::Count(count) => Cow::Owned(format::unsigned(count)),
        Value::Parent(_, id) => Cow::Borrowed(id),
        Value::Curve(_) | Value::Unread | Value::Nothing(_) => return None,
    })
}

/// What a run has in a column, as a number: the latest value of a metric, a param or tag that is one,
/// milliseconds of a time (since the epoch) or of a length of time. `None` for anything else.
pub fn number_of(run: &RunRef, column: &Column) -> Option<f64> {
    match value(run, column) {
        Value::Logged(text) => text.trim().parse().ok(),
        Value::Time(at) => Some(at as f64),
        Value::Length(millis) => Some(millis as f64),
        Value::Metric(metric) => Some(metric.last.value),
        Value::Number { value, .. } => Some(value),
        Value::Count(count) => Some(count as f64),
        Value::Missing | Value::Text(_) | Value::Code(_) | Value::Status(_) | Value::Parent(..) => None,
        Value::Curve(_) | Value::Unread | Value::Nothing(_) => None,
    }
}
