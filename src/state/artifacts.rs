//! Artifact files: out of the store, or from the server that has them.

mod fetch;
mod lists;
mod rule;

use std::{collections::BTreeSet, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
pub use rule::FileRuleOf;
use runatlas_core::{
    format,
    link::RunKey,
    mlflow::FileTrouble,
    model::{ArtifactEntry, ArtifactFile, ArtifactOwner, Source, SourceKind},
    preview::{Limits, Preview, preview},
    read::ReadOptions,
    run_page,
};

use super::{Library, Servers};
use crate::web::{
    download::{ObjectUrl, object_url, save},
    http::{self, Abort},
};

/// What a screen makes of the bytes of a file.
pub trait OpenAs: Clone + Send + Sync + 'static {
    /// Made of the bytes; why it cannot be, for people.
    fn read(path: &str, bytes: Vec<u8>) -> Result<Self, String>;

    /// What stands for a file of this size, in bytes, that is in the store and need not be read.
    fn unread(_size: u64) -> Option<Self> {
        None
    }
}

/// A file as the preview pane shows it. The URL dies with the last clone.
#[derive(Debug, Clone)]
pub struct OpenFile {
    /// How it is shown.
    pub preview: Arc<Preview>,
    /// Its size in bytes.
    pub size: u64,
    /// A URL of the bytes, for pictures.
    pub url: Option<Arc<ObjectUrl>>,
}

/// Where a file that a person looks at is.
#[derive(Debug, Clone)]
pub enum FileState<T = OpenFile> {
    /// Being read from the store.
    Loading,
    /// Its bytes are nowhere that can be read from here; why, and what to do.
    Absent(String),
    /// Its server has it, and it waits for a person's word.
    Offered,
    /// Being read from its server: so many bytes have come.
    Coming(u64),
    /// Here it is.
    Ready(T),
    /// It did not come from the server.
    Refused(FileTrouble),
    /// It is in the store but cannot be shown; why.
    Failed(String),
}

/// Less than core's default: every cell is an element of the page.
const LIMITS: Limits = Limits { text_bytes: 1_000_000, lines: 20_000, rows: 500, columns: 60 };
/// Files up to this size, in bytes, are read from their server as soon as they are opened.
const AT_ONCE: u64 = 5_000_000;

/// Artifact files of everything that is here.
#[derive(Clone, Copy)]
pub struct Artifacts {
    /// Files that came since the lists were read: (owner's id, path).
    came: RwSignal<BTreeSet<(String, String)>>,
    library: Library,
    servers: Servers,
}

/// A file that a person looks at.
#[derive(Clone)]
pub struct OpenArtifact<T: OpenAs = OpenFile> {
    /// Where it is.
    pub state: RwSignal<FileState<T>>,
    what: StoredValue<What>,
    abort: StoredValue<Option<Abort>, LocalStorage>,
    artifacts: Artifacts,
}

impl<T: OpenAs> Copy for OpenArtifact<T> {}

/// Which file it is.
#[derive(Debug, Clone)]
struct What {
    source: String,
    /// The source, if it is a server.
    server: Option<Source>,
    owner: ArtifactOwner,
    path: String,
    /// As it was listed.
    size: u64,
}

impl Artifacts {
    pub(super) fn new(library: Library, servers: Servers) -> Self {
        Self { came: RwSignal::new(BTreeSet::new()), library, servers }
    }

    /// Whether a file came from its server since the lists were read. `address` is that of the tree on
    /// the page of `run`, see [`run_page::locate`].
    pub fn has_come(self, run: &str, address: &str) -> bool {
        let (owner, path) = run_page::locate(run, address);
        self.came.with(|came| came.contains(&(owner.id().to_owned(), path.to_owned())))
    }

    /// Opens a file: from the store, else from its server if it is small.
    pub fn open<T: OpenAs>(self, key: &RunKey, entry: ArtifactEntry) -> OpenArtifact<T> {
        let source =
            self.library.sources.with_untracked(|all| all.iter().find(|s| s.id == key.source).cloned());
        let what = What {
            source: key.source.clone(),
            server: source.filter(|source| source.kind == SourceKind::Server),
            owner: entry.owner.clone(),
            path: entry.path.clone(),
            size: entry.size,
        };
        let file = OpenArtifact {
            state: RwSignal::new(FileState::Loading),
            what: StoredValue::new(what.clone()),
            abort: StoredValue::new_local(None),
            artifacts: self,
        };
        on_cleanup(move || file.stop());
        if let Some(unread) = T::unread(entry.size).filter(|_| self.is_here(&entry)) {
            file.set(FileState::Ready(unread));
            return file;
        }
        spawn_local(async move {
            match self.library.artifact_bytes(&what.source, &what.owner, &what.path).await {
                Ok(Some(bytes)) => file.show(&what.path, bytes),
                Err(reason) => file.set(FileState::Failed(reason)),
                Ok(None) if what.server.is_none() => {
                    let limit = ReadOptions::default().keep_artifacts_up_to;
                    file.set(FileState::Absent(run_page::not_kept(&entry, limit)));
                }
                Ok(None) if what.size <= AT_ONCE && http::is_online() => file.read(false),
                Ok(None) => file.set(FileState::Offered),
            }
        });
        file
    }

