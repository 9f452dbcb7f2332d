//! The page's end of the reading worker.
//!
//! Page to worker: objects `{ paths, files }` with some of the files, then `{ request }` with an
//! encoded [`Request`]. Worker to page: encoded [`Event`]s, the first of them [`Event::Ready`];
//! what is posted before that is lost. A worker serves one import or sync and is then ended, which
//! gives back its memory; that of a [`Session`] answers small questions until the session is dropped.

mod launch;
mod serve;
mod session;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Object, Reflect, Uint8Array};
use runatlas_core::{
    job::{self, Address, CompareJob, Event, ImportJob, Request, SyncJob},
    model::{ImportReport, Source, SourceState},
};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{
    Listener,
    files::{Dropped, DroppedFile},
    store::Store,
    tick::yield_now,
};

use launch::start_worker;
pub use launch::warm;
pub use serve::serve;
pub use session::Session;

/// What both ends must agree on.
const BUILD: &str = env!("CARGO_PKG_VERSION");
/// Files that are posted at a time: some ten milliseconds of the browser's work.
const FILES_AT_ONCE: usize = 1000;

/// A running import.
#[derive(Clone)]
pub struct ImportHandle {
    running: Rc<Running>,
}

impl ImportHandle {
    /// Holds a sync, or goes on with it.
    pub fn pause(&self, pause: bool) {
        self.running.paused.set(pause);
        if let Some(worker) = self.running.worker.borrow().as_ref() {
            post_request(worker, &Request::Pause(pause));
        }
    }

    /// Asks it to stop. [`Event::Cancelled`] follows when what is complete is stored.
    pub fn cancel(&self) {
        self.running.cancelled.set(true);
        if let Some(worker) = self.running.worker.borrow().as_ref() {
            post_request(worker, &Request::Cancel);
        }
    }
}

impl ImportHandle {
    /// Ends it at once and without a word; for work that writes nothing.
    pub fn end(&self) {
        self.running.ended.set(true);
        self.running.cancelled.set(true);
        self.running.end_worker();
    }
}

impl std::fmt::Debug for ImportHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ImportHandle").field("cancelled", &self.running.cancelled).finish_non_exhaustive()
    }
}

/// Imports files in the worker: the page itself carries no readers, which would double what a first
/// visit loads. `on_event` gets every event up to one that [is the end](Event::is_end);
/// [`Event::Ready`] is not among them.
/// The import goes on if the handle is dropped.
pub fn start_import(
    mut files: Dropped,
    mut job: ImportJob,
    on_event: impl FnMut(Event) + 'static,
) -> ImportHandle {
    job.notes.append(&mut files.notes);
    let running = Running::new(on_event);
    spawn_local(drive(Rc::clone(&running), files.files, Request::Import(job)));
    ImportHandle { running }
}

/// Syncs a source with its server in the worker; events as for [`start_import`].
pub fn start_sync(job: SyncJob, on_event: impl FnMut(Event) + 'static) -> ImportHandle {
    let running = Running::new(on_event);
    spawn_local(drive(Rc::clone(&running), Vec::new(), Request::Sync(Box::new(job))));
    ImportHandle { running }
}

/// Compares two files in the worker; events as for [`start_import`].
pub fn start_comparison(job: CompareJob, on_event: impl FnMut(Event) + 'static) -> ImportHandle {
    let running = Running::new(on_event);
    spawn_local(drive(Rc::clone(&running), Vec::new(), Request::Compare(Box::new(job))));
    ImportHandle { running }
}

/// Lets the connection doctor, who lives in the worker, examine a server; events as for
/// [`start_import`].
pub fn start_examination(address: Address, on_event: impl FnMut(Event) + 'static) -> ImportHandle {
    let running = Running::new(on_event);
    spawn_local(drive(Rc::clone(&running), Vec::new(), Request::Examine(Box::new(address))));
    ImportHandle { running }
}

