//! Curves as pixels, without a canvas.
//!
//! A browser's canvas strokes any path; that generality costs it a second for a million points
//! where no graphics card helps. A curve needs less: its pixels follow from where it runs in each
//! column of them ([`Columns`]).
//!
//! Edges are smooth: a line that passes a column straight covers its pixels by exact area, a
//! spike covers its column, and what is wider than a column spills into the next.
//!
//! What lies in front is painted first: pixels that are covered already cost nothing more, however
//! many lines pass behind.

mod column;
mod edge;
mod pixel;
mod run;

use super::columns::{Column, Columns};
use super::{Rect, Rgb, Stroke};
use column::{Coverage, Reach};
use pixel::Pixels;

/// A picture of curves: transparent at first.
#[derive(Debug, Clone, Default)]
pub struct Raster {
    left: i32,
    top: i32,
    pixels: Pixels,
    coverage: Coverage,
}

impl Raster {
    /// The pixels of a part of a chart.
    pub fn new(rect: Rect) -> Self {
        let mut raster = Self::default();
        raster.reset(rect);
        raster
    }

    /// A picture of this part, transparent again. What memory it has is kept: frame after frame asks
    /// for as much.
    pub fn reset(&mut self, rect: Rect) {
        [self.left, self.top] = [rect.left, rect.top].map(|at| at.floor() as i32);
        let size = |from: i32, to: f64| (to.ceil() - f64::from(from)).max(0.0) as usize;
        self.pixels.reset(size(self.left, rect.right), size(self.top, rect.bottom));
    }

    /// Its upper left pixel's place in the chart.
    pub fn origin(&self) -> (i32, i32) {
        (self.left, self.top)
    }

    /// How many pixels it is wide and high.
    pub fn size(&self) -> (usize, usize) {
        self.pixels.size()
    }

    /// Paints lines, behind what is there. Dashes are counted along x: along a line of noise they
    /// would be specks, and a reduced line is shorter than all of its points.
    pub fn lines(&mut self, columns: &Columns, stroke: &Stroke) {
        let reach = Reach::of(stroke.width);
        for (first, line) in columns.lines() {
            self.line(first - self.left, line, stroke, &reach);
        }
    }

    /// Paints filled circles, behind what is there.
    pub fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) {
        let (width, height) = self.pixels.size();
        let (centers, _) = centers.as_chunks::<2>();
        for &[x, y] in centers {
            let (x, y) = (x - self.left as f32, y - self.top as f32);
            let reach = radius + 1.0;
            for at in clamped(x - reach, width)..clamped(x + reach + 1.0, width) {
                let rows = (clamped(y - reach, height), clamped(y + reach + 1.0, height));
                let across = at as f32 + 0.5 - x;
                self.pixels
                    .strip(at)
                    .cover(rows, color, |row| (radius + 0.5 - across.hypot(row + 0.5 - y)).clamp(0.0, 1.0));
            }
        }
    }

    /// Row by row from the top: red, green, blue and alpha of each pixel, the colours not
    /// multiplied by alpha, as a browser's `ImageData` wants them.
    pub fn rgba(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.rgba_into(&mut out);
        out
    }

    /// The same in memory that is there already.
    pub fn rgba_into(&self, out: &mut Vec<u8>) {
        self.pixels.rgba_into(out);
    }

    /// A line whose first column is that many pixels right of the picture's left edge.
    fn line(&mut self, first: i32, line: &[Column], stroke: &Stroke, reach: &Reach) {
        let width = self.pixels.size().0;
        let spill = reach.columns();
        self.coverage.follow(line, spill, self.top as f32);
        // The column in the middle of the first window lies as far left as the line spills.
        let places = (first - spill as i32)..;
        for (place, at) in places.zip(0..line.len() + 2 * spill) {
            let Ok(place) = usize::try_from(place) else { continue };
            if place >= width {
                return;
            }
            if is_on(place, stroke.dash) {
                self.coverage.paint(at, reach, stroke.color, &mut self.pixels.strip(place));
            }
        }
    }
}

/// Whether a dash, not a gap, covers this column.
fn is_on(column: usize, dash: Option<[f32; 2]>) -> bool {
    dash.is_none_or(|[on, off]| on + off <= 0.0 || column as f32 % (on + off) < on)
}

fn clamped(at: f32, end: usize) -> usize {
    at.max(0.0).min(end as f32) as usize
}
