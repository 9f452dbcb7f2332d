use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::Run;
use crate::table::natural;

/// Which charts there are: one for each metric of the runs, in groups by prefix.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Deck {
    /// The groups: metrics without a prefix first, then by prefix, MLflow's system metrics last.
    pub groups: Vec<DeckGroup>,
    /// How many metrics the runs have, whatever was searched for.
    pub metrics: usize,
}

/// The metrics that have the text up to their first `/` in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckGroup {
    /// That text, without the `/`; empty for metrics that have none.
    pub prefix: String,
    /// Its charts, by name; numbers in names count as numbers.
    pub charts: Vec<DeckChart>,
}

/// What is known of a chart before any history is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeckChart {
    /// The metric's key.
    pub metric: String,
    /// How many of the runs logged it.
    pub runs: usize,
    /// Points of these runs.
    pub points: u64,
}

impl Deck {
    /// The charts of these runs. `search`: words that must all occur in a metric's key, in any case.
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a Run>, search: &str) -> Self {
        let mut found: BTreeMap<&str, (usize, u64)> = BTreeMap::new();
        for metric in runs.into_iter().flat_map(|run| &run.metrics) {
            let (runs, points) = found.entry(&metric.key).or_default();
            *runs += 1;
            *points += metric.count;
        }
        let metrics = found.len();
        let search = search.to_lowercase();
        let words: Vec<&str> = search.split_whitespace().collect();
        let mut groups: BTreeMap<&str, Vec<DeckChart>> = BTreeMap::new();
        for (metric, (runs, points)) in found {
            let key = metric.to_lowercase();
            if words.iter().all(|word| key.contains(word)) {
                let chart = DeckChart { metric: metric.to_owned(), runs, points };
                groups.entry(prefix(metric)).or_default().push(chart);
            }
        }
        let mut groups: Vec<DeckGroup> = groups
            .into_iter()
            .map(|(prefix, mut charts)| {
                charts.sort_by(|a, b| natural(&a.metric, &b.metric));
                DeckGroup { prefix: prefix.to_owned(), charts }
            })
            .collect();
        groups.sort_by(|a, b| by_prefix(&a.prefix, &b.prefix));
        Self { groups, metrics }
    }

    /// How many charts the search leaves.
    pub fn len(&self) -> usize {
        self.groups.iter().map(|group| group.charts.len()).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// What is known of a metric's chart; `None` if no run has it or the search hides it.
    pub fn chart(&self, metric: &str) -> Option<&DeckChart> {
        let group = self.groups.iter().find(|group| group.prefix == prefix(metric))?;
        group.charts.iter().find(|chart| chart.metric == metric)
    }

    /// The metric `by` places further, over the ends of groups; `None` beyond the last or where
    /// the metric is not in the deck.
    pub fn neighbor(&self, metric: &str, by: isize) -> Option<&str> {
        let all: Vec<&str> =
            self.groups.iter().flat_map(|group| &group.charts).map(|chart| chart.metric.as_str()).collect();
        let at = all.iter().position(|other| *other == metric)?;
        all.get(at.checked_add_signed(by)?).copied()
    }
}

impl DeckGroup {
    /// Its heading.
    pub fn title(&self) -> &str {
        if self.prefix.is_empty() { "Metrics" } else { &self.prefix }
    }
}

fn prefix(metric: &str) -> &str {
    metric.split_once('/').map_or("", |(prefix, _)| prefix)
}

fn by_prefix(a: &str, b: &str) -> Ordering {
    let is_system = |prefix: &str| prefix == "system";
    is_system(a).cmp(&is_system(b)).then_with(|| natural(a, b))
}
