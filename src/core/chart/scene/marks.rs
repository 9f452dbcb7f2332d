use crate::chart::ScaleKind;
use crate::chart::reduce::{Plot, visible};
use crate::chart::series::Track;

/// What a mark says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MarkKind {
    /// The last point of a run that still runs.
    Running,
    /// Here values became NaN or infinite.
    NonFinite,
    /// The curve runs out above the visible values.
    Above,
    /// The curve runs out below the visible values.
    Below,
    /// The best point.
    Best,
    /// A point that a person wants to see: the last, or that of a step.
    Chosen,
}

/// A sign on a curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// What it says.
    pub kind: MarkKind,
    /// Where, in device pixels, within the plot.
    pub x: f32,
    /// Where, in device pixels, within the plot.
    pub y: f32,
    /// Which point of the curve (see `Curve::point`).
    pub point: usize,
}

/// Marks of a kind stand at least so far apart, in CSS pixels: one cross says as much as ten.
const APART: f64 = 16.0;

/// The marks of a curve; `outliers` where values that y does not show are to be pointed at.
pub(super) fn of(
    xs: &[f64],
    track: &Track,
    plot: &Plot,
    outliers: bool,
    running: bool,
    chosen: &[(MarkKind, usize)],
    dpr: f64,
) -> Vec<Mark> {
    let marker = Marker { xs, track, plot, apart: APART * dpr };
    let (from, to) = visible(xs, plot.x.range());
    let mut marks = if outliers { marker.clipped(from, to) } else { Vec::new() };
    marks.extend(marker.gaps(from, to));
    marks.extend(running.then(|| marker.last(from, to)).flatten());
    marks.extend(chosen.iter().filter_map(|&(kind, point)| marker.chosen(kind, point, from, to)));
    marks
}

struct Marker<'a> {
    xs: &'a [f64],
    track: &'a Track,
    plot: &'a Plot,
    apart: f64,
}

impl Marker<'_> {
    fn x(&self, point: usize) -> Option<f64> {
        let px = self.plot.x.px_from_value(*self.xs.get(point)?);
        px.is_finite().then_some(px)
    }

    fn mark(&self, kind: MarkKind, point: usize, value: f64) -> Option<Mark> {
        let rect = self.plot.rect;
        let y = self.plot.y.px_from_value(value);
        // A value that a logarithm cannot show lies below all others.
        let y = if y.is_nan() { rect.bottom } else { y.clamp(rect.top, rect.bottom) };
        Some(Mark { kind, x: self.x(point)? as f32, y: y as f32, point })
    }

    /// Where values stop to be finite, at the height of the last value before.
    fn gaps(&self, from: usize, to: usize) -> Vec<Mark> {
        let mut marks = Vec::new();
        let mut free_from = f64::NEG_INFINITY;
        let pieces = self.track.pieces(ScaleKind::Linear);
        let values = self.track.values();
        // A gap begins at the end of each piece, and at the start of the curve.
        let ends = std::iter::once(0).chain(pieces.iter().map(|piece| piece.end));
        for gap in ends.skip(pieces.partition_point(|piece| piece.end < from)) {
            if gap >= to {
                break;
            }
            if gap < from || values.get(gap).is_none_or(|value| value.is_finite()) {
                continue;
            }
            if self.x(gap).is_none_or(|x| x < free_from) {
                continue;
            }
            let before = gap.checked_sub(1).and_then(|before| values.get(before));
            let next = || {
                let piece = pieces.get(pieces.partition_point(|piece| piece.start < gap))?;
                values.get(piece.start)
            };
            let value = before.or_else(next).copied().unwrap_or_else(|| self.plot.y.range().lo);
            if let Some(mark) = self.mark(MarkKind::NonFinite, gap, value) {
                free_from = f64::from(mark.x) + self.apart;
                marks.push(mark);
            }
        }
        marks
    }

    /// Where the curve leaves the visible values, above and below.
    fn clipped(&self, from: usize, to: usize) -> Vec<Mark> {
        let range = self.plot.y.range();
        let mut marks = Vec::new();
        let mut free_from = [f64::NEG_INFINITY; 2];
        for piece in self.track.pieces_within(self.plot.y.kind(), from, to) {
            let bounds = self.track.bounds(piece.start, piece.end);
            let outside = bounds
                .is_some_and(|bounds| !range.contains(bounds.least) || !range.contains(bounds.greatest));
            if outside {
                self.clipped_piece(piece, &mut free_from, &mut marks);
            }
        }
        marks
    }

    /// Goes from window to window: each is as wide as marks must be apart.
    fn clipped_piece(&self, piece: std::ops::Range<usize>, free_from: &mut [f64; 2], marks: &mut Vec<Mark>) {
        let range = self.plot.y.range();
        let values = self.track.values();
        let mut start = piece.start;
        while start < piece.end {
            let Some(x) = self.x(start) else { return };
            let edge = self.plot.x.value_from_px(x + self.apart);
            let rest = self.xs.get(start..piece.end).unwrap_or_default();
            let end = start + rest.partition_point(|&x| x < edge).max(1);
            if let Some(extremes) = self.track.extremes(start, end) {
                let sides = [
                    (MarkKind::Above, extremes.greatest, range.hi),
                    (MarkKind::Below, extremes.least, range.lo),
                ];
                for ((kind, at, limit), free) in sides.into_iter().zip(free_from.iter_mut()) {
                    let Some(&value) = values.get(at) else { continue };
                    let beyond = if kind == MarkKind::Above { value > limit } else { value < limit };
                    if !beyond || self.x(at).is_none_or(|x| x < *free) {
                        continue;
                    }
                    if let Some(mark) = self.mark(kind, at, limit) {
                        *free = f64::from(mark.x) + self.apart;
                        marks.push(mark);
                    }
                }
            }
            start = end;
        }
    }

    /// A point that was asked for, if it is in view.
    fn chosen(&self, kind: MarkKind, point: usize, from: usize, to: usize) -> Option<Mark> {
        let value = *self.track.values().get(point)?;
        let shown = (from..to).contains(&point) && self.plot.y.range().contains(value);
        shown.then(|| self.mark(kind, point, value)).flatten()
    }

    /// The last point of the curve that can be shown, if it is in view.
    fn last(&self, from: usize, to: usize) -> Option<Mark> {
        let last = self.track.pieces(self.plot.y.kind()).last()?.end.checked_sub(1)?;
        let value = *self.track.values().get(last)?;
        let shown = (from..to).contains(&last) && self.plot.y.range().contains(value);
        shown.then(|| self.mark(MarkKind::Running, last, value)).flatten()
    }
}
