use super::{Column, Row, RunRef, Table};
use crate::{
    format::{Clock, Precision},
    model::RunStatus,
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
    pub fn new(column: Column, _table: &Table, _rows: &[Row]) -> Self {
        Self { column, precision: Precision::of([]), range: None }
    }

    /// The cell of one run.
    pub fn cell(&self, _run: &RunRef, _clock: &Clock) -> Cell {
        Cell {
            text: "–".to_owned(),
            title: None,
            number: None,
            kind: CellKind::Missing,
            bad: false,
            muted: true,
            bar: None,
        }
    }
}
