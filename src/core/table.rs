//! The runs table: columns, rows, sorting, search, trees of parents and children.
//!
//! A [`Table`] takes runs of any number of sources and experiments and prepares what every
//! keystroke would otherwise pay again. [`Table::rows`] answers a [`Query`] with row numbers; the
//! page asks for the cells of the few rows it shows ([`ColumnView::cell`]).
//!
//! Order: numbers by value, text by its words and the numbers in it (`seed-2` before `seed-10`),
//! in both directions NaN after all numbers and missing values last. Ties go to the later start,
//! then to the lesser id, then to the source, so that every order is total.

mod available;
mod cell;
mod choices;
mod column;
mod column_view;
mod differing;
mod export;
mod fact;
mod group;
mod key;
pub(crate) mod keys;
mod line;
mod query;
mod search;
mod shape;
mod steps;
pub mod tags;
mod take;
mod tree;
mod twins;
pub(crate) mod value;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
};

use crate::model::Run;
pub use available::{ColumnInfo, available_columns, default_columns};
pub(crate) use cell::file_name;
pub use cell::{Cell, CellKind};
pub use choices::{ColumnChoices, column_choices};
pub use column::{Column, ColumnGroup};
pub use column_view::ColumnView;
pub use export::TableExport;
pub use fact::{number_of, text_of};
pub use group::{Group, GroupKey, Groups, Stat};
pub(crate) use key::natural;
pub use line::{Line, Part};
pub use query::{LifecycleView, Query, Row, Rows, SortBy};
pub use shape::{Columns, LEAST_PIXELS, MOST_PIXELS, Shape, fitting_pixels, fitting_width};
pub use steps::{SharedSteps, StepValues, at_step};
pub use take::Take;
pub use twins::{Freshness, Twin, twin};

/// Which run of which source: run ids are unique in one store only.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub struct RunKey {
    /// Id of the source.
    pub source: String,
    /// Id of the run.
    pub run: String,
}

/// A run and where it is from. Cheap to clone.
#[derive(Debug, Clone)]
pub struct RunRef {
    /// Id of the source.
    pub source: Arc<str>,
    /// The source's name for people.
    pub source_name: Arc<str>,
    /// The experiment's name for people.
    pub experiment: Arc<str>,
    /// The run.
    pub run: Arc<Run>,
    /// What its parent is called, where that is in the same table; [`Table::new`] fills it.
    pub parent: Option<Arc<str>>,
}

impl RunRef {
    /// The run's key.
    pub fn key(&self) -> RunKey {
        RunKey { source: self.source.as_ref().to_owned(), run: self.run.id.clone() }
    }
}

/// Runs made ready to be sorted, searched and shown.
#[derive(Debug, Default)]
pub struct Table {
    runs: Vec<RunRef>,
    /// Place of each run in the order of ties.
    rank: Vec<u32>,
    /// Orders of columns that were sorted by.
    ranks: key::Ranks,
    /// Index of each run's parent, where that is here too.
    parents: Vec<Option<u32>>,
    /// The same runs in other sources, by index.
    twins: HashMap<u32, Vec<Twin>>,
    /// Made at the first search.
    haystacks: OnceLock<Vec<String>>,
    /// Made when first asked for.
    columns: OnceLock<Vec<ColumnInfo>>,
}

impl Table {
    /// Takes the runs, in any order.
    pub fn new(mut runs: Vec<RunRef>) -> Self {
        let rank = key::tie_ranks(&runs);
        let parents = tree::parents(&runs);
        tree::name_parents(&mut runs, &parents);
        let twins = twins::twins(&runs);
        Self {
            twins,
            runs,
            rank,
            parents,
            ranks: key::Ranks::default(),
            haystacks: OnceLock::new(),
            columns: OnceLock::new(),
        }
    }

    /// All runs, as they were handed in; [`Row::index`] counts in here.
    pub fn runs(&self) -> &[RunRef] {
        &self.runs
    }

    /// The run of a row.
    pub fn run(&self, row: &Row) -> Option<&RunRef> {
        self.runs.get(row.index as usize)
    }

    /// The same run in other sources of the table.
    pub fn twins(&self, row: &Row) -> &[Twin] {
        self.twins.get(&row.index).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every column that these runs could fill, with how many do: first MLflow's attributes, then
    /// metrics, params, tags and MLflow's own tags, each by key.
    pub fn columns(&self) -> &[ColumnInfo] {
        self.columns.get_or_init(|| available_columns(&self.runs))
    }

    /// The columns to begin with.
    pub fn default_columns(&self) -> Vec<Column> {
        default_columns(self.columns(), self.runs.len())
    }

    /// The rows that a query leaves, in its order.
    pub fn rows(&self, query: &Query) -> Rows {
        query::rows(self, query)
    }

    /// The runs that have children here: all of them opened is the whole tree.
    pub fn parent_keys(&self) -> Vec<RunKey> {
        let mut parents: Vec<u32> = self.parents.iter().flatten().copied().collect();
        parents.sort_unstable();
        parents.dedup();
        parents.iter().filter_map(|&index| self.runs.get(index as usize)).map(RunRef::key).collect()
    }
}
