//! What is said of a handful of numbers: mean, spread, extremes.

/// Numbers summed up. Their order makes no difference, not even in the last bit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sample {
    /// How many are finite; the rest of the fields speaks of these.
    pub count: usize,
    /// How many are NaN or infinite, and left out.
    pub left_out: usize,
    /// The mean.
    pub mean: f64,
    /// The value in the middle; of an even count the mean of the two in the middle.
    pub median: f64,
    /// The standard deviation with n - 1 in the denominator; NaN for fewer than two.
    pub deviation: f64,
    /// The least.
    pub min: f64,
    /// The greatest.
    pub max: f64,
}

impl Sample {
    /// Sums numbers up; `None` where none of them is finite.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut left_out = 0;
        let mut finite: Vec<f64> = Vec::new();
        for value in values {
            if value.is_finite() { finite.push(value) } else { left_out += 1 }
        }
        sort(&mut finite);
        Some(Self {
            count: finite.len(),
            left_out,
            mean: mean(&finite),
            median: median(&finite),
            deviation: if finite.len() < 2 { f64::NAN } else { deviation(&finite) },
            min: *finite.first()?,
            max: *finite.last()?,
        })
    }
}

/// Sorts as [`f64::total_cmp`] does, by whole numbers in that order: twice as fast.
pub(super) fn sort(values: &mut [f64]) {
    // The bits below the sign of a negative number, turned over.
    let turned = |bits: u64| bits ^ (((bits as i64 >> 63) as u64) >> 1);
    let mut keys: Vec<i64> = values.iter().map(|value| turned(value.to_bits()) as i64).collect();
    keys.sort_unstable();
    for (value, key) in values.iter_mut().zip(keys) {
        *value = f64::from_bits(turned(key as u64));
    }
}

/// The mean of rising values, between the first and the last whatever the rounding.
pub(super) fn mean(values: &[f64]) -> f64 {
    let (Some(&least), Some(&greatest)) = (values.first(), values.last()) else { return f64::NAN };
    (values.iter().sum::<f64>() / values.len() as f64).clamp(least, greatest)
}

pub(super) fn median(values: &[f64]) -> f64 {
    let half = values.len() / 2;
    match (values.get(half), half.checked_sub(1).and_then(|below| values.get(below))) {
        (Some(&upper), Some(&lower)) if values.len().is_multiple_of(2) => f64::midpoint(lower, upper),
        (Some(&middle), _) => middle,
        (None, _) => f64::NAN,
    }
}

/// The standard deviation of at least two values, n - 1 in the denominator.
pub(super) fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}
