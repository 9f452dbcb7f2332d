/// The greatest factor: at 1 the first value would never be left.
const GREATEST_FACTOR: f64 = 0.9999;

/// Exponential moving average, corrected for the bias of its start, as TensorBoard has it
/// (`classicSmoothing`): each average is the mean of all values so far, a value k points ago
/// weighing `factor`^k.
///
/// `factor` is brought into 0 (no smoothing) to 0.9999; NaN means 0.
pub fn ema(values: &[f64], factor: f64) -> Vec<f64> {
    let factor = bounded(factor, GREATEST_FACTOR);
    let mut average = Average::default();
    let step = |&value: &f64| if value.is_finite() { average.take(value, factor) } else { value };
    values.iter().map(step).collect()
}

/// W&B names this scale without its value; with 1,000, the weights of 1,000 evenly spaced points
/// fall by one factor a point.
const POINTS_IN_SPAN: f64 = 1_000.0;

/// Time-weighted exponential moving average, as W&B's page on smoothing has it: a value weighs
/// `f`^(1000 d / `span`), d being how far its x lies behind and f = min(√`factor`, 0.999), so that
/// a curve is smoothed by how far its points are apart and not by how many there are.
///
/// `span` is how much x the picture shows. Where it is not above zero (all points have the same
/// x) there is no distance to weigh by, and the values stay as they are. `factor` as in [`ema`].
pub fn time_weighted(xs: &[f64], values: &[f64], factor: f64, span: f64) -> Vec<f64> {
    let factor = bounded(bounded(factor, 1.0).sqrt(), 0.999);
    if factor == 0.0 || !(span > 0.0 && span.is_finite()) {
        return values.to_vec();
    }
    let mut average = Average::default();
    let mut last = None;
    let step = |(at, &value): (usize, &f64)| {
        let Some(&x) = xs.get(at).filter(|_| value.is_finite()) else { return value };
        let distance = (x - last.unwrap_or(x)).max(0.0) / span * POINTS_IN_SPAN;
        last = Some(x);
        average.take(value, factor.powf(distance))
    };
    values.iter().enumerate().map(step).collect()
}

/// A weighted mean of what it has seen, in which everything so far loses weight at each step.
struct Average {
    mean: f64,
    weight: f64,
    /// An average lies between the values that it is made of; rounding must not push it out.
    least: f64,
    greatest: f64,
}

impl Default for Average {
    fn default() -> Self {
        Self { mean: 0.0, weight: 0.0, least: f64::INFINITY, greatest: f64::NEG_INFINITY }
    }
}

impl Average {
    fn take(&mut self, value: f64, kept: f64) -> f64 {
        self.weight = self.weight * kept + 1.0;
        // Two products, not a difference: that of the greatest and the least f64 is infinite.
        let share = 1.0 / self.weight;
        self.mean = self.mean * (1.0 - share) + value * share;
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
        self.mean = self.mean.clamp(self.least, self.greatest);
        self.mean
    }
}

fn bounded(factor: f64, greatest: f64) -> f64 {
    if factor.is_nan() { 0.0 } else { factor.clamp(0.0, greatest) }
}
