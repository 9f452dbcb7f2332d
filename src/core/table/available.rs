use super::{Column, RunRef};

/// What is known of a column before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnInfo {
    /// The column.
    pub column: Column,
    /// How many runs have a value.
    pub runs: usize,
    /// Whether two of these values differ.
    pub differs: bool,
}

/// See [`super::Table::columns`].
pub fn available_columns(_runs: &[RunRef]) -> Vec<ColumnInfo> {
    Vec::new()
}

/// The columns to begin with: status, name, start, duration, then the few metrics most likely to
/// be looked for and the params that differ.
pub fn default_columns(_columns: &[ColumnInfo], _runs: usize) -> Vec<Column> {
    vec![Column::Status, Column::Name, Column::StartTime, Column::Duration]
}
