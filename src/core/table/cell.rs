use super::{Column, RunRef};
use crate::{format, model::RunStatus};

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
    /// All points of a metric, to be drawn as a small curve.
    Curve,
    /// A value that is being read from the history.
    Coming,
    /// No value.
    Missing,
}

/// Characters that the narrowest column has room for.
pub(super) const LEAST_WIDTH: usize = 6;

impl Cell {
    pub(super) fn new(text: String, kind: CellKind) -> Self {
        Self { text, title: None, number: None, kind, bad: false, muted: false, bar: None, best: false }
    }
}

/// Nothing logged; or not yet known, while the run runs.
pub(super) fn missing(column: &Column, run: &RunRef) -> Cell {
    let running =
        matches!(column, Column::EndTime | Column::Duration) && run.run.status == RunStatus::Running;
    let title = if running { "still running, or stopped without saying so" } else { "not set" };
    nothing(title)
}

/// No value, and why.
pub(super) fn nothing(why: &str) -> Cell {
    Cell { title: Some(why.to_owned()), muted: true, ..Cell::new("–".to_owned(), CellKind::Missing) }
}

/// What fits on one line; all of it as the title, if that is more.
pub(super) fn words(text: &str, kind: CellKind) -> Cell {
    const MOST: usize = 300;
    let line = format::one_line(text, MOST);
    Cell { title: (line != text).then(|| text.to_owned()), ..Cell::new(line.into_owned(), kind) }
}

pub(super) fn code(column: &Column, text: &str) -> Cell {
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
