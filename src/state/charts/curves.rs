use std::{collections::HashMap, sync::Arc};

use runatlas_core::{
    board::{Board, CardKind, CardRef, Grouping, Look, value, values},
    chart::{Counts, Series, Trace, XAxis},
    format,
    history::History,
    link::RunKey,
    model::RunStatus,
    table::Column,
};

use crate::state::{Histories, HistoryKey, ShownRun};

/// What a line card draws.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wanted {
    /// The metrics.
    metrics: Vec<String>,
    /// The metric on x, if there is one.
    x_metric: Option<String>,
    grouping: Grouping,
    /// The value of the facet column that its runs have.
    facet: Option<String>,
}

impl Wanted {
    pub(super) fn of(board: &Board, card: &CardRef) -> Self {
        let lines = board.lines_of(&card.id);
        let metrics = match board.kind(&card.id) {
            Some(CardKind::Line { ys }) => ys.iter().map(|y| bare(y).to_owned()).collect(),
            _ => Vec::new(),
        };
        Self {
            metrics,
            x_metric: (lines.x == XAxis::Metric).then_some(lines.x_metric),
            grouping: lines.group,
            facet: card.facet.clone(),
        }
    }

    fn shows(&self, run: &ShownRun) -> bool {
        match (&self.facet, &self.grouping.facet) {
            (Some(facet), Some(column)) => value(&run.run, column) == *facet,
            _ => true,
        }
    }
}

fn bare(y: &str) -> &str {
    y.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or(y)
}

/// The values of the facet column among the runs.
pub(super) fn facets(shown: &[ShownRun], column: &Column) -> Vec<String> {
    values(shown.iter().map(|shown| &shown.run), column)
}

/// The curves of one chart, as far as they are here.
#[derive(Debug, Clone, Default)]
pub struct Curves {
    /// Those whose points are here, in the order of the runs.
    pub series: Vec<Series>,
    /// The run of each.
    pub runs: Vec<RunKey>,
    /// Points that are still being read.
    pub reading: u64,
    /// Names of the runs that never logged the metric.
    pub absent: Vec<String>,
    /// Why histories could not be read: run and reason.
    pub failed: Vec<(String, String)>,
}

impl PartialEq for Curves {
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Series, b: &Series| {
            Arc::ptr_eq(&a.trace, &b.trace)
                && (a.slot, a.dash, a.running) == (b.slot, b.dash, b.running)
                && a.label == b.label
        };
        self.series.len() == other.series.len()
            && self.series.iter().zip(&other.series).all(|(a, b)| same(a, b))
            && self.runs == other.runs
            && self.reading == other.reading
            && self.absent == other.absent
            && self.failed == other.failed
    }
}

impl Curves {
    /// The curves of a card; what `before` has made of the same points is kept.
    pub(super) fn of(
        wanted: &Wanted,
        shown: &[ShownRun],
        histories: Histories,
        before: Option<&Arc<Self>>,
    ) -> Self {
        let looked: Vec<_> = shown.iter().map(|shown| (&shown.run, shown.slot)).collect();
        let looks = wanted.grouping.looks(&looked);
        let known = before.map(|before| Known::of(before)).unwrap_or_default();
        let mut curves = Self::default();
        for metric in &wanted.metrics {
            let runs = shown.iter().zip(&looks).filter(|(run, _)| wanted.shows(run));
            let asked: Vec<_> = runs.filter(|(run, _)| curves.has(run, metric)).collect();
            let key = |shown: &ShownRun, metric: &str| HistoryKey {
                source: shown.key.source.clone(),
                run: shown.key.run.clone(),
                metric: metric.to_owned(),
            };
            let keys: Vec<HistoryKey> = asked.iter().map(|(shown, _)| key(shown, metric)).collect();
            let found = histories.get(&keys);
            let over: Vec<Over> = match &wanted.x_metric {
                None => asked.iter().map(|_| Over::Itself).collect(),
                Some(x) => {
                    let keys: Vec<HistoryKey> = asked.iter().map(|(shown, _)| key(shown, x)).collect();
                    let over = |found| match found {
                        None => Over::Coming,
                        Some(None) => Over::Missing,
                        Some(Some(history)) => Over::Metric(history),
                    };
                    histories.get(&keys).into_iter().map(over).collect()
                }
            };
            for ((((shown, look), key), found), over) in asked.into_iter().zip(&keys).zip(found).zip(over) {
                let reason = || histories.failure(key).unwrap_or_else(|| NOT_HERE.to_owned());
                let name = || shown.run.run.display_name().to_owned();
                match (found, over) {
                    (None, _) | (_, Over::Coming) => {
                        curves.reading += shown.run.run.metric(metric).map_or(0, |metric| metric.count);
                    }
                    (Some(None), _) => curves.failed.push((name(), reason())),
                    (_, Over::Missing) => curves.absent.push(name()),
                    (Some(Some(history)), over) => {
                        let trace = known.trace(shown, history, over.history());
                        let one = wanted.metrics.len() == 1;
                        curves.add(shown, look, trace, (!one).then_some(metric.as_str()));
                    }
                }
            }
        }
        curves
    }

