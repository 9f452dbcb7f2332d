mod catalog;
mod choice;
mod contacts;
mod following;
mod keep;
mod sign_in;
mod status;
mod syncs;

use std::collections::{BTreeMap, BTreeSet};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::{Address, Event, Examination, ExperimentPage, Request, SyncJob},
    link::Page,
    mlflow::{Access, SignIn},
    model::{Millis, Source, SourceKind, SourceState},
};

use super::{Library, Notices, ViewState};
use crate::web::{
    self, location, offline,
    worker::{ImportHandle, Session, start_examination, warm},
};
use catalog::OnPage;
use contacts::{Contact, Contacts};
use keep::OnKept;
use syncs::Asked;

pub use catalog::Catalog;
pub use status::{Standing, SyncStatus};
pub use syncs::Syncs;

/// A server with more experiments than this is not read before a person has chosen.
const READ_AT_ONCE: usize = 25;
/// A source that was asked within this time counts as live, in milliseconds.
const LIVE_FOR: Millis = 95_000;

/// MLflow servers: whether they can be read, and keeping their sources up to date.
#[derive(Clone, Copy)]
pub struct Servers {
    /// The address that a person types.
    pub address: RwSignal<String>,
    /// What the doctor knows of the server that a person wants to connect to.
    pub examination: RwSignal<Option<Examination>>,
    /// The doctor is at work.
    pub is_examining: RwSignal<bool>,
    /// Why what was typed cannot even be tried.
    pub problem: RwSignal<Option<String>>,
    /// Syncs under way.
    pub syncs: Syncs,
    contacts: Contacts,
    handle: StoredValue<Option<ImportHandle>, LocalStorage>,
    /// The worker for small questions.
    session: StoredValue<Option<Session>, LocalStorage>,
    /// Rounds of following that are under way: when they began, by source.
    rounds: StoredValue<BTreeMap<String, Millis>>,
    questions: StoredValue<Vec<(u64, OnPage)>, LocalStorage>,
    keeps: StoredValue<Vec<(u64, OnKept)>, LocalStorage>,
    next_question: StoredValue<u64>,
    view: ViewState,
    library: Library,
    notices: Notices,
}

impl Servers {
    pub(super) fn new(view: ViewState, library: Library, notices: Notices) -> Self {
        let contacts = Contacts::new();
        Self {
            address: RwSignal::new(String::new()),
            examination: RwSignal::new(None),
            is_examining: RwSignal::new(false),
            problem: RwSignal::new(None),
            syncs: Syncs::new(contacts, view, library, notices),
            contacts,
            handle: StoredValue::new_local(None),
            session: StoredValue::new_local(None),
            rounds: StoredValue::new(BTreeMap::new()),
            questions: StoredValue::new_local(Vec::new()),
            keeps: StoredValue::new_local(Vec::new()),
            next_question: StoredValue::new(0),
            view,
            library,
            notices,
        }
    }

    /// A person is about to connect: has the workers start that the doctor and the first look need.
    pub fn prepare(self) {
        if !self.is_examining.get_untracked() {
            warm(if self.session.with_value(Option::is_some) { 1 } else { 2 });
        }
    }

    /// Examines a server and, if it can be read, reads it, or shows what there is to choose from. The
    /// sign-in is kept for the tab, and in this browser only if the person wants to be remembered.
    pub fn connect(self, sign_in: SignIn, remember: bool) {
        if self.is_examining.get_untracked() {
            return;
        }
        self.problem.set(None);
        self.examination.set(None);
        self.is_examining.set(true);
        // It is wanted as soon as the doctor is content.
        self.with_session(|_| {});
        let text = self.address.get_untracked();
        let address = Address { text, page_origin: location::origin(), sign_in };
        let handle = start_examination(address, move |event| match event {
            Event::Examined(found) => self.examination.set(Some(*found)),
            Event::Failed { message } => {
                self.problem.set(Some(format::sentence(&message)));
                self.is_examining.set(false);
            }
            Event::Finished => {
                self.is_examining.set(false);
                let found = self.examination.get_untracked().and_then(|found| found.verdict?.access);
                if let Some(access) = found {
                    self.begin(access, remember);
                }
            }
            _ => {}
        });
        self.handle.set_value(Some(handle));
        // And one for the sync, once those two have taken theirs.
        spawn_local(async { warm(1) });
    }

    /// Brings a server's source up to date, because a person wants it.
    pub fn refresh(self, source: Source) {
        self.sync(source, Asked::ByPerson);
    }

    /// Goes on with a sync that was broken off.
    pub(super) fn go_on(self, source: Source) {
        self.sync(source, Asked::ToGoOn);
    }

    /// To the connect form, with the address of a source's server in it.
    pub fn sign_in_again(self, source: &Source) {
        self.address.set(source.path.clone());
        self.view.go(Page::Home);
    }

