//! Where a line runs in a column of pixels, as painting needs it.

use crate::chart::columns::Column;

/// Where a line runs in a column, in pixels from the top of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    pub(super) least: f32,
    pub(super) greatest: f32,
    pub(super) enter: f32,
    pub(super) leave: f32,
    /// How much the line leaves the straight way from where it enters to where it leaves: nothing,
    /// or all from a pixel on.
    pub(super) excursion: f32,
    /// How much of a spike the line is here: nothing where it passes almost level, all of one where
    /// it rises or falls by some pixels. A spike is wider than it looks from within.
    pub(super) steepness: f32,
}

impl Run {
    /// No line here.
    pub(super) const NOTHING: Self = Self {
        least: f32::INFINITY,
        greatest: f32::NEG_INFINITY,
        enter: 0.0,
        leave: 0.0,
        excursion: 0.0,
        steepness: 0.0,
    };

    pub(super) fn of(column: &Column, top: f32) -> Self {
        let [least, greatest, enter, leave] =
            [column.least, column.greatest, column.enter, column.leave].map(|y| y - top);
        let (above, below) = (lower(enter, leave) - least, greatest - higher(enter, leave));
        let excursion = lower(higher(above, below), 1.0);
        let steepness = lower(higher((greatest - least - 1.0) * 0.5, 0.0), 1.0);
        Self { least, greatest, enter, leave, excursion, steepness }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.least > self.greatest
    }
}

// `f32::min` and `max` care for NaN, which takes longer than all the rest.
#[inline]
pub(super) fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline]
pub(super) fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}
