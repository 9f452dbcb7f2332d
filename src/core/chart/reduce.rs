//! A curve as the fewest points that paint the same pixels.
//!
//! In every column of pixels the line passes from its first point there over its least and its
//! greatest to its last: at most four points, and the same pixels as the line through all of
//! them, because between two points of one column it covers all that lies between their heights.
//! Lines between columns are those of the whole curve. Columns are decided on the rounded f32
//! coordinates that are painted, so that rounding cannot move a point to another column later.

mod islands;

use super::lines::{Clipper, Polylines, Rect};
use super::series::Track;
use super::{Range, Scale};
use islands::Islands;

/// How far lines run out of the plot before they are cut: more than half of any line's width, so
/// that cut ends are not seen.
const MARGIN: f64 = 32.0;

/// A curve ready to paint.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reduced {
    /// Lines of at least two points.
    pub lines: Polylines,
    /// Points between gaps, by themselves, x and y by turns.
    pub dots: Vec<f32>,
}

/// Where a curve is painted.
#[derive(Debug, Clone, Copy)]
pub struct Plot {
    /// x to pixels, rising.
    pub x: Scale,
    /// y to pixels, falling.
    pub y: Scale,
    /// The visible rectangle.
    pub rect: Rect,
}

/// The part of the curve that is visible, with the lines that enter and leave it.
///
/// `xs` never falls and has one entry for each value of `track`.
pub fn reduce(xs: &[f64], track: &Track, plot: &Plot) -> Reduced {
    let mut out = Reduced::default();
    let (from, to) = visible(xs, plot.x.range());
    // One point more on both sides: the lines to them enter and leave the picture.
    let first_x = xs.partition_point(|&x| !plot.x.kind().shows(x));
    let (from, to) = (from.saturating_sub(1).max(first_x), (to + 1).min(xs.len()));
    let mut islands = Islands::new(plot.rect.grown(MARGIN));
    let curve = Stretch { xs, track, plot };
    for piece in track.pieces_within(plot.y.kind(), from, to) {
        let whole = is_whole(track, plot, first_x, &piece);
        let (first, last) = (curve.column(piece.start), curve.column(piece.end - 1));
        if whole && first == last {
            islands.add(first, curve.island(piece.start, piece.end), &mut out);
        } else {
            curve.line(piece.start, piece.end, &mut out.lines);
        }
    }
    islands.flush(&mut out);
    out
}

/// The points of the visible range of x, as indices from..to.
pub fn visible(xs: &[f64], range: Range) -> (usize, usize) {
    (xs.partition_point(|&x| x < range.lo), xs.partition_point(|&x| x <= range.hi))
}

/// Whether nothing was cut off the piece but what the scale of x cannot show.
fn is_whole(track: &Track, plot: &Plot, first_x: usize, piece: &std::ops::Range<usize>) -> bool {
    let pieces = track.pieces(plot.y.kind());
    let known = pieces.get(pieces.partition_point(|known| known.end <= piece.start));
    known.is_some_and(|known| piece.start == known.start.max(first_x) && piece.end == known.end)
}

struct Stretch<'a> {
    xs: &'a [f64],
    track: &'a Track,
    plot: &'a Plot,
}

impl Stretch<'_> {
    fn x(&self, index: usize) -> f64 {
        self.xs.get(index).map_or(f64::NAN, |&x| self.plot.x.px_from_value(x))
    }

    fn at(&self, index: usize) -> (f64, f64) {
        let y = self.track.values().get(index).copied().unwrap_or(f64::NAN);
        (self.x(index), self.plot.y.px_from_value(y))
    }

    fn column(&self, index: usize) -> f32 {
        (self.x(index) as f32).floor()
    }

    fn line(&self, from: usize, to: usize, out: &mut Polylines) {
        let columns = (self.column(to - 1) - self.column(from)).clamp(1.0, 1e5) as usize;
        out.reserve((to - from).min(columns * 4) + 1);
        let mut clipper = Clipper::new(self.plot.rect.grown(MARGIN), out);
        let (mut start, mut length) = (from, 1);
        while start < to {
            let end = self.column_end(start, to, start + length);
            self.column_points(start, end, |index| clipper.line_to(self.at(index)));
            (start, length) = (end, end - start);
        }
        clipper.end();
    }

    /// The end of the column that begins at `from`. Points often come at even distances, so a
    /// column mostly ends where the one before it says (`guess`), or one point beside; else a few
    /// steps, as most columns of most curves are short, then doubling ones, then halving.
    fn column_end(&self, from: usize, to: usize, guess: usize) -> usize {
        const SHORT: usize = 16;
        let edge = self.column(from) + 1.0;
        let is_inside = |x: f64| (self.plot.x.px_from_value(x) as f32) < edge;
        let ends_at = |at: usize| {
            let parts = |x: &f64| !is_inside(*x);
            at > from
                && at < to
                && self.xs.get(at).is_some_and(parts)
                && !self.xs.get(at - 1).is_some_and(parts)
        };
        if let Some(end) = [guess, guess + 1, guess.saturating_sub(1)].into_iter().find(|&at| ends_at(at)) {
            return end;
        }
        let next = self.xs.get(from + 1..to).unwrap_or_default();
        let near = next.get(..SHORT).unwrap_or(next);
        if let Some(outside) = near.iter().position(|&x| !is_inside(x)) {
            return from + 1 + outside;
        }
        let mut inside = near.len();
        let mut step = SHORT;
        while next.get(inside + step).is_some_and(|&x| is_inside(x)) {
            inside += step;
            step *= 2;
        }
        let rest = next.get(inside..next.len().min(inside + step)).unwrap_or_default();
        from + 1 + inside + rest.partition_point(|&x| is_inside(x))
    }

    /// First, least, greatest, last of a column, in their order.
    fn column_points(&self, start: usize, end: usize, mut take: impl FnMut(usize)) {
        if end - start <= 4 {
            (start..end).for_each(take);
            return;
        }
        take(start);
        let last = end - 1;
        if let Some(extremes) = self.track.extremes(start, end) {
            let (a, b) = (extremes.least.min(extremes.greatest), extremes.least.max(extremes.greatest));
            if a != start && a != last {
                take(a);
            }
            if b != a && b != start && b != last {
                take(b);
            }
        }
        take(last);
    }

    /// The two ends of what a piece within one column covers.
    fn island(&self, from: usize, to: usize) -> [(f64, f64); 2] {
        match self.track.extremes(from, to) {
            Some(extremes) if extremes.least != extremes.greatest => {
                let (a, b) = (extremes.least.min(extremes.greatest), extremes.least.max(extremes.greatest));
                [self.at(a), self.at(b)]
            }
            _ => [self.at(from), self.at(to - 1)],
        }
    }
}
