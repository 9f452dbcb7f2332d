//! Histories: all points of one metric of one run, kept whole.
//!
//! Contract for every function of this room: values are any f64, and NaN payloads, infinities
//! and -0 survive; steps and timestamps are any i64; a canonical history is sorted by
//! (step, timestamp), points that agree in both keep the order in which they were written.

pub mod codec;
pub mod merge;
pub mod smooth;
mod summary;

pub use summary::compare_latest;

use crate::model::Point;

/// All points of one metric of one run, as columns of equal length.
#[derive(Debug, Clone, Default)]
pub struct History {
    /// MLflow's steps.
    pub steps: Vec<i64>,
    /// Milliseconds since the epoch, as logged.
    pub timestamps: Vec<i64>,
    /// The values.
    pub values: Vec<f64>,
}

impl History {
    /// An empty history with room for `points`.
    pub fn with_capacity(points: usize) -> Self {
        Self {
            steps: Vec::with_capacity(points),
            timestamps: Vec::with_capacity(points),
            values: Vec::with_capacity(points),
        }
    }

    /// How many points it has.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether it has no point.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Adds a point at the end; call [`Self::sort`] when all are in.
    pub fn push(&mut self, point: Point) {
        self.steps.push(point.step);
        self.timestamps.push(point.timestamp);
        self.values.push(point.value);
    }

    /// The point at `index`, if there is one.
    pub fn get(&self, index: usize) -> Option<Point> {
        Some(Point {
            step: *self.steps.get(index)?,
            timestamp: *self.timestamps.get(index)?,
            value: *self.values.get(index)?,
        })
    }

    /// All points in order.
    pub fn iter(&self) -> impl Iterator<Item = Point> + '_ {
        self.steps.iter().zip(&self.timestamps).zip(&self.values).map(|((&step, &timestamp), &value)| Point {
            step,
            timestamp,
            value,
        })
    }

    /// Brings the points into canonical order: by (step, timestamp), ties as they stand.
    pub fn sort(&mut self) {
        let key = |i: usize| (self.steps[i], self.timestamps[i]);
        if (1..self.len()).all(|i| key(i - 1) <= key(i)) {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_by_key(|&i| key(i));
        self.steps = order.iter().map(|&i| self.steps[i]).collect();
        self.timestamps = order.iter().map(|&i| self.timestamps[i]).collect();
        self.values = order.iter().map(|&i| self.values[i]).collect();
    }
}

impl FromIterator<Point> for History {
    fn from_iter<I: IntoIterator<Item = Point>>(points: I) -> Self {
        let mut history = Self::default();
        for point in points {
            history.push(point);
        }
        history
    }
}
