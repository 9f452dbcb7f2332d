use std::collections::{BTreeMap, BTreeSet};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    job::report_text,
    link::{ExperimentKey, Page, RunsView},
    mlflow::FileRule,
    model::{Experiment, Lifecycle, Note, RegisteredModel, Source},
};

use super::{Clock, Histories, NoticeAction, Notices, Tone, ViewState};
use crate::web::{
    self, clipboard,
    store::{Changed, Contents, Space, Store, StoreError},
};

/// Something that is being read, was read, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Loadable<T> {
    /// Being read.
    Loading,
    /// Here it is.
    Ready(T),
    /// Why it is not here, in words.
    Failed(String),
}

impl<T> Loadable<T> {
    /// The same state with another value.
    pub fn map<U>(&self, value: impl FnOnce(&T) -> U) -> Loadable<U> {
        match self {
            Self::Loading => Loadable::Loading,
            Self::Ready(ready) => Loadable::Ready(value(ready)),
            Self::Failed(reason) => Loadable::Failed(reason.clone()),
        }
    }

    /// The value, if it is here.
    pub fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            _ => None,
        }
    }
}

/// An experiment as the side bar lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedExperiment {
    /// The experiment.
    pub experiment: Experiment,
    /// How many runs it has, those in the bin included.
    pub runs: u64,
}

/// What a source holds, as the side bar lists it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// Experiments: active before deleted, those with runs before empty ones.
    pub experiments: Vec<ListedExperiment>,
    /// Registered models, by name.
    pub models: Vec<RegisteredModel>,
}

/// Which runs were written, by source.
pub(super) type Changes = BTreeMap<String, BTreeSet<String>>;

/// How long writes are collected before the screen follows, in milliseconds.
const COLLECT_MILLIS: u32 = 700;

/// What this browser holds: sources and what is in them, read from the store.
#[derive(Clone, Copy)]
pub struct Library {
    /// Whether the store is open.
    pub state: RwSignal<Loadable<()>>,
    /// By the time they were added.
    pub sources: RwSignal<Vec<Source>>,
    /// What the sources hold, by source id.
    pub listings: RwSignal<BTreeMap<String, Listing>>,
    /// What the browser says about space.
    pub space: RwSignal<Space>,
    /// Raised when anything in the store may have changed.
    pub revision: RwSignal<u64>,
    /// The runs that were written last; `revision` stays as it was.
    pub(super) changes: RwSignal<Changes>,
    /// Runs that were written and not told of yet.
    pending: StoredValue<Changes>,
    store: StoredValue<Option<Store>, LocalStorage>,
    pub(super) notices: Notices,
}

impl Library {
    pub(super) fn new(notices: Notices) -> Self {
        Self {
            state: RwSignal::new(Loadable::Loading),
            sources: RwSignal::new(Vec::new()),
            listings: RwSignal::new(BTreeMap::new()),
            space: RwSignal::new(Space::default()),
            revision: RwSignal::new(0),
            changes: RwSignal::new(Changes::new()),
            pending: StoredValue::new(Changes::new()),
            store: StoredValue::new_local(None),
            notices,
        }
    }

    /// Opens the store and reads the lists.
    pub(super) fn open(self, histories: Histories) {
        spawn_local(async move {
            match Store::open().await {
                Ok(store) => {
                    self.watch(&store, histories);
                    self.store.set_value(Some(store));
                    self.read_lists_again().await;
                    self.state.set(Loadable::Ready(()));
                    self.measure_space().await;
                }
                Err(error) => self.state.set(Loadable::Failed(error.to_string())),
            }
        });
    }

    fn watch(self, store: &Store, histories: Histories) {
        let notices = self.notices;
        store.on_closed(move || {
            let reload = Callback::new(|()| crate::web::offline::apply_update());
            notices.offer(
                Tone::Plain,
                StoreError::Closed.to_string(),
                NoticeAction { label: "Reload".to_owned(), run: reload },
            );
        });
        let listener = store.on_changed(move |Changed { source, runs }| {
            if let Some(runs) = runs {
                self.collect(source, runs, histories);
            } else {
                histories.forget_source(&source);
                spawn_local(self.refresh());
            }
        });
        if let Some(listener) = listener {
            listener.forget();
        }
    }

    /// Collects what is written for a moment, so that a sync that writes twice a second does not keep
    /// the screen busy; the longer telling takes, the longer it waits.
    fn collect(self, source: String, runs: Vec<String>, histories: Histories) {
        let is_first = self.pending.try_update_value(|pending| {
            let is_first = pending.is_empty();
            pending.entry(source).or_default().extend(runs);
            is_first
        });
        if is_first == Some(true) {
            spawn_local(async move {
                web::sleep_millis(COLLECT_MILLIS).await;
                let changes = self.pending.try_update_value(std::mem::take).unwrap_or_default();
                histories.renew(&changes);
                self.read_lists().await;
                self.changes.set(changes);
            });
        }
    }

    /// The store; `None` until it is open.
    pub(super) fn store(&self) -> Option<Store> {
        self.store.get_value()
    }

    /// Reads the lists again.
    pub(super) async fn refresh(self) {
        self.read_lists_again().await;
        self.measure_space().await;
    }

    async fn read_lists_again(self) {
        if self.read_lists().await {
            self.revision.update(|revision| *revision += 1);
        }
    }

    /// Whether they could be read.
    async fn read_lists(self) -> bool {
        let Some(store) = self.store() else { return false };
        match read_lists(&store).await {
            Ok((sources, listings)) => {
                // What is the same is not to be drawn again.
                if self.listings.with_untracked(|before| *before != listings) {
                    self.listings.set(listings);
                }
                if self.sources.with_untracked(|before| *before != sources) {
                    self.sources.set(sources);
                }
                true
            }
            Err(error) => {
                self.notices
                    .bad(format::sentence(&format!("The list of sources could not be read: {error}")));
                false
            }
        }
    }

