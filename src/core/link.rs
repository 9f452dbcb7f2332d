//! The view: what a screen shows, as one typed value, and as the fragment of a link.
//!
//! Screens render from a [`View`], the URL's fragment encodes it, the browser's back and forward
//! walk over it. A fragment never reaches a server, and it never carries a credential or data of a
//! run: only ids, keys and choices.
//!
//! The form is `#1/page/…?key=value&…`: a version, a path, and choices that differ from the
//! defaults. What a release does not know it ignores, so that old links open for ever
//! (`tests/core/link.rs` keeps links of every version).

mod change;
mod compare;
mod decode;
mod diff;
mod encode;
mod saved;
mod steps;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    board::Board,
    chart::Slot,
    diff::{Arrange, MetricAt, RowId, SectionKind, Tolerance},
    table::{Column, LifecycleView, SortBy},
};

pub use change::{Change, change};
pub use compare::{CompareChoices, CompareView, DrawerView, PictureLayout};
pub use decode::decode;
pub use encode::encode;
pub use saved::{NamedExperiment, ReadViews, SavedView, ViewsError, merge_views, read_views, write_views};
pub use steps::{Steps, Taken};
pub use table::TableView;

pub use crate::table::RunKey;

/// A source's experiment: `source` is Runatlas's id of the source, `experiment` MLflow's id.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ExperimentKey {
    /// The source's id in this browser.
    pub source: String,
    /// MLflow's experiment id.
    pub experiment: String,
}

/// What a screen shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct View {
    /// Which page.
    pub page: Page,
}

/// The pages.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::large_enum_variant, reason = "there is one at a time, and most often it is the large one")]
pub enum Page {
    /// Open files, sources in this browser.
    #[default]
    Home,
    /// Opens the bundled demo, then shows its first experiment.
    Demo,
    /// Runs of one or several experiments: table, charts, diff.
    Runs(RunsView),
    /// One run.
    Run(RunView),
    /// Two runs, file by file.
    Compare(CompareView),
    /// The models of a source: registered and logged.
    Models {
        /// The source.
        source: String,
        /// The registered model that is open.
        model: Option<String>,
    },
    /// What an import read, skipped and repaired, and the source's name, size and deletion.
    Source {
        /// The source.
        source: String,
    },
}

/// The three ways to look at runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tab {
    /// The runs table.
    #[default]
    Table,
    /// One chart per metric.
    Charts,
    /// The run-diff matrix.
    Diff,
}

/// Runs of one or several experiments.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RunsView {
    /// The experiments, in the order in which they were added.
    pub scope: Vec<ExperimentKey>,
    /// Table, charts or diff.
    pub tab: Tab,
    /// The saved view that was opened, by its id in this browser; changes of the view leave it.
    pub saved: Option<String>,
    /// Text that runs must contain.
    pub search: String,
    /// Active, deleted or all runs.
    pub lifecycle: LifecycleView,
    /// Columns chosen by the person; `None` for those that fit the data.
    pub columns: Option<Vec<Column>>,
    /// Sort order, first key first; empty for newest first.
    pub sort: Vec<SortBy>,
    /// Groups, pinned columns, widths.
    pub table: TableView,
    /// Runs that stand above all others.
    pub pinned: BTreeSet<RunKey>,
    /// Colours that a person chose; the others are given.
    pub colors: BTreeMap<RunKey, Slot>,
    /// Parents whose children are shown.
    pub expanded: BTreeSet<RunKey>,
    /// Runs on charts and in the diff; `None` until the person chose, then exactly these.
    pub shown: Option<BTreeSet<RunKey>>,
    /// The run that others are compared with; `None` for the first shown.
    pub baseline: Option<RunKey>,
    /// What the charts show.
    pub charts: Board,
    /// What the diff shows.
    pub diff: DiffView,
    /// The comparison of files below the diff, if it is open.
    pub drawer: Option<DrawerView>,
}

/// What the diff shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiffView {
    /// Rows that are equal in all runs too.
    pub equal_rows: bool,
    /// Deltas in percent of the baseline instead of absolute.
    pub relative: bool,
    /// Keys must contain this text.
    pub search: String,
    /// Sections that show their head only.
    pub closed: BTreeSet<SectionKind>,
    /// Which value of a metric is compared.
    pub at: MetricAt,
    /// When numbers count as equal.
    pub tolerance: Tolerance,
    /// How the runs beside the baseline are sorted and put together.
    pub arrange: Arrange,
    /// Rows that stand above all sections.
    pub pinned: Vec<RowId>,
    /// Keys whose rows inside are hidden, or shown, against what is usual.
    pub toggled: BTreeSet<RowId>,
    /// The metric that the comparison is about; `None` for one that most runs have.
    pub metric: Option<String>,
    /// Whether the panel "What explains the metric?" is open.
    pub explain: bool,
}

/// One run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunView {
    /// The run.
    pub run: RunKey,
    /// The artifact whose preview is open.
    pub artifact: Option<String>,
}
