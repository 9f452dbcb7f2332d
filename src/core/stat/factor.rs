//! Params as statistics see them: numbers or categories, one for each run.

use std::collections::BTreeMap;

/// What one param (or tag, or metric) is for each run.
#[derive(Debug, Clone, PartialEq)]
pub enum Factor {
    /// A number for each run; NaN where it has none.
    Numbers(Vec<f64>),
    /// A category for each run.
    Categories {
        /// The categories, each once: those that are numbers by value, then the others by letter.
        labels: Vec<String>,
        /// For each run its place in the labels; `None` where it has none.
        places: Vec<Option<usize>>,
    },
}

impl Factor {
    /// Numbers where every text that is there is a finite number, else categories.
    pub fn of<'a>(texts: impl IntoIterator<Item = Option<&'a str>>) -> Self {
        let texts: Vec<Option<&str>> = texts.into_iter().collect();
        let numbers: Option<Vec<f64>> =
            texts.iter().map(|text| text.map_or(Some(f64::NAN), number)).collect();
        match numbers {
            Some(numbers) if texts.iter().any(Option::is_some) => Self::Numbers(numbers),
            _ => Self::categories(&texts),
        }
    }

    /// Categories, whatever the texts are.
    pub fn categories(texts: &[Option<&str>]) -> Self {
        let mut labels: Vec<&str> = texts.iter().flatten().copied().collect();
        labels.sort_unstable_by(|a, b| match (number(a), number(b)) {
            (Some(x), Some(y)) => x.total_cmp(&y).then(a.cmp(b)),
            (x, y) => y.is_some().cmp(&x.is_some()).then(a.cmp(b)),
        });
        labels.dedup();
        let place: BTreeMap<&str, usize> = labels.iter().copied().zip(0..).collect();
        let places = texts.iter().map(|text| text.and_then(|text| place.get(text).copied())).collect();
        Self::Categories { labels: labels.into_iter().map(str::to_owned).collect(), places }
    }

    /// How many runs there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Numbers(numbers) => numbers.len(),
            Self::Categories { places, .. } => places.len(),
        }
    }

    /// Whether there is no run.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A finite number that stands for what the run has: the number, or the place of its category.
    /// `None` where it has none.
    pub fn code(&self, run: usize) -> Option<f64> {
        match self {
            Self::Numbers(numbers) => numbers.get(run).copied().filter(|number| number.is_finite()),
            Self::Categories { places, .. } => places.get(run).copied().flatten().map(|place| place as f64),
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}
