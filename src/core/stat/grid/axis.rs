use std::cmp::Reverse;

use crate::stat::factor::Factor;

/// The most categories of an axis: those of the most runs.
pub const MOST_CATEGORIES: usize = 40;
/// Up to so many different numbers have a place each; more are put into bins.
pub const MOST_NUMBERS: usize = 12;
/// So many bins.
pub const NUMBER_BINS: usize = 10;

/// The places along an axis of a heat map.
#[derive(Debug, Clone, PartialEq)]
pub enum Axis {
    /// A place for each category.
    Categories {
        /// Their places among the factor's labels, rising.
        places: Vec<usize>,
        /// Their labels.
        labels: Vec<String>,
        /// How many categories have no place: the rarest.
        left_out: usize,
    },
    /// A place for each number, rising.
    Numbers(Vec<f64>),
    /// A place for each bin. It holds its lower edge, the last one also its upper one.
    Bins {
        /// The edges, rising, one more than bins.
        edges: Vec<f64>,
        /// The edges are as far apart as their logarithms: the numbers are above zero and span two
        /// powers of ten or more.
        log: bool,
    },
}

impl Axis {
    /// The places that these runs need.
    pub(super) fn of(factor: &Factor, runs: &[usize]) -> Self {
        match factor {
            Factor::Categories { labels, places } => {
                let mut counts = vec![0_usize; labels.len()];
                for place in runs.iter().filter_map(|&run| places.get(run).copied().flatten()) {
                    if let Some(count) = counts.get_mut(place) {
                        *count += 1;
                    }
                }
                Self::of_categories(labels, &counts)
            }
            Factor::Numbers(_) => {
                let mut numbers: Vec<f64> = runs.iter().filter_map(|&run| factor.code(run)).collect();
                numbers.sort_unstable_by(f64::total_cmp);
                numbers.dedup();
                if numbers.len() <= MOST_NUMBERS {
                    Self::Numbers(numbers)
                } else {
                    Self::of_numbers(&numbers)
                }
            }
        }
    }

    fn of_categories(labels: &[String], counts: &[usize]) -> Self {
        let mut places: Vec<usize> =
            (0..labels.len()).filter(|&place| counts.get(place) > Some(&0)).collect();
        let all = places.len();
        places.sort_by_key(|&place| Reverse(counts.get(place)));
        places.truncate(MOST_CATEGORIES);
        places.sort_unstable();
        let labels = places.iter().filter_map(|&place| labels.get(place).cloned()).collect();
        Self::Categories { left_out: all - places.len(), places, labels }
    }

    fn of_numbers(rising: &[f64]) -> Self {
        let low = rising.first().copied().unwrap_or_default();
        let high = rising.last().copied().unwrap_or_default();
        let log = low > 0.0 && high / low >= 100.0;
        let edge = |edge: usize| {
            let share = edge as f64 / NUMBER_BINS as f64;
            let between = |low: f64, high: f64| low * (1.0 - share) + high * share;
            match edge {
                0 => low,
                NUMBER_BINS => high,
                _ if log => between(low.ln(), high.ln()).exp(),
                _ => between(low, high),
            }
        };
        Self::Bins { edges: (0..=NUMBER_BINS).map(edge).collect(), log }
    }

    /// How many places it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Categories { places, .. } => places.len(),
            Self::Numbers(numbers) => numbers.len(),
            Self::Bins { edges, .. } => edges.len().saturating_sub(1),
        }
    }

    /// Whether it has no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The place of a run.
    pub fn place(&self, factor: &Factor, run: usize) -> Option<usize> {
        let code = factor.code(run)?;
        match self {
            Self::Categories { places, .. } => places.binary_search(&(code as usize)).ok(),
            Self::Numbers(numbers) => numbers.iter().position(|&number| number == code),
            Self::Bins { edges, .. } => {
                let inner = edges.get(1..edges.len().saturating_sub(1))?;
                Some(inner.partition_point(|&edge| edge <= code))
            }
        }
    }
}
