//! The experiments that a server has, to choose from.

use leptos::prelude::*;
use runatlas_core::{
    format,
    job::{BrowseJob, ExperimentPage, Request},
    mlflow::Access,
    model::Experiment,
};

use super::Servers;

/// What comes of a question for experiments.
pub(super) type OnPage = Box<dyn FnOnce(Result<ExperimentPage, String>)>;

/// The experiments of a server, page by page.
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
    /// Counts the searches: an answer to an older one is none.
    turn: RwSignal<u64>,
}

impl Catalog {
    /// Nothing was asked yet.
    pub fn new() -> Self {
        Self {
            found: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            is_busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            turn: RwSignal::new(0),
        }
    }
}

impl Default for Catalog {
    fn default() -> Self {
        Self::new()
    }
}

impl Servers {
    /// Looks for experiments of a source's server by part of their names; `more` asks for the page
    /// after those that are here.
    pub fn search_experiments(self, catalog: Catalog, server: String, search: String, more: bool) {
        let turn = catalog.turn.get_untracked() + 1;
        catalog.turn.set(turn);
        catalog.is_busy.set(true);
        let token = if more { catalog.next.get_untracked() } else { None };
        let answer = move |result: Result<ExperimentPage, String>| {
            // The page may be gone, or ask for something else by now.
            if catalog.turn.try_get_untracked() != Some(turn) {
                return;
            }
            catalog.is_busy.set(false);
            match result {
                Ok(page) => {
                    catalog.problem.set(None);
                    catalog.next.set(page.next);
                    catalog.found.update(|found| {
                        if !more {
                            found.clear();
                        }
                        found.extend(page.experiments);
                    });
                }
                Err(reason) => catalog.problem.set(Some(format::sentence(&reason))),
            }
        };
        leptos::task::spawn_local(async move {
            match super::sign_in::access(self.library, &server).await {
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
