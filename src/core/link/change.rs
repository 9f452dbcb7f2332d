use std::collections::BTreeSet;

use super::{RunKey, RunsView};
use crate::{
    board::{Board, Lines},
    format,
    table::{Column, SortBy},
};

/// What a person changed of a view.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In words that follow "Undo:": `sort by val_loss`.
    pub words: String,
    /// What it is of. Changes of one kind that follow quickly are one, where they are parts of one movement.
    pub kind: &'static str,
    /// It comes in many small parts: typing, dragging, moving a slider.
    pub is_gesture: bool,
}

impl RunsView {
    /// The choices that can be taken back: all but where one is (experiments, tab, the saved view that is open), what
    /// is folded out, the chart that is shown alone and the drawer below the diff.
    #[must_use]
    pub fn choices(&self) -> Self {
        let charts = Board { full: None, ..self.charts.clone() };
        let mut table = self.table.clone();
        table.groups.open.clear();
        Self {
            table,
            scope: Vec::new(),
            tab: super::Tab::Table,
            saved: None,
            expanded: BTreeSet::new(),
            drawer: None,
            charts,
            ..self.clone()
        }
    }

    /// Takes the choices of another view over, and stays where it is.
    #[must_use]
    pub fn with_choices(&self, of: &Self) -> Self {
        let mut table = of.table.clone();
        // Keys of groups mean something for their own columns only.
        if table.groups.by == self.table.groups.by {
            table.groups.open.clone_from(&self.table.groups.open);
        }
        Self {
            table,
            scope: self.scope.clone(),
            tab: self.tab,
            saved: self.saved.clone(),
            expanded: self.expanded.clone(),
            drawer: self.drawer.clone(),
            charts: Board { full: self.charts.full.clone(), ..of.charts.clone() },
            ..of.clone()
        }
    }
}

/// What was changed between two views; `None` when no choice differs.
pub fn change(before: &RunsView, after: &RunsView) -> Option<Change> {
    let (before, after) = (before.choices(), after.choices());
    if before == after {
        return None;
    }
    let found = of_table(&before, &after)
        .or_else(|| of_charts(&before.charts, &after.charts))
        .or_else(|| of_diff(&before, &after));
    // A choice that nobody gave words to yet.
    Some(found.unwrap_or_else(|| step("other", "the last choice")))
}

fn step(kind: &'static str, words: impl Into<String>) -> Change {
    Change { words: words.into(), kind, is_gesture: false }
}

fn gesture(kind: &'static str, words: impl Into<String>) -> Change {
    Change { is_gesture: true, ..step(kind, words) }
}

fn of_table(before: &RunsView, after: &RunsView) -> Option<Change> {
    if before.search != after.search {
        return Some(gesture("search", searched(&after.search, "search")));
    }
    if before.sort != after.sort {
        return Some(step("sort", sorted(&after.sort)));
    }
    if before.columns != after.columns {
        return Some(step("columns", columns(before.columns.as_deref(), after.columns.as_deref())));
    }
    if before.lifecycle != after.lifecycle {
        return Some(step("lifecycle", "active or deleted runs"));
    }
    if before.baseline != after.baseline {
        return Some(step("baseline", "the baseline"));
    }
    if let Some(change) = of_rows(before, after) {
        return Some(change);
    }
    (before.shown != after.shown).then(|| step("shown", shown(before.shown.as_ref(), after.shown.as_ref())))
}

fn of_rows(before: &RunsView, after: &RunsView) -> Option<Change> {
    let (old, new) = (&before.table, &after.table);
    if old.groups.by != new.groups.by {
        let names: Vec<String> = new.groups.by.iter().map(label).collect();
        let words =
            if names.is_empty() { "no groups".to_owned() } else { format!("groups by {}", names.join(", ")) };
        return Some(step("groups", words));
    }
    if old.groups.stat != new.groups.stat {
        return Some(step("stat", format!("groups show {}", new.groups.stat.words().to_lowercase())));
    }
    if old.widths != new.widths {
        return Some(gesture("width", "the width of a column"));
    }
    if old.pinned_columns != new.pinned_columns {
        return Some(step("pinned columns", "pinned columns"));
    }
    if old.differing != new.differing {
        return Some(step("differing", "only columns that differ"));
    }
    if before.pinned != after.pinned {
        return Some(step("pinned", "pinned runs"));
    }
    (before.colors != after.colors).then(|| step("colors", "the colour of runs"))
}

