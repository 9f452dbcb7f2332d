use super::{Ask, Band, Centre};
use crate::stat::{
    sample::{deviation, mean, median, sort},
    special::student_95,
};

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
