//! The worker's end.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Reflect, Uint8Array};
use runatlas_core::{
    job::{
        self, CompareFile, CompareFrom, CompareJob, CompareStep, Event, FollowJob, Followed, ImportJob,
        KeepJob, Packed, Request, SyncJob,
    },
    read::Tree,
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{DedicatedWorkerGlobalScope, File, MessageEvent};

use super::BUILD;
use crate::web::{
    Listener, browse, examine,
    files::BlobTree,
    import,
    store::Store,
    sync::{self, Wishes},
};

/// Listens to the page, and says that it does. Called once, when the worker starts.
pub fn serve() {
    std::panic::set_hook(Box::new(|panic| {
        // The last words: the module is not usable afterwards, and the page ends the worker.
        say(&Event::Failed { message: format!("reading stopped by a fault of Runatlas: {panic}") });
    }));
    let serving = Rc::new(Serving::default());
    Listener::new(&scope(), "message", move |event| {
        serving.hear(&event.unchecked_ref::<MessageEvent>().data());
    })
    .forget();
    say(&Event::Ready { protocol: job::PROTOCOL, build: BUILD.to_owned() });
}

#[derive(Default)]
struct Serving {
    files: RefCell<Vec<(String, File)>>,
    wishes: Wishes,
}

impl Serving {
    fn hear(self: &Rc<Self>, message: &JsValue) {
        let field = |name: &str| Reflect::get(message, &JsValue::from_str(name)).ok();
        let list = |name: &str| field(name).and_then(|value| value.dyn_into::<Array>().ok());
        if let (Some(paths), Some(files)) = (list("paths"), list("files")) {
            let some = paths
                .iter()
                .zip(files.iter())
                .filter_map(|(path, file)| Some((path.as_string()?, file.dyn_into::<File>().ok()?)));
            self.files.borrow_mut().extend(some);
        }
        let request = field("request").and_then(|value| value.dyn_into::<Uint8Array>().ok());
        match request.and_then(|bytes| job::decode(&bytes.to_vec())) {
            Some(Request::Import(job)) => spawn_local(Rc::clone(self).import(job)),
            Some(Request::Sync(job)) => spawn_local(Rc::clone(self).sync(*job)),
            Some(Request::Examine(address)) => {
                spawn_local(async move { examine::run(&address, &|event| say(&event)).await });
            }
            Some(Request::Follow(job)) => spawn_local(follow(*job)),
            Some(Request::Browse(job)) => spawn_local(async move {
                say(&Event::Browsed { id: job.id, result: browse::run(&job).await });
            }),
            Some(Request::Keep(job)) => spawn_local(keep(*job)),
            Some(Request::Compare(job)) => spawn_local(compare(*job)),
            Some(Request::Cancel) => self.wishes.cancelled.set(true),
            Some(Request::Pause(pause)) => self.wishes.paused.set(pause),
            None => {}
        }
    }

    async fn import(self: Rc<Self>, job: ImportJob) {
        let files = std::mem::take(&mut *self.files.borrow_mut());
        let tree: Tree = match BlobTree::new(files) {
            Ok(tree) => Rc::new(tree),
            Err(error) => return say(&Event::Failed { message: error.to_string() }),
        };
        match Store::open().await {
            Ok(store) => import::run(&store, &tree, &job, &|event| say(&event), &self.wishes.cancelled).await,
            Err(error) => say(&Event::Failed { message: error.to_string() }),
        }
    }

    async fn sync(self: Rc<Self>, job: SyncJob) {
        match Store::open().await {
            Ok(store) => sync::run(&store, &job, &|event| say(&event), &self.wishes).await,
            Err(error) => say(&Event::Failed { message: error.to_string() }),
        }
    }
}

async fn follow(job: FollowJob) {
    let result = match Store::open().await {
        Ok(store) => sync::follow(&store, &job).await,
        Err(error) => Followed::Failed(error.to_string()),
    };
    say(&Event::Followed { source: job.source, result });
}

async fn keep(job: KeepJob) {
    let kept = async { Store::open().await?.keep_file(&job.source, job.file).await };
    let result = kept.await.map(|written| Box::new(written.source)).map_err(|error| error.to_string());
    say(&Event::Kept { id: job.id, result });
}

async fn compare(mut job: CompareJob) {
    say(&Event::Comparing(CompareStep::Reading));
    for file in [&mut job.left, &mut job.right].into_iter().flatten() {
        if let Err(message) = fill(file).await {
            return say(&Event::Failed { message });
        }
    }
    let size =
        |file: &Option<CompareFile>| file.as_ref().and_then(CompareFile::given).map_or(0, <[u8]>::len) as u64;
    say(&Event::Comparing(CompareStep::Comparing { left: size(&job.left), right: size(&job.right) }));
    say(&Event::Compared(Packed(job::encode(&job.run()))));
}

/// Reads a file that is in the store.
async fn fill(file: &mut CompareFile) -> Result<(), String> {
    let CompareFrom::Stored { source, owner, path } = &file.from else { return Ok(()) };
    let read = async { Store::open().await?.artifact_file(source, owner, path).await };
    let bytes = read.await.map_err(|error| error.to_string())?;
    let bytes =
        bytes.ok_or_else(|| format!("{path} is no longer in this browser: it was deleted meanwhile"))?;
    file.from = CompareFrom::Given(Packed(bytes));
    Ok(())
}

fn say(event: &Event) {
    // Bytes can always be posted.
    let _ = scope().post_message(&Uint8Array::from(job::encode(event).as_slice()));
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}