fn searched(text: &str, what: &str) -> String {
    match text.trim() {
        "" => format!("{what} cleared"),
        text => format!("{what} “{}”", format::one_line(text, 30)),
    }
}

fn sorted(by: &[SortBy]) -> String {
    let names: Vec<String> = by.iter().map(|by| label(&by.column)).collect();
    if names.is_empty() { "sort by start".to_owned() } else { format!("sort by {}", names.join(", ")) }
}

fn label(column: &Column) -> String {
    format::middle(&column.label(), 30).into_owned()
}

fn columns(before: Option<&[Column]>, after: Option<&[Column]>) -> String {
    let Some(after) = after else { return "columns to begin with".to_owned() };
    let before = before.unwrap_or_default();
    let only = |of: &[Column], not: &[Column]| -> Vec<Column> {
        of.iter().filter(|column| !not.contains(column)).cloned().collect()
    };
    match (only(after, before).as_slice(), only(before, after).as_slice()) {
        ([added], []) => format!("column {}", label(added)),
        ([], [gone]) => format!("column {} hidden", label(gone)),
        ([], []) => "order of columns".to_owned(),
        _ => "columns".to_owned(),
    }
}

fn shown(before: Option<&BTreeSet<RunKey>>, after: Option<&BTreeSet<RunKey>>) -> String {
    let (Some(before), Some(after)) = (before, after) else { return "runs shown".to_owned() };
    let count = |runs: usize| format::count(runs as u64, "run", "runs");
    match (after.difference(before).count(), before.difference(after).count()) {
        (more, 0) => format!("{} shown", count(more)),
        (0, fewer) => format!("{} hidden", count(fewer)),
        _ => "runs shown".to_owned(),
    }
}

fn of_charts(before: &Board, after: &Board) -> Option<Change> {
    if before.lines != after.lines {
        return Some(of_lines(&before.lines, &after.lines));
    }
    if before.zoom != after.zoom {
        return Some(gesture("zoom", if after.zoom.is_some() { "zoom" } else { "zoom reset" }));
    }
    if before.search != after.search || before.is_regex != after.is_regex {
        return Some(gesture("charts.search", searched(&after.search, "search for metrics")));
    }
    if before.made.len() != after.made.len() {
        let added = after.made.len() > before.made.len();
        return Some(step("charts.made", if added { "chart added" } else { "chart taken away" }));
    }
    if before.made != after.made {
        return Some(step("charts.made", "settings of a chart"));
    }
    if before.layout.hidden != after.layout.hidden {
        return Some(step("charts.hidden", "charts hidden or shown"));
    }
    if before.layout.sizes != after.layout.sizes {
        return Some(gesture("charts.sizes", "size of a chart"));
    }
    if before.layout != after.layout {
        return Some(step("charts.layout", "arrangement of charts"));
    }
    if before.own != after.own {
        return Some(gesture("charts.own", "view of a chart"));
    }
    (before != after).then(|| step("charts", "section of charts folded or unfolded"))
}

fn of_lines(before: &Lines, after: &Lines) -> Change {
    if before.smoothing != after.smoothing {
        return gesture("smoothing", "smoothing");
    }
    if (before.x, &before.x_metric, before.x_scale) != (after.x, &after.x_metric, after.x_scale) {
        return step("charts.x", "x axis");
    }
    if before.group != after.group {
        return step("charts.group", "colours and groups of curves");
    }
    if before.y_scale != after.y_scale || before.y_range != after.y_range || before.fit != after.fit {
        return step("charts.y", "y axis");
    }
    step("charts.lines", "look of curves")
}

fn of_diff(before: &RunsView, after: &RunsView) -> Option<Change> {
    let (before, after) = (&before.diff, &after.diff);
    if before.search != after.search {
        return Some(gesture("diff.search", searched(&after.search, "search for keys")));
    }
    if before.equal_rows != after.equal_rows {
        return Some(step(
            "diff.equal",
            if after.equal_rows { "equal rows too" } else { "differences only" },
        ));
    }
    if before.relative != after.relative {
        return Some(step(
            "diff.relative",
            if after.relative { "relative deltas" } else { "absolute deltas" },
        ));
    }
    if before.closed != after.closed {
        return Some(step("diff.closed", "section of the diff folded or unfolded"));
    }
    (before != after).then(|| step("diff", "choice of the diff"))
}
