use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    link::RunKey,
    model::{ArtifactEntry, ArtifactOwner},
};

use super::Artifacts;

/// What runs have as artifacts, in the order in which the runs were asked for.
type ArtifactLists = Arc<Vec<(RunKey, Vec<ArtifactEntry>)>>;

impl Artifacts {
    /// The lists of these runs; `None` until they are read. Follows changes of the store.
    pub fn lists(self, runs: Memo<Vec<RunKey>>) -> ReadSignal<Option<ArtifactLists>> {
        let (lists, set) = signal(None);
        let revision = self.library.revision;
        Effect::new(move |_| {
            revision.track();
            let runs = runs.get();
            spawn_local(async move {
                let Some(store) = self.library.store() else { return };
                let mut found = Vec::new();
                for key in runs {
                    let owner = ArtifactOwner::Run(key.run.clone());
                    let entries = store.artifacts(&key.source, &owner).await.unwrap_or_default();
                    found.push((key, entries));
                }
                let _ = set.try_set(Some(Arc::new(found)));
            });
        });
        lists
    }
}
