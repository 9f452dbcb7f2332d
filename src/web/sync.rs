//! Drives a sync: requests to the server, transactions and events out. Runs in the worker.
//!
//! What to ask is thought in core ([`runatlas_core::mlflow::sync`]); here it is only carried.

mod follow;

use std::{
    cell::{Cell, RefCell},
    pin::Pin,
    rc::Rc,
};

use futures::{
    FutureExt as _, StreamExt as _,
    future::{Either, select},
    stream::FuturesUnordered,
};
use gloo_timers::future::TimeoutFuture;
use runatlas_core::{
    job::{
        Event, ReportBuilder, SyncJob,
        ingest::{Batch, Ingest},
    },
    mlflow::{
        Access, Answer, FileRule, TransportError,
        sync::{Action, FilesPlan, Scope, Stop, Sync, SyncOptions, SyncPlan, Ticket},
    },
    model::{Counts, Source, SourceKind, SourceState},
    read::Record,
};

use super::{
    http,
    import::new_id,
    lock::Lock,
    now, sleep_millis,
    store::{Store, StoreError},
};

pub use follow::follow;

/// Looks this often whether a person has stopped or held it.
const LOOK_MILLIS: i64 = 200;

/// Tries so often, [`LOOK_MILLIS`] apart, to get the right to sync: eight seconds.
const HOLD_TRIES: u32 = 40;

type Coming = Pin<Box<dyn Future<Output = (Ticket, Result<Answer, TransportError>)>>>;

/// What a person wants of a sync that is under way.
#[derive(Debug, Default)]
pub struct Wishes {
    /// It is to end.
    pub cancelled: Cell<bool>,
    /// It is to ask nothing for now.
    pub paused: Cell<bool>,
}

/// Syncs a source with its server. Ends with an event that [is the end](Event::is_end); stops soon
/// after it is cancelled.
pub async fn run(store: &Store, job: &SyncJob, emit: &dyn Fn(Event), wishes: &Wishes) {
    let end = match sync(store, job, emit, wishes).await {
        Ok(end) => end,
        Err(reason) => Event::Failed { message: reason },
    };
    emit(end);
}

async fn sync(store: &Store, job: &SyncJob, emit: &dyn Fn(Event), wishes: &Wishes) -> Result<Event, String> {
    let told = |error: StoreError| error.to_string();
    let access = &job.access;
    let known = match &job.into {
        Some(id) => Some(store.source(id).await.map_err(told)?.ok_or(StoreError::Gone).map_err(told)?),
        None => None,
    };
    let source = known.unwrap_or_else(|| Source {
        id: new_id(),
        name: job.name.clone(),
        kind: SourceKind::Server,
        file_name: access.server.host_and_port(),
        path: access.server.to_string(),
        added: now(),
        ..Source::default()
    });
    let Some(_lock) = wait_to_hold(&source.id, wishes).await else { return Ok(Event::Elsewhere) };
    let source = store.begin_import(&source).await.map_err(told)?;
    emit(Event::Began { source: source.id.clone(), name: source.name.clone(), kind: source.kind, index: 0 });
    let plan = SyncPlan {
        scope: match job.experiments.as_slice() {
            [] => Scope::All,
            some => Scope::Experiments(some.to_vec()),
        },
        stored: store.all_runs(&source.id).await.map_err(told)?,
        files: files(store, &source.id).await.map_err(told)?,
        options: SyncOptions { seed: job.seed, ..SyncOptions::default() },
    };
    let cursor = store.cursor(&source.id).await.map_err(told)?;
    let mut driver = Driver::new(store, access, source, Sync::new(plan, &cursor));
    let end = driver.drive(emit, wishes).await;
    Ok(driver.finish(end, emit).await)
}

/// The source's rule for artifact files, with what is listed.
async fn files(store: &Store, source: &str) -> Result<FilesPlan, StoreError> {
    let setting = store.setting(&FileRule::setting(source)).await?;
    let Some(rule) = setting.and_then(|text| FileRule::from_text(&text)) else {
        return Ok(FilesPlan::default());
    };
    Ok(FilesPlan { rule: Some(rule), listed: store.all_artifacts(source).await? })
}

/// The right to sync a source; `None` when another tab has it.
async fn hold(source: &str) -> Option<Lock> {
    Lock::try_hold(&format!("runatlas sync {source}")).await
}

/// As [`hold`], but waits a while: a round that looks for news holds it for a second or two.
async fn wait_to_hold(source: &str, wishes: &Wishes) -> Option<Lock> {
    for _ in 0..HOLD_TRIES {
        if let Some(lock) = hold(source).await {
            return Some(lock);
        }
        if wishes.cancelled.get() {
            break;
        }
        sleep_millis(LOOK_MILLIS as u32).await;
    }
    hold(source).await
}

