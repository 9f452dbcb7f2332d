use std::collections::BTreeSet;

use super::{Column, Group, Groups, Line, RunKey, RunRef, SharedSteps, Table, key, line, search};
use crate::model::Lifecycle;

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
    /// A filter of MLflow's language ([`crate::query`]), or words that must all occur, in any case,
    /// somewhere in name, id, user, or in the values of params and tags.
    pub search: String,
    /// Active, deleted or all.
    pub lifecycle: LifecycleView,
    /// Columns to sort by, the most important first. None: the latest start first.
    pub sort: Vec<SortBy>,
    /// Children under their parents, rather than all runs side by side.
    pub tree: bool,
    /// The parents whose children are shown. A search opens all.
    pub expanded: BTreeSet<RunKey>,
    /// Runs with the same values as groups, in place of the tree.
    pub groups: Groups,
    /// Runs that stand above all others.
    pub pinned: BTreeSet<RunKey>,
    /// What was read for columns that show values at a step.
    pub steps: SharedSteps,
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
    /// The runs that are listed, from the top.
    pub rows: Vec<Row>,
    /// All that is listed, from the top: runs, and what stands above or between them.
    pub lines: Vec<Line>,
    /// The groups, from the top.
    pub groups: Vec<Group>,
    /// All runs that match, by index in [`Table::runs`], in the query's order, whatever is folded or pinned.
    pub order: Vec<u32>,
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

pub(super) fn rows(table: &Table, query: &Query) -> Rows {
    let in_view = |run: &RunRef| match query.lifecycle {
        LifecycleView::Active => run.run.lifecycle == Lifecycle::Active,
        LifecycleView::Deleted => run.run.lifecycle == Lifecycle::Deleted,
        LifecycleView::All => true,
    };
    let mut left: Vec<u32> =
        (0..).zip(&table.runs).filter(|(_, run)| in_view(run)).map(|(index, _)| index).collect();
    let total = left.len();
    let wanted = search::Wanted::read(&query.search);
    if !wanted.is_empty() {
        wanted.retain(table, &mut left);
    }
    sort(table, &mut left, query);
    Rows { total, ..line::lines(table, left, query, !wanted.is_empty()) }
}

/// By ties first, then by the columns from the least to the most important: every step keeps the
/// order of what it finds equal.
fn sort(table: &Table, left: &mut [u32], query: &Query) {
    let at = |ranks: &[u32], index: u32| ranks.get(index as usize).copied().unwrap_or(u32::MAX);
    left.sort_unstable_by_key(|&index| at(&table.rank, index));
    for SortBy { column, descending } in query.sort.iter().rev() {
        let ranks = table.ranks.of(&table.runs, column, &query.steps);
        left.sort_by_key(|&index| key::directed(at(&ranks, index), *descending));
    }
}
