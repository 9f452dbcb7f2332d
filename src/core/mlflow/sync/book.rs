use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::cursor::{Cursor, mark_of_metric, mark_of_run};
use crate::{
    history::{History, compare_latest},
    model::{MetricSummary, ModelLink, Point, Run, stored::encode},
    read::Record,
};

/// All runs that the server told of, with what is still to be read of each.
#[derive(Debug, Default)]
pub(super) struct Book {
    numbers: HashMap<String, usize>,
    entries: Vec<Entry>,
    /// Entries with something to write.
    dirty: BTreeSet<usize>,
    /// Points that wait to be written.
    waiting_points: usize,
    written: u64,
}

#[derive(Debug)]
pub(super) struct Entry {
    /// As it is to be stored now: histories that are not read yet have the stored summaries, or
    /// none but the latest point.
    pub(super) run: Run,
    /// Metrics whose histories are to be read.
    pub(super) needs: BTreeMap<String, Need>,
    /// Names the run in its state.
    pub(super) mark: u64,
    histories: Vec<(String, History)>,
    /// A history could not be read: a doubtful run stays so.
    failed: bool,
    written: bool,
}

/// A history that is to be read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Need {
    /// The server's latest point.
    pub(super) latest: Point,
    /// What is stored of it.
    pub(super) stored: Option<(u64, Point)>,
}

/// How reading a history ended.
pub(super) enum Outcome {
    /// All points.
    Whole(History),
    /// The points that follow the stored ones.
    More(History),
    /// It could not be read.
    Failed,
}

impl Book {
    /// Takes in a run; whether it differs from the stored one, or lacks a history. `None` when it
    /// was there already: pages shift while runs are added.
    pub(super) fn add(
        &mut self,
        mut run: Run,
        stored: Option<Run>,
        cursor: &mut Cursor,
        verify: bool,
    ) -> Option<bool> {
        if self.numbers.contains_key(&run.id) {
            return None;
        }
        let number = self.entries.len();
        self.numbers.insert(run.id.clone(), number);
        let doubtful = verify
            || cursor.doubtful.contains(&run.id)
            || stored.as_ref().is_some_and(|stored| has_ended(stored, &run));
        let latest = std::mem::take(&mut run.metrics);
        let mut entry = Entry {
            mark: mark_of_run(&run),
            run,
            needs: BTreeMap::new(),
            histories: Vec::new(),
            failed: false,
            written: false,
        };
        entry.compare(latest, stored.as_ref(), cursor, doubtful);
        if doubtful && !entry.needs.is_empty() {
            cursor.doubtful.insert(entry.run.id.clone());
        } else {
            cursor.doubtful.remove(&entry.run.id);
        }
        // Bytes, since NaN equals nothing.
        let changed = stored.is_none_or(|stored| encode(&stored).ok() != encode(&entry.run).ok());
        let needy = !entry.needs.is_empty();
        if changed {
            self.dirty.insert(number);
        }
        self.entries.push(entry);
        Some(changed || needy)
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(super) fn get(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number)
    }

    /// A run by its id.
    pub(super) fn run(&self, id: &str) -> Option<&Run> {
        self.entries.get(*self.numbers.get(id)?).map(|entry| &entry.run)
    }

    /// A run's id by its number.
    pub(super) fn name(&self, number: usize) -> &str {
        self.entries.get(number).map(|entry| entry.run.id.as_str()).unwrap_or_default()
    }

    pub(super) fn need(&self, number: usize, key: &str) -> Option<Need> {
        self.entries.get(number)?.needs.get(key).copied()
    }

    /// Takes in a history; whether it was awaited.
    pub(super) fn settle(&mut self, number: usize, key: &str, outcome: Outcome, cursor: &mut Cursor) -> bool {
        let Some(entry) = self.entries.get_mut(number) else { return false };
        let Some(need) = entry.needs.remove(key) else { return false };
        match outcome {
            Outcome::Failed => entry.failed = true,
            Outcome::Whole(history) if history.is_empty() => {
                cursor.pointless.insert(mark_of_metric(&entry.run.id, key, &need.latest));
            }
            Outcome::Whole(mut history) => {
                history.sort();
                self.waiting_points += history.len();
                if let Some(mut summary) = history.summary(key) {
                    summary.last = later(summary.last, need.latest);
                    entry.keep(key, summary, history);
                }
            }
            Outcome::More(mut history) => {
                history.sort();
                self.waiting_points += history.len();
                let stored = entry.run.metric(key).cloned();
                if let (Some(stored), Some(new)) = (stored, history.summary(key)) {
                    entry.keep(key, united(stored, &new), history);
                }
            }
        }
        if entry.needs.is_empty() && !entry.failed {
            cursor.doubtful.remove(&entry.run.id);
        }
        self.dirty.insert(number);
        true
    }

