use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    link::{ExperimentKey, RunKey},
    model::{ArtifactEntry, ArtifactOwner, LoggedModel, ModelVersion, RegisteredModel, Run},
};

use super::{Library, Loadable, RunTable};

/// All that the page of a run shows, without histories.
#[derive(Debug, Clone, PartialEq)]
pub struct RunData {
    /// The run.
    pub run: Run,
    /// Its artifacts.
    pub artifacts: Vec<ArtifactEntry>,
    /// Logged models of its source.
    pub logged: Vec<LoggedModel>,
    /// Registered models of its source.
    pub registered: Vec<RegisteredModel>,
    /// Versions of registered models of its source.
    pub versions: Vec<ModelVersion>,
}

impl Library {
    /// Reads a run; follows changes of the store.
    pub fn run_data(self, key: RunKey, table: RunTable) -> RwSignal<Loadable<RunData>> {
        let out = RwSignal::new(Loadable::Loading);
        Effect::new(move |_| {
            self.revision.track();
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
                    let _ = out.try_set(read.map_or_else(Loadable::Failed, Loadable::Ready));
                });
            }
        });
        out
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

    async fn read_run(self, key: &RunKey) -> Result<RunData, String> {
        let store = self.store().ok_or("the browser's storage is not open")?;
        let words = |error: crate::web::store::StoreError| error.to_string();
        let run = store.run(&key.source, &key.run).await.map_err(words)?;
        let run =
            run.ok_or("this run is not in this browser; open the files that hold it from the home page")?;
        let owner = ArtifactOwner::Run(key.run.clone());
        let artifacts = store.artifacts(&key.source, &owner).await.map_err(words)?;
        Ok(RunData {
            run,
            artifacts,
            logged: store.logged_models(&key.source).await.map_err(words)?,
            registered: store.registered_models(&key.source).await.map_err(words)?,
            versions: store.model_versions(&key.source).await.map_err(words)?,
        })
    }
}
