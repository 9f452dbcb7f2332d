//! How two quantities go together.
//!
//! Pairs are by place; a pair of which one is not finite is left out. For a logarithmic axis hand
//! in logarithms: what has none is NaN and left out with its partner.

use super::special::incomplete_beta;

/// A correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// From -1 to 1.
    pub r: f64,
    /// How likely a correlation at least this strong is among as many pairs that have none (two-sided,
    /// by Student's t with n - 2 degrees of freedom); 1 for two pairs.
    pub p: f64,
    /// How many pairs there are.
    pub n: usize,
}

/// A straight line through pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// How much y grows with 1 of x.
    pub slope: f64,
    /// y where x is zero.
    pub intercept: f64,
    /// The share of y's variance that the line explains, 0 to 1; NaN where y does not vary.
    pub r2: f64,
    /// How many pairs there are.
    pub n: usize,
}

impl Trend {
    /// The line's y at an x.
    pub fn at(&self, x: f64) -> f64 {
        self.intercept + self.slope * x
    }
}

/// Pearson's correlation: how close the pairs lie to a straight line. `None` for fewer than two
/// pairs, or where one side does not vary.
pub fn pearson(xs: &[f64], ys: &[f64]) -> Option<Correlation> {
    let (xs, ys) = pairs(xs, ys);
    correlation(&xs, &ys)
}

/// Spearman's correlation: Pearson's of the ranks (equal values share their mean rank), that is how
/// close y is to rising, or falling, with x throughout. `None` as in [`pearson`].
pub fn spearman(xs: &[f64], ys: &[f64]) -> Option<Correlation> {
    let (xs, ys) = pairs(xs, ys);
    correlation(&ranks(&xs), &ranks(&ys))
}

/// The line of least squares. `None` for fewer than two pairs, or where x does not vary.
pub fn trend(xs: &[f64], ys: &[f64]) -> Option<Trend> {
    let (xs, ys) = pairs(xs, ys);
    let x = Centred::of(&xs)?;
    let n = xs.len();
    let Some(y) = Centred::of(&ys) else {
        return Some(Trend { slope: 0.0, intercept: *ys.first()?, r2: f64::NAN, n });
    };
    let slope = product(&x, &y) / product(&x, &x) * (y.scale / x.scale);
    let r2 = (product(&x, &y).powi(2) / (product(&x, &x) * product(&y, &y))).min(1.0);
    Some(Trend { slope, intercept: y.mean - slope * x.mean, r2, n })
}

/// The ranks of finite values, from 1; equal values share the mean of theirs.
pub(super) fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<(f64, usize)> = values.iter().copied().zip(0..).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ranks = vec![0.0; values.len()];
    let mut before = 0;
    // -0 and 0 are equal, though one sorts before the other.
    for equal in order.chunk_by(|a, b| a.0 == b.0) {
        let rank = before as f64 + f64::midpoint(1.0, equal.len() as f64);
        before += equal.len();
        for &(_, place) in equal {
            if let Some(slot) = ranks.get_mut(place) {
                *slot = rank;
            }
        }
    }
    ranks
}

fn pairs(xs: &[f64], ys: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let both = xs.iter().copied().zip(ys.iter().copied());
    both.filter(|(x, y)| x.is_finite() && y.is_finite()).unzip()
}

fn correlation(xs: &[f64], ys: &[f64]) -> Option<Correlation> {
    let (x, y, n) = (Centred::of(xs)?, Centred::of(ys)?, xs.len());
    let r = (product(&x, &y) / (product(&x, &x) * product(&y, &y)).sqrt()).clamp(-1.0, 1.0);
    let p = if n < 3 { 1.0 } else { incomplete_beta((1.0 - r) * (1.0 + r), (n as f64 - 2.0) / 2.0, 0.5) };
    Some(Correlation { r, p, n })
}

/// Values as (value - mean) / scale, the farthest from the mean being 1 or -1.
struct Centred {
    values: Vec<f64>,
    mean: f64,
    scale: f64,
}

impl Centred {
    /// `None` where the values do not vary.
    fn of(values: &[f64]) -> Option<Self> {
        let first = *values.first()?;
        if values.iter().all(|&value| value == first) {
            return None;
        }
        // By half, so that neither the sum nor a difference of the greatest values overflows.
        let n = values.len() as f64;
        let half_mean: f64 = values.iter().map(|value| value / 2.0 / n).sum();
        let away = |value: f64| value / 2.0 - half_mean;
        let farthest = values.iter().map(|&value| away(value).abs()).fold(0.0, f64::max);
        if farthest == 0.0 {
            return None;
        }
        let values = values.iter().map(|&value| away(value) / farthest).collect();
        Some(Self { values, mean: half_mean * 2.0, scale: farthest * 2.0 })
    }
}

fn product(a: &Centred, b: &Centred) -> f64 {
    a.values.iter().zip(&b.values).map(|(a, b)| a * b).sum()
}
