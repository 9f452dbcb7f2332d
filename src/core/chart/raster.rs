//! Curves as pixels, without a canvas.
//!
//! A browser's canvas strokes any path; that generality costs it a second for a million points
//! where no graphics card helps. A curve needs less: x never falls, so what its line covers of one
//! column of pixels is known from where the line enters and leaves the column and how far it
//! reaches up and down in between. These four numbers are the same for a reduced curve and for all
//! of its points, so both become the same pixels to the bit.
//!
//! Edges are smooth: a line that passes a column straight covers its pixels by exact area, a
//! spike covers its column, and what is wider than a column spills into the next.

mod column;

use super::{Rgb, Stroke};
use column::{Column, Coverage, Reach};

/// A picture of curves: transparent at first, `width` by `height` device pixels.
#[derive(Debug, Clone)]
pub struct Raster {
    left: i32,
    top: i32,
    width: usize,
    height: usize,
    /// Column by column, top to bottom: lines fill runs of a column. Red, green, blue, alpha, the
    /// colours multiplied by alpha.
    pixels: Vec<[u8; 4]>,
    columns: Vec<Column>,
    coverage: Coverage,
}

/// Columns beyond the picture at both sides: lines that pass there spill into it.
const MARGIN: usize = 8;

impl Raster {
    /// The pixels of a picture whose upper left one is at (`left`, `top`).
    pub fn new(left: i32, top: i32, width: usize, height: usize) -> Self {
        Self {
            left,
            top,
            width,
            height,
            pixels: vec![[0; 4]; width * height],
            columns: vec![Column::default(); width + 2 * MARGIN],
            coverage: Coverage::new(height),
        }
    }

    /// Paints polylines, whose x never falls within each: `ends` counts the points up to the end of
    /// each, as [`super::Polylines::ends`] does. Dashes are counted along x: along a line of noise
    /// they would be specks, and a reduced line is shorter than all of its points.
    pub fn polylines(&mut self, coords: &[f32], ends: &[u32], stroke: &Stroke) {
        let mut start = 0;
        for &end in ends {
            let line = coords.get(start..end as usize * 2).unwrap_or_default();
            start = end as usize * 2;
            self.line(line, stroke);
        }
    }

    /// Paints filled circles.
    pub fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) {
        let (centers, _) = centers.as_chunks::<2>();
        for &[x, y] in centers {
            let (x, y) = (x - self.left as f32, y - self.top as f32);
            let reach = radius + 1.0;
            for column in clamped(x - reach, self.width)..clamped(x + reach + 1.0, self.width) {
                for row in clamped(y - reach, self.height)..clamped(y + reach + 1.0, self.height) {
                    let distance = (column as f32 + 0.5 - x).hypot(row as f32 + 0.5 - y);
                    self.blend(column, row, color, (radius + 0.5 - distance).clamp(0.0, 1.0));
                }
            }
        }
    }

    /// Row by row from the top: red, green, blue and alpha of each pixel, the colours not
    /// multiplied by alpha, as a browser's `ImageData` wants them.
    pub fn rgba(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.pixels.len() * 4);
        for row in 0..self.height {
            let pixels = self.pixels.iter().skip(row).step_by(self.height.max(1));
            for &[red, green, blue, alpha] in pixels {
                let whole = |part: u8| match alpha {
                    0 | 255 => part,
                    _ => ((u32::from(part) * 255 + u32::from(alpha) / 2) / u32::from(alpha)).min(255) as u8,
                };
                out.extend([whole(red), whole(green), whole(blue), alpha]);
            }
        }
        out
    }

    fn line(&mut self, line: &[f32], stroke: &Stroke) {
        let Some((first, last)) = self.trace(line) else { return };
        let reach = Reach::of(stroke.width);
        let spill = reach.columns();
        let (from, to) = (first.saturating_sub(spill), (last + spill + 1).min(self.columns.len()));
        for at in (from.max(MARGIN)..to.min(self.width + MARGIN)).filter(|&at| is_on(at, stroke.dash)) {
            let around = self.columns.get(at.saturating_sub(spill)..=at + spill).unwrap_or_default();
            let Some(rows) = self.coverage.of(around, &reach) else { continue };
            let from = (at - MARGIN) * self.height;
            let pixels = self.pixels.get_mut(from..from + self.height).unwrap_or_default();
            fill(pixels, &rows, self.coverage.rows(), stroke.color);
        }
        for column in self.columns.get_mut(first..=last).unwrap_or_default() {
            *column = Column::default();
        }
    }

    /// Where the line runs in each column; the first and the last column that it touches.
    fn trace(&mut self, line: &[f32]) -> Option<(usize, usize)> {
        let origin = (self.left as f32 - MARGIN as f32, self.top as f32);
        let columns = self.columns.len();
        let (points, _) = line.as_chunks::<2>();
        let mut points = points.iter().map(|&[x, y]| {
            // Beyond the margin nothing is seen, so a line may as well run along its edge.
            ((x - origin.0).clamp(0.0, columns as f32 - 0.001), y - origin.1)
        });
        let mut from = points.next()?;
        let first = from.0 as usize;
        self.columns.get_mut(first)?.begin(from.1);
        let mut last = first;
        for to in points {
            let at = to.0 as usize;
            if at > last {
                let slope = (to.1 - from.1) / (to.0 - from.0);
                for edge in last + 1..=at {
                    let y = from.1 + slope * (edge as f32 - from.0);
                    self.columns.get_mut(edge - 1)?.run_to(y);
                    self.columns.get_mut(edge)?.begin(y);
                }
                last = at;
            }
            self.columns.get_mut(last)?.run_to(to.1);
            from = to;
        }
        Some((first, last))
    }

    fn blend(&mut self, column: usize, row: usize, color: Rgb, share: f32) {
        if let Some(pixel) = self.pixels.get_mut(column * self.height + row) {
            mix(pixel, color, (share * 256.0) as u32);
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

/// Fills a column of pixels: wholly within `rows.solid`, by the coverage in the other rows.
fn fill(pixels: &mut [[u8; 4]], rows: &column::Rows, coverage: &[f32], Rgb(red, green, blue): Rgb) {
    let color = Rgb(red, green, blue);
    let (before, after) = (rows.all.start..rows.solid.start, rows.solid.end..rows.all.end);
    for row in before.chain(after) {
        if let (Some(pixel), Some(&share)) = (pixels.get_mut(row), coverage.get(row)) {
            mix(pixel, color, (share * 256.0) as u32);
        }
    }
    pixels.get_mut(rows.solid.clone()).unwrap_or_default().fill([red, green, blue, 255]);
}

/// Lays a colour over a pixel; it covers `share` of 256 parts of it.
fn mix(pixel: &mut [u8; 4], Rgb(red, green, blue): Rgb, share: u32) {
    let lay =
        |over: u8, under: u8| ((u32::from(over) * share + u32::from(under) * (256 - share) + 128) >> 8) as u8;
    *pixel = [lay(red, pixel[0]), lay(green, pixel[1]), lay(blue, pixel[2]), lay(255, pixel[3])];
}
