use std::{future::Future, pin::Pin};

use leptos::{prelude::*, task::spawn_local};

use super::Loadable;
use crate::web::idle::idle;

/// The way to a part of the program; `None` when it could not be loaded.
pub type Fetching<T> = Pin<Box<dyn Future<Output = Option<T>>>>;

/// A part of the program that is loaded when it is first needed.
pub struct Part<T: 'static> {
    fetch: fn() -> Fetching<T>,
    is_coming: StoredValue<bool>,
    state: RwSignal<Loadable<T>>,
}

impl<T> Clone for Part<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Part<T> {}

impl<T: Copy + Send + Sync + 'static> Part<T> {
    /// A part that is not loaded yet.
    pub fn new(fetch: fn() -> Fetching<T>) -> Self {
        Self { fetch, is_coming: StoredValue::new(false), state: RwSignal::new(Loadable::Loading) }
    }

    /// Whether it is there, tracked.
    pub fn get(self) -> Loadable<T> {
        self.state.get()
    }

    /// Loads it, unless it is here or on its way; what failed is tried again.
    pub fn want(self) {
        spawn_local(self.come());
    }

    /// Resolves when it is here, or could not be loaded.
    pub async fn come(self) {
        let is_here = self.state.with_untracked(|state| state.ready().is_some());
        if is_here || self.is_coming.get_value() {
            return;
        }
        self.is_coming.set_value(true);
        if self.state.with_untracked(|state| matches!(state, Loadable::Failed(_))) {
            self.state.set(Loadable::Loading);
        }
        let found = (self.fetch)().await;
        self.is_coming.set_value(false);
        self.state.set(found.map_or_else(|| Loadable::Failed(WHY.to_owned()), Loadable::Ready));
    }
}

const WHY: &str = "The rest of the program could not be loaded: the network is away, or the site has \
    moved on to another release. If trying again does not help, load the page anew. What is stored in this browser \
    is untouched.";

/// Starts what can wait until the browser has nothing better to do.
pub fn load_when_idle(work: impl Future<Output = ()> + 'static) {
    spawn_local(async move {
        idle().await;
        work.await;
    });
}