    /// Takes its time: the browser sums up its files.
    async fn measure_space(self) {
        if let Some(store) = self.store() {
            self.space.set(store.space().await.unwrap_or_default());
        }
    }

    /// A source, as long as it is there.
    pub fn source(&self, id: String) -> Signal<Option<Source>> {
        let sources = self.sources;
        Memo::new(move |_| sources.with(|all| all.iter().find(|source| source.id == id).cloned())).into()
    }

    /// A source's name; its id when it is not here.
    pub fn source_name(&self, id: &str) -> String {
        self.sources.with(|all| {
            all.iter().find(|source| source.id == id).map_or_else(|| id.to_owned(), |s| s.name.clone())
        })
    }

    /// An experiment's name; its id when it is not here.
    pub fn experiment_name(&self, key: &ExperimentKey) -> String {
        self.listings.with(|all| {
            let found = all
                .get(&key.source)
                .and_then(|listing| listing.experiments.iter().find(|e| e.experiment.id == key.experiment));
            found.map_or_else(|| key.experiment.clone(), |e| e.experiment.name.clone())
        })
    }

    /// Where opening a source leads: its busiest experiment, else its report.
    pub fn open_page(&self, source: &str) -> Page {
        let busiest = self.listings.with_untracked(|all| {
            let listing = all.get(source)?;
            let best = listing
                .experiments
                .iter()
                .filter(|e| e.runs > 0)
                .max_by_key(|e| (e.experiment.lifecycle == Lifecycle::Active, e.runs))?;
            Some(best.experiment.id.clone())
        });
        match busiest {
            Some(experiment) => {
                let scope = vec![ExperimentKey { source: source.to_owned(), experiment }];
                Page::Runs(RunsView { scope, ..RunsView::default() })
            }
            None => Page::Source { source: source.to_owned() },
        }
    }

    /// The link behind [`Self::open_page`]; follows what the source holds.
    pub fn open_href(&self, source: &str) -> String {
        self.listings.track();
        ViewState::href(self.open_page(source))
    }

    /// All notes of a source's last import, read from the store.
    pub fn notes(self, source: String) -> RwSignal<Loadable<Vec<Note>>> {
        let notes = RwSignal::new(Loadable::Loading);
        spawn_local(async move {
            notes.set(match self.read_notes(&source).await {
                Ok(found) => Loadable::Ready(found),
                Err(reason) => Loadable::Failed(reason),
            });
        });
        notes
    }

    /// Puts a source's whole report on the clipboard.
    pub fn copy_report(self, source: Source, clock: Clock) {
        spawn_local(async move {
            let copied = match self.read_notes(&source.id).await {
                Ok(notes) => clipboard::copy(&untrack(|| report_text(&source, &notes, &clock.core()))).await,
                Err(reason) => Err(reason),
            };
            match copied {
                Ok(()) => self.notices.good("The report is on the clipboard."),
                Err(reason) => {
                    self.notices.bad(format::sentence(&format!("The report could not be copied: {reason}")));
                }
            }
        });
    }

    async fn read_notes(self, source: &str) -> Result<Vec<Note>, String> {
        let store = self.store().ok_or("the browser's storage is not open")?;
        store.notes(source).await.map_err(|error| error.to_string())
    }

    /// Asks the browser to keep what is here even when space runs short.
    pub(super) async fn keep(self) {
        if let Some(store) = self.store() {
            store.persist().await;
            self.measure_space().await;
        }
    }

    /// Gives a source another name.
    pub fn rename(self, source: String, name: String) {
        let name = name.trim().to_owned();
        if name.is_empty() {
            self.notices.bad("A source needs a name: type at least one letter.");
            return;
        }
        spawn_local(async move {
            let Some(store) = self.store() else { return };
            match store.rename_source(&source, &name).await {
                Ok(()) => self.notices.good(format!("Renamed to {name}.")),
                Err(error) => {
                    self.notices.bad(format::sentence(&format!("The source keeps its name: {error}")));
                }
            }
            self.refresh().await;
        });
    }

    /// Deletes a source and all that it holds.
    pub fn delete(self, source: String) {
        spawn_local(async move {
            let Some(store) = self.store() else { return };
            let name = untrack(|| self.source_name(&source));
            match store.delete_source(&source).await {
                Ok(()) => {
                    // Of no use without its source, and no harm.
                    let _ = store.set_setting(&FileRule::setting(&source), None).await;
                    self.notices.good(format!("{name} was deleted from this browser."));
                }
                Err(error) => {
                    self.notices.bad(format::sentence(&format!("{name} could not be deleted: {error}")));
                }
            }
            self.refresh().await;
        });
    }
}

async fn read_lists(store: &Store) -> Result<(Vec<Source>, BTreeMap<String, Listing>), StoreError> {
    let sources = store.sources().await?;
    let contents = store.contents(&sources).await?;
    let listings = sources.iter().zip(contents).map(|(source, holds)| (source.id.clone(), listing_of(holds)));
    let listings = listings.collect();
    Ok((sources, listings))
}

fn listing_of(contents: Contents) -> Listing {
    let listed = |(experiment, runs)| ListedExperiment { experiment, runs };
    let mut experiments: Vec<_> = contents.experiments.into_iter().map(listed).collect();
    experiments.sort_by_cached_key(|e| {
        (e.experiment.lifecycle == Lifecycle::Deleted, e.runs == 0, e.experiment.name.to_lowercase())
    });
    Listing { experiments, models: contents.models }
}
