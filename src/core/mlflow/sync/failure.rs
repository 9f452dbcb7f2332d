//! What becomes of requests that failed.

use super::{
    Sync,
    action::Stop,
    book::Outcome,
    job::{Job, PointsJob},
    queue::UnderWay,
    verdict::{Again, Refusal, Verdict, judge, undecodable},
};
use crate::{
    mlflow::{Answer, Request, TransportError},
    model::{Millis, Note},
};

/// The server cannot be reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outage {
    /// Failures of requests asked before this tell nothing new.
    since: Millis,
    /// How often it was tried.
    rounds: u32,
}

/// After so many failures in a row no more artifacts are listed.
const HOPELESS_LISTINGS: u32 = 20;

impl Sync {
    pub(super) fn judge(&mut self, mut under_way: UnderWay, result: Result<Answer, TransportError>) {
        if result == Err(TransportError::Aborted) {
            self.queue.push_again(under_way.job, under_way.attempts.saturating_sub(1), Millis::MIN);
            return;
        }
        let attempts = self.options.retries.saturating_add(1);
        let content_type = result.as_ref().map(|answer| answer.content_type.clone()).unwrap_or_default();
        match judge(result, self.now(), attempts) {
            Verdict::Good(body) if matches!(under_way.job, Job::File(_)) => {
                self.good_answers += 1;
                if let Job::File(file) = under_way.job {
                    self.take_file(&file, body, &content_type);
                }
            }
            Verdict::Good(body) => match self.take(&mut under_way.job, &body) {
                Ok(()) => self.good_answers += 1,
                Err(error) => self.again(under_way, undecodable(&error, attempts)),
            },
            Verdict::Again(again) => self.again(under_way, again),
            Verdict::Refused(refusal) => self.give_up(under_way.job, refusal),
            // It may be the storage of this file alone that refuses.
            Verdict::Stop(Stop::Forbidden { message }) if matches!(under_way.job, Job::File(_)) => {
                let reason = format!("answered 403: {message}");
                self.give_up(under_way.job, Refusal { status: 403, reason });
            }
            Verdict::Stop(stop) => {
                self.queue.push_again(under_way.job, under_way.attempts.saturating_sub(1), Millis::MIN);
                self.halt(stop);
            }
        }
    }

    fn halt(&mut self, stop: Stop) {
        if self.halted.is_none() {
            self.halted = Some(stop);
            self.told = false;
        }
    }

    fn again(&mut self, under_way: UnderWay, again: Again) {
        let UnderWay { job, attempts, asked } = under_way;
        let now = self.now();
        if again.unreachable {
            let known = self.outage.map_or(Outage { since: now, rounds: 0 }, |outage| outage);
            let tells = known.rounds == 0 || asked >= known.since;
            self.outage = Some(if tells { Outage { since: now, rounds: known.rounds + 1 } } else { known });
        }
        let rounds = self.outage.map_or(0, |outage| outage.rounds);
        let wait = again.wait.unwrap_or_else(|| self.backoff.wait(attempts.max(rounds)));
        let time = now.saturating_add(wait);
        if again.of_server {
            let held = self.report.progress.held_until.map_or(time, |held| held.max(time));
            self.report.progress.held_until = Some(held);
        }
        if matches!(job, Job::Artifacts(_)) {
            self.count_failed_listing();
        }
        if let Job::File(file) = &job
            && !again.of_server
            && attempts < again.attempts
        {
            self.count_failed_file(&file.storage);
        }
        if rounds > self.options.retries
            && !self.queue.waits()
            && self.good_answers > 0
            && !self.asked_version
        {
            // Is it the server that is gone, or only what this request asks for?
            self.asked_version = true;
            self.queue.push(Job::Version);
            self.queue.push_again(job, attempts, time);
        } else if rounds > self.options.retries {
            self.queue.push_again(job, 0, Millis::MIN);
            self.halt(Stop::Unreachable { reason: again.reason, attempts: rounds });
        } else if attempts >= again.attempts {
            let reason = match attempts {
                1 => again.reason,
                _ => format!("{}, {attempts} times", again.reason),
            };
            // Of the rest, whatever failed for good is asked for in another way, or next time.
            let status = if matches!(job, Job::File(_)) { again.status } else { 0 };
            self.give_up(job, Refusal { status, reason });
        } else {
            self.queue.push_again(job, attempts, time);
        }
    }

