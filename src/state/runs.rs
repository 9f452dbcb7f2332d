mod cursor;
mod loading;
mod marked;
mod shown;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use leptos::prelude::*;
use runatlas_core::{
    chart::Slot,
    diff::Diff,
    link::{ExperimentKey, Page, RunKey, RunsView},
    table::{Column, ColumnView, Row, Rows, RunRef, SortBy, Table, Twin},
};

use super::{Library, Loadable, ViewState};
pub use cursor::CursorMove;
pub use marked::Marked;
pub use shown::ShownRun;

/// How many runs one press puts on charts: more are no picture, and a link carries each of them.
const SHOWN_AT_ONCE: usize = 200;

/// The runs of the view's scope: the table that core made of them, and what is chosen in it.
#[derive(Clone, Copy)]
pub struct RunTable {
    /// The experiments whose runs these are.
    pub scope: Memo<Vec<ExperimentKey>>,
    /// All runs of the scope.
    pub table: RwSignal<Loadable<Arc<Table>>>,
    /// The rows that search and lifecycle leave, sorted.
    pub rows: Memo<Arc<Rows>>,
    /// The columns on screen.
    pub columns: Memo<Vec<Column>>,
    /// The same with what their cells share, without the name, with which every row begins.
    pub column_views: Memo<Arc<Vec<ColumnView>>>,
    /// The runs on charts and in the diff, in the table's order, with their colours.
    pub shown: Memo<Arc<Vec<ShownRun>>>,
    /// The run that others are compared with.
    pub baseline: Memo<Option<RunKey>>,
    /// The runs that are shown, compared.
    pub diff: Memo<Option<Arc<Diff>>>,
    /// The run that is pointed at, in the table or on a chart.
    pub pointed: RwSignal<Option<RunKey>>,
    /// The runs that are marked on a chart, everywhere.
    pub marked: RwSignal<Option<Arc<Marked>>>,
    /// The row that has the keyboard.
    pub cursor: RwSignal<Option<RunKey>>,
    /// The experiment of the run whose page is open.
    pub experiment_of_open_run: RwSignal<Option<ExperimentKey>>,
    slots: Memo<Arc<HashMap<RunKey, Slot>>>,
    pub(super) view: ViewState,
}

impl RunTable {
    pub(super) fn new(view: ViewState, library: Library) -> Self {
        let table = RwSignal::new(Loadable::Loading);
        let runs = view.runs;
        let experiment_of_open_run = RwSignal::new(None);
        let scope = Memo::new(move |_| loading::scope_of(view, experiment_of_open_run.get()));
        loading::follow(library, scope, table);
        let query = Memo::new(move |_| runs.with(shown::query_of));
        let rows = Memo::new(move |_| {
            let query = query.get();
            table.with(|table| Arc::new(table.ready().map(|table| table.rows(&query)).unwrap_or_default()))
        });
        let columns = Memo::new(move |_| {
            let chosen = runs.with(|runs| runs.columns.clone());
            chosen.unwrap_or_else(|| {
                table.with(|table| table.ready().map(|table| table.default_columns()).unwrap_or_default())
            })
        });
        let column_views = Memo::new_with_compare(
            move |_| {
                let rows = rows.get();
                let columns = columns.get().into_iter().filter(|column| *column != Column::Name);
                table.with(|table| {
                    let Some(table) = table.ready() else { return Arc::default() };
                    Arc::new(columns.map(|column| ColumnView::new(column, table, &rows.rows)).collect())
                })
            },
            |_, _| true,
        );
        let choice = Memo::new(move |_| runs.with(|runs| runs.shown.clone()));
        let given = StoredValue::new(BTreeMap::<String, Slot>::new());
        let shown = Memo::new(move |_| {
            let choice = choice.get();
            let found = table.with(|table| {
                let Some(table) = table.ready() else { return Vec::new() };
                rows.with(|rows| shown::choose(table, rows, choice.as_ref()))
            });
            Arc::new(shown::with_slots(found, given))
        });
        let slots = Memo::new(move |_| {
            shown.with(|shown| Arc::new(shown.iter().map(|shown| (shown.key.clone(), shown.slot)).collect()))
        });
        let wanted = Memo::new(move |_| runs.with(|runs| runs.baseline.clone()));
        let baseline = Memo::new(move |_| {
            let wanted = wanted.get();
            shown.with(|shown| {
                let first = shown.first().map(|shown| shown.key.clone());
                wanted.filter(|key| shown.iter().any(|shown| shown.key == *key)).or(first)
            })
        });
        let diff = Memo::new_with_compare(
            move |_| {
                let baseline = baseline.get();
                shown.with(|shown| shown::compare(shown, baseline.as_ref()))
            },
            |before: Option<&Option<Arc<Diff>>>, after: Option<&Option<Arc<Diff>>>| match (before, after) {
                (Some(Some(a)), Some(Some(b))) => !Arc::ptr_eq(a, b),
                (Some(None), Some(None)) => false,
                _ => true,
            },
        );
        Self {
            scope,
            table,
            rows,
            columns,
            column_views,
            shown,
            baseline,
            diff,
            pointed: RwSignal::new(None),
            marked: RwSignal::new(None),
            cursor: RwSignal::new(None),
            experiment_of_open_run,
            slots,
            view,
        }
    }

    /// The run at a row.
    pub fn at(&self, row: usize) -> Option<RunRef> {
        self.table.with(|table| {
            let table = table.ready()?;
            self.rows.with(|rows| table.run(rows.rows.get(row)?).cloned())
        })
    }

    /// What core says of a row.
    pub fn row(&self, row: usize) -> Option<Row> {
        self.rows.with(|rows| rows.rows.get(row).copied())
    }

