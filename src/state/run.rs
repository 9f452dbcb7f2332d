use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    link::{ExperimentKey, Page, RunKey, RunsView, Tab},
    model::{
        ArtifactEntry, ArtifactOwner, LoggedModel, ModelVersion, RegisteredModel, Run, RunStatus, Source,
    },
    run_page::Family,
    table::{RunRef, Twin, twin},
};

use super::{Library, Loadable, RunTable};
use crate::web::store::Store;

/// All that the page of a run shows, without histories.
#[derive(Debug, Clone, PartialEq)]
pub struct RunData {
    /// The run.
    pub run: Run,
    /// Its artifacts.
    pub artifacts: Vec<ArtifactEntry>,
    /// The logged models that it wrote, with their artifacts.
    pub model_artifacts: Vec<(LoggedModel, Vec<ArtifactEntry>)>,
    /// Logged models of its source.
    pub logged: Vec<LoggedModel>,
    /// Registered models of its source.
    pub registered: Vec<RegisteredModel>,
    /// Versions of registered models of its source.
    pub versions: Vec<ModelVersion>,
    /// The same run in other sources.
    pub twins: Vec<Twin>,
}

impl RunData {
    /// Whether another state of the run differs in nothing but what a run that goes on logs at every
    /// step: metrics, and how it stands.
    pub fn is_alike(&self, other: &Self) -> bool {
        let quiet = |run: &Run| Run {
            metrics: Vec::new(),
            status: RunStatus::default(),
            end_time: None,
            ..run.clone()
        };
        quiet(&self.run) == quiet(&other.run)
            && self.artifacts == other.artifacts
            && self.model_artifacts == other.model_artifacts
            && self.logged == other.logged
            && self.registered == other.registered
            && self.versions == other.versions
    }
}

/// The runs before and after a run, as the runs table orders them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// Its place, from 1.
    pub at: usize,
    /// How many rows there are.
    pub of: usize,
    /// The run above.
    pub before: Option<RunKey>,
    /// The run below.
    pub after: Option<RunKey>,
}

/// Why a run's page is empty.
const NOT_HERE: &str = "This run is not in this browser: the link was made elsewhere, or its source was deleted. \
                        Open the files that hold it from the home page.";

impl RunTable {
    /// The runs around a run in the table; `None` if the table does not list it.
    pub fn neighbours(&self, key: &RunKey) -> Option<Neighbours> {
        let at = self.row_of(key)?;
        let key_at = |at: usize| self.at(at).map(|run| run.key());
        let before = at.checked_sub(1).and_then(key_at);
        let of = self.rows.with(|rows| rows.rows.len());
        Some(Neighbours { at: at + 1, of, before, after: key_at(at + 1) })
    }

    /// The runs that a run started, and the one that started it.
    pub fn family(&self, run: &Run, source: &str) -> Family {
        self.table.with(|table| {
            let runs = table.ready().map(|table| table.runs()).unwrap_or_default();
            Family::new(run, source, runs)
        })
    }

    /// The run that a person chose to compare with, unless it is this one.
    pub fn chosen_baseline(&self, this: &RunKey) -> Option<RunRef> {
        let key = self.view.runs.with(|runs| runs.baseline.clone()).filter(|key| key != this)?;
        self.table.with(|table| table.ready()?.runs().iter().find(|run| run.key() == key).cloned())
    }

    /// The runs page that a run's page came from, or else that of its experiment.
    pub fn page_around(&self, experiment: &ExperimentKey) -> RunsView {
        let runs = self.view.runs.get();
        if runs.scope.contains(experiment) {
            return runs;
        }
        RunsView { scope: vec![experiment.clone()], ..RunsView::default() }
    }

    /// The runs page around the run whose page is open, or around the left one of two that are compared.
    pub fn page_around_open(&self) -> RunsView {
        match self.experiment_of_open_run.get() {
            Some(experiment) => self.page_around(&experiment),
            None => self.view.runs.get(),
        }
    }

    /// Goes to a tab of the runs page with this run among those that are shown; `edit` says what
    /// else is to change there.
    pub fn open_with(
        &self,
        key: &RunKey,
        experiment: &ExperimentKey,
        tab: Tab,
        edit: impl FnOnce(&mut RunsView),
    ) {
        let mut runs = untrack(|| self.page_around(experiment));
        let mut shown = self.shown_keys();
        shown.insert(key.clone());
        runs.shown = Some(shown);
        runs.tab = tab;
        edit(&mut runs);
        self.view.go(Page::Runs(runs));
    }
}

