//! Histories that are not logged but come of those that are.

use std::collections::HashMap;

use crate::{
    history::History,
    model::Point,
    stat::expr::{Column, Expr, ParseError},
};

/// What a curve of a line card is.
#[derive(Debug, Clone, PartialEq)]
pub enum Y {
    /// A metric, as logged.
    Metric(String),
    /// An expression over metrics.
    Derived(Expr),
}

impl Y {
    /// Reads an expression; a metric alone is one.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        Expr::parse(text).map(|expr| match expr {
            Expr::Metric(name) => Self::Metric(name),
            expr => Self::Derived(expr),
        })
    }

    /// The metrics that it needs, each once.
    pub fn metrics(&self) -> Vec<&str> {
        match self {
            Self::Metric(name) => vec![name],
            Self::Derived(expr) => expr.metrics(),
        }
    }
}

/// The history of an expression over the histories of its metrics, in the order of [`Expr::metrics`]:
/// a point at each step that all of them have, of several points of a step the last. Its time is the
/// latest of the times at which they were logged.
pub fn derived(expr: &Expr, histories: &[&History]) -> History {
    let steps: Vec<Vec<f64>> =
        histories.iter().map(|history| history.steps.iter().map(|&step| step as f64).collect()).collect();
    let columns = histories.iter().zip(&steps);
    let columns: Vec<Column> =
        columns.map(|(history, steps)| Column { xs: steps, values: &history.values }).collect();
    // There is a history for each metric.
    let Ok(values) = expr.eval(&columns) else { return History::default() };
    let times: Vec<HashMap<i64, i64>> = histories
        .iter()
        .map(|history| history.steps.iter().copied().zip(history.timestamps.iter().copied()).collect())
        .collect();
    let point = |(&x, &value): (&f64, &f64)| {
        let step = x as i64;
        let timestamp = times.iter().filter_map(|times| times.get(&step)).max().copied();
        Point { step, timestamp: timestamp.unwrap_or_default(), value }
    };
    values.xs.iter().zip(&values.values).map(point).collect()
}
