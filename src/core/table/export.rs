use std::sync::Arc;

use super::{Cell, CellKind, Column, ColumnView, Row, Table};
use crate::{
    export::{Dialect, Entry, Heading, Writer},
    format::{self, Clock},
};

/// A runs table that is being written, in pieces.
///
/// Dialects for people carry what the screen shows. In those for programs a column is called as MLflow's data frames
/// call it (`metrics.val_loss`, `params.lr`, `run_id`), metrics are written in full, times as ISO 8601 in UTC, and
/// lengths of time in milliseconds (`duration_ms`).
#[derive(Debug)]
pub struct TableExport {
    table: Arc<Table>,
    rows: Vec<Row>,
    dialect: Dialect,
    columns: std::vec::IntoIter<Column>,
    views: Vec<ColumnView>,
    writer: Option<Writer>,
    next: usize,
}

impl TableExport {
    /// These rows and columns of a table. Rows that are no run are left out.
    pub fn new(table: Arc<Table>, mut rows: Vec<Row>, columns: Vec<Column>, dialect: Dialect) -> Self {
        rows.retain(|row| table.run(row).is_some());
        let columns = columns.into_iter();
        Self { table, rows, dialect, columns, views: Vec::new(), writer: None, next: 0 }
    }

    /// How many rows are written, of how many.
    pub fn progress(&self) -> (usize, usize) {
        (self.next, self.rows.len())
    }

    /// Works on about so many cells, and gives what is written of them; `None` when all is written.
    pub fn step(&mut self, cells: usize, clock: &Clock) -> Option<String> {
        let mut budget = cells.max(1);
        while budget > 0 {
            let Some(column) = self.columns.next() else { break };
            budget = budget.saturating_sub(self.look_over(column));
        }
        if self.columns.len() > 0 {
            return Some(String::new());
        }
        if self.next > self.rows.len() {
            return None;
        }
        let mut writer = match self.writer.take() {
            Some(writer) => writer,
            None => Writer::new(self.dialect, self.views.iter().map(heading).collect()),
        };
        while budget > 0
            && let Some(row) = self.rows.get(self.next)
        {
            if let Some(run) = self.table.run(row) {
                let cells: Vec<Entry> =
                    self.views.iter().map(|view| entry(view, view.cell(run, clock))).collect();
                writer.row(&cells);
            }
            budget = budget.saturating_sub(self.views.len().max(1));
            self.next += 1;
        }
        if self.next < self.rows.len() {
            let piece = writer.take();
            self.writer = Some(writer);
            return Some(piece);
        }
        // Past the end: the next call answers so.
        self.next = self.rows.len() + 1;
        Some(writer.end())
    }

    /// What the cells of a column share, where it is shown; how many cells that took.
    fn look_over(&mut self, column: Column) -> usize {
        match self.dialect {
            Dialect::Markdown | Dialect::Latex => {
                self.views.push(ColumnView::new(column, &self.table, &self.rows));
                self.rows.len()
            }
            Dialect::Csv | Dialect::Tsv | Dialect::Json => {
                self.views.push(ColumnView::alone(column));
                1
            }
        }
    }
}

fn heading(view: &ColumnView) -> Heading {
    let id = view.column.to_string();
    let name = match (&view.column, id.strip_prefix("attributes.")) {
        (Column::Duration, _) => "duration_ms".to_owned(),
        (_, Some(attribute)) => attribute.to_owned(),
        (_, None) => id,
    };
    let label = match view.column.take() {
        None => view.column.label().into_owned(),
        Some(take) => format!("{} ({})", view.column.label(), take.word()),
    };
    Heading { name, label, numeric: view.column.is_numeric() }
}

fn entry(view: &ColumnView, cell: Cell) -> Entry<'static> {
    let Cell { text, title, number, kind, .. } = cell;
    match (kind, number) {
        (CellKind::Missing | CellKind::Coming, _) => Entry::missing(text),
        // The latest value stands for a curve.
        (CellKind::Curve, Some(number)) => Entry::number(number, format::metric(number)),
        (CellKind::Number, Some(number)) => Entry::number(number, text),
        (CellKind::Time, Some(millis)) if view.column == Column::Duration => Entry::number(millis, text),
        (CellKind::Time, Some(at)) => Entry { shown: text.into(), ..Entry::text(format::iso(at as i64, 0)) },
        _ => {
            let exact = title.unwrap_or_else(|| text.clone());
            Entry { shown: text.into(), ..Entry::text(exact) }
        }
    }
}
