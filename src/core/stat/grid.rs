//! A metric over two params: a heat map of what was run, and a field that guesses between it.

mod axis;
mod field;

pub use axis::{Axis, MOST_CATEGORIES, MOST_NUMBERS, NUMBER_BINS};
pub use field::{Field, Sample, field};

use super::factor::Factor;

/// A metric over two params.
#[derive(Debug, Clone, PartialEq)]
pub struct HeatMap {
    /// From left to right.
    pub x: Axis,
    /// From bottom to top.
    pub y: Axis,
    /// Row after row, each as long as the x axis has places.
    pub cells: Vec<Cell>,
    /// How many runs are in no cell: they have no such metric or param, the metric is not finite, or
    /// their category is one too many for the axis.
    pub left_out: usize,
}

/// The runs of one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// How many there are.
    pub count: usize,
    /// The mean of their metric; NaN where there is none.
    pub mean: f64,
    /// The least; NaN where there is none.
    pub min: f64,
    /// The greatest; NaN where there is none.
    pub max: f64,
}

impl Cell {
    const EMPTY: Self = Self { count: 0, mean: f64::NAN, min: f64::NAN, max: f64::NAN };

    fn add(&mut self, value: f64) {
        let before = self.count as f64;
        self.count += 1;
        // f64::min passes over the NaN of an empty cell.
        self.min = self.min.min(value);
        self.max = self.max.max(value);
        let share = 1.0 / (before + 1.0);
        let mean = if before == 0.0 { value } else { self.mean * (1.0 - share) + value * share };
        self.mean = mean.clamp(self.min, self.max);
    }
}

impl HeatMap {
    /// The metric of each run by its two params, run by run.
    pub fn of(x: &Factor, y: &Factor, metric: &[f64]) -> Self {
        let counts = |run: usize| metric.get(run).is_some_and(|value| value.is_finite());
        let both = |run: usize| counts(run) && x.code(run).is_some() && y.code(run).is_some();
        let runs: Vec<usize> = (0..metric.len()).filter(|&run| both(run)).collect();
        let (x_axis, y_axis) = (Axis::of(x, &runs), Axis::of(y, &runs));
        let (across, up) = (x_axis.len(), y_axis.len());
        let mut cells = vec![Cell::EMPTY; across * up];
        let mut placed = 0;
        // By value, so that a mean does not depend on the order of the runs.
        let mut runs: Vec<(usize, f64)> =
            runs.into_iter().filter_map(|run| Some((run, *metric.get(run)?))).collect();
        runs.sort_by(|a, b| a.1.total_cmp(&b.1));
        for (run, value) in runs {
            let (Some(column), Some(row)) = (x_axis.place(x, run), y_axis.place(y, run)) else { continue };
            if let Some(cell) = cells.get_mut(row * across + column) {
                cell.add(value);
                placed += 1;
            }
        }
        Self { x: x_axis, y: y_axis, cells, left_out: metric.len() - placed }
    }

    /// The cell of a column and a row.
    pub fn cell(&self, column: usize, row: usize) -> Option<&Cell> {
        if column < self.x.len() { self.cells.get(row * self.x.len() + column) } else { None }
    }
}
