use super::Alignment;
use super::align::Drawn;
use super::column::Summary;
use super::curve::{At, Curve};

/// A regular grid.
pub(super) struct Bins {
    /// Where the first bin begins.
    low: f64,
    width: f64,
    count: usize,
    /// All xs are whole numbers, and so is the width: a bin ends at its last x, not at the next one.
    whole: bool,
}

impl Bins {
    pub(super) fn of(curves: &[Curve], within: [f64; 2], most: usize) -> Self {
        let all = |end: fn(&Curve) -> f64| curves.iter().map(end).filter(|x| x.is_finite());
        let first = all(|curve| curve.extent().0).fold(f64::INFINITY, f64::min);
        let last = all(|curve| curve.extent().1).fold(f64::NEG_INFINITY, f64::max);
        let whole = curves.iter().all(|curve| curve.xs().iter().all(|x| x.fract() == 0.0));
        let (low, high) = (first.max(within[0]), last.min(within[1]));
        // A bin more at either end, where lines enter and leave the picture.
        let (entered, left) = (low > first, high < last);
        let most = most.saturating_sub(usize::from(entered) + usize::from(left)).max(1);
        let (extent, spacing) = (high - low, spacing(curves));
        if whole {
            // From 3 to 5 there are three whole numbers.
            let (low, high) = (low.ceil(), high.floor());
            let width = spacing.max((high - low + 1.0) / most as f64).ceil().max(1.0);
            return Self::with(low, width, (high - low + 1.0) / width, [entered, left], whole);
        }
        let width = spacing.max(extent / most as f64).max(f64::MIN_POSITIVE);
        // As many whole bins as fit: the grid ends where the data end.
        let count = (extent / width).round().max(1.0);
        Self::with(low, extent / count, count, [entered, left], whole)
    }

    fn with(low: f64, width: f64, count: f64, [entered, left]: [bool; 2], whole: bool) -> Self {
        let low = if entered { low - width } else { low };
        let count = count.ceil().max(1.0) as usize + usize::from(entered) + usize::from(left);
        Self { low, width, count, whole }
    }

    fn middle(&self, bin: usize) -> f64 {
        let half = if self.whole { (self.width - 1.0) / 2.0 } else { self.width / 2.0 };
        self.low + bin as f64 * self.width + half
    }

    /// The bin of an x at or after the grid's start; `None` beyond its end.
    fn bin(&self, x: f64) -> Option<usize> {
        let bin = ((x - self.low) / self.width) as usize;
        if bin < self.count {
            return Some(bin);
        }
        // The last x ends the last bin; a bin of whole numbers ends before the next one.
        let end = self.low + self.count as f64 * self.width;
        (!self.whole && x <= end).then(|| self.count.saturating_sub(1))
    }

    pub(super) fn fill(self, curves: &[Curve], scale: f64, summary: &mut Summary) -> Drawn {
        let (mut filled, mut of) = (0, 0);
        let mut walks: Vec<Walk> = curves.iter().map(|curve| Walk::of(curve, &self)).collect();
        let xs: Vec<f64> = (0..self.count).map(|bin| self.middle(bin)).collect();
        let mut column = Vec::with_capacity(curves.len());
        for (bin, &x) in xs.iter().enumerate() {
            column.clear();
            for walk in &mut walks {
                let Some((value, is_filled)) = walk.next(&self, bin, x, scale) else { continue };
                filled += u64::from(is_filled);
                of += 1;
                column.push(value);
            }
            summary.add(&mut column);
        }
        Drawn { xs, alignment: Alignment::Binned { bins: self.count, width: self.width, filled, of } }
    }
}

/// How far the points of the median member are apart.
fn spacing(curves: &[Curve]) -> f64 {
    let mut all: Vec<f64> = curves.iter().filter_map(Curve::spacing).collect();
    all.sort_unstable_by(f64::total_cmp);
    all.get(all.len().saturating_sub(1) / 2).copied().unwrap_or(0.0)
}

/// A member on its way through the bins.
struct Walk<'a> {
    curve: &'a Curve<'a>,
    /// Its next point.
    next: usize,
    /// Where its line stands.
    place: usize,
}

impl<'a> Walk<'a> {
    fn of(curve: &'a Curve<'a>, bins: &Bins) -> Self {
        let next = curve.place(bins.low);
        Self { curve, next, place: next.saturating_sub(1) }
    }

    /// Its value in a bin, and whether that lies between its points.
    fn next(&mut self, bins: &Bins, bin: usize, middle: f64, scale: f64) -> Option<(f64, bool)> {
        let (mut sum, mut finite, mut points) = (0.0, 0_u32, 0_u32);
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        while let Some((x, value)) = self.curve.point(self.next) {
            if bins.bin(x).is_none_or(|of_point| of_point > bin) {
                break;
            }
            points += 1;
            self.next += 1;
            if value.is_finite() {
                let value = value * scale;
                (sum, finite) = (sum + value, finite + 1);
                (least, greatest) = (value.min(least), value.max(greatest));
            }
        }
        match (points, finite) {
            (0, _) => match self.curve.at(middle, &mut self.place) {
                At::Logged(value) | At::Between(value) if value.is_finite() => Some((value * scale, true)),
                _ => None,
            },
            (_, 0) => None,
            _ => Some(((sum / f64::from(finite)).clamp(least, greatest), false)),
        }
    }
}
