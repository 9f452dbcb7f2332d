use serde::{Deserialize, Serialize};

use super::Sample;

/// The most bins of a histogram.
pub const MOST_BINS: usize = 512;

/// How wide the bins of a histogram are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Bins {
    /// The narrower of Freedman and Diaconis' (but no more than twice the square root of n bins) and
    /// Sturges' bins: numpy's `auto`.
    #[default]
    Auto,
    /// Freedman and Diaconis: 2 (q3 - q1) / n^(1/3); one bin where the quartiles are equal. numpy's
    /// `fd`.
    FreedmanDiaconis,
    /// So many.
    Count(usize),
}

/// How many values lie where.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The edges of the bins, rising, one more than bins. A bin holds its lower edge, the last one
    /// also its upper one.
    pub edges: Vec<f64>,
    /// How many values each bin holds.
    pub counts: Vec<usize>,
    /// How many values there are.
    pub n: usize,
    /// How many were left out because they are not finite.
    pub not_finite: usize,
    /// The rule would have made more bins than [`MOST_BINS`], or than there are numbers between the
    /// extremes.
    pub capped: bool,
}

impl Sample {
    /// Their histogram from the least to the greatest; half a unit around them where all are equal,
    /// as numpy has it. `None` without values.
    pub fn histogram(&self, bins: Bins) -> Option<Histogram> {
        let (least, greatest) = (*self.values.first()?, *self.values.last()?);
        let (low, high) = if least == greatest { (least - 0.5, greatest + 0.5) } else { (least, greatest) };
        let asked = self.bins(bins, low, high)?;
        let mut count = asked.min(MOST_BINS);
        let mut edges = edges(low, high, count);
        while count > 1 && edges.windows(2).any(|pair| pair.first() >= pair.last()) {
            count /= 2;
            edges = self::edges(low, high, count);
        }
        Some(Histogram {
            counts: self.counts(&edges),
            edges,
            n: self.values.len(),
            not_finite: self.not_finite,
            capped: count < asked,
        })
    }

    fn bins(&self, bins: Bins, low: f64, high: f64) -> Option<usize> {
        let n = self.values.len() as f64;
        let range = self.values.last()? - self.values.first()?;
        let diaconis = 2.0 * (self.quantile(0.75)? - self.quantile(0.25)?) * n.powf(-1.0 / 3.0);
        let sturges = range / (n.log2() + 1.0);
        let width = match bins {
            Bins::Count(count) => return Some(count.max(1)),
            Bins::FreedmanDiaconis => diaconis,
            Bins::Auto => diaconis.max(range / n.sqrt() / 2.0).min(sturges),
        };
        if !(width > 0.0 && width.is_finite()) {
            return Some(1);
        }
        // Halved, that the range of the extremes does not overflow.
        Some((((high / 2.0 - low / 2.0) / (width / 2.0)).ceil() as usize).max(1))
    }

    fn counts(&self, edges: &[f64]) -> Vec<usize> {
        let ends = edges.get(1..edges.len().saturating_sub(1)).unwrap_or_default().iter();
        let mut below: Vec<usize> =
            ends.map(|&edge| self.values.partition_point(|&value| value < edge)).collect();
        below.push(self.values.len());
        let before = std::iter::once(0).chain(below.iter().copied());
        below.iter().zip(before).map(|(below, before)| below - before).collect()
    }
}

fn edges(low: f64, high: f64, count: usize) -> Vec<f64> {
    (0..=count).map(|edge| super::between(low, high, edge as f64 / count as f64)).collect()
}
