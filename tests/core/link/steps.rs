//! Undo and redo over the whole view.

use std::collections::BTreeSet;

use proptest::prelude::*;
use runatlas_core::{
    board::CardId,
    history::smooth::Smoothing,
    link::{RunsView, Steps, Tab, change},
    table::{Column, SortBy},
};

use super::{key, scope};

fn start() -> RunsView {
    RunsView { scope: scope("s", "1"), ..RunsView::default() }
}

/// A view and its steps, as the page holds them.
struct Held {
    view: RunsView,
    steps: Steps,
    now: i64,
}

impl Held {
    fn new() -> Self {
        Self { view: start(), steps: Steps::default(), now: 0 }
    }

    fn edit(&mut self, after_millis: i64, edit: impl FnOnce(&mut RunsView)) {
        let before = self.view.clone();
        edit(&mut self.view);
        self.now += after_millis;
        self.steps.note(&before, &self.view, self.now);
    }

    fn undo(&mut self) -> Option<String> {
        let taken = self.steps.undo(&self.view)?;
        self.view = taken.view;
        Some(taken.words)
    }

    fn redo(&mut self) -> Option<String> {
        let taken = self.steps.redo(&self.view)?;
        self.view = taken.view;
        Some(taken.words)
    }
}

fn loss() -> Column {
    Column::Metric("val/loss".into())
}

/// Changes of every kind, with the words for each.
type Edit = (&'static str, fn(&mut RunsView));
const EDITS: [Edit; 14] = [
    ("sort by val/loss", |view| view.sort = vec![SortBy { column: loss(), descending: true }]),
    ("columns", |view| view.columns = Some(vec![Column::Name, Column::Status])),
    ("column val/loss", |view| view.columns = Some(vec![Column::Name, Column::Status, loss()])),
    ("order of columns", |view| view.columns = Some(vec![loss(), Column::Name, Column::Status])),
    ("column Status hidden", |view| view.columns = Some(vec![loss(), Column::Name])),
    ("search “adam”", |view| view.search = "adam".into()),
    ("runs shown", |view| view.shown = Some(BTreeSet::from([key("s", "a")]))),
    ("2 runs shown", |view| view.shown = Some(BTreeSet::from([key("s", "a"), key("s", "b"), key("s", "c")]))),
    ("1 run hidden", |view| view.shown = Some(BTreeSet::from([key("s", "a"), key("s", "b")]))),
    ("the baseline", |view| view.baseline = Some(key("s", "b"))),
    ("smoothing", |view| view.charts.lines.smoothing = Smoothing::Ema(0.5)),
    ("zoom", |view| view.charts.zoom = Some((1.0, 2.0))),
    ("relative deltas", |view| view.diff.relative = true),
    ("equal rows too", |view| view.diff.equal_rows = true),
];

#[test]
fn every_change_goes_back_and_forth_and_says_what_it_is() {
    let mut held = Held::new();
    let mut views = vec![held.view.clone()];
    for (_, edit) in EDITS {
        held.edit(5000, edit);
        views.push(held.view.clone());
    }
    for (at, (words, _)) in EDITS.iter().enumerate().rev() {
        assert_eq!(held.steps.undo_words(), Some(*words));
        assert_eq!(held.undo().as_deref(), Some(*words));
        assert_eq!(held.view, views[at], "{words}");
    }
    assert_eq!(held.undo(), None);
    for (at, (words, _)) in EDITS.iter().enumerate() {
        assert_eq!(held.steps.redo_words(), Some(*words));
        assert_eq!(held.redo().as_deref(), Some(*words));
        assert_eq!(held.view, views[at + 1], "{words}");
    }
    assert_eq!(held.redo(), None);
}

#[test]
fn typing_and_sliding_are_one_step_and_pressing_is_one_each() {
    let mut held = Held::new();
    for text in ["a", "ad", "ada", "adam"] {
        held.edit(200, |view| view.search = text.into());
    }
    for tenth in 1..9 {
        held.edit(16, |view| view.charts.lines.smoothing = Smoothing::Ema(f64::from(tenth) / 10.0));
    }
    held.edit(100, |view| view.shown = Some(BTreeSet::from([key("s", "a")])));
    held.edit(100, |view| view.shown = Some(BTreeSet::new()));
    assert_eq!(held.undo().as_deref(), Some("1 run hidden"));
    assert_eq!(held.undo().as_deref(), Some("runs shown"));
    assert_eq!(held.undo().as_deref(), Some("smoothing"));
    assert_eq!(held.view.search, "adam");
    assert_eq!(held.undo().as_deref(), Some("search “adam”"));
    assert_eq!(held.view, start());
    // What is typed after a pause is another step, and so is what is typed after an undo.
    held.edit(9000, |view| view.search = "b".into());
    held.edit(5000, |view| view.search = "bc".into());
    held.undo();
    held.edit(10, |view| view.search = "bd".into());
    held.undo();
    assert_eq!(held.view.search, "b");
}

#[test]
fn a_movement_that_ends_where_it_began_is_no_step() {
    let mut held = Held::new();
    held.edit(100, |view| view.search = "a".into());
    held.edit(100, |view| view.search.clear());
    assert_eq!(held.undo(), None);
}

#[test]
fn where_one_is_stays() {
    let mut held = Held::new();
    held.edit(100, |view| view.search = "a".into());
    let stays = |view: &mut RunsView| {
        view.tab = Tab::Charts;
        view.saved = Some("v1".into());
        view.expanded = BTreeSet::from([key("s", "p")]);
        view.charts.full = Some(CardId::Metric("loss".into()));
    };
    held.edit(5000, stays);
    let taken = held.steps.undo(&held.view).unwrap();
    let mut expected = start();
    stays(&mut expected);
    assert_eq!((taken.view, taken.tab), (expected, Tab::Table));
    assert_eq!(
        change(&start(), &{
            let mut view = start();
            stays(&mut view);
            view
        }),
        None
    );
}

#[test]
fn a_new_change_ends_what_could_be_redone_and_the_oldest_go() {
    let mut held = Held::new();
    held.edit(5000, |view| view.search = "a".into());
    held.undo();
    held.edit(5000, |view| view.diff.relative = true);
    assert_eq!(held.redo(), None);
    for at in 0..500 {
        held.edit(5000, |view| view.search = format!("{at}"));
    }
    let mut count = 0;
    while held.undo().is_some() {
        count += 1;
    }
    assert_eq!(count, 200);
    assert_eq!(held.view.search, "299");
}

proptest! {
    /// Any walk of edits: all the way back is the beginning, all the way forth the end.
    #[test]
    fn back_and_forth_lead_to_the_same_places(edits in prop::collection::vec((0..EDITS.len(), 0..3000_i64), 0..30)) {
        let mut held = Held::new();
        for (edit, after) in edits {
            held.edit(after, EDITS[edit].1);
        }
        let end = held.view.clone();
        while held.undo().is_some() {}
        prop_assert_eq!(&held.view, &start());
        while held.redo().is_some() {}
        prop_assert_eq!(held.view, end);
    }
}
