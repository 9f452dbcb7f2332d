use std::collections::BTreeSet;

use super::store::{Store, sort, text};
use crate::{
    model::{Experiment, Lifecycle, Note},
    read::{Record, sqlite::Row},
};

pub(super) const COLUMNS: &[&str] =
    &["experiment_id", "name", "artifact_location", "lifecycle_stage", "creation_time", "last_update_time"];

pub(super) fn take(store: &mut Store, row: &Row<'_>) {
    let experiment = Experiment {
        id: text(row, 0),
        name: text(row, 1),
        artifact_location: text(row, 2),
        lifecycle: Lifecycle::from_mlflow(&text(row, 3)),
        creation_time: row.integer(4),
        last_update_time: row.integer(5),
        tags: Vec::new(),
    };
    store.experiments.insert(experiment.id.clone(), experiment);
}

pub(super) fn take_tag(store: &mut Store, row: &Row<'_>) {
    let id = text(row, 0);
    match store.experiments.get_mut(&id) {
        Some(experiment) => experiment.tags.push((text(row, 1), text(row, 2))),
        None => *store.orphans.entry("experiment_tags").or_default() += 1,
    }
}

/// Gives out all experiments; later tables only ask which there are.
pub(super) fn emit(store: &mut Store, out: &mut Vec<Record>) {
    for experiment in store.experiments.values_mut() {
        sort(&mut experiment.tags);
        out.push(Record::Experiment(experiment.clone()));
    }
}

/// Makes up the experiments that runs name and that have no row, so that these runs can be found.
pub(super) fn emit_missing(store: &mut Store, out: &mut Vec<Record>) {
    let named: BTreeSet<&String> = store.runs.all.iter().map(|draft| &draft.run.experiment_id).collect();
    for id in named.into_iter().filter(|id| !store.experiments.contains_key(*id)) {
        let reason = "its row is missing; its runs are shown under its id";
        store.notes.push(Note::repaired(format!("experiment {id}"), reason));
        out.push(Record::Experiment(Experiment {
            id: id.clone(),
            name: id.clone(),
            ..Experiment::default()
        }));
    }
}
