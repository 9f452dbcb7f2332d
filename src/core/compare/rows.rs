use std::collections::BTreeMap;

use super::text::{Block, BlockKind, TextDiff};

/// Equal lines that stay around a change.
pub const CONTEXT: u32 = 3;

/// How a comparison of lines is laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// Both sides in one column.
    pub unified: bool,
    /// Equal lines are not folded.
    pub unfolded: bool,
    /// Lines that a person opened at the ends of a fold, by [`Row::Fold::block`].
    pub opened: BTreeMap<u32, Opened>,
}

/// Lines of a fold that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Opened {
    /// From its beginning on.
    pub above: u32,
    /// Up to its end.
    pub below: u32,
}

/// One row to show; numbers of lines begin at 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Row {
    /// Equal lines that are not shown.
    Fold {
        /// The block of [`TextDiff::blocks`].
        block: u32,
        /// The first of them on the left.
        left: u32,
        /// How many.
        lines: u32,
    },
    /// An equal line.
    Same {
        /// On the left.
        left: u32,
        /// On the right.
        right: u32,
    },
    /// A line that was changed; side by side only.
    Both {
        /// On the left.
        left: u32,
        /// On the right.
        right: u32,
    },
    /// A line of the left that is not on the right.
    Left {
        /// The line.
        left: u32,
    },
    /// A line of the right that is not on the left.
    Right {
        /// The line.
        right: u32,
    },
}

/// The rows of a comparison, without making them: where there are a million, only those in sight are made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Rows {
    spans: Vec<Span>,
    /// The first row of each span, then how many rows there are.
    starts: Vec<u32>,
    /// The first row of each change.
    changes: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    kind: SpanKind,
    left: u32,
    right: u32,
    len: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum SpanKind {
    /// One row, whatever its length.
    Fold {
        block: u32,
    },
    Of(BlockKind),
}

/// The place after one among places in order, or the one before it; beyond the end it goes on from the other end.
pub fn next_of(places: &[u32], from: Option<usize>, forward: bool) -> Option<usize> {
    let from = from.map(|from| from as u32);
    let found = match (from, forward) {
        (None, true) => places.first(),
        (None, false) => places.last(),
        (Some(from), true) => places.iter().find(|at| **at > from).or(places.first()),
        (Some(from), false) => places.iter().rev().find(|at| **at < from).or(places.last()),
    };
    found.map(|at| *at as usize)
}

impl Rows {
    /// Lays a comparison out.
    pub fn new(diff: &TextDiff, layout: &Layout) -> Self {
        let mut rows = Self { starts: vec![0], ..Self::default() };
        let mut at = 0;
        while let Some(block) = diff.blocks.get(at) {
            if block.kind == BlockKind::Same {
                rows.same(diff, at, layout);
                at += 1;
            } else {
                rows.changes.push(rows.len() as u32);
                at = rows.change(diff, at, layout.unified);
            }
        }
        rows
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.last().map_or(0, |last| *last as usize)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row at a place.
    pub fn get(&self, at: usize) -> Option<Row> {
        let at = u32::try_from(at).ok()?;
        let span = self.starts.partition_point(|start| *start <= at).checked_sub(1)?;
        let (start, Span { kind, left, right, len }) = (*self.starts.get(span)?, *self.spans.get(span)?);
        let (left, right) = (left + (at - start), right + (at - start));
        Some(match kind {
            SpanKind::Fold { block } => Row::Fold { block, left, lines: len },
            SpanKind::Of(BlockKind::Same) => Row::Same { left, right },
            SpanKind::Of(BlockKind::Paired) => Row::Both { left, right },
            SpanKind::Of(BlockKind::Left) => Row::Left { left },
            SpanKind::Of(BlockKind::Right) => Row::Right { right },
        })
    }

    /// The first row of each change, in order.
    pub fn changes(&self) -> &[u32] {
        &self.changes
    }

    /// The change after the row at a place, or the one before it; beyond the end it goes on from the other end.
    pub fn next_change(&self, from: Option<usize>, forward: bool) -> Option<usize> {
        next_of(&self.changes, from, forward)
    }

    fn push(&mut self, span: Span) {
        if span.len > 0 {
            let rows = if matches!(span.kind, SpanKind::Fold { .. }) { 1 } else { span.len };
            self.starts.push(self.len() as u32 + rows);
            self.spans.push(span);
        }
    }

    /// Equal lines: some beside the changes around them, the rest folded.
    fn same(&mut self, diff: &TextDiff, at: usize, layout: &Layout) {
        let Some(block) = diff.blocks.get(at) else { return };
        let number = at as u32;
        let opened = layout.opened.get(&number).copied().unwrap_or_default();
        let (is_first, is_last) = (at == 0, at + 1 == diff.blocks.len());
        let above = opened.above.saturating_add(if is_first { 0 } else { CONTEXT }).min(block.len);
        let below = opened.below.saturating_add(if is_last { 0 } else { CONTEXT }).min(block.len - above);
        let folded = block.len - above - below;
        let part =
            |kind, from: u32, len| Span { kind, left: block.left + from, right: block.right + from, len };
        let same = SpanKind::Of(BlockKind::Same);
        // A fold takes a row itself.
        if layout.unfolded || folded <= 1 {
            return self.push(part(same, 0, block.len));
        }
        self.push(part(same, 0, above));
        self.push(part(SpanKind::Fold { block: number }, above, folded));
        self.push(part(same, above + folded, below));
    }

    /// All blocks of a change; the place of the block after them.
    fn change(&mut self, diff: &TextDiff, from: usize, unified: bool) -> usize {
        let rest = diff.blocks.get(from..).unwrap_or_default();
        let count = rest.iter().position(|block| block.kind == BlockKind::Same).unwrap_or(rest.len());
        let blocks = rest.get(..count).unwrap_or_default();
        if !unified {
            for block in blocks {
                self.push(Span {
                    kind: SpanKind::Of(block.kind),
                    left: block.left,
                    right: block.right,
                    len: block.len,
                });
            }
            return from + count;
        }
        if let Some(first) = blocks.first() {
            let (lefts, rights) =
                (blocks.iter().map(Block::left_len).sum(), blocks.iter().map(Block::right_len).sum());
            let (left, right) = (first.left, first.right);
            self.push(Span { kind: SpanKind::Of(BlockKind::Left), left, right, len: lefts });
            self.push(Span { kind: SpanKind::Of(BlockKind::Right), left, right, len: rights });
        }
        from + count
    }
}
