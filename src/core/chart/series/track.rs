use std::ops::Range;
use std::sync::{Arc, OnceLock};

use crate::chart::ScaleKind;
use crate::chart::pyramid::{Bounds, Extremes, Pyramid};
use crate::history::History;

/// The values of a curve in drawing order, and what can be known of them once for all views.
#[derive(Debug)]
pub struct Track {
    values: Values,
    pyramid: Pyramid,
    /// Stretches of finite values.
    linear: Vec<Range<usize>>,
    /// Stretches of finite values above zero.
    log: OnceLock<Vec<Range<usize>>>,
}

#[derive(Debug)]
enum Values {
    Own(Vec<f64>),
    Shared(Arc<History>, usize),
}

impl Track {
    pub(super) fn new(values: Vec<f64>) -> Self {
        Self::with(Values::Own(values))
    }

    pub(super) fn of_history(history: Arc<History>, points: usize) -> Self {
        Self::with(Values::Shared(history, points))
    }

    fn with(values: Values) -> Self {
        let pyramid = Pyramid::build(slice(&values));
        let linear = finite(slice(&values));
        Self { values, pyramid, linear, log: OnceLock::new() }
    }

    /// The values, one a point.
    pub fn values(&self) -> &[f64] {
        slice(&self.values)
    }

    /// The stretches that a scale can show, without the gaps between them.
    pub fn pieces(&self, kind: ScaleKind) -> &[Range<usize>] {
        match kind {
            ScaleKind::Linear | ScaleKind::Symlog => &self.linear,
            ScaleKind::Log => self.log.get_or_init(|| self.above_zero()),
        }
    }

    /// Where the extremes of a stretch within one piece lie.
    pub fn extremes(&self, from: usize, to: usize) -> Option<Extremes> {
        self.pyramid.extremes(self.values(), from, to)
    }

    /// The least and the greatest value of a stretch within one piece.
    #[inline]
    pub fn bounds(&self, from: usize, to: usize) -> Option<Bounds> {
        self.pyramid.bounds(self.values(), from, to)
    }

    /// How many of the points `from..to` a scale can show.
    pub fn shown(&self, kind: ScaleKind, from: usize, to: usize) -> usize {
        self.pieces_within(kind, from, to).map(|piece| piece.len()).sum()
    }

    /// The parts of the pieces that lie in `from..to`.
    pub fn pieces_within(
        &self,
        kind: ScaleKind,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = Range<usize>> {
        let pieces = self.pieces(kind);
        let first = pieces.partition_point(|piece| piece.end <= from);
        let within = pieces.get(first..).unwrap_or_default().iter().take_while(move |piece| piece.start < to);
        within.map(move |piece| piece.start.max(from)..piece.end.min(to))
    }

    fn above_zero(&self) -> Vec<Range<usize>> {
        let positive = |piece: &Range<usize>| {
            self.bounds(piece.start, piece.end).is_some_and(|bounds| bounds.least > 0.0)
        };
        // Most curves stay above zero: they keep their pieces without a look at each value.
        if self.linear.iter().all(positive) {
            return self.linear.clone();
        }
        stretches(self.values(), |value| ScaleKind::Log.shows(value))
    }
}

fn slice(values: &Values) -> &[f64] {
    match values {
        Values::Own(values) => values,
        Values::Shared(history, points) => history.values.get(..*points).unwrap_or_default(),
    }
}

/// Most curves have no gap: whether one has is seen block by block, several values at once.
fn finite(values: &[f64]) -> Vec<Range<usize>> {
    const BLOCK: usize = 1024;
    let is_whole =
        |block: &[f64]| block.iter().fold(true, |all, &value| all & ScaleKind::Linear.shows(value));
    if values.is_empty() || !values.chunks(BLOCK).all(is_whole) {
        return stretches(values, |value| ScaleKind::Linear.shows(value));
    }
    std::iter::once(0..values.len()).collect()
}

fn stretches(values: &[f64], shows: impl Fn(f64) -> bool) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = None;
    for (i, &value) in values.iter().enumerate() {
        match (shows(value), start) {
            (true, None) => start = Some(i),
            (false, Some(from)) => {
                pieces.push(from..i);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        pieces.push(from..values.len());
    }
    pieces
}
