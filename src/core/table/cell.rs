use super::{
    Column, Row, RunRef, Table,
    value::{Value, value},
};
use crate::{
    format::{self, Clock, Precision},
    model::{MetricSummary, RunStatus},
};

/// One cell, ready to be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What stands in it, on one line; `–` when there is no value.
    pub text: String,
    /// The exact value, where `text` is shortened or rounded: for the tooltip and for copying.
    pub title: Option<String>,
    /// The value as a number, if it is one.
    pub number: Option<f64>,
    /// How it is shown.
    pub kind: CellKind,
    /// NaN, ∞, failed: in the colour for bad.
    pub bad: bool,
    /// No value, or of little weight: in the third text colour.
    pub muted: bool,
    /// Length of the data bar, 0 at the column's least value and 1 at its greatest. Metrics only.
    pub bar: Option<f64>,
}

/// How a cell is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellKind {
    /// Plain words.
    Text,
    /// Text as it was logged, in mono.
    Mono,
    /// A number, at the right edge.
    Number,
    /// A time or a length of time.
    Time,
    /// A status, with its icon.
    Status(RunStatus),
    /// No value.
    Missing,
}

/// A column with what all of its cells share: precision and range.
#[derive(Debug, Clone)]
pub struct ColumnView {
    /// The column.
    pub column: Column,
    /// One precision for the whole column.
    pub precision: Precision,
    /// Least and greatest finite value of a metric among the rows.
    pub range: Option<(f64, f64)>,
}

impl ColumnView {
    /// Looks over the column's values in `rows` (those that are in collapsed parents do not count).
    pub fn new(column: Column, table: &Table, rows: &[Row]) -> Self {
        let values = || {
            let runs = rows.iter().filter_map(|row| table.run(row));
            runs.filter_map(|run| match value(run, &column) {
                Value::Metric(metric) => Some(metric.last.value),
                _ => None,
            })
        };
        let precision = Precision::of(values());
        let range = values().filter(|v| v.is_finite()).fold(None, |range, v| match range {
            Some((least, greatest)) => Some((v.min(least), v.max(greatest))),
            None => Some((v, v)),
        });
        Self { column, precision, range }
    }

    /// The column by itself, where no rows are compared.
    pub(crate) fn alone(column: Column) -> Self {
        Self { column, precision: Precision::of([]), range: None }
    }

    /// The cell of one run.
    pub fn cell(&self, run: &RunRef, clock: &Clock) -> Cell {
        match value(run, &self.column) {
            Value::Missing => missing(&self.column, run),
            Value::Text(text) => words(&text, CellKind::Text),
            Value::Code(text) => code(&self.column, text),
            Value::Logged(text) => Cell { number: text.trim().parse().ok(), ..words(text, CellKind::Mono) },
            Value::Time(at) => Cell {
                title: Some(clock.iso(at)),
                number: Some(at as f64),
                ..Cell::new(clock.age(at), CellKind::Time)
            },
            Value::Length(millis) => Cell {
                title: Some(format::duration_long(millis)),
                number: Some(millis as f64),
                ..Cell::new(format::duration(millis), CellKind::Time)
            },
            Value::Status(status) => Cell {
                bad: status == RunStatus::Failed,
                ..Cell::new(format::status_word(status).to_owned(), CellKind::Status(status))
            },
            Value::Metric(metric) => self.metric(metric),
        }
    }

    fn metric(&self, metric: &MetricSummary) -> Cell {
        let value = metric.last.value;
        let step = format::integer(metric.last.step);
        Cell {
            title: Some(format!("{} at step {step}", format::exact(value))),
            number: Some(value),
            bad: !value.is_finite(),
            bar: self.bar(value),
            ..Cell::new(self.precision.format(value), CellKind::Number)
        }
    }

    /// One value alone, or all the same, fills its cell.
    fn bar(&self, value: f64) -> Option<f64> {
        let (least, greatest) = self.range.filter(|_| value.is_finite())?;
        // Halves first: the span of two finite numbers may be infinite.
        let span = greatest / 2.0 - least / 2.0;
        let fraction = if span > 0.0 { (value / 2.0 - least / 2.0) / span } else { 1.0 };
        Some(fraction.clamp(0.0, 1.0))
    }
}

impl Cell {
    fn new(text: String, kind: CellKind) -> Self {
        Self { text, title: None, number: None, kind, bad: false, muted: false, bar: None }
    }
}

/// Nothing logged; or not yet known, while the run runs.
fn missing(column: &Column, run: &RunRef) -> Cell {
    let running =
        matches!(column, Column::EndTime | Column::Duration) && run.run.status == RunStatus::Running;
    let title = if running { "still running, or stopped without saying so" } else { "not set" };
    Cell { title: Some(title.to_owned()), muted: true, ..Cell::new("–".to_owned(), CellKind::Missing) }
}

/// What fits on one line; all of it as the title, if that is more.
fn words(text: &str, kind: CellKind) -> Cell {
    const MOST: usize = 300;
    let line = format::one_line(text, MOST);
    Cell { title: (line != text).then(|| text.to_owned()), ..Cell::new(line.into_owned(), kind) }
}

fn code(column: &Column, text: &str) -> Cell {
    let short = match column {
        Column::Commit => format::short_commit(text).into(),
        Column::RunId => format::short_id(text),
        Column::SourceName => file_name(text).into(),
        _ => format::one_line(text, 300),
    };
    Cell { title: (short != text).then(|| text.to_owned()), ..Cell::new(short.into_owned(), CellKind::Mono) }
}

/// The last part of a path, of Windows too.
pub(crate) fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).find(|part| !part.is_empty()).unwrap_or(path)
}
