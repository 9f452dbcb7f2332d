use std::collections::BTreeSet;

use crate::model::{LoggedModel, ModelVersion, RegisteredModel, Run};

/// A model that the run wrote or read, and the versions made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRow {
    /// As logged: `model`.
    pub name: String,
    /// `m-…` in MLflow 3; `None` for a version whose model is not known otherwise.
    pub model_id: Option<String>,
    /// The run read it, rather than wrote it.
    pub input: bool,
    /// `READY`, ….
    pub status: String,
    /// Registered versions.
    pub versions: Vec<AliasedVersion>,
}

/// A registered version with its aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasedVersion {
    /// The registered model.
    pub name: String,
    /// The version.
    pub version: String,
    /// `Staging`, `Production`, `Archived`, or empty.
    pub stage: String,
    /// Aliases that point at this version.
    pub aliases: Vec<String>,
}

/// The models of a run: logged models it wrote or read, and registered versions that name the run
/// or one of these models. All of one source.
pub fn model_rows(
    run: &Run,
    logged: &[LoggedModel],
    versions: &[ModelVersion],
    registered: &[RegisteredModel],
) -> Vec<ModelRow> {
    let of_model = |id: &str| -> Vec<AliasedVersion> {
        let versions = versions.iter().filter(|version| version.model_id.as_deref() == Some(id));
        versions.map(|version| aliased(version, registered)).collect()
    };
    let mut rows: Vec<ModelRow> = linked(run, logged)
        .map(|(id, input)| {
            let model = logged.iter().find(|model| model.id == id);
            ModelRow {
                name: model.map_or_else(|| id.to_owned(), |model| model.name.clone()),
                model_id: Some(id.to_owned()),
                input,
                status: model.map(|model| model.status.clone()).unwrap_or_default(),
                versions: of_model(id),
            }
        })
        .collect();
    let is_listed = |version: &ModelVersion| {
        let id = version.model_id.as_deref();
        rows.iter().any(|row| id.is_some() && row.model_id.as_deref() == id)
    };
    let rest: Vec<&ModelVersion> = versions
        .iter()
        .filter(|version| !version.run_id.is_empty() && version.run_id == run.id && !is_listed(version))
        .collect();
    for version in rest {
        let name = artifact_name(version, run);
        let versions = vec![aliased(version, registered)];
        match rows.iter_mut().find(|row| row.model_id.is_none() && row.name == name) {
            Some(row) => row.versions.extend(versions),
            None => rows.push(ModelRow {
                name,
                model_id: None,
                input: false,
                status: version.status.clone(),
                versions,
            }),
        }
    }
    rows
}

/// Ids of the models the run wrote, then of those it read, each once.
fn linked<'a>(run: &'a Run, logged: &'a [LoggedModel]) -> impl Iterator<Item = (&'a str, bool)> {
    let outputs = run.outputs.iter().map(|link| (link.model_id.as_str(), false));
    let written = logged.iter().filter(|model| !run.id.is_empty() && model.source_run_id == run.id);
    let inputs = run.model_inputs.iter().map(|link| (link.model_id.as_str(), true));
    let mut seen = BTreeSet::new();
    let all = outputs.chain(written.map(|model| (model.id.as_str(), false))).chain(inputs);
    all.filter(move |(id, _)| seen.insert(*id))
}

/// The artifact folder that a version was made from: `model`, from `…/RUN_ID/artifacts/model`.
fn artifact_name(version: &ModelVersion, run: &Run) -> String {
    let source = version.source.trim_end_matches('/');
    let after_run = source.split_once(run.id.as_str()).map(|(_, rest)| rest);
    let folder = after_run.map(|rest| rest.trim_start_matches('/').trim_start_matches("artifacts/"));
    folder.filter(|folder| !folder.is_empty()).unwrap_or(&version.name).to_owned()
}

fn aliased(version: &ModelVersion, registered: &[RegisteredModel]) -> AliasedVersion {
    let model = registered.iter().find(|model| model.name == version.name);
    let aliases = model.map(|model| model.aliases.as_slice()).unwrap_or_default();
    let mine = aliases.iter().filter(|(_, number)| *number == version.version);
    let has_stage = !version.current_stage.is_empty() && version.current_stage != "None";
    AliasedVersion {
        name: version.name.clone(),
        version: version.version.clone(),
        stage: if has_stage { version.current_stage.clone() } else { String::new() },
        aliases: mine.map(|(alias, _)| alias.clone()).collect(),
    }
}
