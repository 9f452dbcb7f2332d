use std::ops::Range;

use super::{
    text::{Block, BlockKind, Text},
    words::{bag, likeness},
};

/// Changes with more pairs of lines than this are taken line by line.
const MOST_PAIRS: usize = 4_096;
/// How many pairs of lines are looked at in all.
const BUDGET: usize = 400_000;
/// Lines less alike than this are not one line that was changed.
const ALIKE: f64 = 0.45;

/// Finds, within a change, which line became which.
pub(super) struct Aligner<'a> {
    left: &'a Text,
    right: &'a Text,
    budget: usize,
}

impl<'a> Aligner<'a> {
    pub(super) fn new(left: &'a Text, right: &'a Text) -> Self {
        Self { left, right, budget: BUDGET }
    }

    /// Tells the blocks of a change: lines that are alike beside each other, the rest between them in order.
    pub(super) fn align(&mut self, left: Range<u32>, right: Range<u32>, mut tell: impl FnMut(Block)) {
        let (mut at, mut other) = (left.start, right.start);
        for (a, b) in self.pairs(&left, &right) {
            between(at..a, other..b, &mut tell);
            tell(Block { kind: BlockKind::Paired, left: a, right: b, len: 1 });
            (at, other) = (a + 1, b + 1);
        }
        between(at..left.end, other..right.end, &mut tell);
    }

    /// The pairs of lines that are alike, in order, so that the sum of their likeness is the greatest.
    fn pairs(&mut self, left: &Range<u32>, right: &Range<u32>) -> Vec<(u32, u32)> {
        let (rows, columns) = (left.len(), right.len());
        let cells = rows.saturating_mul(columns);
        if cells <= 1 || cells > MOST_PAIRS.min(self.budget) {
            return Vec::new();
        }
        self.budget -= cells;
        let bags = |text: &'a Text, range: &Range<u32>| {
            range.clone().map(|at| bag(text.line(at))).collect::<Vec<_>>()
        };
        let (lefts, rights) = (bags(self.left, left), bags(self.right, right));
        let width = columns + 1;
        let mut best = vec![0.0_f64; (rows + 1) * width];
        let mut like = vec![0.0_f64; cells];
        let cell = |table: &[f64], at: usize| table.get(at).copied().unwrap_or_default();
        for (row, a) in lefts.iter().enumerate().rev() {
            for (column, b) in rights.iter().enumerate().rev() {
                let found = likeness(a, b);
                let taken =
                    if found < ALIKE { 0.0 } else { found + cell(&best, (row + 1) * width + column + 1) };
                let skipped =
                    cell(&best, (row + 1) * width + column).max(cell(&best, row * width + column + 1));
                if let (Some(best), Some(like)) =
                    (best.get_mut(row * width + column), like.get_mut(row * columns + column))
                {
                    *best = taken.max(skipped);
                    *like = found;
                }
            }
        }
        let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
        while row < rows && column < columns {
            let here = cell(&best, row * width + column);
            let found = cell(&like, row * columns + column);
            if found >= ALIKE && here == found + cell(&best, (row + 1) * width + column + 1) {
                pairs.push((left.start + row as u32, right.start + column as u32));
                (row, column) = (row + 1, column + 1);
            } else if here == cell(&best, (row + 1) * width + column) {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }
}

/// Lines that are not alike stand beside each other as far as there are lines on both sides.
fn between(left: Range<u32>, right: Range<u32>, tell: &mut impl FnMut(Block)) {
    let both = left.len().min(right.len()) as u32;
    let (a, b) = (left.start + both, right.start + both);
    tell(Block { kind: BlockKind::Paired, left: left.start, right: right.start, len: both });
    tell(Block { kind: BlockKind::Left, left: a, right: b, len: left.end - a });
    tell(Block { kind: BlockKind::Right, left: a, right: b, len: right.end - b });
}