    /// How to reach a server that was connected once; why not, for people.
    pub(super) async fn access(self, server: &str) -> Result<Access, String> {
        sign_in::access(self.library, server).await
    }

    /// Forgets how to sign in to a server, here and in this browser.
    pub fn forget_sign_in(self, server: String) {
        spawn_local(async move {
            sign_in::forget(self.library, &server).await;
            self.notices.good("The sign-in is forgotten.");
        });
    }

    /// Forgets what was kept beside a source that is deleted, and reads it no more.
    pub fn forget_source(self, source: Source) {
        if let Some(sync) = untrack(|| self.syncs.of(&source.id)) {
            self.syncs.stop(sync.id);
        }
        spawn_local(async move {
            sign_in::forget(self.library, &source.path).await;
            choice::keep(self.library, &source.id, None).await;
        });
    }

    /// Reads these experiments of a source's server from now on, or all.
    pub fn choose(self, source: Source, chosen: Option<BTreeSet<String>>) {
        spawn_local(async move {
            choice::keep(self.library, &source.id, chosen.as_ref()).await;
            self.refresh(source);
        });
    }

    /// What a live source is at; follows it.
    pub fn standing(self, source: &Source, now: Millis) -> Standing {
        if let Some(sync) = self.syncs.of(&source.id) {
            return if sync.is_paused { Standing::Paused } else { Standing::Syncing };
        }
        let contact = self.contacts.known.with(|known| known.get(&source.id).cloned());
        match contact {
            Some(Contact::SignIn) => Standing::SignIn(source.updated),
            Some(Contact::Reached(at)) if now.saturating_sub(at) < LIVE_FOR => Standing::Live,
            _ if !offline::is_online() => Standing::Offline(source.updated),
            Some(Contact::Failed(reason)) => Standing::Failed(source.updated, reason),
            Some(Contact::Reached(at)) => Standing::Stale(at.max(source.updated)),
            None => Standing::Stale(source.updated),
        }
    }

    fn begin(self, access: Access, remember: bool) {
        spawn_local(async move {
            sign_in::keep(self.library, &access, remember).await;
            let server = access.server.to_string();
            let known = self.library.sources.with_untracked(|all| {
                all.iter().find(|it| it.kind == SourceKind::Server && it.path == server).cloned()
            });
            if let Some(source) = known {
                return self.sync(source, Asked::ByPerson);
            }
            let look = access.clone();
            let on_page = Box::new(move |page| self.first_page(look, page));
            self.browse(access, String::new(), None, on_page);
        });
    }

    /// A server with few experiments is read at once; of one with many a person chooses.
    fn first_page(self, access: Access, page: Result<ExperimentPage, String>) {
        let is_small = match &page {
            Ok(page) => page.next.is_none() && page.experiments.len() <= READ_AT_ONCE,
            // The sync asks in another way, and says in full what is wrong.
            Err(_) => true,
        };
        let name = access.server.host_and_port();
        if is_small {
            let job = SyncJob { access, into: None, name, experiments: Vec::new(), seed: seed() };
            return self.syncs.start(job, Asked::ByPerson);
        }
        spawn_local(async move {
            let source = Source {
                id: web::import::new_id(),
                file_name: name.clone(),
                name,
                kind: SourceKind::Server,
                path: access.server.to_string(),
                added: web::now(),
                updated: web::now(),
                state: SourceState::Cancelled,
                ..Source::default()
            };
            let Some(store) = self.library.store() else { return };
            match store.add_source(&source).await {
                Ok(()) => {
                    self.library.refresh().await;
                    self.view.go(Page::Source { source: source.id });
                }
                Err(error) => self.notices.bad(format::sentence(&error.to_string())),
            }
        });
    }

    fn sync(self, source: Source, asked: Asked) {
        spawn_local(async move {
            let access = match sign_in::access(self.library, &source.path).await {
                Ok(access) => access,
                Err(reason) => return self.notices.bad(format::sentence(&reason)),
            };
            let chosen = choice::read(self.library, &source.id).await.unwrap_or_default();
            let job = SyncJob {
                access,
                into: Some(source.id),
                name: source.name,
                experiments: chosen.into_iter().collect(),
                seed: seed(),
            };
            self.syncs.start(job, asked);
        });
    }

    /// Asks the worker for small questions, which is started when it is needed.
    fn ask(self, request: Request) {
        self.with_session(|session| session.ask(request));
    }

    fn with_session(self, act: impl FnOnce(&Session)) {
        self.session.update_value(|session| {
            act(session.get_or_insert_with(|| Session::start(move |event| self.hear(event))));
        });
    }
}

fn seed() -> u64 {
    web::now().unsigned_abs()
}
