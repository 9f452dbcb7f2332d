//! Which params a metric goes with.
//!
//! The method is said with the answer ([`METHOD`]), and so are the reasons to doubt it
//! ([`Caution`]). The forest is seeded with a constant: the same runs give the same answer. Its cost
//! is bounded: a tree takes at most 1,000 runs and is asked about at most 256.

mod caution;
mod forest;
mod table;
mod tree;

pub use caution::Caution;

use super::factor::Factor;
use super::relation::{Correlation, spearman};
use table::Table;

/// What an importance is, for people.
pub const METHOD: &str = "A forest of 100 randomised trees learns the rank of the metric from the params. The \
                          importance of a param is how much worse each tree predicts runs that it has not seen when \
                          the param's values are shuffled among them, as a share of the sum of all params. It says \
                          what helps to predict these runs, not what causes their results.";

/// From so many runs on importances are given.
pub const LEAST_RUNS: usize = 8;

/// A param.
#[derive(Debug, Clone, Copy)]
pub struct Param<'a> {
    /// Its name.
    pub name: &'a str,
    /// What it is in each run.
    pub factor: &'a Factor,
}

/// What a metric goes with.
#[derive(Debug, Clone, PartialEq)]
pub struct Importance {
    /// The most important first; equally important ones by name.
    pub params: Vec<Row>,
    /// How many runs have the metric, and count.
    pub runs: usize,
    /// How many runs have no such metric, or one that is not finite.
    pub left_out: usize,
    /// The share of the differences between the runs (of their ranks by the metric) that the forest
    /// predicts in runs it has not seen: below zero it is worse than the mean. `None` without
    /// importances.
    pub explained: Option<f64>,
    /// Why to doubt it.
    pub cautions: Vec<Caution>,
}

/// What one param has to do with the metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The param's name.
    pub name: String,
    /// Its share, 0 to 1. All shares add up to 1, or are 0 where no param helps. `None` with fewer than
    /// [`LEAST_RUNS`] runs.
    pub importance: Option<f64>,
    /// Spearman's correlation with the metric; `None` for categories, unless there are two (the first
    /// label counts less), and where the param does not vary.
    pub correlation: Option<Correlation>,
    /// How many of the runs have the param.
    pub runs: usize,
}

/// The importance of params for a metric, given run by run.
pub fn importance(params: &[Param], metric: &[f64]) -> Importance {
    let table = Table::of(params, metric);
    let forest = if table.runs() < LEAST_RUNS { None } else { Some(forest::shares(&table)) };
    let row = |(place, param): (usize, &Param)| Row {
        name: param.name.to_owned(),
        importance: forest.as_ref().map(|forest| forest.shares.get(place).copied().unwrap_or_default()),
        correlation: correlation(param.factor, metric),
        runs: table.present(place),
    };
    let mut rows: Vec<Row> = params.iter().enumerate().map(row).collect();
    rows.sort_by(|a, b| {
        let share = |row: &Row| row.importance.unwrap_or_default();
        share(b).total_cmp(&share(a)).then_with(|| a.name.cmp(&b.name))
    });
    let explained = forest.as_ref().map(|forest| forest.explained);
    Importance {
        params: rows,
        runs: table.runs(),
        left_out: metric.len() - table.runs(),
        cautions: caution::all(params, &table, explained),
        explained,
    }
}

fn correlation(factor: &Factor, metric: &[f64]) -> Option<Correlation> {
    match factor {
        Factor::Categories { labels, .. } if labels.len() > 2 => None,
        _ => {
            let code = |run: usize| factor.code(run).unwrap_or(f64::NAN);
            spearman(&(0..metric.len()).map(code).collect::<Vec<_>>(), metric)
        }
    }
}
