//! The columns on screen: in which order, how wide, and what their cells share.

use std::{
    collections::BTreeMap,
    ops::Range,
    sync::{Arc, OnceLock},
};

use super::{
    Column, ColumnView, Rows, SharedSteps, Table, Take,
    cell::LEAST_WIDTH,
    value::{Value, value},
};
use crate::{diff::Lane, format};

/// Columns with their views, each of which is made when a cell of it is first shown: a table of
/// thousands of columns costs what is in sight.
#[derive(Debug, Default)]
#[expect(clippy::struct_field_names, reason = "the columns of the columns")]
pub struct Columns {
    table: Arc<Table>,
    rows: Arc<Rows>,
    steps: SharedSteps,
    columns: Vec<Column>,
    made: Vec<OnceLock<ColumnView>>,
}

impl Columns {
    /// The columns of these rows of a table.
    pub fn new(table: Arc<Table>, rows: Arc<Rows>, columns: Vec<Column>, steps: SharedSteps) -> Self {
        let made = columns.iter().map(|_| OnceLock::new()).collect();
        Self { table, rows, steps, columns, made }
    }

    /// All, in their order.
    pub fn all(&self) -> &[Column] {
        &self.columns
    }

    /// What the cells of one share.
    pub fn view(&self, at: usize) -> Option<&ColumnView> {
        let column = self.columns.get(at)?;
        let make = || {
            let run = |index: u32| self.table.runs().get(index as usize);
            // Runs in closed parents do not count; those in closed groups do.
            if self.rows.groups.is_empty() {
                let runs = self.rows.rows.iter().filter_map(|row| run(row.index));
                ColumnView::over(column.clone(), runs, self.steps.clone())
            } else {
                let runs = self.rows.order.iter().filter_map(|&index| run(index));
                ColumnView::over(column.clone(), runs, self.steps.clone())
            }
        };
        Some(self.made.get(at)?.get_or_init(make))
    }

    /// The table whose columns these are.
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// The rows that they were looked over in.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }
}

/// Where the columns stand, in CSS pixels: first those that are pinned, which stay in sight.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shape {
    /// How many are pinned.
    pub pinned: usize,
    fixed: Lane,
    moving: Lane,
}

/// A column is never narrower, nor wider than this when it fits itself.
pub const LEAST_PIXELS: f64 = 48.0;
/// The widest that a person can make a column.
pub const MOST_PIXELS: f64 = 900.0;

impl Shape {
    /// `columns` with the pinned ones first; `chosen` are the widths that a person chose.
    pub fn new(table: &Table, columns: &[Column], pinned: usize, chosen: &BTreeMap<Column, u32>) -> Self {
        // Few runs speak for the rest where there are many columns.
        let looked_at = (40_000 / columns.len().max(1)).clamp(20, 200);
        let width = |column: &Column| match chosen.get(column) {
            Some(width) => f64::from(*width).clamp(LEAST_PIXELS, MOST_PIXELS),
            None => fitting_pixels(column, table, looked_at),
        };
        let (fixed, moving) = columns.split_at(pinned.min(columns.len()));
        Self {
            pinned: fixed.len(),
            fixed: Lane::new(fixed.iter().map(width)),
            moving: Lane::new(moving.iter().map(width)),
        }
    }

    /// Width of a column.
    pub fn width(&self, at: usize) -> f64 {
        match at.checked_sub(self.pinned) {
            None => self.fixed.size(at),
            Some(at) => self.moving.size(at),
        }
    }

    /// Where a column begins: a pinned one behind the names, any other behind the pinned ones.
    pub fn start(&self, at: usize) -> f64 {
        match at.checked_sub(self.pinned) {
            None => self.fixed.start(at),
            Some(at) => self.moving.start(at),
        }
    }

    /// Width of all that are pinned.
    pub fn pinned_width(&self) -> f64 {
        self.fixed.total()
    }

    /// Width of all.
    pub fn total(&self) -> f64 {
        self.fixed.total() + self.moving.total()
    }

    /// The columns that are not pinned and touch what is in sight: scrolled by `left`, with `room` for them.
    /// It changes in steps of some columns, so that scrolling does not make rows anew all the time.
    pub fn in_sight(&self, left: f64, room: f64) -> Range<usize> {
        const STEP: usize = 4;
        let range = self.moving.in_sight(left, left + room.max(1.0), 1);
        let all = self.moving.len();
        let (start, end) = (range.start / STEP * STEP, range.end.next_multiple_of(STEP).min(all));
        start + self.pinned..end + self.pinned
    }
}

/// Width that suits heading and values, in CSS pixels. It depends on the table's runs only, so that
/// neither sorting nor searching moves a column.
pub fn fitting_pixels(column: &Column, table: &Table, looked_at: usize) -> f64 {
    // Characters of 12 px text, the padding, and the arrow of a sorted column.
    (fitting_width(column, table, looked_at) * 7 + 28) as f64
}

/// The same in characters: from 6 to 28. Some runs speak for the rest, except where a few words recur.
pub fn fitting_width(column: &Column, table: &Table, looked_at: usize) -> usize {
    const MOST: usize = 28;
    let text = |run| match value(run, column) {
        Value::Missing | Value::Nothing(_) => 1,
        // `19 Nov 2026, 09:41`.
        Value::Time(_) => 18,
        Value::Length(millis) => format::duration(millis).chars().count(),
        Value::Status(status) => format::status_word(status).len(),
        Value::Metric(metric) => format::metric(metric.last.value).chars().count(),
        Value::Number { value, .. } => format::metric(value).chars().count(),
        Value::Count(count) => format::unsigned(count).len(),
        Value::Curve(_) => 10,
        Value::Unread => 7,
        Value::Code(code) => super::cell::code(column, code).text.chars().count(),
        Value::Parent(name, _) => name.map_or(8, |name| name.chars().take(MOST).count()),
        Value::Text(text) => text.chars().take(MOST).count(),
        // Mono is a little wider.
        Value::Logged(text) => text.chars().take(MOST).count() * 10 / 9,
    };
    let step = match column {
        Column::Experiment | Column::Origin => 1,
        _ => table.runs().len().div_ceil(looked_at.max(1)).max(1),
    };
    let widest = table.runs().iter().step_by(step).map(text).max().unwrap_or(0);
    let suffix = column.take().map_or(0, |take: Take| take.word().chars().count() + 1);
    widest.max(column.label().chars().count() + suffix).clamp(LEAST_WIDTH, MOST)
}
