use std::collections::BTreeMap;

use leptos::prelude::*;
use runatlas_core::{
    mlflow::{
        follow::{Follow, Round, Watch},
        sync::Stop,
    },
    model::Millis,
};

use crate::web;

/// How each live source was last reached, and when it is asked again.
#[derive(Clone, Copy)]
pub(super) struct Contacts {
    /// By the source's id.
    pub(super) known: RwSignal<BTreeMap<String, Contact>>,
    follows: StoredValue<BTreeMap<String, Follow>>,
}

/// What came of the last attempt to reach a source in this tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Contact {
    /// It answered, at this time.
    Reached(Millis),
    /// It wants a sign-in.
    SignIn,
    /// It did not work, and why.
    Failed(String),
}

impl Contacts {
    pub(super) fn new() -> Self {
        Self { known: RwSignal::new(BTreeMap::new()), follows: StoredValue::new(BTreeMap::new()) }
    }

    /// When a source is due for a round; `None` for not as things are.
    pub(super) fn next(self, source: &str, watch: Watch) -> Option<Millis> {
        self.follows.with_value(|all| match all.get(source) {
            Some(follow) => follow.next(watch),
            None => Follow::default().next(watch),
        })
    }

    /// A source was read to its end.
    pub(super) fn reached(self, source: String, now: Millis) {
        self.follows.update_value(|all| {
            all.insert(source.clone(), Follow::since(now));
        });
        self.set(source, Contact::Reached(now));
    }

    /// A round ended well.
    pub(super) fn round(self, source: String, changed: u64, began: Millis) {
        let now = web::now();
        let round = if changed > 0 { Round::News } else { Round::Quiet };
        self.took(&source, round, began, now);
        self.set(source, Contact::Reached(now));
    }

    /// A sync or a round came to no end.
    pub(super) fn stopped(self, source: String, stop: &Stop) {
        let now = web::now();
        let (round, contact) = match stop {
            Stop::Unauthorized { .. } => (Round::Stopped, Contact::SignIn),
            Stop::Forbidden { .. } => (Round::Stopped, Contact::Failed(stop.to_string())),
            Stop::Unreachable { .. } | Stop::Unusable { .. } => {
                (Round::Failed, Contact::Failed(stop.to_string()))
            }
        };
        self.took(&source, round, now, now);
        self.set(source, contact);
    }

    /// This browser is in the way: a person must act.
    pub(super) fn failed(self, source: String, reason: String) {
        let now = web::now();
        self.took(&source, Round::Stopped, now, now);
        self.set(source, Contact::Failed(reason));
    }

    /// Waiting is needless: the network is back, or somebody looks again.
    pub(super) fn nudge(self) {
        self.follows.update_value(|all| all.values_mut().for_each(Follow::nudge));
    }

    fn took(self, source: &str, round: Round, began: Millis, now: Millis) {
        self.follows.update_value(|all| all.entry(source.to_owned()).or_default().took(round, began, now));
    }

    fn set(self, source: String, contact: Contact) {
        self.known.update(|all| {
            all.insert(source, contact);
        });
    }
}
