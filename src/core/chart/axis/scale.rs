use serde::{Deserialize, Serialize};

use crate::chart::Range;

/// How values are spread over an axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum ScaleKind {
    /// Equal distances are equal differences.
    #[default]
    Linear,
    /// Equal distances are equal factors; only values above 0 can be shown.
    Log,
    /// As [`Self::Log`] on both sides of 0, linear around it: shows every finite value. See
    /// [`Symlog`].
    Symlog,
}

impl ScaleKind {
    /// Whether the scale can show the value.
    pub fn shows(self, value: f64) -> bool {
        value.is_finite() && (self != Self::Log || value > 0.0)
    }
}

/// The symmetric logarithm, `sign(v) ln(1 + |v| / threshold)`: values well within the threshold are
/// spread linearly, those well beyond it by their magnitude.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Symlog {
    threshold: f64,
}

/// Decades that are spread by magnitude.
const DECADES: i32 = 4;

impl Symlog {
    /// For a range: the threshold is a power of ten, three to four decades below its greatest size.
    pub fn of(range: Range) -> Self {
        let greatest = range.lo.abs().max(range.hi.abs());
        let power = if greatest > 0.0 { greatest.log10().ceil() as i32 - DECADES } else { 0 };
        Self { threshold: 10f64.powi(power.clamp(-300, 300)) }
    }

    /// Values up to this size are spread about linearly.
    pub fn threshold(self) -> f64 {
        self.threshold
    }

    /// Where a value lies.
    #[inline]
    pub fn apply(self, value: f64) -> f64 {
        (value.abs() / self.threshold).ln_1p().copysign(value)
    }

    /// Which value lies there.
    pub fn invert(self, place: f64) -> f64 {
        (place.abs().exp_m1() * self.threshold).copysign(place)
    }
}

/// Values to device pixels and back. `px_from_value` never falls (or never rises) as values rise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    kind: ScaleKind,
    range: Range,
    px: (f64, f64),
    symlog: Symlog,
    /// Halves values where a range from -1e308 to 1e308 would overflow, else 1.
    unit: f64,
    /// The lower end, as the scale counts.
    base: f64,
    /// Pixels per unit of the scale.
    per_unit: f64,
}

/// Far outside of any picture, yet small enough to compute with.
const FAR: f64 = 1e30;

impl Scale {
    /// `px_lo` is where `range.lo` lies, `px_hi` where `range.hi` lies; for y, `px_lo` is the
    /// greater. A range that the kind cannot show is brought to one that it can.
    pub fn new(kind: ScaleKind, range: Range, px_lo: f64, px_hi: f64) -> Self {
        let range = match kind {
            ScaleKind::Linear | ScaleKind::Symlog => range.widened(),
            ScaleKind::Log => above_zero(range),
        };
        let symlog = Symlog::of(range);
        let unit = if (range.hi - range.lo).is_finite() { 1.0 } else { 0.5 };
        let mut scale = Self { kind, range, px: (px_lo, px_hi), symlog, unit, base: 0.0, per_unit: 0.0 };
        scale.base = scale.counted(range.lo);
        scale.per_unit = (px_hi - px_lo) / (scale.counted(range.hi) - scale.base);
        scale
    }

    /// Linear, logarithmic or symlog.
    pub fn kind(&self) -> ScaleKind {
        self.kind
    }

    /// The visible values.
    pub fn range(&self) -> Range {
        self.range
    }

    /// Where the ends of the range lie.
    pub fn px_range(&self) -> (f64, f64) {
        self.px
    }

    /// Where a value lies, also outside of the visible range; NaN for one that the scale cannot show.
    #[inline]
    pub fn px_from_value(&self, value: f64) -> f64 {
        let px = self.px.0 + (self.counted(value) - self.base) * self.per_unit;
        px.clamp(-FAR, FAR)
    }

    /// Which value lies at a pixel.
    pub fn value_from_px(&self, px: f64) -> f64 {
        let counted = self.base + (px - self.px.0) / self.per_unit;
        match self.kind {
            ScaleKind::Linear => (counted / self.unit).clamp(f64::MIN, f64::MAX),
            ScaleKind::Log => counted.exp().clamp(f64::MIN_POSITIVE, f64::MAX),
            ScaleKind::Symlog => self.symlog.invert(counted).clamp(f64::MIN, f64::MAX),
        }
    }

    /// The range between two pixels: what a drag selects.
    pub fn range_between_px(&self, a: f64, b: f64) -> Range {
        let (a, b) = (self.value_from_px(a), self.value_from_px(b));
        Range { lo: a.min(b), hi: a.max(b) }
    }

    /// The range after zooming by `factor` (2 shows half as much) with the value under `px` staying
    /// where it is. A zoom deeper than an f64 can tell apart gives the range as it is.
    pub fn zoom_at(&self, px: f64, factor: f64) -> Range {
        if !factor.is_finite() || factor <= 0.0 || !px.is_finite() {
            return self.range;
        }
        let (from, to) = (px + (self.px.0 - px) / factor, px + (self.px.1 - px) / factor);
        self.usable(self.range_between_px(from, to))
    }

    /// The range after dragging the picture by `delta_px`: positive moves it to higher pixels.
    pub fn pan(&self, delta_px: f64) -> Range {
        if !delta_px.is_finite() {
            return self.range;
        }
        self.usable(self.range_between_px(self.px.0 - delta_px, self.px.1 - delta_px))
    }

    fn usable(&self, range: Range) -> Range {
        let shown = match self.kind {
            ScaleKind::Linear | ScaleKind::Symlog => range.widened(),
            ScaleKind::Log => above_zero(range),
        };
        if shown == range && (range.hi - range.lo).is_finite() { range } else { self.range }
    }

    #[inline]
    fn counted(&self, value: f64) -> f64 {
        match self.kind {
            ScaleKind::Linear => value * self.unit,
            ScaleKind::Log => value.ln(),
            ScaleKind::Symlog => self.symlog.apply(value),
        }
    }
}

/// A range that a logarithm can show.
fn above_zero(range: Range) -> Range {
    let hi = if range.hi > 0.0 { range.hi.max(f64::MIN_POSITIVE) } else { 1.0 };
    let lo =
        if range.lo > 0.0 { range.lo.max(f64::MIN_POSITIVE) } else { (hi * 1e-3).max(f64::MIN_POSITIVE) };
    if (hi / lo).ln() > 1e-9 {
        return Range { lo, hi };
    }
    Range { lo: (lo / 2.0).max(f64::MIN_POSITIVE), hi: (hi * 2.0).min(f64::MAX) }
}