    /// Whether the bytes of a file are in the store.
    pub(super) fn is_here(self, entry: &ArtifactEntry) -> bool {
        let name = (entry.owner.id().to_owned(), entry.path.clone());
        entry.kept || self.came.with_untracked(|came| came.contains(&name))
    }

    /// That a file came: lists that are on screen know of it without being read again.
    fn note(self, what: &What, source: Source) {
        let name = (what.owner.id().to_owned(), what.path.clone());
        self.came.update(|came| {
            came.insert(name);
        });
        self.library.sources.update(|all| {
            if let Some(known) = all.iter_mut().find(|known| known.id == source.id) {
                *known = source;
            }
        });
    }
}

impl<T: OpenAs> OpenArtifact<T> {
    /// The server that has it, for people.
    pub fn host(self) -> Option<String> {
        self.what.with_value(|what| what.server.as_ref().map(|source| source.file_name.clone()))
    }

    /// Reads it from its server and keeps it; then hands it to the browser's downloads too, if that is
    /// wanted.
    pub fn read(self, then_save: bool) {
        let Some(what) = self.what.try_get_value() else { return };
        let (Some(server), Some(abort)) = (what.server.clone(), Abort::new()) else { return };
        self.set(FileState::Coming(0));
        // The pane may be gone by now.
        if self.abort.try_set_value(Some(abort.clone())).is_some() {
            return;
        }
        spawn_local(async move {
            let on_part = move |bytes| self.set(FileState::Coming(bytes));
            match self.artifacts.fetch(&what, &server, &abort, on_part).await {
                Ok(bytes) => {
                    if then_save {
                        self.artifacts.save(&what.path, Ok(&bytes));
                    }
                    self.show(&what.path, bytes.clone());
                    self.artifacts.keep(what, bytes).await;
                }
                Err(Some(trouble)) => self.set(FileState::Refused(trouble)),
                Err(None) => self.set(FileState::Offered),
            }
        });
    }

    /// Stops reading it from its server.
    pub fn stop(self) {
        if let Some(Some(abort)) = self.abort.try_update_value(Option::take) {
            abort.abort();
        }
    }

    /// Saves it as a file of its name, from wherever it is.
    pub fn save(self) {
        let Some(what) = self.what.try_get_value() else { return };
        spawn_local(async move {
            match self.artifacts.library.artifact_bytes(&what.source, &what.owner, &what.path).await {
                Ok(Some(bytes)) => self.artifacts.save(&what.path, Ok(&bytes)),
                Ok(None) if what.server.is_some() => self.read(true),
                Ok(None) => {
                    let reason = "only its name and size are in this browser".to_owned();
                    self.artifacts.save(&what.path, Err(reason));
                }
                Err(reason) => self.artifacts.save(&what.path, Err(reason)),
            }
        });
    }

    fn show(self, path: &str, bytes: Vec<u8>) {
        self.set(T::read(path, bytes).map_or_else(FileState::Failed, FileState::Ready));
    }

    /// Another file may have been chosen meanwhile; then this one is dropped, with its URL.
    fn set(self, state: FileState<T>) {
        let _ = self.state.try_set(state);
    }
}

impl Artifacts {
    async fn keep(self, what: What, bytes: Vec<u8>) {
        let file = ArtifactFile { owner: what.owner.clone(), path: what.path.clone(), bytes };
        match self.servers.keep_file(what.source.clone(), file).await {
            Ok(source) => self.note(&what, *source),
            Err(error) => {
                let name = file_name(&what.path);
                let words = format!("{name} was read, but it could not be kept for later: {error}");
                self.library.notices.bad(format::sentence(&words));
            }
        }
    }

    fn save(self, path: &str, read: Result<&[u8], String>) {
        let name = file_name(path);
        if let Err(reason) = read.and_then(|bytes| save(name, "application/octet-stream", bytes)) {
            self.library.notices.bad(format!("{name} could not be saved: {reason}."));
        }
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

impl OpenAs for OpenFile {
    fn read(path: &str, bytes: Vec<u8>) -> Result<Self, String> {
        let shown = preview(path, &bytes, &LIMITS);
        let url = match &shown {
            Preview::Image { mime, .. } => Some(picture_url(mime, &bytes)?),
            _ => None,
        };
        Ok(Self { preview: Arc::new(shown), size: bytes.len() as u64, url })
    }
}

/// A URL of a picture.
pub(super) fn picture_url(mime: &str, bytes: &[u8]) -> Result<Arc<ObjectUrl>, String> {
    let size = format::bytes(bytes.len() as u64);
    let url = object_url(mime, bytes).ok_or(format!("the browser has no room for {size} of picture"))?;
    Ok(Arc::new(url))
}
