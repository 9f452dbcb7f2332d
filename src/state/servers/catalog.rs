//! The experiments that a server has, to choose from.

use std::collections::BTreeSet;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::{BrowseJob, ExperimentPage, Request},
    mlflow::Access,
    model::{Experiment, Source},
};

use super::{Servers, choice, sign_in};
use crate::web;

/// What comes of a question for experiments.
pub(super) type OnPage = Box<dyn FnOnce(Result<ExperimentPage, String>)>;

/// The experiments of a server, page by page, and which of them a person wants here.
#[derive(Debug, Clone, Copy)]
pub struct Catalog {
    /// Those that came so far.
    pub found: RwSignal<Vec<Experiment>>,
    /// Where the next page begins.
    pub next: RwSignal<Option<String>>,
    /// A page is awaited.
    pub is_busy: RwSignal<bool>,
    /// Why the last page did not come.
    pub problem: RwSignal<Option<String>>,
    /// Part of their names; the server is asked when a person has stopped typing.
    pub search: RwSignal<String>,
    /// The chosen ones, by id; `None` for all.
    pub chosen: RwSignal<Option<BTreeSet<String>>>,
    /// Counts the questions: an answer to an older one is none.
    turn: RwSignal<u64>,
    server: StoredValue<String>,
}

/// Between a keystroke and the question to the server, in milliseconds.
const PATIENCE: u32 = 250;

impl Servers {
    /// The experiments of a source's server; asks for the first of them.
    pub fn catalog(self, source: &Source) -> Catalog {
        let catalog = Catalog {
            found: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            is_busy: RwSignal::new(true),
            problem: RwSignal::new(None),
            search: RwSignal::new(String::new()),
            chosen: RwSignal::new(None),
            turn: RwSignal::new(0),
            server: StoredValue::new(source.path.clone()),
        };
        let (id, is_new) = (source.id.clone(), source.imports == 0);
        spawn_local(async move {
            let kept = choice::read(self.library, &id).await;
            // Of a server with many experiments nothing was read yet: none is chosen. The page may be
            // gone by now.
            let _ = catalog.chosen.try_set(kept.or(is_new.then(BTreeSet::new)));
        });
        Effect::new(move |before: Option<()>| {
            let typed = catalog.search.get();
            if before.is_none() {
                return self.ask_for_experiments(catalog, false);
            }
            spawn_local(async move {
                web::sleep_millis(PATIENCE).await;
                if catalog.search.try_get_untracked() == Some(typed) {
                    self.ask_for_experiments(catalog, false);
                }
            });
        });
        catalog
    }

    /// Asks for experiments again; `more` for the page after those that are here.
    pub fn ask_for_experiments(self, catalog: Catalog, more: bool) {
        let turn = catalog.turn.get_untracked() + 1;
        catalog.turn.set(turn);
        catalog.is_busy.set(true);
        let token = if more { catalog.next.get_untracked() } else { None };
        let (server, search) = (catalog.server.get_value(), catalog.search.get_untracked());
        let answer = move |result| catalog.take(turn, more, result);
        spawn_local(async move {
            match sign_in::access(self.library, &server).await {
                Ok(access) => self.browse(access, search, token, Box::new(answer)),
                Err(reason) => answer(Err(reason)),
            }
        });
    }

    pub(super) fn browse(self, access: Access, search: String, token: Option<String>, on_page: OnPage) {
        let id = self.next_question.get_value();
        self.next_question.set_value(id + 1);
        self.questions.update_value(|questions| questions.push((id, on_page)));
        self.ask(Request::Browse(Box::new(BrowseJob { id, access, search, token })));
    }

    pub(super) fn browsed(self, id: u64, result: Result<ExperimentPage, String>) {
        let asked = self.questions.try_update_value(|questions| {
            let at = questions.iter().position(|(of, _)| *of == id)?;
            Some(questions.remove(at).1)
        });
        if let Some(on_page) = asked.flatten() {
            on_page(result);
        }
    }

    pub(super) fn browse_failed(self, reason: &str) {
        let questions = self.questions.try_update_value(std::mem::take).unwrap_or_default();
        for (_, on_page) in questions {
            on_page(Err(reason.to_owned()));
        }
    }
}

impl Catalog {
    fn take(self, turn: u64, more: bool, result: Result<ExperimentPage, String>) {
        // The page may be gone, or ask for something else by now.
        if self.turn.try_get_untracked() != Some(turn) {
            return;
        }
        self.is_busy.set(false);
        match result {
            Ok(page) => {
                self.problem.set(None);
                self.next.set(page.next);
                self.found.update(|found| {
                    if !more {
                        found.clear();
                    }
                    found.extend(page.experiments);
                });
            }
            Err(reason) => self.problem.set(Some(format::sentence(&reason))),
        }
    }
}
