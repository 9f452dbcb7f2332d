//! The runs of cards that are no line charts.

use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    board::{CardId, CardKind, CardSize, MadeCard},
    chart::Slot,
    figure::FigureRun,
    link::RunKey,
    table::RunRef,
};

use super::Charts;

/// The runs that a figure shows.
#[derive(Debug, Clone, Default)]
pub struct FigureRuns {
    /// Each with its colour, if it is on the charts.
    pub runs: Vec<(RunRef, Option<Slot>)>,
}

impl PartialEq for FigureRuns {
    fn eq(&self, other: &Self) -> bool {
        type Colored = (RunRef, Option<Slot>);
        let same = |(a, b): (&Colored, &Colored)| {
            a.1 == b.1 && Arc::ptr_eq(&a.0.run, &b.0.run) && a.0.source == b.0.source
        };
        self.runs.len() == other.runs.len() && self.runs.iter().zip(&other.runs).all(same)
    }
}

impl FigureRuns {
    /// As core takes them.
    pub fn core(&self) -> Vec<FigureRun<'_>> {
        self.runs.iter().map(|(run, slot)| FigureRun { run, slot: *slot }).collect()
    }

    /// The key of a run by its place.
    pub fn key(&self, place: usize) -> Option<RunKey> {
        self.runs.get(place).map(|(run, _)| run.key())
    }

    /// The place of a run.
    pub fn place(&self, key: &RunKey) -> Option<usize> {
        self.runs.iter().position(|(run, _)| run.run.id == key.run && *run.source == key.source)
    }
}

/// What the dialog for cards is open for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Maker {
    /// A new card.
    New,
    /// A card that is there.
    Edit(CardId),
    /// The heading of one.
    Rename(CardId),
}

/// So many bars have room in a card of one row.
const ROW_OF_BARS: usize = 6;

impl Charts {
    /// Whether a card shows all runs of the table, or those on the charts.
    pub fn shows_all_runs(&self, card: &CardId) -> bool {
        self.board.with(|board| board.made(card).is_some_and(|made| made.all_runs))
    }

    /// How many runs the table has now, also in closed parents.
    pub fn runs_of_table(&self) -> Memo<usize> {
        let runs = self.runs;
        Memo::new(move |_| runs.left().len())
    }

    /// The runs of a card.
    pub fn figure_runs(&self, card: CardId) -> Memo<Arc<FigureRuns>> {
        let this = *self;
        let all = Memo::new(move |_| this.shows_all_runs(&card));
        Memo::new(move |_| Arc::new(this.runs_for(all.get())))
    }

    /// The runs of a card as they are now.
    pub fn figure_runs_now(&self, card: &CardId) -> FigureRuns {
        untrack(|| self.runs_for(self.shows_all_runs(card)))
    }

    fn runs_for(&self, all: bool) -> FigureRuns {
        let runs = self.runs;
        let found = if all {
            runs.left()
                .into_iter()
                .map(|run| (runs.slot(&run.key()), run))
                .map(|(slot, run)| (run, slot))
                .collect()
        } else {
            runs.shown.with(|shown| shown.iter().map(|shown| (shown.run.clone(), Some(shown.slot))).collect())
        };
        FigureRuns { runs: found }
    }

    /// Shows all runs of the table in a card, or those on the charts.
    pub fn toggle_all_runs(&self, card: &CardId) {
        self.edit_made(card, |made| made.all_runs = !made.all_runs);
    }

    /// Adds a card with its heading; says which it is.
    pub fn add_card(&self, kind: CardKind, title: String, all_runs: bool) {
        let shown = self.runs.shown.with_untracked(|shown| shown.len());
        self.edit(|board| {
            // What has many axes or rows needs room.
            let size = match kind {
                CardKind::Parallel { .. } | CardKind::Images { .. } => CardSize::of(2, 1),
                CardKind::Importance { .. } => CardSize::of(1, 2),
                CardKind::Bar { by: None, .. } if all_runs || shown > ROW_OF_BARS => CardSize::of(1, 2),
                _ => CardSize::default(),
            };
            let card = board.add(kind);
            board.layout.resize(&card, size);
            let made = board.made.iter_mut().find(|made| CardId::Made(made.number) == card);
            if let Some(made) = made {
                (made.title, made.all_runs) = (title, all_runs);
            }
        });
    }

    /// Changes anything of an added card.
    pub fn edit_made(&self, card: &CardId, change: impl FnOnce(&mut MadeCard)) {
        let CardId::Made(number) = card else { return };
        self.edit(|board| {
            if let Some(made) = board.made.iter_mut().find(|made| made.number == *number) {
                change(made);
            }
        });
    }
}
