use std::collections::BTreeMap;

use super::{action::Ticket, job::Job};
use crate::model::Millis;

/// What waits and what is under way.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: BTreeMap<u64, Waiting>,
    under_way: BTreeMap<Ticket, UnderWay>,
    next: u64,
}

#[derive(Debug)]
struct Waiting {
    job: Job,
    attempts: u32,
    not_before: Millis,
}

/// A job whose answer is awaited.
#[derive(Debug)]
pub(super) struct UnderWay {
    pub(super) job: Job,
    /// This attempt included.
    pub(super) attempts: u32,
    pub(super) asked: Millis,
}

impl Queue {
    /// A new job, behind all others.
    pub(super) fn push(&mut self, job: Job) {
        self.push_again(job, 0, Millis::MIN);
    }

    /// A job that was tried, behind all others, and not before a time.
    pub(super) fn push_again(&mut self, job: Job, attempts: u32, not_before: Millis) {
        self.next += 1;
        self.waiting.insert(self.next, Waiting { job, attempts, not_before });
    }

    /// The first job whose time has come, now under way.
    pub(super) fn start(&mut self, now: Millis) -> Option<(Ticket, &UnderWay)> {
        let at = self.waiting.iter().find(|(_, waiting)| waiting.not_before <= now).map(|(&at, _)| at)?;
        let Waiting { job, attempts, .. } = self.waiting.remove(&at)?;
        self.next += 1;
        let ticket = Ticket(self.next);
        let started =
            self.under_way.entry(ticket).or_insert(UnderWay { job, attempts: attempts + 1, asked: now });
        Some((ticket, started))
    }

    /// The job of an answer; `None` for a ticket that is not awaited.
    pub(super) fn finish(&mut self, ticket: Ticket) -> Option<UnderWay> {
        self.under_way.remove(&ticket)
    }

    /// Takes out what waits and is of a kind.
    pub(super) fn take_where(&mut self, is: impl Fn(&Job) -> bool) -> Vec<Job> {
        self.waiting.extract_if(.., |_, waiting| is(&waiting.job)).map(|(_, waiting)| waiting.job).collect()
    }

    pub(super) fn under_way(&self) -> usize {
        self.under_way.len()
    }

    /// The listed sizes of all files under way.
    pub(super) fn file_bytes(&self) -> u64 {
        let size = |under_way: &UnderWay| match &under_way.job {
            Job::File(file) => file.entry.size,
            _ => 0,
        };
        self.under_way.values().map(size).fold(0, u64::saturating_add)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty() && self.under_way.is_empty()
    }

    pub(super) fn waits(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// When the next job may be asked that waits.
    pub(super) fn next_time(&self) -> Option<Millis> {
        self.waiting.values().map(|waiting| waiting.not_before).min()
    }
}
