//! What a person changes on the charts. Every change goes into the link, and can be undone.

use leptos::prelude::*;
use runatlas_core::{
    board::{Board, CardId, CardKind, CardRef, CardSize, Lines, Move, OwnLines, Section, SectionId},
    chart::{Range, ScaleKind, XAxis},
    history::smooth::Smoothing,
};

use super::{Charts, Live, REST};

impl Charts {
    /// Changes any choice.
    pub fn edit(&self, change: impl FnOnce(&mut Board)) {
        self.view.edit_runs(|runs| change(&mut runs.charts));
    }

    /// Gives up what a gesture has not yet put into the link: choices were put back meanwhile.
    pub(super) fn give_up_gesture(&self) {
        self.live.set(Live::default());
        self.cursor.set(None);
    }

    /// Changes a choice of all line cards.
    pub fn edit_lines(&self, change: impl FnOnce(&mut Lines)) {
        self.edit(|board| change(&mut board.lines));
    }

    /// Changes a choice of one line card.
    pub fn edit_own(&self, card: &CardId, change: impl FnOnce(&mut OwnLines)) {
        self.edit(|board| board.edit_own(card, change));
    }

    /// Shows a part of x: in all charts, or in one whose x means something else. Everything with
    /// `None`.
    pub fn zoom(&self, card: &CardId, range: Option<Range>) {
        let own = self.board.with_untracked(|board| {
            !board.shares_x(card) || board.own.get(card).is_some_and(|own| own.x_range.is_some())
        });
        if own {
            let range = range.map(|range| (range.lo, range.hi));
            self.edit_own(card, |own| own.x_range = range);
        } else {
            self.zoom_all(range);
        }
    }

    /// Shows a part of x in all charts.
    pub fn zoom_all(&self, range: Option<Range>) {
        self.gesture(|live| (live.zooms, live.zoom) = (true, range));
    }

    /// Shows all of x and the fitting y again: in all charts, or in one.
    pub fn reset_zoom(&self, card: Option<&CardId>) {
        let ranges = |own: &mut OwnLines| (own.x_range, own.y_range) = (None, None);
        self.live.set(Live::default());
        self.edit(|board| {
            board.zoom = None;
            let cards: Vec<CardId> = match card {
                Some(card) => vec![card.clone()],
                None => board.own.keys().cloned().collect(),
            };
            for card in &cards {
                board.edit_own(card, ranges);
            }
        });
    }

    /// Shows these values of y in one chart.
    pub fn zoom_y(&self, card: &CardId, range: Option<Range>) {
        let range = range.map(|range| (range.lo, range.hi));
        self.edit_own(card, |own| own.y_range = range);
    }

    /// Smooths all curves that are not smoothed in a way of their own.
    pub fn smooth(&self, smoothing: Smoothing) {
        self.gesture(|live| live.smoothing = Some(smoothing));
    }

    /// Changes what x means; a zoom into another unit would be meaningless.
    pub fn set_x(&self, x: XAxis, metric: &str) {
        self.cursor.set(None);
        self.live.set(Live::default());
        self.edit(|board| {
            (board.lines.x, board.lines.x_metric) = (x, metric.to_owned());
            board.zoom = None;
        });
    }

    /// Switches a chart between a linear and a logarithmic y axis.
    pub fn toggle_log(&self, card: &CardId) {
        self.edit(|board| {
            let log = board.lines_of(card).y_scale == ScaleKind::Log;
            let scale = if log { ScaleKind::Linear } else { ScaleKind::Log };
            let own = (scale != board.lines.y_scale).then_some(scale);
            board.edit_own(card, |choices| choices.y_scale = own);
        });
    }

    /// Spreads all y axes like this.
    pub fn set_y_scale(&self, scale: ScaleKind) {
        self.edit(|board| {
            board.lines.y_scale = scale;
            let cards: Vec<CardId> = board.own.keys().cloned().collect();
            for card in &cards {
                board.edit_own(card, |own| own.y_scale = None);
            }
        });
    }

    /// Leaves the cards that match.
    pub fn search(&self, text: String) {
        self.view.edit_runs(|runs| runs.charts.search = text);
    }

    /// Folds or unfolds a section.
    pub fn toggle_section(&self, section: &SectionId) {
        self.edit(|board| {
            if !board.folded.remove(section.as_str()) {
                board.folded.insert(section.as_str().to_owned());
            }
        });
    }

    /// Shows one card alone, or all again.
    pub fn show_alone(&self, card: Option<CardId>) {
        self.cursor.set(None);
        self.nearest.set(None);
        self.view.edit_runs(|runs| runs.charts.full = card);
    }

    /// Adds a card.
    pub fn add(&self, kind: CardKind) {
        self.edit(|board| {
            board.add(kind);
        });
    }

    /// Adds a card like this one.
    pub fn duplicate(&self, card: &CardId) {
        self.edit(|board| {
            board.duplicate(card);
        });
    }

    /// Takes an added card away, hides one of a metric.
    pub fn remove(&self, card: &CardId) {
        if self.runs.marked.with_untracked(|marked| marked.as_ref().is_some_and(|it| it.card == *card)) {
            self.runs.marked.set(None);
        }
        self.edit(|board| board.remove(card));
    }

    /// Shows the cards again that were hidden.
    pub fn show_hidden(&self) {
        self.edit(|board| board.layout.hidden.clear());
    }

    /// Pins a card above all others, or lets it go.
    pub fn toggle_pin(&self, card: &CardId) {
        self.edit(|board| board.layout.toggle_pin(card));
    }

    /// Moves a card within its section.
    pub fn shift(&self, card: &CardId, to: &Move) {
        let section = self.sheet.with_untracked(|sheet| sheet.section_of(card).map(Section::ids));
        if let Some(section) = section {
            self.edit(|board| board.layout.shift(card, &section, to));
        }
    }

    /// Makes a card as large as this.
    pub fn resize(&self, card: &CardId, size: CardSize) {
        self.edit(|board| board.layout.resize(card, size));
    }

    /// The kind of a card, as it is now.
    pub fn kind(&self, card: &CardRef) -> Option<CardKind> {
        self.board.with(|board| board.kind(&card.id))
    }

    /// Gives an added card a heading; the one of its kind with an empty text.
    pub fn rename(&self, card: &CardId, title: String) {
        self.edit_made(card, |made| made.title = title);
    }

    fn gesture(&self, change: impl FnOnce(&mut Live)) {
        self.live.update(change);
        // One clock for the whole gesture: a frame has no time for its own.
        if self.changes.try_update_value(|changes| std::mem::replace(changes, *changes + 1)) == Some(0) {
            self.wait(1);
        }
    }

    /// Looks whether a gesture rests, which has made so many changes so far.
    fn wait(self, known: u64) {
        let look = move || {
            // The tab may be closed by now, then there is nothing to follow.
            match self.changes.try_get_value() {
                Some(changes) if changes == known => self.settle(),
                Some(changes) if changes > 0 => self.wait(changes),
                _ => {}
            }
        };
        set_timeout(look, REST);
    }

    /// Moves what gestures changed into the link.
    fn settle(&self) {
        let Some(live) = self.live.try_get_untracked() else { return };
        self.changes.set_value(0);
        self.edit(|board| {
            if live.zooms {
                board.zoom = live.zoom.map(|range| (range.lo, range.hi));
            }
            board.lines.smoothing = live.smoothing.unwrap_or(board.lines.smoothing);
        });
        self.live.set(Live::default());
    }
}
