mod columns;
mod cursor;
mod groups;
mod loading;
mod marked;
mod selection;
mod shown;
mod steps;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
    sync::Arc,
};

use leptos::prelude::*;
use runatlas_core::{
    chart::Slot,
    link::{ExperimentKey, Page, RunKey, RunsView},
    table::{Column, Columns, Query, Row, Rows, RunRef, Shape, Table, Twin},
};

use super::{Library, Loadable, ViewState};
pub use cursor::{CursorMove, LineKey};
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
    /// The columns that were chosen, or fit the data.
    pub columns: Memo<Vec<Column>>,
    /// Those on screen, pinned ones first, without the name, with which every row begins.
    pub grid: Memo<Arc<Columns>>,
    /// Where they stand and how wide they are.
    pub shape: Memo<Shape>,
    /// The width of a column that is being dragged.
    pub live_width: RwSignal<Option<(Column, u32)>>,
    /// The lines in sight.
    pub sight: RwSignal<Range<usize>>,
    /// How many values at a step are still to be read for what is shown.
    pub to_read: RwSignal<usize>,
    /// The runs on charts and in the diff, in the table's order, with their colours.
    pub shown: Memo<Arc<Vec<ShownRun>>>,
    /// The run that others are compared with.
    pub baseline: Memo<Option<RunKey>>,
    /// The run that is pointed at, in the table or on a chart.
    pub pointed: RwSignal<Option<RunKey>>,
    /// The runs that are marked on a chart, everywhere.
    pub marked: RwSignal<Option<Arc<Marked>>>,
    /// The line that has the keyboard.
    pub cursor: RwSignal<Option<LineKey>>,
    /// The runs that are selected.
    pub selected: RwSignal<BTreeSet<RunKey>>,
    /// The experiment of the run whose page is open.
    pub experiment_of_open_run: RwSignal<Option<ExperimentKey>>,
    slots: Memo<Arc<HashMap<RunKey, Slot>>>,
    /// Where a selected range starts.
    anchor: StoredValue<Option<LineKey>>,
    pub(super) view: ViewState,
}

impl RunTable {
    pub(super) fn new(view: ViewState, library: Library) -> Self {
        let table = RwSignal::new(Loadable::Loading);
        let runs = view.runs;
        let experiment_of_open_run = RwSignal::new(None);
        let scope = Memo::new(move |_| loading::scope_of(view, experiment_of_open_run.get()));
        loading::follow(library, scope, table);
        let steps = steps::Steps::new(library);
        let query = Memo::new(move |_| Query { steps: steps.shown.get(), ..runs.with(shown::query_of) });
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
        let pinned = Memo::new(move |_| runs.with(|runs| runs.table.pinned_columns.clone()));
        let differing = Memo::new(move |_| runs.with(|runs| runs.table.differing));
        let grid = Memo::new_with_compare(
            move |_| {
                let rows = rows.get();
                let mut columns = columns.get();
                columns.retain(|column| *column != Column::Name);
                // Stable: each part stays in its order.
                pinned.with(|pinned| columns.sort_by_key(|column| !pinned.contains(column)));
                let (differing, steps) = (differing.get(), steps.shown.get());
                table.with(|table| {
                    let Some(table) = table.ready() else { return Arc::default() };
                    if differing {
                        columns = table.differing(&columns, &rows, &steps);
                    }
                    Arc::new(Columns::new(Arc::clone(table), rows, columns, steps))
                })
            },
            |_, _| true,
        );
        let live_width = RwSignal::new(None::<(Column, u32)>);
        let widths = Memo::new(move |_| runs.with(|runs| runs.table.widths.clone()));
        let shape = Memo::new(move |_| {
            let mut widths = widths.get();
            widths.extend(live_width.get());
            grid.with(|grid| {
                let at_left =
                    grid.all().iter().filter(|column| pinned.with(|pinned| pinned.contains(column)));
                Shape::new(grid.table(), grid.all(), at_left.count(), &widths)
            })
        });
        let sight = RwSignal::new(0..0);
        steps.follow(grid, Memo::new(move |_| runs.with(|runs| runs.sort.clone())), sight);
        let choice = Memo::new(move |_| runs.with(|runs| runs.shown.clone()));
        let given = StoredValue::new(BTreeMap::<String, Slot>::new());
        let colors = Memo::new(move |_| runs.with(|runs| runs.colors.clone()));
        let shown = Memo::new(move |_| {
            let choice = choice.get();
            let found = table.with(|table| {
                let Some(table) = table.ready() else { return Vec::new() };
                rows.with(|rows| shown::choose(table, rows, choice.as_ref()))
            });
            Arc::new(colors.with(|colors| shown::with_slots(found, given, colors)))
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
        Self {
            scope,
            table,
            rows,
            columns,
            grid,
            shape,
            live_width,
            sight,
            to_read: steps.left,
            shown,
            baseline,
            pointed: RwSignal::new(None),
            marked: RwSignal::new(None),
            cursor: RwSignal::new(None),
            selected: RwSignal::new(BTreeSet::new()),
            anchor: StoredValue::new(None),
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
            let other_source = runs.scope.iter().any(|key| key.source != experiment.source);
            runs.scope.push(experiment);
            // Columns that a person chose before do not tell where a run is from.
            if let Some(columns) = &mut runs.columns {
                let telling = [(Column::Experiment, true), (Column::Origin, other_source)];
                let new = telling.into_iter().filter(|(column, tells)| *tells && !columns.contains(column));
                for (column, _) in new.collect::<Vec<_>>() {
                    columns.insert(0, column);
                }
            }
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

    /// Shows all runs between two lines.
    pub fn show_range(&self, from: usize, to: usize) {
        let mut keys = self.shown_keys();
        untrack(|| {
            keys.extend((from.min(to)..=from.max(to)).flat_map(|line| match self.line_key(line) {
                Some(LineKey::Run(key)) => vec![key],
                _ => Vec::new(),
            }));
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

    pub(super) fn shown_keys(&self) -> BTreeSet<RunKey> {
        self.shown.with_untracked(|shown| shown.iter().map(|shown| shown.key.clone()).collect())
    }
}
