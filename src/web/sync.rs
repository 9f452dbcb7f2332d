//! Drives a sync: requests to the server, transactions and events out. Runs in the worker.
//!
//! What to ask is thought in core ([`runatlas_core::mlflow::sync`]); here it is only carried.

use std::{cell::Cell, cell::RefCell, pin::Pin, rc::Rc};

use futures::{
    FutureExt as _, StreamExt as _,
    future::{Either, select},
    stream::FuturesUnordered,
};
use runatlas_core::{
    job::{
        Event, ReportBuilder, SyncJob,
        ingest::{Batch, Ingest},
    },
    mlflow::{
        Answer, Credentials, FileRule, ServerUrl, TransportError,
        sync::{Action, FilesPlan, Scope, Stop, Sync, SyncOptions, SyncPlan, Ticket},
    },
    model::{ArtifactOwner, Counts, Run, Source, SourceKind, SourceState},
    read::Record,
};

use super::{
    http,
    import::new_id,
    now,
    store::{Store, StoreError},
};

/// Looks this often whether a person has stopped it.
const LOOK_MILLIS: i64 = 200;

type Coming = Pin<Box<dyn Future<Output = (Ticket, Result<Answer, TransportError>)>>>;

/// Syncs a source with its server. Ends with an event that [is the end](Event::is_end); stops soon
/// after `cancelled` is set.
pub async fn run(store: &Store, job: &SyncJob, emit: &dyn Fn(Event), cancelled: &Cell<bool>) {
    let end = match Driver::begin(store, job, emit).await {
        Ok(mut driver) => driver.drive(cancelled).await,
        Err(reason) => Event::Failed { message: reason },
    };
    emit(end);
}

struct Driver<'a> {
    store: &'a Store,
    emit: &'a dyn Fn(Event),
    server: Rc<ServerUrl>,
    credentials: Rc<Credentials>,
    source: Source,
    sync: Sync,
    ingest: RefCell<Ingest>,
    report: ReportBuilder,
    coming: FuturesUnordered<Coming>,
    wait_until: i64,
}

/// How a sync came to its end.
enum End {
    Done(Counts),
    Cancelled,
    Stopped(Stop),
}

impl<'a> Driver<'a> {
    async fn begin(store: &'a Store, job: &SyncJob, emit: &'a dyn Fn(Event)) -> Result<Self, String> {
        let server = ServerUrl::paste(&job.server).map_err(|error| error.to_string())?.server;
        let credentials =
            Credentials::new(&server, job.sign_in.clone()).map_err(|error| error.to_string())?;
        let told = |error: StoreError| error.to_string();
        let known = match &job.into {
            Some(id) => Some(store.source(id).await.map_err(told)?.ok_or(StoreError::Gone).map_err(told)?),
            None => None,
        };
        let source = known.unwrap_or_else(|| Source {
            id: new_id(),
            name: job.name.clone(),
            kind: SourceKind::Server,
            file_name: server.host_and_port(),
            path: server.to_string(),
            added: now(),
            ..Source::default()
        });
        let source = store.begin_import(&source).await.map_err(told)?;
        emit(Event::Began {
            source: source.id.clone(),
            name: source.name.clone(),
            kind: source.kind,
            index: 0,
        });
        let cursor = store.cursor(&source.id).await.map_err(told)?;
        let plan = SyncPlan {
            scope: if job.runs.is_empty() { Scope::All } else { Scope::Runs(job.runs.clone()) },
            stored: stored(store, &source.id, job).await.map_err(told)?,
            files: files(store, &source.id, job).await.map_err(told)?,
            options: SyncOptions { seed: job.seed, ..SyncOptions::default() },
        };
        Ok(Self {
            store,
            emit,
            server: Rc::new(server),
            credentials: Rc::new(credentials),
            ingest: RefCell::new(Ingest::new(source.imports)),
            sync: Sync::new(plan, &cursor),
            source,
            report: ReportBuilder::default(),
            coming: FuturesUnordered::new(),
            wait_until: 0,
        })
    }

    async fn drive(&mut self, cancelled: &Cell<bool>) -> Event {
        let end = loop {
            if cancelled.get() {
                break Ok(End::Cancelled);
            }
            match self.turn().await {
                Ok(None) => self.wait().await,
                Ok(Some(end)) => break Ok(end),
                Err(error) => break Err(error),
            }
        };
        self.finish(end).await
    }

    /// Does all that is to be done now.
    async fn turn(&mut self) -> Result<Option<End>, StoreError> {
        self.wait_until = i64::MAX;
        for action in self.sync.poll(now()) {
            match action {
                Action::Ask { ticket, request, timeout_millis } => {
                    let (server, credentials) = (Rc::clone(&self.server), Rc::clone(&self.credentials));
                    self.coming.push(Box::pin(async move {
                        (ticket, http::send(&server, &credentials, &request, timeout_millis).await)
                    }));
                }
                Action::Write { records, cursor } => self.write(records, cursor).await?,
                Action::Progress(progress) => {
                    (self.emit)(Event::Synced { source: self.source.id.clone(), progress });
                }
                Action::WaitUntil(time) => self.wait_until = time,
                Action::Done(report) => return Ok(Some(End::Done(report.read))),
                Action::Failed(stop) => return Ok(Some(End::Stopped(stop))),
            }
        }
        Ok(None)
    }

    async fn write(&mut self, records: Vec<Record>, cursor: Vec<u8>) -> Result<(), StoreError> {
        for record in &records {
            self.report.add(record);
        }
        let mut batch = Batch::default();
        self.ingest.borrow_mut().take(records, &mut batch);
        batch.set_cursor(cursor);
        self.source = self.store.write(&self.source.id, &self.ingest, batch).await?.source;
        Ok(())
    }

    /// Until an answer came, or it is time for something else. All answers that are here are taken.
    async fn wait(&mut self) {
        let millis = self.wait_until.saturating_sub(now()).clamp(0, LOOK_MILLIS) as u32;
        let timer = gloo_timers::future::TimeoutFuture::new(millis);
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

    async fn finish(&mut self, end: Result<End, StoreError>) -> Event {
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
            (Ok(End::Stopped(stop)), Ok(_)) => {
                (self.emit)(Event::Stopped(stop.clone()));
                Event::Failed { message: stop.to_string() }
            }
            (Ok(End::Cancelled), Ok(_)) => Event::Cancelled,
            (Ok(End::Done(_)), Ok(source)) => {
                (self.emit)(Event::StoreDone { source: Box::new(source), report });
                Event::Finished
            }
        }
    }
}

/// The source's rule for artifact files, with what is listed.
async fn files(store: &Store, source: &str, job: &SyncJob) -> Result<FilesPlan, StoreError> {
    let setting = store.setting(&FileRule::setting(source)).await?;
    let Some(rule) = setting.and_then(|text| FileRule::from_text(&text)) else {
        return Ok(FilesPlan::default());
    };
    let listed = if job.runs.is_empty() {
        store.all_artifacts(source).await?
    } else {
        let mut listed = Vec::new();
        for run in &job.runs {
            listed.extend(store.artifacts(source, &ArtifactOwner::Run(run.clone())).await?);
        }
        listed
    };
    Ok(FilesPlan { rule: Some(rule), listed })
}

/// The runs that the server's are compared with.
async fn stored(store: &Store, source: &str, job: &SyncJob) -> Result<Vec<Run>, StoreError> {
    if job.runs.is_empty() {
        return store.all_runs(source).await;
    }
    let mut runs = Vec::with_capacity(job.runs.len());
    for id in &job.runs {
        runs.extend(store.run(source, id).await?);
    }
    Ok(runs)
}
