//! Reads the files of the runs that are compared.

use std::{collections::HashMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    diff::{FileKey, ReadOfRun, RunFiles, hash, is_read, models_of, to_hash},
    format,
    model::{ArtifactEntry, ArtifactOwner, LoggedModel, Run, SourceKind},
    table::RunRef,
};

use super::Comparison;
use crate::web::{store::Store, tick::yield_now};

/// What was read of a run; as good as the run it was read for.
pub(super) struct Kept {
    run: Arc<Run>,
    models: Vec<LoggedModel>,
    entries: Vec<ArtifactEntry>,
    contents: HashMap<FileKey, Vec<u8>>,
}

/// Hashes of a source's files.
pub(super) type Hashes = HashMap<FileKey, String>;

/// So many bytes are hashed to tell files apart; the rest is compared by size.
const MOST_HASHED: u64 = 32_000_000;
/// So many runs are read before the browser gets its turn.
const AT_ONCE: usize = 8;

/// Files that say what runs ran in, and that only their servers have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// How many.
    pub files: usize,
    /// In bytes.
    pub bytes: u64,
    wanted: Vec<(String, ArtifactEntry)>,
}

impl Offer {
    /// `24 files, 120 KB, are on the server`.
    pub fn words(&self) -> String {
        let files = format::count(self.files as u64, "file", "files");
        format!("{files} ({}) of packages and models are on the server only.", format::bytes(self.bytes))
    }
}

impl Comparison {
    /// Reads the files of these runs, unless others are asked for meanwhile.
    pub(super) fn read_files(self, runs: Arc<Vec<RunRef>>) {
        let turn = self.turn.get_value() + 1;
        self.turn.set_value(turn);
        spawn_local(async move {
            let Some(store) = self.library.store() else { return };
            let is_current = || self.turn.get_value() == turn;
            let mut models: HashMap<Arc<str>, Arc<Vec<LoggedModel>>> = HashMap::new();
            for (at, run) in runs.iter().enumerate() {
                if at % AT_ONCE == AT_ONCE - 1 {
                    yield_now().await;
                }
                if !is_current() {
                    return;
                }
                self.reading.set(Some((at, runs.len())));
                if !models.contains_key(&run.source) {
                    let found = store.logged_models(&run.source).await.unwrap_or_default();
                    models.insert(Arc::clone(&run.source), Arc::new(found));
                }
                let logged = models.get(&run.source).cloned().unwrap_or_default();
                self.read_run(&store, run, &logged).await;
            }
            self.hash_files(&store, &runs).await;
            if is_current() {
                self.reading.set(None);
                self.offer.set(self.offer_of(&runs));
                let files = runs.iter().map(|run| self.files_of(run)).collect();
                self.set_files(runs, files);
            }
        });
    }

    async fn read_run(self, store: &Store, run: &RunRef, logged: &[LoggedModel]) {
        let key = run.key();
        let is_kept =
            |kept: &HashMap<_, Kept>| kept.get(&key).is_some_and(|kept| Arc::ptr_eq(&kept.run, &run.run));
        if self.kept.with_value(is_kept) {
            return;
        }
        let models: Vec<LoggedModel> = models_of(&run.run, logged).cloned().collect();
        let owners = models.iter().map(|model| ArtifactOwner::Model(model.id.clone()));
        let owners = std::iter::once(ArtifactOwner::Run(run.run.id.clone())).chain(owners);
        let mut entries = Vec::new();
        for owner in owners {
            // A list that cannot be read leaves its files out; the run page says why.
            entries.extend(store.artifacts(&run.source, &owner).await.unwrap_or_default());
        }
        let mut contents = HashMap::new();
        for entry in entries.iter().filter(|entry| is_read(entry)) {
            let found = store.artifact_file(&run.source, &entry.owner, &entry.path).await;
            if let Ok(Some(bytes)) = found {
                contents.insert((entry.owner.clone(), entry.path.clone()), bytes);
            }
        }
        let kept = Kept { run: Arc::clone(&run.run), models, entries, contents };
        self.kept.update_value(|all| {
            all.insert(key, kept);
        });
    }

    /// Hashes the files that size does not tell apart, and that were not hashed before.
    async fn hash_files(self, store: &Store, runs: &[RunRef]) {
        let lists: Vec<Vec<ArtifactEntry>> = self.kept.with_value(|kept| {
            runs.iter()
                .map(|run| kept.get(&run.key()).map(|kept| kept.entries.clone()).unwrap_or_default())
                .collect()
        });
        for (at, file) in to_hash(&lists, MOST_HASHED) {
            let Some(run) = runs.get(at) else { continue };
            let source = run.source.as_ref();
            let is_known =
                |all: &HashMap<String, Hashes>| all.get(source).is_some_and(|of| of.contains_key(&file));
            if self.hashes.with_value(is_known) {
                continue;
            }
            let Ok(Some(bytes)) = store.artifact_file(source, &file.0, &file.1).await else { continue };
            let found = hash(&bytes);
            self.hashes.update_value(|all| {
                all.entry(source.to_owned()).or_default().insert(file, found);
            });
        }
    }

    fn files_of(self, run: &RunRef) -> Option<Arc<RunFiles>> {
        let none = Hashes::new();
        self.kept.with_value(|kept| {
            let Kept { run: of, models, entries, contents } = kept.get(&run.key())?;
            self.hashes.with_value(|hashes| {
                let hashes = hashes.get(run.source.as_ref()).unwrap_or(&none);
                Some(Arc::new(RunFiles::new(&ReadOfRun { run: of, models, entries, contents, hashes })))
            })
        })
    }

    /// What would be compared if the servers were asked for it.
    fn offer_of(self, runs: &[RunRef]) -> Option<Offer> {
        let sources = self.library.sources.get_untracked();
        let is_server =
            |id: &str| sources.iter().any(|source| source.id == id && source.kind == SourceKind::Server);
        let mut wanted = Vec::new();
        self.kept.with_value(|kept| {
            for run in runs.iter().filter(|run| is_server(&run.source)) {
                let Some(kept) = kept.get(&run.key()) else { continue };
                let is_missing = |entry: &&ArtifactEntry| {
                    is_read(entry) && !kept.contents.contains_key(&(entry.owner.clone(), entry.path.clone()))
                };
                wanted.extend(
                    kept.entries
                        .iter()
                        .filter(is_missing)
                        .map(|entry| (run.source.to_string(), entry.clone())),
                );
            }
        });
        let bytes = wanted.iter().map(|(_, entry)| entry.size).sum();
        (!wanted.is_empty()).then_some(Offer { files: wanted.len(), bytes, wanted })
    }

    /// Reads what is offered from the servers, and keeps it.
    pub fn take_offer(self) {
        let Some(offer) = self.offer.get_untracked() else { return };
        self.offer.set(None);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let mut failed = 0;
            for (at, (source, entry)) in offer.wanted.iter().enumerate() {
                if self.turn.get_value() != turn {
                    return;
                }
                self.reading.set(Some((at, offer.files)));
                failed += usize::from(self.artifacts.bring(source, entry).await.is_err());
            }
            self.reading.set(None);
            if failed > 0 {
                let words = format::of_total(failed as u64, offer.files as u64, "file", "files");
                self.library.notices.bad(format!(
                    "{words} did not come from the server. Open one on the page of its run to see why."
                ));
            }
            self.kept.update_value(|kept| kept.retain(|_, kept| !kept.entries.iter().any(is_read)));
            self.came.update(|came| *came += 1);
        });
    }
}
