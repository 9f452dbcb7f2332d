use super::{Ask, Band, Centre};
use crate::stat::special::student_95;

/// Sums up one x after the other.
pub(super) struct Summary {
    ask: Ask,
    /// What the values were multiplied by.
    scale: f64,
    /// Student's factor for each count, as far as it was needed.
    student: Vec<Option<f64>>,
    columns: Columns,
}

#[derive(Default)]
pub(super) struct Columns {
    pub(super) counts: Vec<u32>,
    pub(super) centre: Vec<f64>,
    pub(super) lower: Vec<f64>,
    pub(super) upper: Vec<f64>,
}

impl Summary {
    pub(super) fn new(ask: &Ask, scale: f64, members: usize) -> Self {
        Self { ask: *ask, scale, student: vec![None; members + 1], columns: Columns::default() }
    }

    /// The next x: the finite values that the members have there, in any order.
    pub(super) fn add(&mut self, values: &mut [f64]) {
        // Sorted, a sum does not depend on the order of the members.
        sort(values);
        self.columns.counts.push(values.len() as u32);
        let centre = match self.ask.centre {
            Centre::Mean => mean(values),
            Centre::Median => median(values),
            Centre::Min => values.first().copied().unwrap_or(f64::NAN),
            Centre::Max => values.last().copied().unwrap_or(f64::NAN),
        };
        self.columns.centre.push(centre / self.scale);
        if self.ask.band != Band::None {
            let (lower, upper) = self.band(values);
            self.columns.lower.push(lower / self.scale);
            self.columns.upper.push(upper / self.scale);
        }
    }

    fn band(&mut self, values: &[f64]) -> (f64, f64) {
        let (Some(&least), Some(&greatest)) = (values.first(), values.last()) else {
            return (f64::NAN, f64::NAN);
        };
        let error = |deviation: f64| deviation / (values.len() as f64).sqrt();
        let reach = match self.ask.band {
            Band::None | Band::MinMax => return (least, greatest),
            _ if values.len() < 2 => return (f64::NAN, f64::NAN),
            Band::Deviation => deviation(values),
            Band::Error => error(deviation(values)),
            Band::Interval => error(deviation(values)) * self.student(values.len()),
        };
        let mean = mean(values);
        (mean - reach, mean + reach)
    }

    fn student(&mut self, count: usize) -> f64 {
        let degrees = count.saturating_sub(1) as u32;
        match self.student.get_mut(count) {
            Some(known) => *known.get_or_insert_with(|| student_95(degrees)),
            None => student_95(degrees),
        }
    }

    pub(super) fn into_columns(self) -> Columns {
        self.columns
    }
}

/// Sorts as [`f64::total_cmp`] does, by whole numbers in that order: twice as fast.
fn sort(values: &mut [f64]) {
    // The bits below the sign of a negative number, turned over.
    let turned = |bits: u64| bits ^ (((bits as i64 >> 63) as u64) >> 1);
    let mut keys: Vec<i64> = values.iter().map(|value| turned(value.to_bits()) as i64).collect();
    keys.sort_unstable();
    for (value, key) in values.iter_mut().zip(keys) {
        *value = f64::from_bits(turned(key as u64));
    }
}

/// The mean of rising values, between the first and the last whatever the rounding.
fn mean(values: &[f64]) -> f64 {
    let (Some(&least), Some(&greatest)) = (values.first(), values.last()) else { return f64::NAN };
    (values.iter().sum::<f64>() / values.len() as f64).clamp(least, greatest)
}

fn median(values: &[f64]) -> f64 {
    let half = values.len() / 2;
    match (values.get(half), half.checked_sub(1).and_then(|below| values.get(below))) {
        (Some(&upper), Some(&lower)) if values.len().is_multiple_of(2) => f64::midpoint(lower, upper),
        (Some(&middle), _) => middle,
        (None, _) => f64::NAN,
    }
}

/// The standard deviation of at least two values, n - 1 in the denominator.
fn deviation(values: &[f64]) -> f64 {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (values.len() as f64 - 1.0)).sqrt()
}
