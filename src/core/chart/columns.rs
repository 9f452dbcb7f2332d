//! Curves as a picture of pixels wants them.
//!
//! x never falls along a curve, so what its line covers of one column of pixels is known from where
//! the line enters and leaves the column and how far it reaches up and down in between. These four
//! heights are the same for a line through all of a column's points and for one through its first,
//! least, greatest and last, to the bit: a reduced curve becomes the same pixels as the whole one.

use super::Rect;

/// Where lines run in columns of pixels, and points that no line touches. In device pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Columns {
    each: Vec<Column>,
    stretches: Vec<Stretch>,
    /// Points between gaps, by themselves, x and y by turns.
    pub dots: Vec<f32>,
}

/// Where a line runs in a column of pixels, in pixels from the top of the chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Column {
    /// Highest on the screen.
    pub least: f32,
    /// Lowest on the screen.
    pub greatest: f32,
    /// Where the line comes in, or begins.
    pub enter: f32,
    /// Where it goes out, or ends.
    pub leave: f32,
}

/// Columns side by side that one line passes.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stretch {
    /// The first one's place in the chart.
    first: i32,
    /// Where the columns end, in the list of all.
    end: usize,
}

/// Columns beyond the plot at both sides that are kept: lines that pass there spill into it.
const MARGIN: f64 = 8.0;

impl Columns {
    /// Whether there is nothing to paint.
    pub fn is_empty(&self) -> bool {
        self.each.is_empty() && self.dots.is_empty()
    }

    /// The lines: the place of the first column of each, and its columns from left to right.
    pub fn lines(&self) -> impl Iterator<Item = (i32, &[Column])> {
        let mut start = 0;
        self.stretches.iter().map(move |stretch| {
            let from = std::mem::replace(&mut start, stretch.end);
            (stretch.first, self.each.get(from..stretch.end).unwrap_or_default())
        })
    }

    /// Adds lines to what a plot shows.
    pub fn trace(&mut self, plot: Rect) -> Tracer<'_> {
        let (left, right) = ((plot.left - MARGIN).floor(), (plot.right + MARGIN).ceil());
        // Most curves are one line from end to end.
        if self.each.is_empty() {
            self.each.reserve((right - left).clamp(1.0, 1e5) as usize);
        }
        Tracer { out: self, left, right, last: None, points: 0, column: 0.0, is_open: false }
    }
}

impl Column {
    fn begin(y: f64) -> Self {
        let y = y as f32;
        Self { least: y, greatest: y, enter: y, leave: y }
    }

    #[inline]
    fn run_to(&mut self, y: f64) {
        self.reach(y);
        self.leave = y as f32;
    }

    #[inline]
    fn reach(&mut self, y: f64) {
        let y = y as f32;
        self.least = if y < self.least { y } else { self.least };
        self.greatest = if y > self.greatest { y } else { self.greatest };
    }
}

/// Follows a line from point to point, x never falling.
#[derive(Debug)]
pub struct Tracer<'a> {
    out: &'a mut Columns,
    left: f64,
    right: f64,
    last: Option<(f64, f64)>,
    points: usize,
    /// The column that the last point lies in.
    column: f64,
    /// Whether that column is one of those kept, and the last of the list.
    is_open: bool,
}

impl Tracer<'_> {
    /// Starts a line at the first point, continues it at the others.
    #[inline]
    pub fn line_to(&mut self, (x, y): (f64, f64)) {
        // As the reduction counts columns.
        let to = (f64::from(x as f32), y);
        self.points += 1;
        match self.last.replace(to) {
            Some(_) if self.is_open && to.0 < self.column + 1.0 => self.run_to(to.1),
            Some(from) => self.cross(from, to),
            None => {
                self.column = to.0.floor();
                if (self.left..self.right).contains(&to.0) {
                    self.begin(self.column, to.1);
                }
            }
        }
    }

    /// Between the last point and the next one, which lies in the same column, the line gets as
    /// far as these heights.
    #[inline]
    pub fn reach(&mut self, a: f64, b: f64) {
        if let Some(column) = self.out.each.last_mut().filter(|_| self.is_open) {
            column.reach(a);
            column.reach(b);
        }
    }

    /// Ends the line; one of a single point is taken back.
    pub fn end(&mut self) {
        if self.points == 1 && self.is_open {
            self.out.each.pop();
            self.out.stretches.pop();
        }
        (self.last, self.points, self.is_open) = (None, 0, false);
        self.close();
    }

    /// Goes on to a point of another column, or from one that is not kept.
    fn cross(&mut self, from: (f64, f64), to: (f64, f64)) {
        let column = to.0.floor();
        let first = if self.is_open { self.column + 1.0 } else { self.left };
        self.column = column;
        if to.0 < self.left || (!self.is_open && from.0 >= self.right) {
            return;
        }
        let last = column.min(self.right);
        let mut edge = first;
        while edge <= last {
            let y = height_at(edge, from, to);
            self.run_to(y);
            if edge < self.right {
                self.begin(edge, y);
            } else {
                self.is_open = false;
            }
            edge += 1.0;
        }
        self.run_to(to.1);
    }

    #[inline]
    fn run_to(&mut self, y: f64) {
        if let Some(column) = self.out.each.last_mut().filter(|_| self.is_open) {
            column.run_to(y);
        }
    }

    fn begin(&mut self, place: f64, y: f64) {
        if !self.is_open {
            self.close();
            self.is_open = true;
            self.out.stretches.push(Stretch { first: place as i32, end: 0 });
        }
        self.out.each.push(Column::begin(y));
    }

    fn close(&mut self) {
        let end = self.out.each.len();
        if let Some(stretch) = self.out.stretches.last_mut().filter(|stretch| stretch.end == 0) {
            stretch.end = end;
        }
    }
}

impl Drop for Tracer<'_> {
    fn drop(&mut self) {
        self.close();
    }
}

/// Where a line passes the left edge of a column: counted from the nearer end, as one far away has
/// no digits left for pixels.
#[inline]
fn height_at(edge: f64, from: (f64, f64), to: (f64, f64)) -> f64 {
    let slope = (to.1 - from.1) / (to.0 - from.0);
    if edge - from.0 <= to.0 - edge { from.1 + slope * (edge - from.0) } else { to.1 - slope * (to.0 - edge) }
}
