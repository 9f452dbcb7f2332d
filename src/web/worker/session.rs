use std::{cell::RefCell, rc::Rc};

use runatlas_core::job::{Event, Request};
use wasm_bindgen_futures::spawn_local;

use super::{Running, launch::start_worker, no_worker, post_request};

/// A worker for small questions, whose answers come in any order.
#[derive(Clone)]
pub struct Session {
    running: Rc<Running>,
    waiting: Rc<RefCell<Vec<Request>>>,
}

impl Session {
    /// Starts a worker. `on_event` gets its answers; after [`Event::Failed`] there are no more.
    pub fn start(on_event: impl FnMut(Event) + 'static) -> Self {
        let session = Self { running: Running::new(on_event), waiting: Rc::default() };
        let this = session.clone();
        spawn_local(async move {
            match start_worker(&this.running).await {
                Ok(worker) => this.waiting.take().iter().for_each(|request| post_request(&worker, request)),
                Err(reason) => this.running.emit(Event::Failed { message: no_worker(&reason) }),
            }
        });
        session
    }

    /// Asks something.
    pub fn ask(&self, request: Request) {
        match self.running.worker.borrow().as_ref() {
            Some(worker) => post_request(worker, &request),
            None => self.waiting.borrow_mut().push(request),
        }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}
