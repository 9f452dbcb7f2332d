use serde::{Deserialize, Serialize};

/// A range of values with finite ends, `lo` < `hi` or, before it is widened, `lo` == `hi`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

/// A range narrower than this share of its ends cannot be told apart in an f64.
const NARROWEST: f64 = 1e-12;

impl Range {
    /// The range between two values in either order; `None` unless both are finite.
    pub fn between(a: f64, b: f64) -> Option<Self> {
        (a.is_finite() && b.is_finite()).then(|| Self { lo: a.min(b), hi: a.max(b) })
    }

    /// The range of all finite values; `None` if there are none.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        values
            .into_iter()
            .filter(|value| value.is_finite())
            .map(|value| Self { lo: value, hi: value })
            .reduce(Self::union)
    }

    /// The least range that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }

    /// Whether the value lies within, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.lo <= value && value <= self.hi
    }

    /// Room on both sides, as a share of the span; stays finite.
    #[must_use]
    pub fn padded(self, share: f64) -> Self {
        let pad = self.hi * share - self.lo * share;
        Self { lo: finite(self.lo - pad), hi: finite(self.hi + pad) }
    }

    /// A range that a linear scale can show: one value gets a tenth of itself on both sides
    /// (0 gets 1), and a range too narrow for an f64 is widened until ticks differ.
    #[must_use]
    pub fn widened(self) -> Self {
        let size = self.lo.abs().max(self.hi.abs());
        if self.lo == self.hi {
            let pad = if size < 1e-300 { 1.0 } else { size * 0.1 };
            return Self { lo: finite(self.lo - pad), hi: finite(self.hi + pad) };
        }
        let narrowest = (size * NARROWEST).max(1e-300);
        if self.hi - self.lo >= narrowest {
            return self;
        }
        let middle = self.lo / 2.0 + self.hi / 2.0;
        Self { lo: finite(middle - narrowest), hi: finite(middle + narrowest) }
    }
}

fn finite(value: f64) -> f64 {
    value.clamp(f64::MIN, f64::MAX)
}
