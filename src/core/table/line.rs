//! What stands below one another in the table: sections, groups, runs.

use super::{Query, Row, Rows, RunRef, Table, group, tree};

/// One line of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// The heading of a part, and how many runs are in it.
    Part(Part, usize),
    /// A group, by index in [`Rows::groups`].
    Group(usize),
    /// A run, by index in [`Rows::rows`].
    Run(usize),
}

/// A part of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Runs that a person pinned.
    Pinned,
    /// All others.
    Rest,
    /// Runs that have nothing in any column that is grouped by.
    Ungrouped,
}

impl Part {
    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pinned => "Pinned",
            Self::Rest => "Runs",
            Self::Ungrouped => "Not grouped",
        }
    }
}

/// The lines of the runs that are `left`, in order. `open_all`: parents show their children.
pub(super) fn lines(table: &Table, left: Vec<u32>, query: &Query, open_all: bool) -> Rows {
    let mut out = Rows { matched: left.len(), ..Rows::default() };
    let (pinned, rest): (Vec<u32>, Vec<u32>) = parted(table, &left, query);
    if !pinned.is_empty() {
        out.lines.push(Line::Part(Part::Pinned, pinned.len()));
        out.push(flat_or_tree(table, &pinned, query, open_all));
        out.lines.push(Line::Part(Part::Rest, rest.len()));
    }
    if query.groups.by.is_empty() {
        out.push(flat_or_tree(table, &rest, query, open_all));
    } else {
        push_groups(table, &mut out, &left, &pinned, query);
    }
    out.order = left;
    out
}

impl Rows {
    fn push(&mut self, rows: Vec<Row>) {
        let from = self.rows.len();
        self.lines.extend((from..from + rows.len()).map(Line::Run));
        self.rows.extend(rows);
    }

    /// The line of a run that is listed.
    pub fn line_of(&self, row: usize) -> Option<usize> {
        // Every row has a line, in the same order, below the headings before it.
        let after = self.lines.get(row..)?;
        after.iter().position(|line| *line == Line::Run(row)).map(|at| row + at)
    }
}

/// The runs that are pinned, with all below them, and the others.
fn parted(table: &Table, left: &[u32], query: &Query) -> (Vec<u32>, Vec<u32>) {
    if query.pinned.is_empty() {
        return (Vec::new(), left.to_vec());
    }
    let is_pinned = |run: &RunRef| query.pinned.contains(&run.key());
    let pinned: Vec<bool> = table.runs.iter().map(is_pinned).collect();
    let with_children = query.tree && query.groups.by.is_empty();
    let reaches = |&index: &u32| {
        let mut at = Some(index);
        // Parents may form a ring.
        for _ in 0..64 {
            let Some(here) = at else { return false };
            if pinned.get(here as usize) == Some(&true) {
                return true;
            }
            at = table.parents.get(here as usize).copied().flatten().filter(|_| with_children);
        }
        false
    };
    left.iter().partition(|index| reaches(index))
}

fn flat_or_tree(table: &Table, sorted: &[u32], query: &Query, open_all: bool) -> Vec<Row> {
    if query.tree && query.groups.by.is_empty() {
        tree::flatten(table, sorted, query, open_all)
    } else {
        sorted.iter().map(|&index| flat(index, 0)).collect()
    }
}

/// Pinned runs count in their groups, but are listed only above.
fn push_groups(table: &Table, out: &mut Rows, left: &[u32], pinned: &[u32], query: &Query) {
    let is_above: std::collections::HashSet<u32> = pinned.iter().copied().collect();
    let (groups, others) = group::groups(table, left, query);
    for (at, group) in groups.iter().enumerate() {
        out.lines.push(Line::Group(at));
        if group.open {
            let members = group.members.iter().filter(|index| !is_above.contains(index));
            out.push(members.map(|&index| flat(index, 1)).collect());
        }
    }
    out.groups = groups;
    let others: Vec<u32> = others.into_iter().filter(|index| !is_above.contains(index)).collect();
    if !others.is_empty() {
        out.lines.push(Line::Part(Part::Ungrouped, others.len()));
        out.push(others.into_iter().map(|index| flat(index, 0)).collect());
    }
}

fn flat(index: u32, depth: u16) -> Row {
    Row { index, depth, children: 0, expanded: false }
}
