//! Starting workers, also before they are needed.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use js_sys::Uint8Array;
use runatlas_core::job::{self, Event};
use wasm_bindgen::JsCast as _;
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

use super::{BUILD, Running};
use crate::web::{Listener, location};

/// How long a worker may take to load and say that it is ready.
const START_MILLIS: u32 = 30_000;

/// A worker that was started, whether it is ready or not.
struct Launched {
    worker: web_sys::Worker,
    ready: oneshot::Receiver<Result<(), String>>,
    /// Who hears what it says.
    owner: Rc<RefCell<Weak<Running>>>,
    listeners: [Listener; 2],
}

thread_local! {
    static SPARE: RefCell<Vec<Launched>> = const { RefCell::new(Vec::new()) };
}

/// Has so many workers start now, for what will soon be asked of them: a worker takes longer to load
/// than many an answer.
pub fn warm(count: usize) {
    SPARE.with_borrow_mut(|spare| {
        while spare.len() < count {
            // Whoever needs one hears why there is none.
            let Ok(launched) = Launched::new() else { return };
            spare.push(launched);
        }
    });
}

/// A worker that is ready, or why there is none.
pub(super) async fn start_worker(running: &Rc<Running>) -> Result<web_sys::Worker, String> {
    if let Some(spare) = SPARE.with_borrow_mut(Vec::pop)
        && let Ok(worker) = spare.serve(running).await
    {
        return Ok(worker);
    }
    Launched::new()?.serve(running).await
}

impl Launched {
    fn new() -> Result<Self, String> {
        let url =
            location::beside(&location::meta("runatlas:worker").unwrap_or_else(|| "worker_loader.js".into()));
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let worker =
            web_sys::Worker::new_with_options(&url, &options).map_err(|thrown| crate::web::words(&thrown))?;
        let (sender, ready) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let (said, failed) = (Rc::clone(&sender), sender);
        let owner = Rc::new(RefCell::new(Weak::<Running>::new()));
        let (here, there) = (Rc::clone(&owner), Rc::clone(&owner));
        let on_message = Listener::new(&worker, "message", move |event| {
            let data = event.unchecked_ref::<MessageEvent>().data();
            let Some(event) = job::decode::<Event>(&Uint8Array::new(&data).to_vec()) else {
                // Not of this build: only possible before it said so.
                said.take().map(|said| said.send(Err("it is of another release".to_owned())));
                return;
            };
            if let Event::Ready { protocol, build } = &event {
                let same = *protocol == job::PROTOCOL && build == BUILD;
                let answer = if same { Ok(()) } else { Err(format!("it is of release {build}")) };
                said.take().map(|said| said.send(answer));
            } else if let Some(running) = owner_of(&here) {
                running.emit(event);
            }
        });
        let on_error = Listener::new(&worker, "error", move |event| {
            let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
            match (failed.take(), owner_of(&there)) {
                (Some(failed), _) => drop(failed.send(Err(message))),
                (None, Some(running)) => running.worker_died(&message),
                (None, None) => {}
            }
        });
        Ok(Self { worker, ready, owner, listeners: [on_message, on_error] })
    }

    /// Works for this job from now on, as soon as it is ready.
    async fn serve(self, running: &Rc<Running>) -> Result<web_sys::Worker, String> {
        *self.owner.borrow_mut() = Rc::downgrade(running);
        let answer = match select(self.ready, TimeoutFuture::new(START_MILLIS)).await {
            Either::Left((Ok(answer), _)) => answer,
            Either::Left((Err(_), _)) | Either::Right(_) => Err("it did not start".to_owned()),
        };
        match answer {
            Ok(()) => {
                running.listeners.borrow_mut().extend(self.listeners);
                *running.worker.borrow_mut() = Some(self.worker.clone());
                Ok(self.worker)
            }
            Err(reason) => {
                self.worker.terminate();
                Err(reason)
            }
        }
    }
}

/// Let go before the call: what it hears may end the job.
fn owner_of(owner: &RefCell<Weak<Running>>) -> Option<Rc<Running>> {
    owner.borrow().upgrade()
}
