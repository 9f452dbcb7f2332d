use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::{Address, Event, Examination, SyncJob},
    mlflow::SignIn,
    model::{Source, SourceKind},
};

use super::{Imports, Library};
use crate::web::{
    self, location, session,
    worker::{ImportHandle, start_examination},
};

/// MLflow servers: whether they can be read, and bringing their sources up to date.
#[derive(Clone, Copy)]
pub struct Servers {
    /// What the doctor knows of the server that a person wants to connect to.
    pub examination: RwSignal<Option<Examination>>,
    /// The doctor is at work.
    pub is_examining: RwSignal<bool>,
    /// Why what was typed cannot even be tried.
    pub problem: RwSignal<Option<String>>,
    handle: StoredValue<Option<ImportHandle>, LocalStorage>,
    imports: Imports,
    library: Library,
}

impl Servers {
    pub(super) fn new(imports: Imports, library: Library) -> Self {
        Self {
            examination: RwSignal::new(None),
            is_examining: RwSignal::new(false),
            problem: RwSignal::new(None),
            handle: StoredValue::new_local(None),
            imports,
            library,
        }
    }

    /// Examines a server and, if it can be read, reads it. The sign-in is kept for the tab, and in
    /// this browser only if the person wants to be remembered.
    pub fn connect(self, text: String, sign_in: SignIn, remember: bool) {
        if self.is_examining.get_untracked() {
            return;
        }
        self.problem.set(None);
        self.examination.set(None);
        self.is_examining.set(true);
        let address = Address { text, page_origin: location::origin(), sign_in: sign_in.clone() };
        let handle = start_examination(address, move |event| match event {
            Event::Examined(found) => self.examination.set(Some(*found)),
            Event::Failed { message } => {
                self.problem.set(Some(format::sentence(&message)));
                self.is_examining.set(false);
            }
            Event::Finished => {
                self.is_examining.set(false);
                self.begin(&sign_in, remember);
            }
            _ => {}
        });
        self.handle.set_value(Some(handle));
    }

    /// Brings a server's source up to date.
    pub fn refresh(self, source: Source) {
        spawn_local(async move {
            let sign_in = self.sign_in_of(&source.path).await;
            self.sync(source.path, source.name, Some(source.id), sign_in);
        });
    }

    /// Forgets how to sign in to a server, here and in this browser.
    pub fn forget_sign_in(self, server: String) {
        session::set(&key(&server), None);
        spawn_local(async move {
            if let Some(store) = self.library.store() {
                // Nothing to forget where nothing can be kept.
                let _ = store.set_setting(&key(&server), None).await;
            }
        });
    }

    fn begin(self, sign_in: &SignIn, remember: bool) {
        let Some(found) = self.examination.get_untracked() else { return };
        if !found.verdict.is_some_and(|verdict| verdict.works) {
            return;
        }
        let text = (*sign_in != SignIn::None).then(|| serde_json::to_string(sign_in).ok()).flatten();
        session::set(&key(&found.server), text.as_deref());
        if let (true, Some(text), Some(store)) = (remember, text, self.library.store()) {
            let key = key(&found.server);
            spawn_local(async move {
                // It is in the tab all the same; next time the person is asked again.
                let _ = store.set_setting(&key, Some(&text)).await;
            });
        }
        let known = self.library.sources.with_untracked(|all| {
            let same = |source: &&Source| source.kind == SourceKind::Server && source.path == found.server;
            all.iter().find(same).map(|source| source.id.clone())
        });
        self.sync(found.server, found.host, known, sign_in.clone());
    }

    fn sync(self, server: String, name: String, into: Option<String>, sign_in: SignIn) {
        let seed = web::now().unsigned_abs();
        self.imports.start_sync(SyncJob { server, sign_in, into, name, runs: Vec::new(), seed });
    }

    pub(super) async fn sign_in_of(self, server: &str) -> SignIn {
        let kept = match session::get(&key(server)) {
            Some(text) => Some(text),
            None => match self.library.store() {
                Some(store) => store.setting(&key(server)).await.ok().flatten(),
                None => None,
            },
        };
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }
}

/// Where the sign-in of a server is kept. Never part of a link, a bundle or a report.
fn key(server: &str) -> String {
    format!("sign-in:{server}")
}
