use super::{
    Column, Row, RunRef, Table,
    value::{Value, value},
};
use crate::{
    format::{self, Clock, Precision},
    model::{Direction, MetricSummary, RunStatus},
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
    /// The best value of the column, where its name tells which that is and values differ.
    pub best: bool,
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
    /// Width that suits heading and values, in characters: from 6 to 28. It depends on the table's
    /// runs only, so that neither sorting nor searching moves a column.
    pub width: usize,
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
        let width = width(&column, table);
        Self { column, precision, range, width }
    }

    /// The column by itself, where no rows are compared.
    pub(crate) fn alone(column: Column) -> Self {
        Self { column, precision: Precision::of([]), range: None, width: LEAST_WIDTH }
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
            best: self.best() == Some(value),
            ..Cell::new(self.precision.format(value), CellKind::Number)
        }
    }

    /// The best value, where the metric's name tells its direction and not all are the same.
    fn best(&self) -> Option<f64> {
        let Column::Metric(key) = &self.column else { return None };
        let (least, greatest) = self.range.filter(|(least, greatest)| least < greatest)?;
        match Direction::of_metric(key) {
            Direction::Higher => Some(greatest),
            Direction::Lower => Some(least),
            Direction::Unknown => None,
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
        Self { text, title: None, number: None, kind, bad: false, muted: false, bar: None, best: false }
    }
}

const LEAST_WIDTH: usize = 6;

/// See [`ColumnView::width`]. Some runs speak for the rest, except where a few words recur.
fn width(column: &Column, table: &Table) -> usize {
    const LOOKED_AT: usize = 200;
    const MOST: usize = 28;
    let text = |run| match value(run, column) {
        Value::Missing => 1,
        // `19 Nov 2026, 09:41`.
        Value::Time(_) => 18,
        Value::Length(millis) => format::duration(millis).chars().count(),
        Value::Status(status) => format::status_word(status).len(),
        Value::Metric(metric) => format::metric(metric.last.value).chars().count(),
        Value::Code(code) => self::code(column, code).text.chars().count(),
        Value::Text(text) => text.chars().take(MOST).count(),
        // Mono is a little wider.
        Value::Logged(text) => text.chars().take(MOST).count() * 10 / 9,
    };
    let step = match column {
        Column::Experiment | Column::Origin => 1,
        _ => table.runs().len().div_ceil(LOOKED_AT).max(1),
    };
    let widest = table.runs().iter().step_by(step).map(text).max().unwrap_or(0);
    widest.max(column.label().chars().count()).clamp(LEAST_WIDTH, MOST)
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
