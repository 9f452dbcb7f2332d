use super::Item;
use crate::{board::AxisColumn, chart::Rect, table::Column};

/// An axis of parallel coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct Rail {
    /// Its column.
    pub axis: AxisColumn,
    /// Its name for people.
    pub title: String,
    /// Where it stands, in device pixels.
    pub x: f64,
    /// Its upper end.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
    /// Where its title is; a pointer takes hold of it there.
    pub head: Rect,
}

impl Rail {
    /// A height as a share of the axis, 0 below to 1 above.
    pub fn share(&self, y: f64) -> f64 {
        ((self.bottom - y) / (self.bottom - self.top).max(1.0)).clamp(0.0, 1.0)
    }

    /// The height of a share.
    pub fn y(&self, share: f64) -> f64 {
        self.bottom - share * (self.bottom - self.top)
    }
}

/// A part of an axis that a person marked. By the column, so that it stays when axes are reordered.
#[derive(Debug, Clone, PartialEq)]
pub struct Brush {
    /// The column of the axis.
    pub column: Column,
    /// The lower end, 0 below to 1 above.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Brush {
    /// The axis that it is on, by its place.
    pub fn rail(&self, rails: &[Rail]) -> Option<usize> {
        rails.iter().position(|rail| rail.axis.column == self.column)
    }

    /// Whether an item stands within.
    pub(super) fn holds(&self, item: &Item, rails: &[Rail]) -> bool {
        let place = self.rail(rails).and_then(|rail| item.places.get(rail).copied().flatten());
        place.is_some_and(|place| self.low <= place && place <= self.high)
    }
}
