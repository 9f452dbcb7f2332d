use std::collections::BTreeSet;

use super::{Diff, SectionKind};

/// What of the matrix is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DiffFilter {
    /// Leave out keys that are equal in all runs.
    pub differences_only: bool,
    /// Words that must all occur in the key, in any case.
    pub search: String,
    /// Sections that show their head only.
    pub closed: BTreeSet<SectionKind>,
}

/// One line to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The head of a section.
    Head {
        /// Index in [`Diff::sections`].
        section: usize,
        /// Whether its rows are shown.
        open: bool,
        /// How many rows the filter leaves.
        rows: usize,
    },
    /// A key.
    Row {
        /// Index in [`Diff::sections`].
        section: usize,
        /// Index in the section.
        row: usize,
        /// Whether the key differs, to step from difference to difference.
        differs: bool,
    },
}

pub(super) fn lines(_diff: &Diff, _filter: &DiffFilter) -> Vec<Line> {
    Vec::new()
}

pub(super) fn count_words(_diff: &Diff) -> String {
    String::new()
}
