//! The page's end of the worker, against workers that misbehave. The real worker is met by the
//! journeys of `tests/e2e`.

use std::fmt::Write as _;
use std::{cell::RefCell, rc::Rc};

use futures::channel::oneshot;
use js_sys::Array;
use runatlas::web::{
    files::Dropped,
    store::Store,
    worker::{ImportHandle, start_import},
};
use runatlas_core::{
    job::{self, Event, ImportJob},
    model::{Source, SourceKind, SourceState},
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, BlobPropertyBag, Element, Url};

/// Names a script as the worker to start, until dropped.
struct Worker {
    meta: Element,
}

impl Worker {
    fn new(url: &str) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let meta = document.create_element("meta").unwrap();
        meta.set_attribute("name", "runatlas:worker").unwrap();
        meta.set_attribute("content", url).unwrap();
        document.head().unwrap().append_child(&meta).unwrap();
        Self { meta }
    }

    /// A worker that does what this script says; `say(name)` posts one of the events.
    fn script(events: &[(&str, Event)], script: &str) -> Self {
        let mut text = String::from("const events = {};\n");
        for (name, event) in events {
            writeln!(text, "events.{name} = {:?};", job::encode(event)).unwrap();
        }
        text += "const say = name => postMessage(new Uint8Array(events[name]));\n";
        text += script;
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let parts = Array::of1(&text.into());
        let blob = Blob::new_with_str_sequence_and_options(&parts, &options).unwrap();
        Self::new(&Url::create_object_url_with_blob(&blob).unwrap())
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.meta.remove();
    }
}

fn ready() -> Event {
    Event::Ready { protocol: job::PROTOCOL, build: env!("CARGO_PKG_VERSION").into() }
}

fn mlruns() -> Dropped {
    let meta = "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: E\n";
    let mut dropped = Dropped::from_bytes("meta.yaml", meta.as_bytes()).unwrap();
    dropped.files[0].path = "mlruns/1/meta.yaml".into();
    dropped
}

/// Imports; all events up to the end. `on_event` may use the handle.
async fn import(files: Dropped, on_event: impl Fn(&Event, &ImportHandle) + 'static) -> Vec<Event> {
    let events = Rc::new(RefCell::new(Vec::new()));
    let (ended, end) = oneshot::channel();
    let (all, mut ended) = (Rc::clone(&events), Some(ended));
    let handle: Rc<RefCell<Option<ImportHandle>>> = Rc::default();
    let own = Rc::clone(&handle);
    let job = ImportJob { file_name: "mlruns".into(), now: 1, ..ImportJob::default() };
    let started = start_import(files, job, move |event| {
        on_event(&event, own.borrow().as_ref().unwrap());
        let is_end = event.is_end();
        all.borrow_mut().push(event);
        if is_end {
            ended.take().expect("one end").send(()).unwrap();
        }
    });
    *handle.borrow_mut() = Some(started);
    end.await.unwrap();
    // Whatever comes late would come now.
    gloo_timers::future::TimeoutFuture::new(50).await;
    events.take()
}

#[wasm_bindgen_test]
async fn without_a_worker_the_person_is_told_and_nothing_is_stored() {
    for worker in [
        Worker::new("no/such/worker.js"),
        Worker::script(&[("old", Event::Ready { protocol: 0, build: "0.0.1".into() })], "say('old');"),
        Worker::script(&[], "postMessage(new Uint8Array([250, 1, 2]));"),
        Worker::script(&[], "throw new Error('no');"),
    ] {
        let events = import(mlruns(), |_, _| ()).await;
        let [Event::Failed { message }] = events.as_slice() else { panic!("{events:?}") };
        assert!(message.contains("could not be started") && message.contains("Reload"), "{message}");
        drop(worker);
    }
}

#[wasm_bindgen_test]
async fn the_worker_gets_the_files_and_its_events_come_through() {
    let discovered = Event::Discovered { stores: 7 };
    let _worker = Worker::script(
        &[("ready", ready()), ("discovered", discovered.clone()), ("finished", Event::Finished)],
        "let files = 0;
         onmessage = ({ data }) => {
             if (data.files) files += data.files.filter((file, at) => file instanceof File && data.paths[at]).length;
             if (data.request && files === 2500) { say('discovered'); say('finished'); say('discovered'); }
         };
         say('ready');",
    );
    let mut files = mlruns();
    files.files = (0..2500).flat_map(|_| files.files.clone()).collect();
    assert_eq!(import(files, |_, _| ()).await, [discovered, Event::Finished]);
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_is_reported_and_its_source_says_so() {
    let store = Store::open().await.unwrap();
    let id = format!("dying {}", js_sys::Math::random());
    store.begin_import(&Source { id: id.clone(), ..Source::default() }).await.unwrap();
    let began = Event::Began { source: id.clone(), name: "n".into(), kind: SourceKind::Mlruns, index: 0 };
    let _worker = Worker::script(
        &[("ready", ready()), ("began", began)],
        "onmessage = ({ data }) => { if (data.request) { say('began'); setTimeout(() => { throw new Error('out of memory'); }, 10); } };
         say('ready');",
    );
    let events = import(mlruns(), |_, _| ()).await;
    let Some(Event::Failed { message }) = events.last() else { panic!("{events:?}") };
    assert!(message.contains("out of memory"), "{message}");
    gloo_timers::future::TimeoutFuture::new(200).await;
    assert_eq!(store.source(&id).await.unwrap().unwrap().state, SourceState::Failed);
    store.delete_source(&id).await.unwrap();
}

#[wasm_bindgen_test]
async fn a_worker_with_last_words_is_reported_with_them() {
    let store = Store::open().await.unwrap();
    let id = format!("panicking {}", js_sys::Math::random());
    store.begin_import(&Source { id: id.clone(), ..Source::default() }).await.unwrap();
    let began = Event::Began { source: id.clone(), name: "n".into(), kind: SourceKind::Mlruns, index: 0 };
    let words = Event::Failed { message: "a fault".into() };
    let _worker = Worker::script(
        &[("ready", ready()), ("began", began), ("words", words.clone())],
        "onmessage = ({ data }) => { if (data.request) { say('began'); say('words'); throw new Error('unreachable'); } };
         say('ready');",
    );
    assert_eq!(import(mlruns(), |_, _| ()).await.last(), Some(&words));
    gloo_timers::future::TimeoutFuture::new(200).await;
    assert_eq!(store.source(&id).await.unwrap().unwrap().state, SourceState::Failed);
    store.delete_source(&id).await.unwrap();
}

#[wasm_bindgen_test]
async fn cancelling_reaches_the_worker() {
    let _worker = Worker::script(
        &[
            ("ready", ready()),
            ("discovered", Event::Discovered { stores: 1 }),
            ("cancelled", Event::Cancelled),
        ],
        "let requests = 0;
         onmessage = ({ data }) => { if (data.request) say(requests++ ? 'cancelled' : 'discovered'); };
         say('ready');",
    );
    let events = import(mlruns(), |event, handle| {
        if matches!(event, Event::Discovered { .. }) {
            handle.cancel();
        }
    })
    .await;
    assert_eq!(events.last(), Some(&Event::Cancelled));
}