struct Driver<'a> {
    store: &'a Store,
    access: Rc<Access>,
    source: Source,
    sync: Sync,
    ingest: RefCell<Ingest>,
    report: ReportBuilder,
    coming: FuturesUnordered<Coming>,
    wait_until: i64,
    /// Notes go into the source's report. Those of a round would take the places of its last sync's.
    takes_notes: bool,
    /// Runs that were written.
    changed: u64,
}

/// How a sync came to its end.
enum End {
    Done(Counts),
    Cancelled,
    Stopped(Stop),
}

impl<'a> Driver<'a> {
    fn new(store: &'a Store, access: &Access, source: Source, sync: Sync) -> Self {
        Self {
            store,
            access: Rc::new(access.clone()),
            ingest: RefCell::new(Ingest::new(source.imports)),
            sync,
            source,
            report: ReportBuilder::default(),
            coming: FuturesUnordered::new(),
            wait_until: 0,
            takes_notes: true,
            changed: 0,
        }
    }

    async fn drive(&mut self, emit: &dyn Fn(Event), wishes: &Wishes) -> Result<End, StoreError> {
        loop {
            if wishes.cancelled.get() {
                return Ok(End::Cancelled);
            }
            if wishes.paused.get() {
                // What was asked is still taken, so that nothing is asked twice.
                self.wait_until = i64::MAX;
            } else if let Some(end) = self.turn(emit).await? {
                return Ok(end);
            }
            self.wait().await;
        }
    }

    /// Does all that is to be done now.
    async fn turn(&mut self, emit: &dyn Fn(Event)) -> Result<Option<End>, StoreError> {
        self.wait_until = i64::MAX;
        for action in self.sync.poll(now()) {
            match action {
                Action::Ask { ticket, request, timeout_millis } => {
                    let access = Rc::clone(&self.access);
                    self.coming.push(Box::pin(async move {
                        (ticket, http::send(&access, &request, timeout_millis).await)
                    }));
                }
                Action::Write { records, cursor } => self.write(records, cursor).await?,
                Action::Progress(progress) => {
                    emit(Event::Synced { source: self.source.id.clone(), progress });
                }
                Action::WaitUntil(time) => self.wait_until = time,
                Action::Done(report) => return Ok(Some(End::Done(report.read))),
                Action::Failed(stop) => return Ok(Some(End::Stopped(stop))),
            }
        }
        Ok(None)
    }

    async fn write(&mut self, mut records: Vec<Record>, cursor: Vec<u8>) -> Result<(), StoreError> {
        if !self.takes_notes {
            records.retain(|record| !matches!(record, Record::Note(_)));
        }
        let mut runs = Vec::new();
        for record in &records {
            self.report.add(record);
            if let Record::Run(run) = record {
                runs.push(run.id.clone());
            }
        }
        let mut batch = Batch::default();
        self.ingest.borrow_mut().take(records, &mut batch);
        batch.set_cursor(cursor);
        self.source = self.store.write(&self.source.id, &self.ingest, batch).await?.source;
        self.changed += runs.len() as u64;
        self.store.announce_runs(&self.source.id, &runs);
        Ok(())
    }

    /// Until an answer came, or it is time for something else. All answers that are here are taken.
    async fn wait(&mut self) {
        let millis = self.wait_until.saturating_sub(now()).clamp(0, LOOK_MILLIS) as u32;
        let timer = TimeoutFuture::new(millis);
        if self.coming.is_empty() {
            timer.await;
            return;
        }
        let first = match select(self.coming.next(), timer).await {
            Either::Left((first, _)) => first,
            Either::Right(_) => None,
        };
        let mut next = first;
        while let Some((ticket, result)) = next {
            self.sync.answered(ticket, result, now());
            next = self.coming.next().now_or_never().flatten();
        }
    }

    /// Says in the source how the sync ended.
    async fn finish(&mut self, end: Result<End, StoreError>, emit: &dyn Fn(Event)) -> Event {
        let state = match &end {
            Ok(End::Done(_)) => SourceState::Complete,
            Ok(End::Cancelled) => SourceState::Cancelled,
            Ok(End::Stopped(_)) | Err(_) => SourceState::Failed,
        };
        let mut report = std::mem::take(&mut self.report).finish();
        // A run is written once with its params, and again with its histories: the engine knows better.
        if let Ok(End::Done(read)) = &end {
            report.read = *read;
        }
        let finished = self.store.finish_import(&self.source.id, state, report.clone()).await;
        match (end, finished) {
            (Err(error), _) | (_, Err(error)) => Event::Failed { message: error.to_string() },
            (Ok(End::Stopped(stop)), Ok(_)) => Event::Stopped(stop),
            (Ok(End::Cancelled), Ok(_)) => Event::Cancelled,
            (Ok(End::Done(_)), Ok(source)) => {
                emit(Event::StoreDone { source: Box::new(source), report });
                Event::Finished
            }
        }
    }
}
