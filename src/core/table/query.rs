use std::collections::BTreeSet;

use super::{Column, RunKey, Table};

/// Which runs, by lifecycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LifecycleView {
    /// Those that MLflow lists by default.
    #[default]
    Active,
    /// Those in the bin.
    Deleted,
    /// All.
    All,
}

/// One column to sort by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortBy {
    /// The column.
    pub column: Column,
    /// Greatest first. NaN and missing values stay last.
    pub descending: bool,
}

/// What is asked of the table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    /// Words that must all occur, in any case, somewhere in name, id, user, or in the values of
    /// params and tags.
    pub search: String,
    /// Active, deleted or all.
    pub lifecycle: LifecycleView,
    /// Columns to sort by, the most important first. None: the latest start first.
    pub sort: Vec<SortBy>,
    /// Children under their parents, rather than all runs side by side.
    pub tree: bool,
    /// The parents whose children are shown. A search opens all.
    pub expanded: BTreeSet<RunKey>,
}

/// One row to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Index in [`Table::runs`].
    pub index: u32,
    /// 0 for a run without parent, or whose parent is not among the rows.
    pub depth: u16,
    /// How many rows are right below it, shown or not.
    pub children: u32,
    /// Whether they are shown.
    pub expanded: bool,
}

/// What a query leaves.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    /// The rows, from the top.
    pub rows: Vec<Row>,
    /// How many runs match, those in collapsed parents among them.
    pub matched: usize,
    /// How many runs the lifecycle view has, whatever the search.
    pub total: usize,
}

impl Rows {
    /// `31 of 128 runs`, or `128 runs` when all match.
    pub fn count_words(&self) -> String {
        use crate::format::{count, of_total};
        let (matched, total) = (self.matched as u64, self.total as u64);
        if matched == total { count(total, "run", "runs") } else { of_total(matched, total, "run", "runs") }
    }
}

pub(super) fn rows(_table: &Table, _query: &Query) -> Rows {
    Rows::default()
}
