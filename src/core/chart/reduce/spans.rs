//! Which points of a curve lie in each column of pixels.

use std::ops::Range;

use super::Stretch;
use crate::chart::series::Spacing;

/// The points of a column of pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
    /// x of the first and of the last point, in pixels.
    pub(super) first: f64,
    pub(super) last: f64,
}

/// The spans of the visible part of a curve. Metrics of one loop have the same steps: what was
/// found for one curve holds for the next.
#[derive(Debug, Default)]
pub(super) struct Spans {
    of: Option<Xs>,
    spans: Vec<Span>,
}

/// What tells xs from others.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Xs {
    Even(Spacing),
    /// Where they lie in memory, and how many: all curves of a plot are there at once.
    At(usize, usize),
}

impl Spans {
    /// Makes these the spans of a curve.
    pub(super) fn cover(&mut self, curve: &Stretch<'_>, spacing: Option<Spacing>) {
        let xs = spacing.map_or(Xs::At(curve.xs.as_ptr().addr(), curve.xs.len()), Xs::Even);
        if self.of.replace(xs) == Some(xs) {
            return;
        }
        self.spans.clear();
        let (from, to) = curve.in_view();
        curve.each_column(from..to, |start, end| {
            self.spans.push(Span { start, end, first: curve.x(start), last: curve.x(end - 1) });
        });
    }

    /// Those that have any of these points.
    pub(super) fn within(&self, points: &Range<usize>) -> &[Span] {
        let from = self.spans.partition_point(|span| span.end <= points.start);
        let to = self.spans.partition_point(|span| span.start < points.end);
        self.spans.get(from..to).unwrap_or_default()
    }
}
