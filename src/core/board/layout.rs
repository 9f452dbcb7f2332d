use std::collections::{BTreeMap, BTreeSet};

use super::CardId;

/// How large a card is, in places of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CardSize {
    /// Columns, 1 to 4.
    pub columns: u8,
    /// Rows, 1 to 4.
    pub rows: u8,
}

impl Default for CardSize {
    fn default() -> Self {
        Self { columns: 1, rows: 1 }
    }
}

impl CardSize {
    /// The most columns and rows of a card.
    pub const MOST: u8 = 4;

    /// This size, brought to what there is.
    pub fn of(columns: u8, rows: u8) -> Self {
        Self { columns: columns.clamp(1, Self::MOST), rows: rows.clamp(1, Self::MOST) }
    }

    /// Larger or smaller by so many places.
    #[must_use]
    pub fn grown(self, columns: i8, rows: i8) -> Self {
        Self::of(self.columns.saturating_add_signed(columns), self.rows.saturating_add_signed(rows))
    }
}

/// Where cards stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Cards in a section above all others, in this order.
    pub pinned: Vec<CardId>,
    /// Cards that are not shown.
    pub hidden: BTreeSet<CardId>,
    /// The cards of sections that a person put in order; a section is here whole from its first
    /// move on.
    pub order: Vec<CardId>,
    /// Cards that are not one place large.
    pub sizes: BTreeMap<CardId, CardSize>,
    /// Columns of the grid; `None` for as many as fit.
    pub columns: Option<u8>,
}

/// Where a card is moved to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Move {
    /// So many places forward, or back if negative.
    By(isize),
    /// To the place of another card.
    To(CardId),
}

impl Layout {
    /// The size of a card.
    pub fn size(&self, card: &CardId) -> CardSize {
        self.sizes.get(card).copied().unwrap_or_default()
    }

    /// Makes a card as large as this.
    pub fn resize(&mut self, card: &CardId, size: CardSize) {
        if size == CardSize::default() {
            self.sizes.remove(card);
        } else {
            self.sizes.insert(card.clone(), size);
        }
    }

    /// Whether a card is pinned.
    pub fn is_pinned(&self, card: &CardId) -> bool {
        self.pinned.contains(card)
    }

    /// Pins a card, behind those that are, or lets it go.
    pub fn toggle_pin(&mut self, card: &CardId) {
        if self.is_pinned(card) {
            self.pinned.retain(|other| other != card);
        } else {
            self.pinned.push(card.clone());
        }
    }

    /// Brings the cards of a section into the order that a person gave them; those that came since
    /// stand last.
    pub fn arrange(&self, cards: &mut [CardId]) {
        if self.order.iter().any(|card| cards.contains(card)) {
            let place = |card: &CardId| self.order.iter().position(|other| other == card);
            cards.sort_by_key(|card| place(card).unwrap_or(usize::MAX));
        }
    }

    /// Moves a card within the cards of its section, as they stand now.
    pub fn shift(&mut self, card: &CardId, section: &[CardId], to: &Move) {
        let Some(from) = section.iter().position(|other| other == card) else { return };
        let target = match to {
            Move::By(by) => from.saturating_add_signed(*by).min(section.len().saturating_sub(1)),
            Move::To(other) => match section.iter().position(|there| there == other) {
                Some(at) => at,
                None => return,
            },
        };
        if target == from {
            return;
        }
        let mut cards = section.to_vec();
        let moved = cards.remove(from);
        cards.insert(target, moved);
        if self.is_pinned(card) {
            self.pinned = cards;
            return;
        }
        self.order.retain(|other| !cards.contains(other));
        self.order.extend(cards);
    }

    /// A card is gone.
    pub fn forget(&mut self, card: &CardId) {
        self.pinned.retain(|other| other != card);
        self.order.retain(|other| other != card);
        self.hidden.remove(card);
        self.sizes.remove(card);
    }
}
