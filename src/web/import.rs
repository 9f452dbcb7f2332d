//! Drives an import: reader steps in, transactions and events out. The same for worker and page.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::channel::oneshot;
use runatlas_core::{
    job::{
        Advance, Event, ImportError, ImportJob, ImportProgress, ImportRunner, Origin, StoreInfo,
        ingest::{Batch, Ingest},
    },
    model::{ImportReport, Source, SourceState},
    read::{Progress, Record, Tree},
};
use wasm_bindgen_futures::spawn_local;

use super::{
    now,
    store::{Store, StoreError, Written},
    tick::yield_now,
};

/// A transaction's size, in bytes: large enough that its fixed costs do not matter, small enough
/// that readers of the same store wait some tens of milliseconds at most.
const BATCH_BYTES: usize = 4 << 20;
/// How long the import works before the browser gets its turn.
const TURN_MILLIS: f64 = 12.0;
/// How often progress is told.
const PROGRESS_MILLIS: f64 = 100.0;

/// Imports all stores of a tree, or one into a source. Ends with an event that
/// [is the end](Event::is_end); stops soon after `cancelled` is set.
pub async fn run(store: &Store, tree: &Tree, job: &ImportJob, emit: &dyn Fn(Event), cancelled: &Cell<bool>) {
    let end = match Import::begin(store, tree, job, emit, cancelled).await {
        Ok(mut import) => import.drive().await,
        Err(end) => end,
    };
    emit(end);
}

struct Import<'a> {
    store: &'a Store,
    job: &'a ImportJob,
    emit: &'a dyn Fn(Event),
    cancelled: &'a Cell<bool>,
    runner: ImportRunner,
    again: Option<Source>,
    /// How many stores could be opened, and what the last that could not said.
    opened: u32,
    unreadable: Option<String>,
    current: Option<Current>,
    turn_began: f64,
    progress_told: f64,
}

/// The source that is being written.
struct Current {
    source: Source,
    ingest: Rc<RefCell<Ingest>>,
    batch: Batch,
    /// A transaction runs while the reader goes on.
    writing: Option<oneshot::Receiver<Result<Written, StoreError>>>,
}

impl<'a> Import<'a> {
    async fn begin(
        store: &'a Store,
        tree: &Tree,
        job: &'a ImportJob,
        emit: &'a dyn Fn(Event),
        cancelled: &'a Cell<bool>,
    ) -> Result<Self, Event> {
        let again = match &job.into {
            Some(id) => Some(store.source(id).await.and_then(|found| found.ok_or(StoreError::Gone))),
            None => None,
        };
        let again = again.transpose().map_err(|error| failed(&error))?;
        let origin = again.as_ref().map(|source| Origin { kind: source.kind, path: &source.path });
        let runner = ImportRunner::new(tree, job, origin).map_err(|error| match error {
            ImportError::TooLarge(archives) => Event::TooLarge { archives },
            other => failed(&other),
        })?;
        emit(Event::Discovered { stores: runner.waiting() as u32 });
        let (opened, unreadable, current) = (0, None, None);
        let (turn_began, progress_told) = (js_sys::Date::now(), 0.0);
        Ok(Self {
            store,
            job,
            emit,
            cancelled,
            runner,
            again,
            opened,
            unreadable,
            current,
            turn_began,
            progress_told,
        })
    }

    /// Goes through all stores; the last event.
    async fn drive(&mut self) -> Event {
        loop {
            match self.step().await {
                Ok(None) => {}
                Ok(Some(end)) => return end,
                Err(error) => {
                    self.give_up().await;
                    return failed(&error);
                }
            }
            self.give_turn().await;
        }
    }

    async fn step(&mut self) -> Result<Option<Event>, StoreError> {
        if self.cancelled.get() {
            let report = self.runner.stop();
            self.finish_store(SourceState::Cancelled, report).await?;
            return Ok(Some(Event::Cancelled));
        }
        let mut records = Vec::new();
        match self.runner.advance(&mut records) {
            Advance::Began(info) => {
                self.begin_store(info).await?;
                self.take(records).await?;
            }
            Advance::Unreadable(note) => {
                self.unreadable = Some(format!("{}: {}", note.path, note.reason));
                (self.emit)(Event::Unreadable { note });
            }
            Advance::Read(progress) => {
                self.take(records).await?;
                self.tell_progress(progress);
            }
            Advance::StoreDone(report) => {
                self.take(records).await?;
                self.finish_store(SourceState::Complete, *report).await?;
            }
            Advance::Finished => {
                let unread = self.unreadable.take().filter(|_| self.opened == 0);
                return Ok(Some(unread.map_or(Event::Finished, |message| Event::Failed { message })));
            }
        }
        Ok(None)
    }

