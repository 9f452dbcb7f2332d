use std::collections::BTreeSet;

use super::{Diff, SectionKind, section::Section};
use crate::format;

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// The next line, or the one before, that differs; beyond the end it goes on from the other end.
pub fn next_difference(lines: &[Line], from: Option<usize>, forward: bool) -> Option<usize> {
    let mut found =
        (0..lines.len()).filter(|at| matches!(lines.get(*at), Some(Line::Row { differs: true, .. })));
    if forward {
        let first = found.clone().next();
        found.find(|at| from.is_none_or(|from| *at > from)).or(first)
    } else {
        let last = found.clone().next_back();
        found.rfind(|at| from.is_none_or(|from| *at < from)).or(last)
    }
}

pub(super) fn lines(diff: &Diff, filter: &DiffFilter) -> Vec<Line> {
    let mut lines = Vec::new();
    for (index, section) in diff.sections.iter().enumerate() {
        let rows = rows(section, filter);
        let open = !filter.closed.contains(&section.kind);
        lines.push(Line::Head { section: index, open, rows: rows.len() });
        if open {
            lines.extend(rows.into_iter().map(|(row, differs)| Line::Row { section: index, row, differs }));
        }
    }
    lines
}

/// The rows of a section that the filter leaves, open or closed, and whether they differ.
pub(super) fn rows(section: &Section, filter: &DiffFilter) -> Vec<(usize, bool)> {
    let words: Vec<String> = filter.search.split_whitespace().map(str::to_lowercase).collect();
    let wanted = |name: &str| {
        words.is_empty() || {
            let name = name.to_lowercase();
            words.iter().all(|word| name.contains(word))
        }
    };
    let keys = section.keys.iter().enumerate().filter(|(_, key)| key.differs || !filter.differences_only);
    keys.filter(|(_, key)| wanted(&key.name)).map(|(row, key)| (row, key.differs)).collect()
}

pub(super) fn count_words(diff: &Diff) -> String {
    let sum = |of: fn(&Section) -> usize| diff.sections.iter().map(of).sum::<usize>() as u64;
    let (differing, all) = (sum(|section| section.differing), sum(Section::len));
    let verb = if differing == 1 { "differs" } else { "differ" };
    format!("{} {verb}", format::of_total(differing, all, "key", "keys"))
}
