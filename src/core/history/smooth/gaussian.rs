use super::window::Windows;

/// The greatest standard deviation, in points: it bounds what a picture can cost.
pub const GREATEST_SIGMA: f64 = 100.0;

/// Where the bell is cut, in standard deviations: beyond it lies less than a ten-thousandth.
const CUT: f64 = 4.0;

/// Gaussian smoothing: each value becomes the mean of its neighbours k points away on either side,
/// weighing exp(-k²/2σ²), k at most 4σ: the weights of scipy's `gaussian_filter1d`. Where the bell
/// reaches over an end of the curve or over a value that is not finite, the weights of the others
/// are scaled so that their sum is one again; nothing is invented beyond the ends.
///
/// `sigma` is in points, brought into 0 (no smoothing) to [`GREATEST_SIGMA`]; NaN means 0.
pub fn gaussian(values: &[f64], sigma: f64) -> Vec<f64> {
    let radius = radius(sigma);
    if radius == 0 {
        return values.to_vec();
    }
    let weights = bell(bounded(sigma), radius);
    let value = |&v: &f64| if v.is_finite() { v } else { 0.0 };
    let sums = weighed(&values.iter().map(value).collect::<Vec<_>>(), &weights);
    let shares = shares(values, &weights);
    let bounds = Windows::centred(values.len(), radius, radius).extremes(values);
    let joined = sums.into_iter().zip(shares).zip(bounds).zip(values);
    joined
        .map(
            |(((sum, share), (least, greatest)), &value)| {
                if value.is_finite() { (sum / share).clamp(least, greatest) } else { value }
            },
        )
        .collect()
}

/// How many points the bell reaches to either side.
pub(super) fn radius(sigma: f64) -> usize {
    (CUT * bounded(sigma) + 0.5) as usize
}

fn bounded(sigma: f64) -> f64 {
    if sigma.is_nan() { 0.0 } else { sigma.clamp(0.0, GREATEST_SIGMA) }
}

/// The weights of a point and of its neighbours to one side; both sides together sum up to one.
fn bell(sigma: f64, radius: usize) -> Vec<f64> {
    let height = |k: usize| (-0.5 * (k as f64 / sigma).powi(2)).exp();
    let total = 1.0 + 2.0 * (1..=radius).map(height).sum::<f64>();
    (0..=radius).map(|k| height(k) / total).collect()
}

/// How much weight the finite values around each place have: one, but for what is missing. Gaps are
/// rare, so that this costs little beside the sums.
fn shares(values: &[f64], weights: &[f64]) -> Vec<f64> {
    let (len, radius) = (values.len(), weights.len().saturating_sub(1));
    let mut shares = vec![1.0; len];
    // Places count from the first one before the curve that a bell reaches.
    let gaps = values.iter().zip(radius..).filter(|(value, _)| !value.is_finite()).map(|(_, place)| place);
    for missing in (0..radius).chain(gaps).chain(len + radius..len + 2 * radius) {
        let (from, to) = (missing.saturating_sub(2 * radius).min(len), (missing + 1).min(len));
        let reached = shares.get_mut(from..to).unwrap_or_default();
        for (share, place) in reached.iter_mut().zip(from + radius..) {
            *share -= weights.get(place.abs_diff(missing)).copied().unwrap_or_default();
        }
    }
    shares
}

/// The sum of each value's neighbourhood by weight, zero beyond the ends.
fn weighed(values: &[f64], weights: &[f64]) -> Vec<f64> {
    /// Places at once: their sums stay in the fastest memory while the weights go by.
    const BLOCK: usize = 1024;
    let radius = weights.len().saturating_sub(1);
    let mut padded = vec![0.0; radius];
    padded.extend_from_slice(values);
    padded.resize(values.len() + 2 * radius, 0.0);
    let mut sums = vec![0.0; values.len()];
    let own = weights.first().copied().unwrap_or(1.0);
    for (block, sums) in sums.chunks_mut(BLOCK).enumerate() {
        let (middle, count) = (block * BLOCK + radius, sums.len());
        let around = |from: usize| padded.get(from..from + count).unwrap_or_default();
        for (k, weight) in weights.iter().enumerate().skip(1) {
            // Not their sum times the weight: two of the greatest f64 would overflow.
            for (sum, (left, right)) in sums.iter_mut().zip(around(middle - k).iter().zip(around(middle + k)))
            {
                *sum += left * weight + right * weight;
            }
        }
        for (sum, value) in sums.iter_mut().zip(around(middle)) {
            *sum += value * own;
        }
    }
    sums
}
