//! Undo and redo of the view. On the page's own history walk the browser's back and forward.

use runatlas_core::link::{Tab, Taken};

use leptos::prelude::*;

use super::{App, PageKind, ViewState};

impl ViewState {
    /// What would be taken back, tracked.
    pub fn undo_words(&self) -> Option<String> {
        self.steps.with(|steps| steps.undo_words().map(str::to_owned))
    }

    /// What would be made once more, tracked.
    pub fn redo_words(&self) -> Option<String> {
        self.steps.with(|steps| steps.redo_words().map(str::to_owned))
    }
}

impl App {
    /// Takes the last change of the view back.
    pub fn undo(self) {
        if let Some(taken) = self.view.undo() {
            self.say_where("Undone", &taken);
        }
    }

    /// Makes the change that was taken back once more.
    pub fn redo(self) {
        if let Some(taken) = self.view.redo() {
            self.say_where("Done again", &taken);
        }
    }

    /// What happens on another tab cannot be seen.
    fn say_where(self, what: &str, taken: &Taken) {
        let tab = match taken.tab {
            Tab::Table => "table",
            Tab::Charts => "charts",
            Tab::Diff => "diff",
        };
        if self.view.page.get_untracked() != PageKind::Runs(taken.tab) {
            self.notices.plain(format!("{what}, as made on the {tab}: {}.", taken.words));
        }
    }
}
