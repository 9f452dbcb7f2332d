use super::store::{Store, sort, text};
use crate::{
    model::{Lifecycle, LoggedModel, ModelMetric, Pairs, Point},
    read::{Record, sqlite::Row},
};

pub(super) const COLUMNS: &[&str] = &[
    "model_id",
    "experiment_id",
    "name",
    "artifact_location",
    "creation_timestamp_ms",
    "last_updated_timestamp_ms",
    "source_run_id",
    "status",
    "status_message",
    "model_type",
    "lifecycle_stage",
];

pub(super) fn take(store: &mut Store, row: &Row<'_>) {
    let model = LoggedModel {
        id: text(row, 0),
        experiment_id: text(row, 1),
        name: text(row, 2),
        artifact_location: text(row, 3),
        creation_timestamp: row.integer(4),
        last_updated_timestamp: row.integer(5),
        source_run_id: text(row, 6),
        status: status(row),
        status_message: text(row, 8),
        model_type: text(row, 9),
        lifecycle: Lifecycle::from_mlflow(&text(row, 10)),
        ..LoggedModel::default()
    };
    store.logged_models.insert(model.id.clone(), model);
}

/// MLflow's words for the numbers that are stored.
fn status(row: &Row<'_>) -> String {
    match row.integer(7) {
        Some(0) => "UNSPECIFIED".to_owned(),
        Some(1) => "PENDING".to_owned(),
        Some(2) => "READY".to_owned(),
        Some(3) => "FAILED".to_owned(),
        _ => text(row, 7),
    }
}

pub(super) fn take_param(store: &mut Store, row: &Row<'_>) {
    push(store, row, |model| &mut model.params);
}

pub(super) fn take_tag(store: &mut Store, row: &Row<'_>) {
    push(store, row, |model| &mut model.tags);
}

fn push(store: &mut Store, row: &Row<'_>, pairs: fn(&mut LoggedModel) -> &mut Pairs) {
    if let Some(model) = store.logged_models.get_mut(&text(row, 0)) {
        pairs(model).push((text(row, 1), text(row, 2)));
    }
}

pub(super) const METRIC_COLUMNS: &[&str] = &[
    "model_id",
    "metric_name",
    "metric_value",
    "metric_timestamp_ms",
    "metric_step",
    "run_id",
    "dataset_name",
    "dataset_digest",
];

pub(super) fn take_metric(store: &mut Store, row: &Row<'_>) {
    let Some(model) = store.logged_models.get_mut(&text(row, 0)) else { return };
    let point = Point {
        value: row.real(2).unwrap_or(f64::NAN),
        timestamp: row.integer(3).unwrap_or(0),
        step: row.integer(4).unwrap_or(0),
    };
    model.metrics.push(ModelMetric {
        key: text(row, 1),
        point,
        run_id: text(row, 5),
        dataset_name: text(row, 6),
        dataset_digest: text(row, 7),
    });
}

/// Gives out all logged models.
pub(super) fn emit(store: &mut Store, out: &mut Vec<Record>) {
    for (id, mut model) in std::mem::take(&mut store.logged_models) {
        sort(&mut model.params);
        sort(&mut model.tags);
        store.models.push((model.experiment_id.clone(), id));
        out.push(Record::LoggedModel(Box::new(model)));
    }
}