struct Running {
    cancelled: Cell<bool>,
    paused: Cell<bool>,
    ended: Cell<bool>,
    /// The source that is being written.
    source: RefCell<Option<String>>,
    worker: RefCell<Option<web_sys::Worker>>,
    on_event: RefCell<Box<dyn FnMut(Event)>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Running {
    fn new(on_event: impl FnMut(Event) + 'static) -> Rc<Self> {
        Rc::new(Self {
            cancelled: Cell::new(false),
            paused: Cell::new(false),
            ended: Cell::new(false),
            source: RefCell::default(),
            worker: RefCell::default(),
            on_event: RefCell::new(Box::new(on_event)),
            listeners: RefCell::default(),
        })
    }

    fn emit(&self, event: Event) {
        if self.ended.get() {
            return;
        }
        match &event {
            Event::Began { source, .. } => *self.source.borrow_mut() = Some(source.clone()),
            Event::StoreDone { .. } => *self.source.borrow_mut() = None,
            _ => {}
        }
        if event.is_end() {
            self.ended.set(true);
            self.end_worker();
        }
        if let Event::Failed { .. } = &event {
            let source = self.source.borrow_mut().take();
            if let Some(source) = source {
                spawn_local(mark_failed(source));
            }
        }
        (self.on_event.borrow_mut())(event);
    }

    fn end_worker(&self) {
        if let Some(worker) = self.worker.borrow_mut().take() {
            worker.terminate();
        }
    }

    /// The worker is gone without a word.
    fn worker_died(&self, reason: &str) {
        self.emit(Event::Failed { message: format!("reading stopped: {reason}") });
    }
}

/// Says in a source that its import failed, if whoever wrote it could not any more.
async fn mark_failed(source: String) {
    let Ok(store) = Store::open().await else {
        return;
    };
    let is_open = |found: Source| found.state == SourceState::Importing;
    if store.source(&source).await.is_ok_and(|found| found.is_some_and(is_open)) {
        // If this fails too, the source still says that its import never ended.
        let _ = store.finish_import(&source, SourceState::Failed, ImportReport::default()).await;
    }
}

async fn drive(running: Rc<Running>, files: Vec<DroppedFile>, request: Request) {
    let worker = match start_worker(&running).await {
        Ok(worker) => worker,
        Err(reason) => return running.emit(Event::Failed { message: no_worker(&reason) }),
    };
    // It may have been ended while the worker was on its way.
    if running.ended.get() {
        return running.end_worker();
    }
    for some in files.chunks(FILES_AT_ONCE) {
        if running.cancelled.get() {
            return running.emit(Event::Cancelled);
        }
        post_files(&worker, some);
        yield_now().await;
    }
    post_request(&worker, &request);
    if running.cancelled.get() {
        post_request(&worker, &Request::Cancel);
    }
    if running.paused.get() {
        post_request(&worker, &Request::Pause(true));
    }
}

fn no_worker(reason: &str) -> String {
    format!(
        "the reader could not be started ({reason}). Reload the page and open the files again; if that does not help, \
         something in this browser keeps the page from running a worker"
    )
}

fn post_files(worker: &web_sys::Worker, files: &[DroppedFile]) {
    let paths: Array = files.iter().map(|dropped| JsValue::from_str(&dropped.path)).collect();
    let blobs: Array = files.iter().map(|dropped| JsValue::from(dropped.file.clone())).collect();
    post(worker, &[("paths", paths.into()), ("files", blobs.into())]);
}

fn post_request(worker: &web_sys::Worker, request: &Request) {
    let bytes = Uint8Array::from(job::encode(request).as_slice());
    post(worker, &[("request", bytes.into())]);
}

fn post(worker: &web_sys::Worker, fields: &[(&str, JsValue)]) {
    let message = Object::new();
    for (name, value) in fields {
        // Setting a field of a fresh object, and posting files and bytes, cannot fail.
        let _ = Reflect::set(&message, &JsValue::from_str(name), value);
    }
    let _ = worker.post_message(&message);
}
