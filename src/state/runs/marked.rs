use std::collections::BTreeSet;

use leptos::prelude::*;
use runatlas_core::{board::CardId, figure::Brush, link::RunKey};

use super::RunTable;

/// Runs that a person marked by a part of one or several axes of a chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Marked {
    /// The chart.
    pub card: CardId,
    /// The parts of its axes.
    pub brushes: Vec<Brush>,
    /// The runs within all of them.
    pub runs: BTreeSet<RunKey>,
}

impl RunTable {
    /// Whether a run is marked; `None` while none are.
    pub fn is_marked(&self, key: &RunKey) -> Option<bool> {
        self.marked.with(|marked| marked.as_ref().map(|marked| marked.runs.contains(key)))
    }

    /// Puts the marked runs on all charts, and no others.
    pub fn show_only_marked(&self) {
        if let Some(marked) = self.marked.get_untracked() {
            self.marked.set(None);
            self.view.edit_runs(|runs| runs.shown = Some(marked.runs.iter().cloned().collect()));
        }
    }
}
