//! A rasteriser of its own, exact and slow: the judge of the reduction.

use runatlas_core::chart::{Plot, Polylines, Reduced, ScaleKind};

/// Which pixels of the plot are painted.
#[derive(Clone)]
pub(super) struct Bitmap {
    width: i64,
    height: i64,
    pixels: Vec<bool>,
}

impl std::fmt::Debug for Bitmap {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for row in self.pixels.chunks(self.width as usize) {
            writeln!(f, "{}", row.iter().map(|&on| if on { '#' } else { '.' }).collect::<String>())?;
        }
        Ok(())
    }
}

impl Bitmap {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width: width as i64, height: height as i64, pixels: vec![false; (width * height) as usize] }
    }

    pub(super) fn dot(&mut self, x: f32, y: f32) {
        self.column(x.floor() as i64, f64::from(y), f64::from(y));
    }

    /// Every pixel that the line passes through: in each column the rows between the heights at
    /// which the line enters and leaves it, and `slack` more above and below.
    fn line(&mut self, from: (f32, f32), to: (f32, f32), slack: f64) {
        let (from, to) = if from.0 <= to.0 { (from, to) } else { (to, from) };
        let (x0, y0, x1, y1) = (f64::from(from.0), f64::from(from.1), f64::from(to.0), f64::from(to.1));
        let (first, last) = (x0.floor() as i64, x1.floor() as i64);
        let height_at = |x: f64| y0 + (y1 - y0) * ((x - x0) / (x1 - x0));
        for column in first.max(0)..=last.min(self.width - 1) {
            let enter = if column == first { y0 } else { height_at(column as f64) };
            let leave = if column == last { y1 } else { height_at((column + 1) as f64) };
            let (top, bottom) = (enter.min(leave) - slack, enter.max(leave) + slack);
            if top <= bottom {
                self.column(column, top, bottom);
            }
        }
    }

    fn column(&mut self, x: i64, y0: f64, y1: f64) {
        if !(0..self.width).contains(&x) {
            return;
        }
        let (top, bottom) = (y0.min(y1).floor().max(0.0), y0.max(y1).floor().min((self.height - 1) as f64));
        for y in top as i64..=bottom as i64 {
            self.pixels[(y * self.width + x) as usize] = true;
        }
    }

    pub(super) fn polylines(&mut self, lines: &Polylines) {
        for line in lines.iter() {
            let points: Vec<(f32, f32)> = line.chunks(2).map(|p| (p[0], p[1])).collect();
            points.windows(2).for_each(|pair| self.line(pair[0], pair[1], 0.0));
        }
    }

    pub(super) fn reduced(&mut self, reduced: &Reduced) {
        self.polylines(&reduced.lines);
        reduced.dots.chunks(2).for_each(|p| self.dot(p[0], p[1]));
    }
}

/// Every point and every line of a curve, nothing left out.
pub(super) struct Whole {
    must: Bitmap,
    may: Bitmap,
}

impl Whole {
    pub(super) fn of(xs: &[f64], ys: &[f64], plot: &Plot) -> Self {
        let empty = || Bitmap::new(plot.rect.width(), plot.rect.height());
        let mut whole = Self { must: empty(), may: empty() };
        let shows = |i: usize| plot.x.kind().shows(xs[i]) && plot.y.kind().shows(ys[i]);
        let at = |i: usize| (plot.x.px_from_value(xs[i]) as f32, plot.y.px_from_value(ys[i]) as f32);
        for i in (0..xs.len()).filter(|&i| shows(i)) {
            let (before, here) = if i > 0 && shows(i - 1) { (at(i - 1), at(i)) } else { (at(i), at(i)) };
            let slack = slack(before, here, plot);
            whole.must.line(before, here, -slack);
            whole.may.line(before, here, slack);
        }
        whole
    }

    /// Whether these pixels are those of the whole curve.
    pub(super) fn is(&self, painted: &Bitmap) -> bool {
        let pixels = self.must.pixels.iter().zip(&self.may.pixels).zip(&painted.pixels);
        pixels.fold(true, |same, ((&must, &may), &on)| same && (on || !must) && (!on || may))
    }
}

impl std::fmt::Debug for Whole {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.may.fmt(f)
    }
}

/// None for a line near the picture: it is painted to the bit. A line that runs far out of it is
/// cut before it is painted, and the cut end, rounded to an f32, turns it by a hair.
fn slack(from: (f32, f32), to: (f32, f32), plot: &Plot) -> f64 {
    let near = plot.rect.grown(32.0);
    let same_column = from.0.floor() == to.0.floor();
    if same_column || [from, to].iter().all(|&(x, y)| near.contains(f64::from(x), f64::from(y))) {
        return 0.0;
    }
    let (dx, dy) = (f64::from(to.0) - f64::from(from.0), f64::from(to.1) - f64::from(from.1));
    1e-3 + 1e-4 * (dy / dx).abs()
}

pub(super) const KINDS: [ScaleKind; 2] = [ScaleKind::Linear, ScaleKind::Log];
