//! Commands of the diff.

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    diff::{Diff, DiffFilter, Format},
    link::{DiffView, RunKey},
    table::RunRef,
};

use super::{App, RunTable};
use crate::web::{clipboard, download};

/// What of the matrix the view's choices leave.
pub fn diff_filter(view: &DiffView) -> DiffFilter {
    DiffFilter {
        differences_only: !view.equal_rows,
        search: view.search.clone(),
        closed: view.closed.clone(),
    }
}

impl App {
    /// Puts the matrix, as the view leaves it, on the clipboard.
    pub fn copy_diff(self, format: Format) {
        let Some((diff, text)) = self.diff_text(format) else { return };
        self.copy_text(text, format!("The comparison of {} runs is on the clipboard.", diff.runs().len()));
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

    fn diff_text(&self, format: Format) -> Option<(std::sync::Arc<Diff>, String)> {
        let diff = self.runs.diff.get_untracked()?;
        let filter = self.view.diff.with_untracked(diff_filter);
        let text = diff.export(&filter, format, &untrack(|| self.clock.core()));
        Some((diff, text))
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