    /// Takes in the models that a run read.
    pub(super) fn take_inputs(&mut self, number: usize, inputs: Vec<ModelLink>) {
        if let Some(entry) = self.entries.get_mut(number).filter(|entry| entry.run.model_inputs != inputs) {
            entry.run.model_inputs = inputs;
            self.dirty.insert(number);
        }
    }

    pub(super) fn waiting_points(&self) -> usize {
        self.waiting_points
    }

    /// How many runs were given out, each counted once.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    pub(super) fn is_dirty(&self) -> bool {
        !self.dirty.is_empty()
    }

    /// Gives out what is to be written: of each run its histories, then itself.
    pub(super) fn give_out(&mut self, out: &mut Vec<Record>) {
        self.waiting_points = 0;
        for number in std::mem::take(&mut self.dirty) {
            let Some(entry) = self.entries.get_mut(number) else { continue };
            for (key, history) in std::mem::take(&mut entry.histories) {
                out.push(Record::History { run_id: entry.run.id.clone(), key, history });
            }
            out.push(Record::Run(Box::new(entry.run.clone())));
            self.written += u64::from(!std::mem::replace(&mut entry.written, true));
        }
    }
}

impl Entry {
    /// Finds what is to be read, and keeps the summaries of what is stored.
    fn compare(&mut self, latest: Vec<MetricSummary>, stored: Option<&Run>, cursor: &Cursor, doubtful: bool) {
        let mut metrics: BTreeMap<String, MetricSummary> = BTreeMap::new();
        for found in latest {
            let known = stored.and_then(|run| run.metric(&found.key)).filter(|known| known.count > 0);
            let latest = found.last;
            let mark = mark_of_metric(&self.run.id, &found.key, &latest);
            let is_new = match known {
                Some(known) => doubtful || !same(&known.last, &latest),
                None => doubtful || !cursor.pointless.contains(&mark),
            };
            if is_new {
                let stored = known.map(|known| (known.count, known.last));
                self.needs.insert(found.key.clone(), Need { latest, stored });
            }
            metrics.insert(found.key.clone(), known.cloned().unwrap_or(found));
        }
        // A metric once stored is never lost, whatever became of it on the server.
        for known in stored.into_iter().flat_map(|run| &run.metrics) {
            metrics.entry(known.key.clone()).or_insert_with(|| known.clone());
        }
        self.run.metrics = metrics.into_values().collect();
        // `runs/search` of MLflow 3 answers none from databases (`_search_runs` in
        // `store/tracking/sqlalchemy_store.py`); they were asked for one by one.
        if let (true, Some(stored)) = (self.run.model_inputs.is_empty(), stored) {
            self.run.model_inputs.clone_from(&stored.model_inputs);
        }
    }

    fn keep(&mut self, key: &str, summary: MetricSummary, history: History) {
        match self.run.metrics.binary_search_by(|metric| metric.key.as_str().cmp(key)) {
            Ok(at) => {
                if let Some(metric) = self.run.metrics.get_mut(at) {
                    *metric = summary;
                }
            }
            Err(at) => self.run.metrics.insert(at, summary),
        }
        self.histories.push((key.to_owned(), history));
    }
}

/// Points may have come out of order, before the latest one, as long as a run went on: when it has
/// ended, all its histories are looked at once more.
fn has_ended(stored: &Run, run: &Run) -> bool {
    (stored.status.is_open() && !run.status.is_open()) || stored.end_time != run.end_time
}

/// Equal in every bit, but for the payload of NaN.
pub(super) fn same(a: &Point, b: &Point) -> bool {
    let value = a.value.to_bits() == b.value.to_bits() || (a.value.is_nan() && b.value.is_nan());
    value && a.step == b.step && a.timestamp == b.timestamp
}

/// The latest point as the server has it, unless the history, which was read later, goes further.
fn later(of_history: Point, of_server: Point) -> Point {
    let key = |point: &Point| (point.step, point.timestamp);
    if key(&of_history) > key(&of_server) { of_history } else { of_server }
}

/// The summary of a stored history and of points that follow it.
fn united(stored: MetricSummary, new: &MetricSummary) -> MetricSummary {
    let less = |a: Option<(f64, i64)>, b: Option<(f64, i64)>| match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 < a.0 { b } else { a }),
        (a, b) => a.or(b),
    };
    let more = |a: Option<(f64, i64)>, b: Option<(f64, i64)>| match (a, b) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    };
    let last = if compare_latest(&new.last, &stored.last).is_gt() { new.last } else { stored.last };
    MetricSummary {
        last,
        count: stored.count + new.count,
        min: less(stored.min, new.min),
        max: more(stored.max, new.max),
        sum: stored.sum + new.sum,
        non_finite: stored.non_finite + new.non_finite,
        first_non_finite_step: stored.first_non_finite_step.or(new.first_non_finite_step),
        ..stored
    }
}
