//! The models of a source.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::model::{LoggedModel, ModelVersion, RegisteredModel, Run};

use super::{Library, Loadable};
use crate::web::store::{Store, StoreError};

/// The models of a source, and the runs that they came from.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceModels {
    /// Logged models.
    pub logged: Vec<LoggedModel>,
    /// Registered models.
    pub registered: Vec<RegisteredModel>,
    /// Versions of registered models.
    pub versions: Vec<ModelVersion>,
    /// The runs that models and versions name, as far as the source has them.
    pub runs: Vec<Run>,
}

/// Up to so many runs are read one by one; more are picked from all.
const ONE_BY_ONE: usize = 64;

impl Library {
    /// Reads the models of a source; follows changes of the store.
    pub fn source_models(self, source: String) -> RwSignal<Loadable<Arc<SourceModels>>> {
        let out = RwSignal::new(Loadable::Loading);
        Effect::new(move |_| {
            self.revision.track();
            if matches!(self.state.get(), Loadable::Ready(())) {
                let source = source.clone();
                spawn_local(async move {
                    let Some(store) = self.store() else { return };
                    let read = read(&store, &source).await;
                    // The page may be gone by now.
                    let _ = out.try_set(read.map_or_else(
                        |error| Loadable::Failed(error.to_string()),
                        |models| Loadable::Ready(Arc::new(models)),
                    ));
                });
            }
        });
        out
    }
}

async fn read(store: &Store, source: &str) -> Result<SourceModels, StoreError> {
    let logged = store.logged_models(source).await?;
    let registered = store.registered_models(source).await?;
    let versions = store.model_versions(source).await?;
    let of_versions = versions.iter().map(|version| version.run_id.as_str());
    let wanted: BTreeSet<&str> = of_versions
        .chain(logged.iter().map(|model| model.source_run_id.as_str()))
        .filter(|id| !id.is_empty())
        .collect();
    let runs = runs(store, source, &wanted).await?;
    Ok(SourceModels { logged, registered, versions, runs })
}

async fn runs(store: &Store, source: &str, wanted: &BTreeSet<&str>) -> Result<Vec<Run>, StoreError> {
    let mut runs = Vec::new();
    if wanted.len() <= ONE_BY_ONE {
        for id in wanted {
            runs.extend(store.run(source, id).await?);
        }
    } else {
        for experiment in store.experiments(source).await? {
            let all = store.runs(source, &experiment.id).await?;
            runs.extend(all.into_iter().filter(|run| wanted.contains(run.id.as_str())));
        }
    }
    Ok(runs)
}
