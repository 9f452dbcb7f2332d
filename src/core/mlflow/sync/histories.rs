//! Histories: which call reads which, and whether what came is whole.

use std::collections::BTreeMap;

use super::{
    Sync,
    book::{Need, Outcome, same},
    job::{Job, PointsJob},
};
use crate::{
    history::History,
    mlflow::{
        Request, call,
        wire::{self, WireError},
    },
    model::{Note, Point},
};

/// Histories of more points than this are read on from the stored ones, if the server can; a
/// shorter one costs less in a bulk.
const LONG: u64 = 2000;
/// After so many pages in a row that bring what the one before brought, a history does not end.
const MOST_REPEATS: u32 = 16;
/// Points that a bulk is expected to have at most: a guess too low costs that request again.
const EXPECTED: u64 = (call::BULK_POINTS - call::BULK_POINTS / 5) as u64;
/// gunicorn takes request lines of 4,094 bytes; a proxy's prefix comes on top.
const LONGEST_TARGET: usize = 3500;
/// As many run ids of 32 digits fit into that, beside a key of usual length.
const RUNS_AT_ONCE: usize = 80;

impl Sync {
    /// Asks for all that the book needs, some runs after the other, so that runs become whole one
    /// after the other.
    pub(super) fn plan_histories(&mut self) {
        let needy: Vec<usize> = (0..self.book.len())
            .filter(|&run| self.book.get(run).is_some_and(|e| !e.needs.is_empty()))
            .collect();
        for runs in needy.chunks(RUNS_AT_ONCE) {
            let mut keys: BTreeMap<String, Vec<(usize, Need)>> = BTreeMap::new();
            for &run in runs {
                for (key, need) in self.book.get(run).into_iter().flat_map(|entry| &entry.needs) {
                    keys.entry(key.clone()).or_default().push((run, *need));
                }
            }
            for (key, needs) in keys {
                self.report.progress.histories += needs.len() as u64;
                self.plan_key(&key, needs);
            }
        }
    }

    fn plan_key(&mut self, key: &str, needs: Vec<(usize, Need)>) {
        let reads_on = !self.options.verify;
        let mut group = Group::default();
        for (run, need) in needs {
            let expected = expected(&need);
            if let Some((count, _)) = need.stored.filter(|(count, _)| *count >= LONG && reads_on) {
                self.queue.push(Job::Points(PointsJob::from(run, key.to_owned(), count - 1)));
            } else if expected > EXPECTED {
                self.queue.push(Job::Points(PointsJob::whole(run, key.to_owned())));
            } else {
                let bytes = Request::get("").with("run_id", self.book.name(run)).target().len();
                if group.points + expected > EXPECTED || group.bytes + bytes > room(key) {
                    self.push_group(key, std::mem::take(&mut group));
                }
                group.runs.push(run);
                group.points += expected;
                group.bytes += bytes;
            }
        }
        self.push_group(key, group);
    }

    fn push_group(&mut self, key: &str, group: Group) {
        if !group.runs.is_empty() {
            self.queue.push(Job::Bulk { key: key.to_owned(), runs: group.runs });
        }
    }

    /// The bulk call leaves out what is beyond its bound and does not say so: what may be cut, or
    /// lacks the latest point, is asked for by itself.
    pub(super) fn take_bulk(&mut self, key: &str, runs: &[usize], body: &[u8]) -> Result<(), WireError> {
        let answer = wire::bulk(body)?;
        let full = answer.iter().map(|(_, history)| history.len()).sum::<usize>() >= call::BULK_POINTS;
        let last = answer.last().map(|(run, _)| run.clone());
        let mut found: BTreeMap<String, History> = BTreeMap::new();
        for (run, history) in answer {
            append(found.entry(run).or_default(), &history);
        }
        for &run in runs {
            let name = self.book.name(run).to_owned();
            let history = found.remove(&name).unwrap_or_default();
            let cut = full && (history.is_empty() || last.as_ref() == Some(&name));
            let latest = self.book.need(run, key).map(|need| need.latest);
            if cut || !latest.is_some_and(|latest| reaches(&history, &latest)) {
                self.queue.push(Job::Points(PointsJob::whole(run, key.to_owned())));
            } else {
                self.settle(run, key, Outcome::Whole(history));
            }
        }
        Ok(())
    }

