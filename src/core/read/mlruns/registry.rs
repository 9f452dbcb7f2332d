//! The registry: `models/NAME` with `meta.yaml`, `tags/`, `aliases/` and `version-N/`.

use std::rc::Rc;

use super::{
    context::{Budget, Context},
    plan::Folder,
};
use crate::{
    model::{ModelVersion, Note, RegisteredModel},
    read::{Record, yaml::Node},
};

/// What MLflow writes in place of a stage when a version is deleted (`STAGE_DELETED_INTERNAL`).
const DELETED: &str = "Deleted_Internal";

impl Context {
    pub(super) fn registered_model(&mut self, folder: &Folder, out: &mut Vec<Record>, budget: &mut Budget) {
        let tree = Rc::clone(&self.tree);
        let all = tree.files();
        let versions: Vec<Folder> =
            folder.folders(all).into_iter().filter(|f| f.name().starts_with("version-")).collect();
        let meta = folder.file(all, "meta.yaml").and_then(|file| self.yaml(&file.path, budget));
        if meta.is_none() {
            if versions.is_empty() {
                let reason = "it has no meta.yaml and no version, so it is no registered model";
                return self.notes.count("such folders in the registry", Note::skipped(&folder.path, reason));
            }
            let reason = "this registered model has no meta.yaml that can be read; it is named as its folder";
            self.notes.list("registered models without meta.yaml", Note::repaired(&folder.path, reason));
        }
        let mut aliases = self.pairs(&folder.sub(all, "aliases"), budget);
        for (_, version) in &mut aliases {
            version.truncate(version.trim_end().len());
        }
        let field = |key: &str| meta.as_ref().and_then(|m| m.get(key));
        let name = field("name").and_then(Node::text).unwrap_or(folder.name()).to_owned();
        out.push(Record::RegisteredModel(RegisteredModel {
            name: name.clone(),
            description: field("description").and_then(Node::text).unwrap_or_default().to_owned(),
            tags: self.pairs(&folder.sub(all, "tags"), budget),
            aliases,
            creation_timestamp: field("creation_timestamp").and_then(Node::int),
            last_updated_timestamp: field("last_updated_timestamp").and_then(Node::int),
        }));
        for version in versions {
            let Some(file) = version.file(all, "meta.yaml") else { continue };
            let Some(meta) = self.yaml(&file.path, budget) else { continue };
            let tags = self.pairs(&version.sub(all, "tags"), budget);
            let version = ModelVersion { tags, ..version_info(&meta, &name, version.name()) };
            if version.current_stage != DELETED {
                out.push(Record::ModelVersion(Box::new(version)));
            }
        }
    }
}

fn version_info(meta: &Node, model: &str, folder: &str) -> ModelVersion {
    let maybe = |key: &str| meta.get(key).and_then(Node::text).map(str::to_owned);
    let text = |key: &str| maybe(key).unwrap_or_default();
    let int = |key: &str| meta.get(key).and_then(Node::int);
    ModelVersion {
        name: model.to_owned(),
        version: maybe("version").unwrap_or_else(|| folder.trim_start_matches("version-").to_owned()),
        run_id: text("run_id"),
        source: text("source"),
        status: maybe("status").unwrap_or_else(|| "READY".to_owned()),
        status_message: text("status_message"),
        // The stage `None` is a word that YAML does not take for a null.
        current_stage: maybe("current_stage").unwrap_or_else(|| "None".to_owned()),
        description: text("description"),
        user_id: text("user_id"),
        tags: Vec::new(),
        run_link: text("run_link"),
        creation_timestamp: int("creation_timestamp"),
        last_updated_timestamp: int("last_updated_timestamp"),
        model_id: maybe("model_id"),
    }
}
