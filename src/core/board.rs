//! The chart workspace as a value: which cards there are, where they stand, and what each shows.
//!
//! A [`Board`] holds choices only, no data of a run: it is part of the view, so it is in the link,
//! and a change of it can be undone by putting the one before back. Every metric has a line card of
//! its own without anybody asking; what a person adds is in [`Board::made`], what they moved,
//! resized, pinned or hid is in [`Board::layout`]. [`Sheet::of`] puts the cards into sections.

mod card;
mod derived;
mod gather;
mod grouping;
mod layout;
mod lines;
mod sheet;
mod text;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::{
    chart::Marks,
    stat::group::{Band, Centre},
};
pub use card::{AxisColumn, CardId, CardKind, Form, MadeCard};
pub use derived::{Y, derived};
pub use gather::{Gathered, gather};
pub use grouping::{Look, NOT_SET, label, value, values};
pub use layout::{CardSize, Layout, Move};
pub use lines::{Aggregate, Grouping, Lines, OwnLines, ReadoutOrder};
pub use sheet::{CardRef, Section, SectionId, Sheet};
pub use text::{decode, encode};

/// The chart workspace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Board {
    /// What holds for all line cards.
    pub lines: Lines,
    /// Where single line cards differ.
    pub own: BTreeMap<CardId, OwnLines>,
    /// The cards that a person added, in the order of adding.
    pub made: Vec<MadeCard>,
    /// Where cards stand and how large they are.
    pub layout: Layout,
    /// Cards must contain this text, or match it.
    pub search: String,
    /// Whether the search is a regular expression.
    pub is_regex: bool,
    /// The visible range of x, shared by all line cards; `None` for everything.
    pub zoom: Option<(f64, f64)>,
    /// Sections that are folded.
    pub folded: BTreeSet<String>,
    /// The card shown alone, large.
    pub full: Option<CardId>,
}

impl Board {
    /// What a line card shows: the choices of all with its own over them.
    pub fn lines_of(&self, card: &CardId) -> Lines {
        let mut lines = self.lines.clone();
        if let Some(own) = self.own.get(card) {
            own.apply(&mut lines);
        }
        lines
    }

    /// The visible range of x of a card; `None` for everything. A card whose x means something else
    /// than that of the others does not share theirs.
    pub fn zoom_of(&self, card: &CardId) -> Option<(f64, f64)> {
        let own = self.own.get(card);
        let shared = || self.zoom.filter(|_| self.shares_x(card));
        own.and_then(|own| own.x_range).or_else(shared)
    }

    /// Whether x means the same in this card as in the others.
    pub fn shares_x(&self, card: &CardId) -> bool {
        let x = (self.lines.x, &self.lines.x_metric);
        self.own.get(card).and_then(|own| own.x.as_ref()).is_none_or(|(axis, metric)| (*axis, metric) == x)
    }

    /// Changes what is a card's own; a card that differs in nothing is forgotten.
    pub fn edit_own(&mut self, card: &CardId, change: impl FnOnce(&mut OwnLines)) {
        let mut own = self.own.remove(card).unwrap_or_default();
        change(&mut own);
        if own != OwnLines::default() {
            self.own.insert(card.clone(), own);
        }
    }

    /// The added card of this id.
    pub fn made(&self, card: &CardId) -> Option<&MadeCard> {
        let CardId::Made(number) = card else { return None };
        self.made.iter().find(|made| made.number == *number)
    }

    /// What a card is; `None` for an added one that is not there.
    pub fn kind(&self, card: &CardId) -> Option<CardKind> {
        match card {
            CardId::Metric(metric) => Some(CardKind::of_metric(metric)),
            CardId::Made(_) => self.made(card).map(|made| made.kind.clone()),
        }
    }

    /// Adds a card and names it.
    pub fn add(&mut self, kind: CardKind) -> CardId {
        let number = self.made.iter().map(|made| made.number).max().map_or(1, |last| last + 1);
        self.made.push(MadeCard { number, title: String::new(), kind, all_runs: false });
        CardId::Made(number)
    }

    /// Adds a card like this one, with its size and own choices.
    pub fn duplicate(&mut self, card: &CardId) -> Option<CardId> {
        let (title, all_runs) =
            self.made(card).map(|made| (made.title.clone(), made.all_runs)).unwrap_or_default();
        let kind = self.kind(card)?;
        let copy = self.add(kind);
        if let Some(made) = self.made.last_mut() {
            (made.title, made.all_runs) = (title, all_runs);
        }
        if let Some(own) = self.own.get(card).cloned() {
            self.own.insert(copy.clone(), own);
        }
        if let Some(&size) = self.layout.sizes.get(card) {
            self.layout.sizes.insert(copy.clone(), size);
        }
        Some(copy)
    }

    /// Takes an added card away, or hides one that every metric has.
    pub fn remove(&mut self, card: &CardId) {
        if self.full.as_ref() == Some(card) {
            self.full = None;
        }
        match card {
            CardId::Metric(_) => {
                self.layout.hidden.insert(card.clone());
            }
            CardId::Made(number) => {
                self.made.retain(|made| made.number != *number);
                self.own.remove(card);
                self.layout.forget(card);
            }
        }
    }

    /// Whether a section is folded.
    pub fn is_folded(&self, section: &SectionId) -> bool {
        self.folded.contains(section.as_str())
    }
}
