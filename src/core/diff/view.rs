use std::collections::BTreeSet;

use super::{
    Diff, RowId, SectionKind,
    section::{Key, Section},
};
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
    /// Rows that stand above all sections, equal or not, in their order.
    pub pinned: Vec<RowId>,
    /// Keys whose rows inside are hidden, or shown, against what is usual.
    pub toggled: BTreeSet<RowId>,
}

/// One line to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Line {
    /// The head of the pinned rows.
    Pins {
        /// How many there are.
        rows: usize,
    },
    /// The head of a section.
    Head {
        /// Index in [`Diff::sections`].
        section: usize,
        /// Whether its rows are shown.
        open: bool,
        /// How many rows the filter leaves.
        rows: usize,
    },
    /// A key, or a place inside of the value of the key above.
    Row {
        /// Index in [`Diff::sections`].
        section: usize,
        /// Index in the section.
        row: usize,
        /// Whether the key differs, to step from difference to difference.
        differs: bool,
        /// Whether the rows inside of its value are shown; `None` if it has none.
        open: Option<bool>,
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
    let pins: Vec<(usize, usize)> = filter.pinned.iter().filter_map(|id| diff.find(id)).collect();
    if !pins.is_empty() {
        lines.push(Line::Pins { rows: pins.len() });
    }
    for (section, row) in &pins {
        let of = diff.sections.get(*section).and_then(|section| section.keys.get(*row));
        let differs = of.is_some_and(|key| key.differs);
        lines.push(Line::Row { section: *section, row: *row, differs, open: None });
    }
    for (index, section) in diff.sections.iter().enumerate() {
        let rows = Rows { diff, index, section, filter, pins: &pins }.all();
        let open = !filter.closed.contains(&section.kind);
        lines.push(Line::Head { section: index, open, rows: rows.len() });
        if open {
            lines.extend(rows);
        }
    }
    lines
}

/// The rows of a section that the filter leaves, open or closed, pinned ones too.
pub(super) fn rows(diff: &Diff, index: usize, filter: &DiffFilter) -> Vec<(usize, bool)> {
    let Some(section) = diff.sections.get(index) else { return Vec::new() };
    let rows = Rows { diff, index, section, filter, pins: &[] }.all();
    let row = |line| match line {
        Line::Row { row, differs, .. } => Some((row, differs)),
        Line::Head { .. } | Line::Pins { .. } => None,
    };
    rows.into_iter().filter_map(row).collect()
}

struct Rows<'a> {
    diff: &'a Diff,
    index: usize,
    section: &'a Section,
    filter: &'a DiffFilter,
    pins: &'a [(usize, usize)],
}

impl Rows<'_> {
    fn all(&self) -> Vec<Line> {
        let words: Vec<String> = self.filter.search.split_whitespace().map(str::to_lowercase).collect();
        let mut lines = Vec::new();
        let mut at = 0;
        while let Some(key) = self.section.keys.get(at) {
            self.key(at, key, &words, &mut lines);
            at += 1 + key.children;
        }
        lines
    }

    /// A key and what is shown of the inside of its value.
    fn key(&self, at: usize, key: &Key, words: &[String], lines: &mut Vec<Line>) {
        if self.filter.differences_only && !key.differs {
            return;
        }
        let has_words = |name: &str| {
            words.is_empty() || {
                let name = name.to_lowercase();
                words.iter().all(|word| name.contains(word))
            }
        };
        let is_found = has_words(&key.name);
        let mut inside: Vec<Line> = Vec::new();
        for (row, child) in self.section.keys.iter().enumerate().skip(at + 1).take(key.children) {
            let wanted = child.differs || !self.filter.differences_only;
            let found = is_found || has_words(&format!("{}.{}", key.name, child.name));
            if wanted && found && !self.is_pinned(row) {
                inside.push(Line::Row { section: self.index, row, differs: child.differs, open: None });
            }
        }
        if !is_found && inside.is_empty() {
            return;
        }
        // What was searched for inside is shown, whatever was closed.
        let open = (key.children > 0).then(|| self.is_open(at, key) || !is_found);
        if !self.is_pinned(at) {
            lines.push(Line::Row { section: self.index, row: at, differs: key.differs, open });
        }
        if open == Some(true) {
            lines.append(&mut inside);
        }
    }

    fn is_open(&self, at: usize, key: &Key) -> bool {
        if self.filter.toggled.is_empty() {
            return !key.starts_closed;
        }
        let toggled = self.diff.id_of(self.index, at).is_some_and(|id| self.filter.toggled.contains(&id));
        key.starts_closed == toggled
    }

    fn is_pinned(&self, row: usize) -> bool {
        self.pins.contains(&(self.index, row))
    }
}

pub(super) fn count_words(diff: &Diff) -> String {
    let sum =
        |of: fn(&Section) -> usize| diff.sections.iter().map(|section| of(section)).sum::<usize>() as u64;
    let (differing, all) = (sum(|section| section.differing), sum(Section::len));
    let verb = if differing == 1 { "differs" } else { "differ" };
    format!("{} {verb}", format::of_total(differing, all, "key", "keys"))
}
