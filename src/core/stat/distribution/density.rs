use super::Sample;

/// From so many values on, those much closer than the bandwidth are put together.
const MANY: usize = 2_000;
/// How close that is, in bandwidths: the density then differs by less than a thousandth of its peak.
const CLOSE: f64 = 1.0 / 16.0;
/// Beyond so many bandwidths a kernel adds less than 1e-14 of its peak.
const REACH: f64 = 8.5;

/// A density estimated by a Gaussian kernel on each value, as wide as Scott's rule says: the
/// standard deviation times n^(-1/5), as scipy's `gaussian_kde`.
#[derive(Debug, Clone, PartialEq)]
pub struct Kernels {
    /// The standard deviation of a kernel, in the unit of the values.
    pub bandwidth: f64,
    /// Where kernels stand, rising.
    places: Vec<f64>,
    /// How many values each stands for.
    weights: Vec<f64>,
    n: usize,
    /// The least and the greatest value.
    ends: [f64; 2],
}

/// A density as a curve; its area is 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Density {
    /// Where, evenly spaced.
    pub xs: Vec<f64>,
    /// How dense, per unit of x.
    pub ys: Vec<f64>,
    /// The standard deviation of a kernel.
    pub bandwidth: f64,
}

impl Sample {
    /// Their density. `None` for fewer than two values, where all are equal, or where they are so
    /// far apart that their deviation is infinite.
    pub fn kernels(&self) -> Option<Kernels> {
        let (n, ends) = (self.values.len(), [*self.values.first()?, *self.values.last()?]);
        let bandwidth = self.deviation()? * (n as f64).powf(-0.2);
        if !(bandwidth > 0.0 && bandwidth.is_finite()) {
            return None;
        }
        let close = if n < MANY { 0.0 } else { bandwidth * CLOSE };
        let (mut places, mut weights) = (Vec::new(), Vec::new());
        let mut rest = self.values.as_slice();
        while let Some(&first) = rest.first() {
            let together = rest.partition_point(|&value| value - first <= close).max(1);
            let (here, after) = rest.split_at(together);
            let weight = here.len() as f64;
            places.push(first + here.iter().map(|value| value - first).sum::<f64>() / weight);
            weights.push(weight);
            rest = after;
        }
        Some(Kernels { bandwidth, places, weights, n, ends })
    }
}

impl Kernels {
    /// The density at an x.
    pub fn at(&self, x: f64) -> f64 {
        let reach = self.bandwidth * REACH;
        let from = self.places.partition_point(|&place| place < x - reach);
        let near =
            self.places.iter().zip(&self.weights).skip(from).take_while(|(place, _)| **place <= x + reach);
        let height =
            |(place, weight): (&f64, &f64)| weight * (-0.5 * ((x - place) / self.bandwidth).powi(2)).exp();
        let area = (2.0 * std::f64::consts::PI).sqrt() * self.bandwidth * self.n as f64;
        near.map(height).sum::<f64>() / area
    }

    /// The density at evenly spaced xs (at least two), from `cut` bandwidths before the least value
    /// to as many after the greatest: 0 for a violin that ends where the values end, 3 for the whole
    /// bell.
    pub fn curve(&self, points: usize, cut: f64) -> Density {
        let points = points.max(2);
        // A bound: what is beyond it is flat.
        let reach = if cut.is_nan() { 0.0 } else { cut.clamp(0.0, REACH) } * self.bandwidth;
        let (low, high) = (self.ends[0] - reach, self.ends[1] + reach);
        let at = |point: usize| super::between(low, high, point as f64 / (points - 1) as f64);
        let xs: Vec<f64> = (0..points).map(at).collect();
        let ys = xs.iter().map(|&x| self.at(x)).collect();
        Density { xs, ys, bandwidth: self.bandwidth }
    }
}