    pub(super) fn take_points(&mut self, job: &mut PointsJob, body: &[u8]) -> Result<(), WireError> {
        let page = wire::history(body)?;
        job.repeats = if repeats(&job.so_far, &page.history) { job.repeats + 1 } else { 0 };
        // File stores keep the same point twice, but not whole pages of it for long.
        let repeated = job.repeats > MOST_REPEATS;
        let is_first = job.so_far.is_empty();
        append(&mut job.so_far, &page.history);
        match job.paging.turn(page.next, !page.history.is_empty() && !repeated) {
            Ok(true) if is_first && job.from > 0 && !self.follows(job) => self.misled(job),
            Ok(true) => self.queue.push(Job::Points(job.take())),
            Ok(false) if job.from == 0 => self.take_whole(job),
            Ok(false) if self.follows(job) => {
                let history: History = job.so_far.iter().skip(1).collect();
                self.settle(job.run, &job.key, Outcome::More(history));
            }
            Ok(false) => self.misled(job),
            Err(reason) => {
                let request = Job::Points(job.clone()).request(0, 0, |run| self.book.name(run));
                self.note(Note::skipped(request.describe(), reason));
                self.settle(job.run, &job.key, Outcome::Failed);
            }
        }
        Ok(())
    }

    fn take_whole(&mut self, job: &mut PointsJob) {
        let first = job.so_far.get(0).map(|point| point.value.to_bits());
        if job.misled.is_some_and(|(bits, length)| first == Some(bits) && length == job.so_far.len()) {
            // The same came when only the last points were asked for.
            self.without_offsets();
        }
        let history = std::mem::take(&mut job.so_far);
        self.settle(job.run, &job.key, Outcome::Whole(history));
    }

    /// Whether the points go on from the stored ones: the first is the last stored one, and all
    /// others come after it. Databases answer by (timestamp, step, value), so that a point that came
    /// late shifts the others; file stores only append.
    fn follows(&self, job: &PointsJob) -> bool {
        let Some((_, last)) = self.book.need(job.run, &job.key).and_then(|need| need.stored) else {
            return false;
        };
        let mut points = job.so_far.iter();
        points.next().is_some_and(|first| same(&first, &last))
            && points.all(|point| (point.step, point.timestamp) > (last.step, last.timestamp))
    }

    /// The stored points are not where they were: the whole history is read again.
    fn misled(&mut self, job: &PointsJob) {
        let first = job.so_far.get(0).map(|point| (point.value.to_bits(), job.so_far.len()));
        let whole = PointsJob { misled: first, ..PointsJob::whole(job.run, job.key.clone()) };
        self.queue.push(Job::Points(whole));
    }

    pub(super) fn settle(&mut self, run: usize, key: &str, outcome: Outcome) {
        if let Outcome::Whole(history) | Outcome::More(history) = &outcome {
            self.report.progress.points += history.len() as u64;
        }
        if self.book.settle(run, key, outcome, &mut self.cursor) {
            self.report.progress.histories_done += 1;
        }
    }
}

#[derive(Default)]
struct Group {
    runs: Vec<usize>,
    points: u64,
    bytes: usize,
}

/// Room for run ids in a bulk request of this metric.
fn room(key: &str) -> usize {
    LONGEST_TARGET.saturating_sub(call::bulk(key, []).target().len())
}

/// How many points a history probably has: most are logged once a step.
fn expected(need: &Need) -> u64 {
    let by_step = u64::try_from(need.latest.step).unwrap_or(1000).saturating_add(1);
    let stored = need.stored.map_or(0, |(count, _)| count);
    by_step.min(EXPECTED + 1).max(stored)
}

/// Whether a history goes as far as the latest point that the server told of.
fn reaches(history: &History, latest: &Point) -> bool {
    history.iter().any(|point| (point.step, point.timestamp) >= (latest.step, latest.timestamp))
}

/// Whether a page is the end of what came before, point by point.
fn repeats(so_far: &History, page: &History) -> bool {
    let Some(start) = so_far.len().checked_sub(page.len()) else { return false };
    !page.is_empty() && so_far.iter().skip(start).zip(page.iter()).all(|(a, b)| same(&a, &b))
}

fn append(history: &mut History, page: &History) {
    history.steps.extend_from_slice(&page.steps);
    history.timestamps.extend_from_slice(&page.timestamps);
    history.values.extend_from_slice(&page.values);
}
