use super::store::{Store, sort, text};
use crate::{
    model::{ModelVersion, Note, Pairs, RegisteredModel},
    read::{Record, sqlite::Row},
};

/// A registered model's key: its name, and its workspace (empty for MLflow's default one and before
/// MLflow had any).
pub(super) type ModelName = (String, String);

/// The stage of versions that were deleted; MLflow's client does not give them.
const DELETED: &str = "Deleted_Internal";

pub(super) const COLUMNS: &[&str] =
    &["workspace", "name", "description", "creation_time", "last_updated_time"];

pub(super) fn take(store: &mut Store, row: &Row<'_>) {
    let model = RegisteredModel {
        name: text(row, 1),
        description: text(row, 2),
        creation_timestamp: row.integer(3),
        last_updated_timestamp: row.integer(4),
        ..RegisteredModel::default()
    };
    store.registered_models.insert(name(row), model);
}

pub(super) fn take_tag(store: &mut Store, row: &Row<'_>) {
    push(store, row, |model| &mut model.tags);
}

pub(super) fn take_alias(store: &mut Store, row: &Row<'_>) {
    push(store, row, |model| &mut model.aliases);
}

fn push(store: &mut Store, row: &Row<'_>, pairs: fn(&mut RegisteredModel) -> &mut Pairs) {
    if let Some(model) = store.registered_models.get_mut(&name(row)) {
        pairs(model).push((text(row, 2), text(row, 3)));
    }
}

/// Gives out all registered models; their names stay, for the versions.
pub(super) fn emit(store: &mut Store, out: &mut Vec<Record>) {
    let keys: Vec<ModelName> = store.registered_models.keys().cloned().collect();
    for key in keys {
        let shown = shown_name(store, &key);
        let Some(model) = store.registered_models.get_mut(&key) else { continue };
        sort(&mut model.tags);
        sort(&mut model.aliases);
        if shown != model.name {
            let reason =
                format!("another workspace has a model of this name; this one is shown as {shown:?}");
            store.notes.push(Note::repaired(format!("registered model {:?}", model.name), reason));
        }
        out.push(Record::RegisteredModel(RegisteredModel { name: shown, ..model.clone() }));
    }
}

pub(super) const VERSION_COLUMNS: &[&str] = &[
    "workspace",
    "name",
    "version",
    "run_id",
    "source",
    "status",
    "status_message",
    "current_stage",
    "description",
    "user_id",
    "run_link",
    "creation_time",
    "last_updated_time",
];

pub(super) fn take_version(store: &mut Store, row: &Row<'_>) {
    let current_stage = text(row, 7);
    if current_stage == DELETED {
        return;
    }
    let source = text(row, 4);
    let version = ModelVersion {
        name: text(row, 1),
        version: text(row, 2),
        run_id: text(row, 3),
        model_id: model_id(&source),
        source,
        status: text(row, 5),
        status_message: text(row, 6),
        current_stage,
        description: text(row, 8),
        user_id: text(row, 9),
        tags: Vec::new(),
        run_link: text(row, 10),
        creation_timestamp: row.integer(11),
        last_updated_timestamp: row.integer(12),
    };
    store.versions.insert((name(row), row.integer(2).unwrap_or(0)), version);
}

pub(super) fn take_version_tag(store: &mut Store, row: &Row<'_>) {
    let key = (name(row), row.integer(2).unwrap_or(0));
    if let Some(version) = store.versions.get_mut(&key) {
        version.tags.push((text(row, 3), text(row, 4)));
    }
}

/// Gives out all versions.
pub(super) fn emit_versions(store: &mut Store, out: &mut Vec<Record>) {
    for ((key, _), mut version) in std::mem::take(&mut store.versions) {
        sort(&mut version.tags);
        version.name = shown_name(store, &key);
        out.push(Record::ModelVersion(Box::new(version)));
    }
}

/// A version made from a logged model has the source `models:/m-…`.
fn model_id(source: &str) -> Option<String> {
    let id = source.strip_prefix("models:/")?;
    (id.starts_with("m-") && !id.contains('/')).then(|| id.to_owned())
}

/// Name first, so that models of one name stand side by side, the default workspace's in front.
fn name(row: &Row<'_>) -> ModelName {
    let workspace = text(row, 0);
    (text(row, 1), if workspace == "default" { String::new() } else { workspace })
}

/// Names are unique only in a workspace: all but the first of equal names get it added.
fn shown_name(store: &Store, (name, workspace): &ModelName) -> String {
    let first = store.registered_models.range((name.clone(), String::new())..).next();
    match first {
        Some(((same, first), _)) if same == name && first != workspace => format!("{name} ({workspace})"),
        _ => name.clone(),
    }
}