    /// Whether the run logged the metric; else it is noted.
    fn has(&mut self, shown: &ShownRun, metric: &str) -> bool {
        let has = shown.run.run.metric(metric).is_some();
        if !has {
            self.absent.push(shown.run.run.display_name().to_owned());
        }
        has
    }

    fn add(&mut self, shown: &ShownRun, look: &Look, trace: Arc<Trace>, metric: Option<&str>) {
        let name = shown.run.run.display_name();
        self.series.push(Series {
            id: shown.key.run.clone(),
            label: metric.map_or_else(|| name.to_owned(), |metric| format!("{name}, {metric}")),
            slot: look.slot,
            dash: look.dash,
            running: shown.run.run.status == RunStatus::Running,
            trace,
            band: None,
        });
        self.runs.push(shown.key.clone());
    }

    /// Which of the series belongs to a run.
    pub fn index_of(&self, run: &RunKey) -> Option<usize> {
        self.runs.iter().position(|key| key == run)
    }

    /// How many points of how many runs are drawn, or are being read; and the names behind that.
    pub fn words(&self, drawn: Option<Counts>) -> (String, String) {
        if self.reading > 0 {
            return (format!("reading {}", format::count(self.reading, "point", "points")), String::new());
        }
        let Some(drawn) = drawn else { return Default::default() };
        let here = self.series.len();
        let runs = here + self.absent.len() + self.failed.len();
        let mut words = drawn.words();
        if here < runs {
            words = format!("{words}, {}", format::of_total(here as u64, runs as u64, "run", "runs"));
        }
        let mut names = vec![words.clone()];
        if !self.absent.is_empty() {
            names.push(format!("Not logged by {}", self.absent.join(", ")));
        }
        names.extend(self.failed.iter().map(|(run, reason)| format!("{run} could not be read: {reason}")));
        (words, names.join("\n"))
    }
}

const NOT_HERE: &str = "its points are not in this browser";

/// What stands on x.
enum Over {
    /// The points' own steps or times.
    Itself,
    /// Another metric that is still being read.
    Coming,
    /// Another metric that the run did not log.
    Missing,
    /// Another metric.
    Metric(Arc<History>),
}

impl Over {
    fn history(self) -> Option<Arc<History>> {
        if let Self::Metric(history) = self { Some(history) } else { None }
    }
}

/// What was made of points before.
#[derive(Default)]
struct Known<'a>(HashMap<&'a RunKey, Vec<&'a Arc<Trace>>>);

impl<'a> Known<'a> {
    fn of(before: &'a Curves) -> Self {
        let mut known: HashMap<&RunKey, Vec<&Arc<Trace>>> = HashMap::new();
        for (run, series) in before.runs.iter().zip(&before.series) {
            known.entry(run).or_default().push(&series.trace);
        }
        Self(known)
    }

    fn trace(&self, shown: &ShownRun, history: Arc<History>, over: Option<Arc<History>>) -> Arc<Trace> {
        let is_same = |trace: &Trace| {
            Arc::ptr_eq(trace.history(), &history)
                && match (trace.x_history(), &over) {
                    (None, None) => true,
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    _ => false,
                }
        };
        let same = self.0.get(&shown.key).into_iter().flatten().find(|trace| is_same(trace));
        if let Some(trace) = same {
            return Arc::clone(trace);
        }
        let trace = Trace::new(history, shown.run.run.start_time);
        Arc::new(match over {
            Some(over) => trace.over(over),
            None => trace,
        })
    }
}
