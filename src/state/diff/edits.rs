//! Commands of the diff.

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    board::{AxisColumn, CardKind},
    diff::{DiffFilter, Format, RowId, SortRuns},
    link::{DiffView, RunKey, Tab},
    table::{Column, RunRef},
};

use crate::{
    state::{App, RunTable},
    web::{clipboard, download},
};

/// What of the matrix the view's choices leave.
pub fn diff_filter(view: &DiffView) -> DiffFilter {
    DiffFilter {
        differences_only: !view.equal_rows,
        search: view.search.clone(),
        closed: view.closed.clone(),
        pinned: view.pinned.clone(),
        toggled: view.toggled.clone(),
    }
}

impl super::Comparison {
    /// Changes any choice.
    pub fn edit(&self, change: impl FnOnce(&mut DiffView)) {
        self.view.edit_runs(|runs| change(&mut runs.diff));
    }

    /// Puts a row above all sections, or back into its own.
    pub fn toggle_pin(&self, row: RowId) {
        self.edit(|view| match view.pinned.iter().position(|pinned| *pinned == row) {
            Some(at) => {
                view.pinned.remove(at);
            }
            None => view.pinned.push(row),
        });
    }

    /// Shows or hides what is inside of a key's value.
    pub fn toggle_row(&self, row: RowId) {
        self.edit(|view| {
            if !view.toggled.remove(&row) {
                view.toggled.insert(row);
            }
        });
    }

    /// Sorts the runs by a row: the greatest first, then the least first, then not at all.
    pub fn sort_by(&self, row: RowId) {
        self.edit(|view| {
            let sort = &mut view.arrange.sort;
            *sort = match sort.as_ref().filter(|sort| sort.row == row).map(|sort| sort.descending) {
                None => Some(SortRuns { row, descending: true }),
                Some(true) => Some(SortRuns { row, descending: false }),
                Some(false) => None,
            };
        });
    }

    /// The metrics of the comparison, by name.
    pub fn metrics(&self) -> Vec<String> {
        self.runs.with(|runs| {
            let keys = runs.iter().flat_map(|run| run.run.metrics.iter().map(|metric| &metric.key));
            let keys: std::collections::BTreeSet<&String> = keys.collect();
            keys.into_iter().cloned().collect()
        })
    }
}

impl App {
    /// Puts the matrix, as the view leaves it, on the clipboard.
    pub fn copy_diff(self, format: Format) {
        let Some((runs, text)) = self.diff_text(format) else { return };
        self.copy_text(text, format!("The comparison of {runs} runs is on the clipboard."));
    }

    /// Saves the matrix, as the view leaves it, as a CSV file.
    pub fn save_diff(self) {
        let Some((_, text)) = self.diff_text(Format::Csv) else { return };
        if let Err(reason) = download::save("diff.csv", "text/csv", text.as_bytes()) {
            self.notices.bad(format!("The comparison could not be saved: {reason}."));
        }
    }

    /// Puts text on the clipboard and says so in these words.
    pub fn copy_text(self, text: String, done: String) {
        spawn_local(async move {
            match clipboard::copy(&text).await {
                Ok(()) => self.notices.good(done),
                Err(reason) => self.notices.bad(format!("Nothing was copied: {reason}.")),
            }
        });
    }

    fn diff_text(&self, format: Format) -> Option<(usize, String)> {
        let diff = self.diff.diff.get_untracked()?;
        let columns = self.diff.columns.get_untracked();
        let filter = self.view.diff.with_untracked(diff_filter);
        let text = diff.export(&filter, &columns, format, &untrack(|| self.clock.core()));
        Some((diff.runs().len(), text))
    }

    /// Adds a chart of how much params say about a metric, and goes there.
    pub fn chart_importance(self, metric: String) {
        self.add_chart(CardKind::Importance { value: Column::Metric(metric) });
    }

    /// Adds a chart of a metric against a param, and goes there.
    pub fn chart_param(self, param: String, metric: String) {
        let (x, y) = (AxisColumn::of(Column::Param(param)), AxisColumn::of(Column::Metric(metric)));
        self.add_chart(CardKind::Scatter { x, y, color: None, trend: true });
    }

    /// A chart that is there already is not added again.
    fn add_chart(self, kind: CardKind) {
        self.view.edit_runs(|runs| {
            if !runs.charts.made.iter().any(|made| made.kind == kind) {
                runs.charts.add(kind);
            }
        });
        self.view.go_tab(Tab::Charts);
    }
}

impl RunTable {
    /// Runs whose name has all the words, in the table's order.
    pub fn named(&self, words: &str, at_most: usize) -> Vec<RunRef> {
        self.find(words, at_most, |_| true)
    }

    /// Runs that are not compared yet and whose name has all the words, in the table's order.
    pub fn not_shown(&self, words: &str, at_most: usize) -> Vec<RunRef> {
        self.find(words, at_most, |run| !self.is_shown(&run.key()))
    }

    fn find(&self, words: &str, at_most: usize, is_wanted: impl Fn(&RunRef) -> bool) -> Vec<RunRef> {
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let has_words = |run: &RunRef| {
            let name = run.run.display_name().to_lowercase();
            words.iter().all(|word| name.contains(word))
        };
        self.table.with(|table| {
            let runs = table.ready().map(|table| table.runs()).unwrap_or_default();
            let found = runs.iter().filter(|run| has_words(run) && is_wanted(run));
            found.take(at_most).cloned().collect()
        })
    }

    /// Leaves only one run of those that are compared out.
    pub fn hide(&self, key: &RunKey) {
        if self.is_shown(key) {
            self.toggle_shown(key);
        }
    }
}
