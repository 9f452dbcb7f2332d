use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::preview::table;

/// Cells that are compared of one table.
const MOST_CELLS: usize = 2_000_000;
/// Columns that are compared of one table.
const MOST_COLUMNS: usize = 2_000;

/// A table with the names of its columns; every row has as many cells.
///
/// The cells are one text, so that a table of a million cells crosses from the worker in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Grid {
    /// The names of the columns.
    pub columns: Vec<String>,
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<u32>,
    /// Rows of the file beyond those that are kept.
    pub left_out: u32,
}

impl Grid {
    /// A table of comma, tab or otherwise separated values; the first record names the columns.
    pub(super) fn of_text(path: &str, text: &str) -> Option<Self> {
        let delimiter = table::sniff(path, text);
        let mut records = table::records(text, delimiter).into_iter();
        let mut header = records.next()?;
        let rows: Vec<Vec<String>> = records.collect();
        let width =
            rows.iter().map(Vec::len).chain([header.len()]).max().unwrap_or_default().min(MOST_COLUMNS);
        header.truncate(width);
        for at in header.len()..width {
            header.push(format!("column {}", at + 1));
        }
        Some(Self::new(header, rows.into_iter().map(Vec::into_iter)))
    }

    /// A table that `mlflow.log_table` wrote: `{"columns": […], "data": [[…], …]}` (pandas' "split" orientation).
    pub(super) fn of_json(text: &str) -> Option<Self> {
        #[derive(serde::Deserialize)]
        struct Split {
            columns: Vec<serde_json::Value>,
            data: Vec<Vec<serde_json::Value>>,
        }
        let Split { columns, data } = read(text)?;
        let is_table = !columns.is_empty() && columns.len() <= MOST_COLUMNS;
        let rows = data.into_iter().map(|row| row.into_iter().map(|cell| words(&cell)));
        is_table.then(|| Self::new(columns.iter().map(words).collect(), rows))
    }

    fn new(columns: Vec<String>, rows: impl Iterator<Item = impl Iterator<Item = String>>) -> Self {
        let width = columns.len();
        let most = MOST_CELLS / width.max(1);
        let mut grid = Self { columns, ..Self::default() };
        for (at, row) in rows.enumerate() {
            if at >= most || grid.text.len() > 200_000_000 {
                grid.left_out += 1;
                continue;
            }
            let mut cells = row.take(width);
            for _ in 0..width {
                grid.text.push_str(&cells.next().unwrap_or_default());
                grid.ends.push(grid.text.len() as u32);
            }
        }
        grid
    }

    /// How many rows there are.
    pub fn rows(&self) -> u32 {
        (self.ends.len() / self.columns.len().max(1)) as u32
    }

    /// A cell; empty beyond the table.
    pub fn cell(&self, row: u32, column: u32) -> &str {
        if column as usize >= self.columns.len() {
            return "";
        }
        let at = row as usize * self.columns.len() + column as usize;
        let Some(end) = self.ends.get(at) else { return "" };
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        self.text.get(start as usize..*end as usize).unwrap_or_default()
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    // Most JSON is no table: that is seen before it is read.
    let head = text.get(..text.floor_char_boundary(4096)).unwrap_or(text);
    head.contains("\"columns\"").then(|| serde_json::from_str(text).ok()).flatten()
}

/// A cell as a table shows it: a text without quotes, nothing for null.
fn words(cell: &serde_json::Value) -> String {
    match cell {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
