use super::store::{RunDraft, Store, text};
use crate::{
    model::{DatasetInput, Lifecycle, ModelLink, Note, Point, Run, RunStatus},
    read::{Record, sqlite::Row},
};

pub(super) const COLUMNS: &[&str] = &[
    "run_uuid",
    "experiment_id",
    "name",
    "status",
    "start_time",
    "end_time",
    "lifecycle_stage",
    "deleted_time",
    "artifact_uri",
    "user_id",
];

pub(super) fn take(store: &mut Store, row: &Row<'_>) {
    // Without an id nothing can belong to it, and no link can lead to it.
    let Some(id) = row.bytes(0).filter(|id| !id.is_empty()) else {
        *store.orphans.entry("runs").or_default() += 1;
        return;
    };
    let number = store.runs.ids.number(id);
    if (number as usize) < store.runs.all.len() {
        let reason = "it has two rows; the first counts";
        store.notes.push(Note::skipped(format!("run {}", text(row, 0)), reason));
        return;
    }
    let word = text(row, 3);
    let status = RunStatus::from_mlflow(&word).unwrap_or_else(|| {
        let reason = format!("its status {word:?} is none of MLflow's and counts as RUNNING");
        store.notes.push(Note::repaired(format!("run {}", text(row, 0)), reason));
        RunStatus::Running
    });
    let run = Run {
        id: text(row, 0),
        experiment_id: text(row, 1),
        name: text(row, 2),
        status,
        start_time: row.integer(4),
        end_time: row.integer(5),
        lifecycle: Lifecycle::from_mlflow(&text(row, 6)),
        deleted_time: row.integer(7),
        artifact_uri: text(row, 8),
        user_id: text(row, 9),
        ..Run::default()
    };
    store.runs.all.push(RunDraft { run, latest: Vec::new() });
}

pub(super) fn take_tag(store: &mut Store, row: &Row<'_>) {
    if let Some(draft) = store.run_of("tags", row) {
        draft.run.tags.push((text(row, 1), text(row, 2)));
    }
}

/// Reads out of tags what MLflow's client does, and puts in what its migrations do.
///
/// A run without a name has the name in its tag, as MLflow 1.x wrote it. Before MLflow 1.0 the user
/// was only in the run's row; the client's upgrade copies it to a tag.
pub(super) fn settle_tags(store: &mut Store, _: &mut Vec<Record>) {
    for RunDraft { run, .. } in &mut store.runs.all {
        if store.before_user_tag && !run.user_id.is_empty() {
            run.tags.push(("mlflow.user".to_owned(), run.user_id.clone()));
        }
        super::store::sort(&mut run.tags);
        if run.name.is_empty()
            && let Some(name) = run.tag("mlflow.runName").map(str::to_owned)
        {
            run.name = name;
        }
    }
}

pub(super) fn take_param(store: &mut Store, row: &Row<'_>) {
    if let Some(draft) = store.run_of("params", row) {
        draft.run.params.push((text(row, 1), text(row, 2)));
    }
}

pub(super) fn take_latest(store: &mut Store, row: &Row<'_>) {
    let key = store.keys.number(row.bytes(1).unwrap_or_default());
    let value = metric_value(row.real(2), row.integer(3));
    let (timestamp, step) = (row.integer(4).unwrap_or(0), row.integer(5).unwrap_or(0));
    if let Some(draft) = store.run_of("latest_metrics", row) {
        draft.latest.push((key, Point { step, timestamp, value }));
    }
}

/// A metric's value as MLflow's client gives it: NaN where the row says so. Infinities are stored
/// as ±1.7976931348623157e308, and that is what the client gives.
#[inline]
pub(super) fn metric_value(value: Option<f64>, is_nan: Option<i64>) -> f64 {
    match value {
        Some(value) if is_nan.unwrap_or(0) == 0 => value,
        _ => f64::NAN,
    }
}

pub(super) const DATASET_COLUMNS: &[&str] = &[
    "dataset_uuid",
    "name",
    "digest",
    "dataset_source_type",
    "dataset_source",
    "dataset_schema",
    "dataset_profile",
];

pub(super) fn take_dataset(store: &mut Store, row: &Row<'_>) {
    let dataset = DatasetInput {
        name: text(row, 1),
        digest: text(row, 2),
        source_type: text(row, 3),
        source: text(row, 4),
        schema: row.text(5).map(std::borrow::Cow::into_owned),
        profile: row.text(6).map(std::borrow::Cow::into_owned),
        tags: Vec::new(),
    };
    store.datasets.insert(text(row, 0), dataset);
}

pub(super) const INPUT_COLUMNS: &[&str] =
    &["input_uuid", "source_type", "source_id", "destination_type", "destination_id", "step"];

/// What joins runs with datasets (DATASET to RUN) and logged models (RUN_INPUT to MODEL_INPUT,
/// RUN_OUTPUT to MODEL_OUTPUT).
pub(super) fn take_input(store: &mut Store, row: &Row<'_>) {
    let (source_type, destination_type) = (text(row, 1), text(row, 3));
    let run_column = if destination_type == "RUN" { 4 } else { 2 };
    let number = row.bytes(run_column).and_then(|id| store.runs.ids.find(id));
    let Some(draft) = number.and_then(|number| store.runs.all.get_mut(number as usize)) else { return };
    let link = || ModelLink { model_id: text(row, 4), step: row.integer(5).unwrap_or(0) };
    match (source_type.as_str(), destination_type.as_str()) {
        (_, "RUN") => {
            if let Some(dataset) = store.datasets.get(&text(row, 2)) {
                let place = (number.unwrap_or(0), draft.run.inputs.len());
                store.inputs.insert(text(row, 0), place);
                draft.run.inputs.push(dataset.clone());
            }
        }
        ("RUN_INPUT", "MODEL_INPUT") => draft.run.model_inputs.push(link()),
        ("RUN_OUTPUT", "MODEL_OUTPUT") => draft.run.outputs.push(link()),
        _ => {}
    }
}

pub(super) fn take_input_tag(store: &mut Store, row: &Row<'_>) {
    let Some(&(run, index)) = store.inputs.get(&text(row, 0)) else { return };
    let draft = store.runs.all.get_mut(run as usize);
    if let Some(input) = draft.and_then(|draft| draft.run.inputs.get_mut(index)) {
        input.tags.push((text(row, 1), text(row, 2)));
    }
}