    /// Where else a row's run is, in words; `None` for a run that is here once.
    pub fn twin_words(&self, row: &Row) -> Option<String> {
        self.table.with_untracked(|table| {
            let twins = table.ready()?.twins(row);
            (!twins.is_empty()).then(|| twins.iter().map(Twin::words).collect::<Vec<_>>().join(". "))
        })
    }

    /// Where a run is among the rows, if it is.
    pub fn row_of(&self, key: &RunKey) -> Option<usize> {
        let is_it = |run: &RunRef| run.run.id == key.run && *run.source == key.source;
        self.table.with(|table| {
            let table = table.ready()?;
            self.rows.with(|rows| rows.rows.iter().position(|row| table.run(row).is_some_and(is_it)))
        })
    }

    /// How many runs [`Self::show_all`] shows: all, or the first of very many.
    pub fn showable(&self) -> usize {
        self.rows.with(|rows| rows.rows.len()).min(SHOWN_AT_ONCE)
    }

    /// Whether [`Self::show_all`] would show nothing more.
    pub fn all_shown(&self) -> bool {
        let rows = self.showable();
        let shown = self.shown.with(|shown| shown.len());
        let is_shown = |row| self.at(row).is_some_and(|run| self.is_shown(&run.key()));
        rows > 0 && shown >= rows && (0..rows).all(is_shown)
    }

    /// The page of an experiment's runs, on the tab that is open.
    pub fn page_of(&self, experiment: ExperimentKey) -> Page {
        let tab = self.view.runs.with(|runs| runs.tab);
        Page::Runs(RunsView { scope: vec![experiment], tab, ..RunsView::default() })
    }

    /// Adds an experiment to what is open, or takes it away.
    pub fn toggle_experiment(&self, experiment: ExperimentKey) {
        let mut runs = self.view.runs.get_untracked();
        if runs.scope.contains(&experiment) && runs.scope.len() > 1 {
            runs.scope.retain(|key| *key != experiment);
        } else if !runs.scope.contains(&experiment) {
            runs.scope.push(experiment);
        }
        self.view.go(Page::Runs(runs));
    }

    /// Whether a run is on charts and in the diff.
    pub fn is_shown(&self, key: &RunKey) -> bool {
        self.slots.with(|slots| slots.contains_key(key))
    }

    /// A run's colour, if it is shown.
    pub fn slot(&self, key: &RunKey) -> Option<Slot> {
        self.slots.with(|slots| slots.get(key).copied())
    }

    /// Shows or hides a run.
    pub fn toggle_shown(&self, key: &RunKey) {
        let mut keys = self.shown_keys();
        if !keys.remove(key) {
            keys.insert(key.clone());
        }
        self.view.edit_runs(|runs| runs.shown = Some(keys));
    }

    /// Shows all runs between two rows.
    pub fn show_range(&self, from: usize, to: usize) {
        let mut keys = self.shown_keys();
        untrack(|| {
            keys.extend((from.min(to)..=from.max(to)).filter_map(|row| self.at(row)).map(|run| run.key()));
        });
        self.view.edit_runs(|runs| runs.shown = Some(keys));
    }

    /// Shows every run that the search leaves (the first [`Self::showable`]), or none.
    pub fn show_all(&self, all: bool) {
        let keys = if all {
            untrack(|| (0..self.showable()).filter_map(|row| self.at(row)).map(|run| run.key()).collect())
        } else {
            BTreeSet::new()
        };
        self.view.edit_runs(|runs| runs.shown = Some(keys));
    }

    /// Makes a run the one that others are compared with, and shows it.
    pub fn set_baseline(&self, key: RunKey) {
        let mut keys = self.shown_keys();
        keys.insert(key.clone());
        self.view.edit_runs(|runs| {
            runs.shown = Some(keys);
            runs.baseline = Some(key);
        });
    }

    /// Opens or closes a parent.
    pub fn toggle_children(&self, key: RunKey) {
        self.view.edit_runs(|runs| {
            if !runs.expanded.remove(&key) {
                runs.expanded.insert(key);
            }
        });
    }

    /// Sorts by a column: first downwards for numbers and upwards for words, then the other way,
    /// then not at all. `more` keeps the columns that came before.
    pub fn sort_by(&self, column: &Column, more: bool) {
        let first =
            matches!(column, Column::Metric(_) | Column::StartTime | Column::EndTime | Column::Duration);
        self.view.edit_runs(|runs| {
            let old = runs.sort.iter().find(|by| by.column == *column).map(|by| by.descending);
            if more {
                runs.sort.retain(|by| by.column != *column);
            } else {
                runs.sort.clear();
            }
            match old {
                None => runs.sort.push(SortBy { column: column.clone(), descending: first }),
                Some(descending) if descending == first => {
                    runs.sort.push(SortBy { column: column.clone(), descending: !first });
                }
                Some(_) => {}
            }
        });
    }

    /// Shows or hides a column.
    pub fn toggle_column(&self, column: &Column) {
        let mut columns = self.columns.get_untracked();
        if let Some(at) = columns.iter().position(|shown| shown == column) {
            columns.remove(at);
        } else {
            // Beside its like, where it is looked for.
            let like = columns.iter().rposition(|shown| shown.group() == column.group());
            columns.insert(like.map_or(columns.len(), |at| at + 1), column.clone());
        }
        self.view.edit_runs(|runs| runs.columns = Some(columns));
    }

    /// The columns to begin with again.
    pub fn reset_columns(&self) {
        self.view.edit_runs(|runs| runs.columns = None);
    }

    pub(super) fn shown_keys(&self) -> BTreeSet<RunKey> {
        self.shown.with_untracked(|shown| shown.iter().map(|shown| shown.key.clone()).collect())
    }
}
