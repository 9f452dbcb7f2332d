use std::collections::HashSet;

use super::{
    series::SeriesSet,
    store::{RunDraft, Store, sort},
};
use crate::{
    model::{MetricSummary, Point, Run},
    read::Record,
};

/// Series and runs that one step gives out, at most.
const SERIES_A_STEP: usize = 2000;
const RUNS_A_STEP: usize = 500;

/// Gives out histories, and each run when all of its own are out.
#[derive(Default)]
pub(super) struct RunEmitter {
    of_runs: Vec<OfRun>,
    next: usize,
}

#[derive(Default)]
struct OfRun {
    /// Series that are not given out, the last first.
    waiting: Vec<u32>,
    left: usize,
    summaries: Vec<MetricSummary>,
    /// Keys that have points.
    keys: HashSet<u32>,
    emitted: bool,
}

impl RunEmitter {
    pub(super) fn new(series: &SeriesSet, store: &mut Store) -> Self {
        let mut of_runs: Vec<OfRun> = Vec::new();
        of_runs.resize_with(store.runs.all.len(), OfRun::default);
        for (number, one) in series.all.iter().enumerate().rev() {
            if let Some(of_run) = of_runs.get_mut(one.run as usize) {
                of_run.waiting.push(number as u32);
                of_run.left += 1;
            }
        }
        for draft in &mut store.runs.all {
            draft.latest.sort_by_key(|&(key, _)| key);
        }
        Self { of_runs, next: 0 }
    }

    /// Gives out a series' points, and its run, if this was the last it waited for.
    pub(super) fn give_out(
        &mut self,
        number: u32,
        series: &mut SeriesSet,
        store: &mut Store,
        out: &mut Vec<Record>,
    ) {
        let Some((run, key, points)) = series.finish(number) else { return };
        let Some(of_run) = self.of_runs.get_mut(run as usize) else { return };
        let Some(draft) = store.runs.all.get(run as usize) else { return };
        let (run_id, latest) = (draft.run.id.clone(), latest(draft, key));
        if let Some(mut history) = points {
            history.sort();
            let key_text = store.key_text(key);
            if let Some(mut summary) = history.summary(&key_text) {
                summary.last = latest.unwrap_or(summary.last);
                of_run.summaries.push(summary);
                of_run.keys.insert(key);
                out.push(Record::History { run_id, key: key_text, history: *history });
            }
        }
        of_run.left -= 1;
        if of_run.left == 0 {
            self.emit_run(run as usize, store, out);
        }
    }

    /// Gives out some of the runs that are left, with their series; true at the end.
    pub(super) fn emit_some(
        &mut self,
        series: &mut SeriesSet,
        store: &mut Store,
        out: &mut Vec<Record>,
    ) -> bool {
        let (mut series_left, mut runs_left) = (SERIES_A_STEP, RUNS_A_STEP);
        while series_left > 0 && runs_left > 0 {
            let Some(of_run) = self.of_runs.get_mut(self.next) else { return true };
            if of_run.emitted {
                self.next += 1;
            } else if let Some(number) = of_run.waiting.pop() {
                self.give_out(number, series, store, out);
                series_left -= 1;
            } else {
                self.emit_run(self.next, store, out);
                runs_left -= 1;
            }
        }
        false
    }

    fn emit_run(&mut self, number: usize, store: &mut Store, out: &mut Vec<Record>) {
        let (Some(of_run), Some(draft)) = (self.of_runs.get_mut(number), store.runs.all.get_mut(number))
        else {
            return;
        };
        let of_run = std::mem::replace(of_run, OfRun { emitted: true, ..OfRun::default() });
        // Artifacts are found by the two ids later.
        let (id, experiment_id) = (draft.run.id.clone(), draft.run.experiment_id.clone());
        let ids = Run { id, experiment_id, ..Run::default() };
        let mut run = std::mem::replace(&mut draft.run, ids);
        let latest = std::mem::take(&mut draft.latest);
        run.metrics = of_run.summaries;
        for (key, point) in latest {
            if !of_run.keys.contains(&key) {
                store.pointless += 1;
                run.metrics.push(without_points(store.key_text(key), point));
            }
        }
        run.metrics.sort_by(|a, b| a.key.cmp(&b.key));
        sort(&mut run.params);
        for input in &mut run.inputs {
            sort(&mut input.tags);
        }
        run.damaged = store.damaged;
        out.push(Record::Run(Box::new(run)));
    }
}

/// The point that `latest_metrics` has, which is what MLflow's client shows.
fn latest(draft: &RunDraft, key: u32) -> Option<Point> {
    let at = draft.latest.binary_search_by_key(&key, |&(key, _)| key).ok()?;
    draft.latest.get(at).map(|&(_, point)| point)
}

/// A metric whose points are lost or were never written: its latest value is all there is.
fn without_points(key: String, point: Point) -> MetricSummary {
    MetricSummary { key, last: point, first: point, ..MetricSummary::default() }
}
