//! A store in memory: what a sync wrote, united as the browser's store does, and its cursor.

use std::collections::BTreeMap;

use runatlas_core::{
    history::{History, merge::merge},
    job::merge::{merge_experiment, merge_run},
    model::{ArtifactEntry, Experiment, Note, Run},
    read::{Record, Step, StoreReader},
};
use serde_json::Value;

use crate::support::json;

#[derive(Default, Clone)]
pub(super) struct Kept {
    pub(super) experiments: BTreeMap<String, Experiment>,
    pub(super) runs: BTreeMap<String, Run>,
    pub(super) histories: BTreeMap<(String, String), History>,
    pub(super) others: BTreeMap<String, Record>,
    pub(super) files: BTreeMap<(String, String), Vec<u8>>,
    pub(super) notes: Vec<Note>,
    pub(super) cursor: Vec<u8>,
    pub(super) writes: usize,
}

impl Kept {
    pub(super) fn write(&mut self, records: Vec<Record>, cursor: Vec<u8>) {
        self.cursor = cursor;
        self.writes += 1;
        let mut waiting: Vec<(String, String)> = Vec::new();
        for record in records {
            match record {
                Record::Experiment(read) => {
                    let kept = match self.experiments.remove(&read.id) {
                        Some(stored) => merge_experiment(stored, read),
                        None => read,
                    };
                    self.experiments.insert(kept.id.clone(), kept);
                }
                Record::History { run_id, key, history } => {
                    let place = (run_id, key);
                    let stored = self.histories.remove(&place).unwrap_or_default();
                    self.histories.insert(place.clone(), merge(&stored, &history));
                    waiting.push(place);
                }
                Record::Run(read) => {
                    waiting.retain(|(run, _)| *run != read.id);
                    self.write_run(*read);
                }
                Record::Note(note) => self.notes.push(note),
                Record::ArtifactFile(file) => {
                    self.files.insert((file.owner.id().to_owned(), file.path), file.bytes);
                }
                other => {
                    self.others.insert(name(&other), other);
                }
            }
        }
        assert!(waiting.is_empty(), "histories without their run: {waiting:?}");
    }

    fn write_run(&mut self, read: Run) {
        let run = match self.runs.remove(&read.id) {
            Some(stored) => merge_run(stored, read),
            None => read,
        };
        for metric in &run.metrics {
            let place = (run.id.clone(), metric.key.clone());
            let stored = self.histories.get(&place).map_or(0, |history| history.len() as u64);
            assert_eq!(metric.count, stored, "a summary that is not its history's: {place:?}");
        }
        self.runs.insert(run.id.clone(), run);
    }

    pub(super) fn stored_runs(&self) -> Vec<Run> {
        self.runs.values().cloned().collect()
    }

    pub(super) fn listed(&self) -> Vec<ArtifactEntry> {
        let entry = |record: &Record| match record {
            Record::Artifact(entry) => Some(entry.clone()),
            _ => None,
        };
        self.others.values().filter_map(entry).collect()
    }

    /// In the shape of `truth.json`.
    pub(super) fn dump(&self) -> Value {
        let mut records: Vec<Record> = self.experiments.values().cloned().map(Record::Experiment).collect();
        for ((run_id, key), history) in &self.histories {
            let (run_id, key) = (run_id.clone(), key.clone());
            records.push(Record::History { run_id, key, history: history.clone() });
        }
        records.extend(self.runs.values().map(|run| Record::Run(Box::new(run.clone()))));
        records.extend(self.others.values().cloned());
        json::of_store(Box::new(Records(records)))
    }
}

fn name(record: &Record) -> String {
    match record {
        Record::Artifact(entry) => format!("artifact {}/{}", entry.owner.id(), entry.path),
        Record::LoggedModel(model) => format!("logged {}", model.id),
        Record::RegisteredModel(model) => format!("model {}", model.name),
        Record::ModelVersion(version) => format!("version {}/{}", version.name, version.version),
        other => panic!("unexpected {other:?}"),
    }
}

struct Records(Vec<Record>);

impl StoreReader for Records {
    fn step(&mut self, out: &mut Vec<Record>) -> Step {
        out.append(&mut self.0);
        Step::Done
    }
}
