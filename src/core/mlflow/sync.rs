//! The sync engine: what to ask a server next, from what is stored and what was answered.
//!
//! A state machine without clock, chance or socket. The caller loops: [`Sync::poll`] with the time,
//! do each [`Action`], and [`Sync::answered`] whenever a request ended. Runs with params, tags and
//! latest metrics come first, so that a table shows; then all histories, in full; then logged models,
//! the registry, lists of artifacts, and those of their files that a rule names.
//!
//! To pause, stop polling; to go on, poll. To cancel, drop it. All that was handed out in an [`Action::Write`] is complete in itself, and its
//! cursor tells the next sync what need not be asked again. A written history is whole, as of when it
//! was read; a run's other histories may still have only their latest point.
//!
//! No answer is trusted: page tokens that repeat, pages without end, web pages, cut-off and malformed
//! bodies, refusals and time-outs cost what was asked for, become a [`Note`] that names the request,
//! and the rest goes on. Only 401, 403 and a server that is gone stop the whole.

mod action;
mod backoff;
mod book;
mod cursor;
mod failure;
mod files;
mod histories;
mod job;
mod metadata;
mod pace;
mod plan;
mod queue;
mod verdict;
mod writing;

use std::collections::{BTreeSet, HashMap};

pub use action::{Action, Phase, Progress, Stop, SyncReport, Ticket};
pub use pace::Pace;
pub use plan::{FilesPlan, Scope, SyncOptions, SyncPlan};

use self::{
    backoff::Backoff,
    book::Book,
    cursor::Cursor,
    failure::Outage,
    files::Files,
    job::{Job, Paging, RunsOf},
    queue::Queue,
};
use super::{Answer, TransportError, Weight, wire::WireError};
use crate::{
    model::{Millis, Note, Run},
    read::Record,
};

/// Between two words on progress, in milliseconds.
const TELL_EVERY: i64 = 100;
/// A sync of one server, see the module.
#[derive(Debug)]
pub struct Sync {
    scope: Scope,
    options: SyncOptions,
    stored: HashMap<String, Run>,
    cursor: Cursor,
    queue: Queue,
    book: Book,
    backoff: Backoff,
    /// Records that are no runs and no histories, on their way out.
    out: Vec<Record>,
    experiments: BTreeSet<String>,
    /// Logged models with their marks.
    models: Vec<(String, u64)>,
    /// Names of what the registry has answered.
    registered: BTreeSet<(String, String)>,
    knows_no_models: bool,
    asked_version: bool,
    outage: Option<Outage>,
    halted: Option<Stop>,
    /// The end, or the stop, was told.
    told: bool,
    good_answers: u64,
    /// Lists of artifacts that failed one after the other.
    failed_listings: u32,
    files: Files,
    report: SyncReport,
    written_cursor: Vec<u8>,
    last_write: Option<Millis>,
    last_told: Option<Progress>,
}

impl Sync {
    /// A sync that has asked nothing yet. `cursor` is what the last [`Action::Write`] of this source
    /// carried, or empty.
    pub fn new(plan: SyncPlan, cursor: &[u8]) -> Self {
        let mut queue = Queue::default();
        match &plan.scope {
            Scope::All => queue.push(Job::Experiments { paging: Paging::default() }),
            Scope::Experiments(ids) => {
                for id in ids {
                    queue.push(Job::Experiment { id: id.clone() });
                    queue.push(Job::Runs { of: RunsOf::Experiment(id.clone()), paging: Paging::default() });
                }
            }
            Scope::News { experiments, since } => {
                let all = experiments.clone();
                queue.push(Job::Runs { of: RunsOf::Running(all.clone()), paging: Paging::default() });
                queue.push(Job::Runs { of: RunsOf::Since(all, *since), paging: Paging::default() });
            }
        }
        Self {
            scope: plan.scope,
            options: plan.options,
            stored: plan.stored.into_iter().map(|run| (run.id.clone(), run)).collect(),
            cursor: Cursor::from_bytes(cursor),
            queue,
            book: Book::default(),
            backoff: Backoff::new(plan.options.seed),
            out: Vec::new(),
            experiments: BTreeSet::new(),
            models: Vec::new(),
            registered: BTreeSet::new(),
            knows_no_models: false,
            asked_version: false,
            outage: None,
            halted: None,
            told: false,
            good_answers: 0,
            failed_listings: 0,
            files: Files::new(plan.files),
            report: SyncReport::default(),
            written_cursor: cursor.to_vec(),
            last_write: None,
            last_told: None,
        }
    }

    /// What to do now, in this order. Nothing after [`Action::Done`].
    pub fn poll(&mut self, now: Millis) -> Vec<Action> {
        let mut actions = Vec::new();
        self.tick(now);
        self.report.progress.under_way = self.queue.under_way() as u32;
        let turned = self.halted.is_none() && self.advance();
        let ended = self.queue.is_empty() && self.progress().phase == Phase::Over;
        self.write(turned || ended || self.halted.is_some(), &mut actions);
        if let Some(stop) = &self.halted {
            if !std::mem::replace(&mut self.told, true) {
                actions.push(Action::Failed(stop.clone()));
            }
        } else if ended {
            if !std::mem::replace(&mut self.told, true) {
                self.tell(true, &mut actions);
                actions.push(Action::Done(Box::new(self.report.clone())));
            }
        } else {
            self.ask(&mut actions);
            self.report.progress.under_way = self.queue.under_way() as u32;
            self.tell(turned, &mut actions);
            actions.extend(self.next_time().map(Action::WaitUntil));
        }
        actions
    }

