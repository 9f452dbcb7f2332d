//! A curve as the fewest points that paint the same pixels.
//!
//! In every column of pixels the line passes from its first point there over its least and its
//! greatest to its last: at most four points, and the same pixels as the line through all of
//! them, because between two points of one column it covers all that lies between their heights.
//! Lines between columns are those of the whole curve. Columns are decided on the rounded f32
//! coordinates that are painted, so that rounding cannot move a point to another column later.

mod islands;
mod spans;

use super::columns::{Columns, Tracer};
use super::lines::{Clipper, Polylines, Rect};
use super::series::{Spacing, Track};
use super::{Range, Scale};
use islands::Islands;
use spans::Spans;

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
    let mut islands = Islands::new(plot.rect.grown(MARGIN));
    Stretch { xs, track, plot }.parts(|curve, part| match part {
        Part::Island(column, ends) => islands.add(column, ends, &mut out),
        Part::Line(points) => curve.line(points, &mut out.lines),
    });
    islands.flush(&mut out);
    out
}

/// Turns the curves of a plot, one by one, into where their lines run in each column of pixels.
#[derive(Debug)]
pub struct Reducer<'a> {
    plot: &'a Plot,
    /// Of the curve before: many have the same xs.
    spans: Spans,
}

impl<'a> Reducer<'a> {
    /// For the curves of this plot.
    pub fn new(plot: &'a Plot) -> Self {
        Self { plot, spans: Spans::default() }
    }

    /// What [`reduce`] has as lines. `spacing` is that of `xs`.
    pub fn columns(&mut self, xs: &[f64], spacing: Option<Spacing>, track: &Track) -> Columns {
        let mut out = Columns::default();
        let mut islands = Islands::new(self.plot.rect.grown(MARGIN));
        Stretch { xs, track, plot: self.plot }.parts(|curve, part| match part {
            Part::Island(column, ends) => islands.add(column, ends, &mut out),
            Part::Line(points) => {
                self.spans.cover(curve, spacing);
                curve.trace(points, &self.spans, &mut out.trace(self.plot.rect));
            }
        });
        islands.flush(&mut out);
        out
    }
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

/// A part of a curve between gaps.
enum Part {
    /// So short that it lies within this column: its two ends.
    Island(f32, [(f64, f64); 2]),
    /// These points.
    Line(std::ops::Range<usize>),
}

struct Stretch<'a> {
    xs: &'a [f64],
    track: &'a Track,
    plot: &'a Plot,
}

impl Stretch<'_> {
    fn parts(&self, mut take: impl FnMut(&Self, Part)) {
        let (from, to) = self.in_view();
        let first_x = self.first_x();
        for piece in self.track.pieces_within(self.plot.y.kind(), from, to) {
            let whole = is_whole(self.track, self.plot, first_x, &piece);
            let (first, last) = (self.column(piece.start), self.column(piece.end - 1));
            if whole && first == last {
                take(self, Part::Island(first, self.island(piece.start, piece.end)));
            } else {
                take(self, Part::Line(piece));
            }
        }
    }

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

    fn line(&self, points: std::ops::Range<usize>, out: &mut Polylines) {
        let columns = (self.column(points.end - 1) - self.column(points.start)).clamp(1.0, 1e5) as usize;
        out.reserve(points.len().min(columns * 4) + 1);
        let mut clipper = Clipper::new(self.plot.rect.grown(MARGIN), out);
        self.each_column(points, |start, end| {
            self.column_points(start, end, |index| clipper.line_to(self.at(index)));
        });
        clipper.end();
    }

    fn trace(&self, points: std::ops::Range<usize>, spans: &Spans, tracer: &mut Tracer<'_>) {
        let y = |value: f64| self.plot.y.px_from_value(value);
        let values = self.track.values();
        for span in spans.within(&points) {
            // Only the first and the last span can have points that are not of the line.
            let (start, end) = (span.start.max(points.start), span.end.min(points.end));
            let first = if start == span.start { span.first } else { self.x(start) };
            let last = if end == span.end { span.last } else { self.x(end - 1) };
            let (Some(&from), Some(&to)) = (values.get(start), values.get(end - 1)) else { break };
            tracer.line_to((first, y(from)));
            if end - start > 2
                && let Some(bounds) = self.track.bounds(start, end)
            {
                tracer.reach(y(bounds.least), y(bounds.greatest));
            }
            if end - start > 1 {
                tracer.line_to((last, y(to)));
            }
        }
        tracer.end();
    }

    /// The points that are visible, and one more on both sides: the lines to them enter and leave
    /// the picture.
    fn in_view(&self) -> (usize, usize) {
        let (from, to) = visible(self.xs, self.plot.x.range());
        (from.saturating_sub(1).max(self.first_x()), (to + 1).min(self.xs.len()))
    }

    /// The first point that the scale of x can show.
    fn first_x(&self) -> usize {
        self.xs.partition_point(|&x| !self.plot.x.kind().shows(x))
    }

    /// The points of each column of pixels, as indices from..to.
    fn each_column(&self, points: std::ops::Range<usize>, mut take: impl FnMut(usize, usize)) {
        let (mut start, mut length) = (points.start, 1);
        while start < points.end {
            let end = self.column_end(start, points.end, start + length);
            take(start, end);
            (start, length) = (end, end - start);
        }
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