    /// Takes another way to the same data, or says what is missing.
    pub(super) fn give_up(&mut self, job: Job, refusal: Refusal) {
        let request = job.request(self.options.first_page, self.options.page, |run| self.book.name(run));
        let unknown = matches!(refusal.status, 404 | 405);
        match job {
            Job::Experiments { paging } if paging.pages() == 0 => {
                self.halt(Stop::Unusable { request: request.describe(), reason: refusal.reason });
                self.queue.push(Job::Experiments { paging });
            }
            Job::Bulk { key, runs } => {
                self.one_by_one(&key, runs);
                if unknown {
                    self.without_bulk();
                }
            }
            Job::Points(job) if job.from > 0 => {
                self.queue.push(Job::Points(PointsJob::whole(job.run, job.key)));
                if refusal.status != 0 {
                    self.without_offsets();
                }
            }
            Job::Points(job) => {
                self.skip(&request, &refusal.reason);
                self.settle(job.run, &job.key, Outcome::Failed);
            }
            // Whatever it says, it is there.
            Job::Version => {}
            Job::LoggedModels { paging, .. } if unknown && paging.pages() == 0 => {
                self.without_logged_models();
            }
            Job::Artifacts(_) => {
                self.report.progress.listings_done += 1;
                self.skip(&request, &refusal.reason);
                self.count_failed_listing();
            }
            Job::File(job) => self.give_up_file(&job, &refusal),
            _ => self.skip(&request, &refusal.reason),
        }
    }

    fn one_by_one(&mut self, key: &str, runs: Vec<usize>) {
        for run in runs {
            self.queue.push(Job::Points(PointsJob::whole(run, key.to_owned())));
        }
    }

    /// The bulk call is none of the public ones: a proxy may let only those through.
    fn without_bulk(&mut self) {
        for job in self.queue.take_where(|job| matches!(job, Job::Bulk { .. })) {
            if let Job::Bulk { key, runs } = job {
                self.one_by_one(&key, runs);
            }
        }
    }

    /// Servers before MLflow 3 know no pages of histories.
    pub(super) fn without_offsets(&mut self) {
        for job in self.queue.take_where(|job| matches!(job, Job::Points(points) if points.from > 0)) {
            if let Job::Points(points) = job {
                self.queue.push(Job::Points(PointsJob::whole(points.run, points.key)));
            }
        }
    }

    /// Servers before MLflow 3 have none; said once.
    fn without_logged_models(&mut self) {
        self.queue.take_where(|job| matches!(job, Job::LoggedModels { .. }));
        if !std::mem::replace(&mut self.knows_no_models, true) {
            let reason = "this server knows no logged models: they came with MLflow 3";
            self.note(Note::info("logged-models/search", reason));
        }
    }

    /// The server may not have the key of its storage.
    fn count_failed_listing(&mut self) {
        self.failed_listings += 1;
        if self.failed_listings >= HOPELESS_LISTINGS {
            self.without_listings();
        }
    }

    fn without_listings(&mut self) {
        let dropped = self.queue.take_where(|job| matches!(job, Job::Artifacts(_))).len() as u64;
        self.report.progress.listings_done += dropped;
        if dropped > 0 {
            let reason = format!("no list of artifacts came; {dropped} others are not asked for");
            self.note(Note::skipped("artifacts/list", reason));
        }
    }

    pub(super) fn skip(&mut self, request: &Request, reason: &str) {
        self.note(Note::skipped(request.describe(), reason));
    }
}
