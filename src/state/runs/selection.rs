//! Runs that are selected in the table, and what is done with all of them at once.

use std::collections::BTreeSet;

use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{RunKey, Tab},
};

use super::{CursorMove, LineKey, RunTable};
use crate::state::App;

impl RunTable {
    /// Whether a run is selected.
    pub fn is_selected(&self, key: &RunKey) -> bool {
        self.selected.with(|selected| selected.contains(key))
    }

    /// The runs of a line: of a group all, of a heading none.
    pub fn keys_at(&self, line: usize) -> Vec<RunKey> {
        match self.line_key(line) {
            Some(LineKey::Run(key)) => vec![key],
            Some(LineKey::Group(key)) => match self.group_of(&key) {
                Some(at) => self.group_keys(at),
                None => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// Selects the runs of a line and no others; ranges start here.
    pub fn select_only(&self, line: usize) {
        let keys = untrack(|| self.keys_at(line));
        self.anchor.set_value(untrack(|| self.line_key(line)));
        self.selected.set(keys.into_iter().collect());
    }

    /// Selects the runs of a line too, or no longer; ranges start here.
    pub fn toggle_selected(&self, line: usize) {
        let keys = untrack(|| self.keys_at(line));
        self.anchor.set_value(untrack(|| self.line_key(line)));
        self.selected.update(|selected| {
            if keys.iter().all(|key| selected.contains(key)) {
                selected.retain(|key| !keys.contains(key));
            } else {
                selected.extend(keys);
            }
        });
    }

    /// Selects all from where the range started to a line.
    pub fn select_to(&self, line: usize) {
        let from = self.anchor.get_value().and_then(|anchor| untrack(|| self.line_of(&anchor)));
        let Some(from) = from else { return self.select_only(line) };
        let keys = (from.min(line)..=from.max(line)).flat_map(|line| untrack(|| self.keys_at(line)));
        self.selected.set(keys.collect());
    }

    /// Moves the cursor, and the end of the selected range with it.
    pub fn extend_selection(&self, to: CursorMove) -> Option<usize> {
        if self.anchor.get_value().is_none() {
            self.anchor.set_value(self.cursor.get_untracked());
        }
        let line = self.move_cursor(to)?;
        self.select_to(line);
        Some(line)
    }

    /// Selects every run that the search leaves, those in closed groups and parents too.
    pub fn select_all(&self) {
        let all = untrack(|| {
            self.table.with(|table| {
                let runs = table.ready().map(|table| table.runs()).unwrap_or_default();
                let run = |&index: &u32| Some(runs.get(index as usize)?.key());
                self.rows.with(|rows| rows.order.iter().filter_map(run).collect::<BTreeSet<_>>())
            })
        });
        self.selected.set(all);
    }

    /// Selects nothing.
    pub fn clear_selection(&self) {
        self.anchor.set_value(None);
        self.selected.update(BTreeSet::clear);
    }

    /// What an action is for: the selected runs, else those of the cursor's line.
    pub fn targets(&self) -> Vec<RunKey> {
        let selected: Vec<RunKey> =
            self.selected.with_untracked(|selected| selected.iter().cloned().collect());
        if !selected.is_empty() {
            return selected;
        }
        untrack(|| {
            let cursor = self.cursor.get();
            cursor.and_then(|key| self.line_of(&key)).map(|line| self.keys_at(line)).unwrap_or_default()
        })
    }

    /// Puts runs on charts, or takes them off where all of them are there.
    pub fn toggle_shown_all(&self, keys: &[RunKey]) {
        let mut shown = self.shown_keys();
        if keys.iter().all(|key| shown.contains(key)) {
            shown.retain(|key| !keys.contains(key));
        } else {
            shown.extend(keys.iter().cloned());
        }
        self.view.edit_runs(|runs| runs.shown = Some(shown));
    }

    /// Puts these runs on charts and no others.
    pub fn show_only(&self, keys: &[RunKey]) {
        self.view.edit_runs(|runs| runs.shown = Some(keys.iter().cloned().collect()));
    }

    /// Takes runs off the charts.
    pub fn hide_all(&self, keys: &[RunKey]) {
        let keys: BTreeSet<&RunKey> = keys.iter().collect();
        let left = self.shown_keys().into_iter().filter(|key| !keys.contains(key)).collect();
        self.view.edit_runs(|runs| runs.shown = Some(left));
    }

    /// Shows these runs alone, on another tab; without any, those that are shown.
    pub fn look_at(&self, keys: &[RunKey], tab: Tab) {
        if !keys.is_empty() {
            self.show_only(keys);
        }
        self.view.go_tab(tab);
    }
}

impl App {
    /// Puts the ids of runs on the clipboard, one a line.
    pub fn copy_run_ids(self, keys: &[RunKey]) {
        let ids: Vec<&str> = keys.iter().map(|key| key.run.as_str()).collect();
        let what = format::count(ids.len() as u64, "run id is", "run ids are");
        self.copy_text(ids.join("\n"), format!("{what} on the clipboard."));
    }
}