    async fn begin_store(&mut self, info: StoreInfo) -> Result<(), StoreError> {
        self.opened += 1;
        let mut source = self.again.clone().unwrap_or_else(|| Source {
            id: new_id(),
            name: info.name,
            kind: info.kind,
            demo: self.job.demo,
            path: info.path,
            added: now(),
            ..Source::default()
        });
        source.file_name.clone_from(&self.job.file_name);
        let source = self.store.begin_import(&source).await?;
        (self.emit)(Event::Began {
            source: source.id.clone(),
            name: source.name.clone(),
            kind: source.kind,
            index: info.index,
        });
        let ingest = Rc::new(RefCell::new(Ingest::new(source.imports)));
        self.current = Some(Current { source, ingest, batch: Batch::default(), writing: None });
        Ok(())
    }

    async fn take(&mut self, records: Vec<Record>) -> Result<(), StoreError> {
        let Some(current) = &mut self.current else {
            return Ok(());
        };
        current.ingest.borrow_mut().take(records, &mut current.batch);
        if current.batch.bytes() >= BATCH_BYTES {
            current.write(self.store).await?;
        }
        Ok(())
    }

    fn tell_progress(&mut self, progress: Progress) {
        let (Some(current), time) = (&self.current, js_sys::Date::now()) else {
            return;
        };
        if time - self.progress_told < PROGRESS_MILLIS {
            return;
        }
        self.progress_told = time;
        let counts = self.runner.counts();
        (self.emit)(Event::Progress(ImportProgress {
            source: current.source.id.clone(),
            done: progress.done,
            total: progress.total,
            runs: counts.runs,
            points: counts.points,
            bytes: current.source.bytes,
        }));
    }

    async fn finish_store(&mut self, state: SourceState, report: ImportReport) -> Result<(), StoreError> {
        let Some(mut current) = self.current.take() else {
            return Ok(());
        };
        let written = match current.write(self.store).await {
            Ok(()) => current.written().await,
            Err(error) => Err(error),
        };
        if let Err(error) = written {
            self.current = Some(current);
            return Err(error);
        }
        let source = self.store.finish_import(&current.source.id, state, report.clone()).await?;
        (self.emit)(Event::StoreDone { source: Box::new(source), report });
        Ok(())
    }

    /// Says in the source that its import failed. What was written before stays.
    async fn give_up(&mut self) {
        let report = self.runner.stop();
        if let Some(mut current) = self.current.take() {
            // Both may fail again, and for the reason that is already being reported.
            let _ = current.written().await;
            let _ = self.store.finish_import(&current.source.id, SourceState::Failed, report).await;
        }
    }

    async fn give_turn(&mut self) {
        if js_sys::Date::now() - self.turn_began >= TURN_MILLIS {
            yield_now().await;
            self.turn_began = js_sys::Date::now();
        }
    }
}

impl Current {
    /// Starts to write the batch, once the one before is in.
    async fn write(&mut self, store: &Store) -> Result<(), StoreError> {
        self.written().await?;
        let batch = std::mem::take(&mut self.batch);
        if batch.is_empty() {
            return Ok(());
        }
        let (done, writing) = oneshot::channel();
        let (store, id, ingest) = (store.clone(), self.source.id.clone(), Rc::clone(&self.ingest));
        spawn_local(async move {
            // Nobody waits any more only when the import was given up.
            let _ = done.send(store.write(&id, &ingest, batch).await);
        });
        self.writing = Some(writing);
        Ok(())
    }

    /// Waits for the transaction that runs.
    async fn written(&mut self) -> Result<(), StoreError> {
        let Some(writing) = self.writing.take() else {
            return Ok(());
        };
        let stopped = |_| StoreError::Failed { reason: "the write was stopped".to_owned() };
        self.source = writing.await.map_err(stopped)??.source;
        Ok(())
    }
}

fn failed(error: &impl std::fmt::Display) -> Event {
    Event::Failed { message: error.to_string() }
}

/// Ten letters and digits by chance.
pub fn new_id() -> String {
    const LETTERS: &[u8] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let letter = || LETTERS.get((js_sys::Math::random() * LETTERS.len() as f64) as usize);
    (0..10).filter_map(|_| letter().map(|&letter| char::from(letter))).collect()
}