    /// Takes what came of a request. Tickets that are not awaited are ignored.
    pub fn answered(&mut self, ticket: Ticket, result: Result<Answer, TransportError>, now: Millis) {
        self.tick(now);
        let Some(under_way) = self.queue.finish(ticket) else { return };
        if let Ok(answer) = &result {
            self.report.progress.bytes += answer.body.len() as u64;
            self.outage = None;
        }
        self.judge(under_way, result);
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        self.report.progress
    }

    fn tick(&mut self, now: Millis) {
        let progress = &mut self.report.progress;
        if progress.requests == 0 && progress.started == 0 {
            progress.started = now;
        }
        // A clock that is set back must not make anything wait for hours.
        if now < progress.now && progress.held_until.is_some() {
            progress.held_until = Some(now);
        }
        progress.now = now;
    }

    fn now(&self) -> Millis {
        self.report.progress.now
    }

    /// Goes to the next phase when all of this one is answered; whether it did.
    fn advance(&mut self) -> bool {
        let before = self.progress().phase;
        while self.queue.is_empty() && self.progress().phase != Phase::Over {
            self.report.progress.phase = match self.progress().phase {
                Phase::Runs => {
                    self.plan_histories();
                    Phase::Histories
                }
                Phase::Histories => {
                    self.plan_models();
                    Phase::Models
                }
                Phase::Models => {
                    self.plan_inputs();
                    self.plan_artifacts();
                    Phase::Artifacts
                }
                Phase::Artifacts => {
                    self.plan_files();
                    Phase::Files
                }
                Phase::Files | Phase::Over => Phase::Over,
            };
        }
        before != self.progress().phase
    }

    /// Decodes an answer and takes in what it says.
    fn take(&mut self, job: &mut Job, body: &[u8]) -> Result<(), WireError> {
        match job {
            Job::Experiments { paging } => self.take_experiments(paging, body),
            Job::Experiment { .. } => self.take_experiment(body),
            Job::Runs { of, paging } => self.take_runs(of, paging, body),
            Job::Version => Ok(()),
            Job::Run { .. } => self.take_run(body),
            Job::Inputs { run } => self.take_inputs(*run, body),
            Job::Bulk { key, runs } => self.take_bulk(key, runs, body),
            Job::Points(points) => self.take_points(points, body),
            Job::LoggedModels { experiment, paging } => self.take_logged_models(experiment, paging, body),
            Job::RegisteredModels { paging } => self.take_registered_models(paging, body),
            Job::ModelVersions { paging } => self.take_model_versions(paging, body),
            Job::Artifacts(listing) => self.take_artifacts(listing, body),
            // Its bytes are no text of MLflow's, see `judge`.
            Job::File(_) => Ok(()),
        }
    }

    fn ask(&mut self, actions: &mut Vec<Action>) {
        let now = self.now();
        if self.report.progress.held_until.is_some_and(|time| time > now) {
            return;
        }
        self.report.progress.held_until = None;
        // As long as nothing answers, one request at a time is enough to find out.
        let most = if self.outage.is_some() { 1 } else { self.options.concurrency.max(1) };
        while self.queue.under_way() < most && self.has_memory() {
            let Some((ticket, under_way)) = self.queue.start(now) else { break };
            let (first_page, page) = (self.options.first_page, self.options.page);
            let request = under_way.job.request(first_page, page, |run| self.book.name(run));
            self.report.progress.requests += 1;
            self.report.progress.retries += u64::from(under_way.attempts > 1);
            let timeout_millis = match request.weight {
                Weight::Small => self.options.small_timeout,
                Weight::Large => self.options.large_timeout,
            };
            let timeout_millis = timeout_millis.saturating_add(under_way.job.extra_time());
            actions.push(Action::Ask { ticket, request, timeout_millis });
        }
    }

    /// When to poll again though no answer came.
    fn next_time(&self) -> Option<Millis> {
        let has_room = self.queue.under_way() < self.options.concurrency.max(1) && self.has_memory();
        let free = has_room && self.queue.waits();
        let asks = if free && (self.outage.is_none() || self.queue.under_way() == 0) {
            self.queue.next_time().max(self.progress().held_until)
        } else {
            None
        };
        [asks, self.write_time()].into_iter().flatten().min()
    }

    fn tell(&mut self, now: bool, actions: &mut Vec<Action>) {
        let progress = self.report.progress;
        let silent = |last: Progress| progress.now.saturating_sub(last.now) < TELL_EVERY && !now;
        if self
            .last_told
            .is_some_and(|last| silent(last) || Progress { now: progress.now, ..last } == progress)
        {
            return;
        }
        self.last_told = Some(progress);
        actions.push(Action::Progress(progress));
    }

    fn note(&mut self, note: Note) {
        self.report.notes_in_all += 1;
        if self.report.notes.len() < SyncReport::MAX_NOTES {
            self.report.notes.push(note.clone());
        }
        self.out.push(Record::Note(note));
    }
}
