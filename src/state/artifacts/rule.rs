use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    format,
    mlflow::{FileRule, FileTally},
    model::ArtifactEntry,
};

use super::Artifacts;
use crate::web;

/// Which artifact files of a server's source are read at a refresh, while a person looks at it or
/// changes it.
#[derive(Clone, Copy)]
pub struct FileRuleOf {
    /// As it is kept; `None` when no file is read by rule.
    pub kept: RwSignal<Option<FileRule>>,
    /// What is listed; empty until it is read.
    listed: RwSignal<Vec<ArtifactEntry>>,
    /// Whether rule and lists are here.
    pub is_ready: RwSignal<bool>,
    source: StoredValue<String>,
    artifacts: Artifacts,
}

impl Artifacts {
    /// The rule of a source; follows changes of the store.
    pub fn rule_of(self, source: String) -> FileRuleOf {
        let rule = FileRuleOf {
            kept: RwSignal::new(None),
            listed: RwSignal::new(Vec::new()),
            is_ready: RwSignal::new(false),
            source: StoredValue::new(source),
            artifacts: self,
        };
        let revision = self.library.revision;
        Effect::new(move |_| {
            revision.track();
            spawn_local(rule.load());
        });
        rule
    }
}

impl FileRuleOf {
    /// What a rule would find now.
    pub fn tally(self, rule: &FileRule) -> FileTally {
        self.listed.with(|listed| rule.tally(listed))
    }

    /// Keeps a rule for the next refresh; `None` reads none. What is here stays.
    pub fn save(self, rule: Option<FileRule>) {
        let rule = rule.map(|rule| FileRule { since: web::now(), ..rule });
        let Some(source) = self.source.try_get_value() else { return };
        spawn_local(async move {
            let Some(store) = self.artifacts.library.store() else { return };
            let text = rule.as_ref().map(FileRule::to_text);
            match store.set_setting(&FileRule::setting(&source), text.as_deref()).await {
                Ok(()) => {
                    let _ = self.kept.try_set(rule);
                }
                Err(error) => {
                    let words = format!("What is to be read could not be kept: {error}");
                    self.artifacts.library.notices.bad(format::sentence(&words));
                }
            }
        });
    }

    async fn load(self) {
        let (Some(store), Some(source)) = (self.artifacts.library.store(), self.source.try_get_value())
        else {
            return;
        };
        let text = store.setting(&FileRule::setting(&source)).await.ok().flatten();
        let listed = store.all_artifacts(&source).await.unwrap_or_default();
        let _ = self.listed.try_set(listed);
        let _ = self.kept.try_set(text.and_then(|text| FileRule::from_text(&text)));
        let _ = self.is_ready.try_set(true);
    }
}