impl Library {
    /// Reads a run; follows changes of the store.
    pub fn run_data(self, key: RunKey, table: RunTable) -> Memo<Loadable<Arc<RunData>>> {
        let out = RwSignal::new(Loadable::Loading);
        let of_changes = key.clone();
        let changed = Memo::new(move |count: Option<&u64>| {
            let is_in = self.changes.with(|changes| {
                changes.get(&of_changes.source).is_some_and(|runs| runs.contains(&of_changes.run))
            });
            count.copied().unwrap_or(0) + u64::from(is_in)
        });
        Effect::new(move |_| {
            self.revision.track();
            changed.track();
            if matches!(self.state.get(), Loadable::Ready(())) {
                let key = key.clone();
                spawn_local(async move {
                    let read = self.read_run(&key).await;
                    if let Ok(data) = &read {
                        let experiment = data.run.experiment_id.clone();
                        table
                            .experiment_of_open_run
                            .set(Some(ExperimentKey { source: key.source, experiment }));
                    }
                    // The page may be gone by now.
                    let _ = out
                        .try_set(read.map_or_else(Loadable::Failed, |data| Loadable::Ready(Arc::new(data))));
                });
            }
        });
        // What is read again is most often the same, and the page then stays as it is.
        Memo::new(move |_| match self.state.get() {
            Loadable::Failed(reason) => Loadable::Failed(reason),
            _ => out.get(),
        })
    }

    /// The bytes of an artifact; `None` if only its entry was kept.
    pub async fn artifact_bytes(
        self,
        source: &str,
        owner: &ArtifactOwner,
        path: &str,
    ) -> Result<Option<Vec<u8>>, String> {
        let store = self.store().ok_or("the browser's storage is not open")?;
        store.artifact_file(source, owner, path).await.map_err(|error| error.to_string())
    }

    pub(super) async fn read_run(self, key: &RunKey) -> Result<RunData, String> {
        let store = self.store().ok_or("the browser's storage is not open")?;
        let words = |error: crate::web::store::StoreError| error.to_string();
        let run = store.run(&key.source, &key.run).await.map_err(words)?;
        let run = run.ok_or(NOT_HERE)?;
        let owner = ArtifactOwner::Run(key.run.clone());
        let artifacts = store.artifacts(&key.source, &owner).await.map_err(words)?;
        let mut model_artifacts = Vec::new();
        let logged = store.logged_models(&key.source).await.map_err(words)?;
        for model in logged.iter().filter(|model| wrote(&run, model)) {
            let owner = ArtifactOwner::Model(model.id.clone());
            let entries = store.artifacts(&key.source, &owner).await.map_err(words)?;
            if !entries.is_empty() {
                model_artifacts.push((model.clone(), entries));
            }
        }
        let twins = self.twins(&store, key, &run).await;
        Ok(RunData {
            twins,
            run,
            artifacts,
            model_artifacts,
            logged,
            registered: store.registered_models(&key.source).await.map_err(words)?,
            versions: store.model_versions(&key.source).await.map_err(words)?,
        })
    }
}

impl Library {
    async fn twins(self, store: &Store, key: &RunKey, run: &Run) -> Vec<Twin> {
        let named = |source: &Source, run: Run| RunRef {
            source: source.id.as_str().into(),
            source_name: source.name.as_str().into(),
            experiment: "".into(),
            run: Arc::new(run),
            parent: None,
        };
        let sources = self.sources.get_untracked();
        let Some(mine) = sources.iter().find(|source| source.id == key.source) else { return Vec::new() };
        let this = named(mine, run.clone());
        let mut found = Vec::new();
        for source in sources.iter().filter(|source| source.id != key.source) {
            // One that cannot be read is no twin to look at.
            if let Ok(Some(run)) = store.run(&source.id, &key.run).await {
                found.extend(twin(&this, &named(source, run)));
            }
        }
        found
    }
}

/// Whether a run wrote a logged model.
fn wrote(run: &Run, model: &LoggedModel) -> bool {
    let is_output = run.outputs.iter().any(|link| link.model_id == model.id);
    is_output || !run.id.is_empty() && model.source_run_id == run.id
}
