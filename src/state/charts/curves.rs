use std::{collections::HashMap, sync::Arc};

use runatlas_core::{
    chart::{Counts, Series, Trace},
    format,
    link::RunKey,
    model::RunStatus,
};

use crate::state::{Histories, HistoryKey, ShownRun};

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
                && (a.slot, a.dashed, a.running) == (b.slot, b.dashed, b.running)
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
    /// The curves of a metric; what `before` has made of the same points is kept.
    pub(super) fn of(
        metric: &str,
        shown: &[ShownRun],
        histories: Histories,
        before: Option<&Arc<Self>>,
    ) -> Self {
        let mut curves = Self::default();
        let mut asked = Vec::new();
        for run in shown {
            match run.run.run.metric(metric) {
                Some(summary) => asked.push((run, summary.count)),
                None => curves.absent.push(run.run.run.display_name().to_owned()),
            }
        }
        let keys: Vec<HistoryKey> = asked
            .iter()
            .map(|(shown, _)| HistoryKey {
                source: shown.key.source.clone(),
                run: shown.key.run.clone(),
                metric: metric.to_owned(),
            })
            .collect();
        let known: HashMap<&RunKey, &Arc<Trace>> = before
            .map(|before| before.runs.iter().zip(before.series.iter().map(|series| &series.trace)).collect())
            .unwrap_or_default();
        for (((shown, points), key), found) in asked.into_iter().zip(&keys).zip(histories.get(&keys)) {
            let run = &shown.run.run;
            let history = match found {
                None => {
                    curves.reading += points;
                    continue;
                }
                Some(None) => {
                    let reason = histories
                        .failure(key)
                        .unwrap_or_else(|| "its points are not in this browser".to_owned());
                    curves.failed.push((run.display_name().to_owned(), reason));
                    continue;
                }
                Some(Some(history)) => history,
            };
            let same = known.get(&shown.key).filter(|trace| Arc::ptr_eq(trace.history(), &history));
            let trace =
                same.map_or_else(|| Arc::new(Trace::new(history, run.start_time)), |trace| Arc::clone(trace));
            curves.series.push(Series {
                id: shown.key.run.clone(),
                label: run.display_name().to_owned(),
                slot: shown.slot,
                dashed: shown.slot.dashed(),
                running: run.status == RunStatus::Running,
                trace,
            });
            curves.runs.push(shown.key.clone());
        }
        curves
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
