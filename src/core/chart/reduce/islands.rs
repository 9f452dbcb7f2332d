//! Pieces of a curve so short that they lie within one column of pixels, between gaps.

use super::Reduced;
use crate::chart::columns::Columns;
use crate::chart::lines::{Clipper, Rect};

/// Gathers the pieces of one column and paints each pixel once, so that a curve with a gap after
/// every point costs pixels, too.
pub(super) struct Islands {
    rect: Rect,
    column: f32,
    pieces: Vec<[(f64, f64); 2]>,
}

impl Islands {
    pub(super) fn new(rect: Rect) -> Self {
        Self { rect, column: f32::NAN, pieces: Vec::new() }
    }

    /// A piece by its two ends.
    pub(super) fn add(&mut self, column: f32, mut ends: [(f64, f64); 2], out: &mut impl Shore) {
        if self.column != column {
            self.flush(out);
            self.column = column;
        }
        ends.sort_by(|a, b| a.1.total_cmp(&b.1));
        self.pieces.push(ends);
    }

    /// Paints what was gathered.
    pub(super) fn flush(&mut self, out: &mut impl Shore) {
        self.pieces.sort_by(|a, b| a[0].1.total_cmp(&b[0].1));
        let mut merged: Option<[(f64, f64); 2]> = None;
        for [top, bottom] in self.pieces.drain(..) {
            match &mut merged {
                // Touching rows are one line: it covers no pixel that its parts do not.
                Some([_, end]) if row(top.1) <= row(end.1).saturating_add(1) => {
                    if bottom.1 > end.1 {
                        *end = bottom;
                    }
                }
                _ => {
                    if let Some(done) = merged.replace([top, bottom]) {
                        paint(self.rect, done, out);
                    }
                }
            }
        }
        if let Some(done) = merged {
            paint(self.rect, done, out);
        }
    }
}

/// A line, or a dot where it would not leave its pixel and so might not be seen.
fn paint(rect: Rect, [top, bottom]: [(f64, f64); 2], out: &mut impl Shore) {
    if row(top.1) != row(bottom.1) {
        out.line(rect, top, bottom);
    } else if rect.contains(top.0, top.1) {
        out.dot(top);
    }
}

/// What takes islands up.
pub(super) trait Shore {
    fn dot(&mut self, at: (f64, f64));
    fn line(&mut self, rect: Rect, from: (f64, f64), to: (f64, f64));
}

impl Shore for Reduced {
    fn dot(&mut self, (x, y): (f64, f64)) {
        self.dots.extend([x as f32, y as f32]);
    }

    fn line(&mut self, rect: Rect, from: (f64, f64), to: (f64, f64)) {
        let mut clipper = Clipper::new(rect, &mut self.lines);
        clipper.line_to(from);
        clipper.line_to(to);
        clipper.end();
    }
}

impl Shore for Columns {
    fn dot(&mut self, (x, y): (f64, f64)) {
        self.dots.extend([x as f32, y as f32]);
    }

    fn line(&mut self, rect: Rect, from: (f64, f64), to: (f64, f64)) {
        let mut tracer = self.trace(rect);
        // Both lie in one column, which both must be said to.
        tracer.line_to(from);
        tracer.line_to((from.0, to.1));
        tracer.end();
    }
}

fn row(y: f64) -> i64 {
    (y as f32).floor() as i64
}
