use std::collections::BTreeMap;

use super::{Ingest, Key, histories::Blocks};
use crate::{
    model::{ArtifactEntry, ArtifactFile, Experiment, LoggedModel, ModelVersion, Note, RegisteredModel, Run},
    read::Record,
};

/// The records of one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    pub(super) experiments: Vec<Experiment>,
    pub(super) runs: Vec<Run>,
    /// Encoded histories by the key of their run's pack, in the order in which they came.
    pub(super) blocks: BTreeMap<Key, Blocks>,
    pub(super) artifacts: BTreeMap<String, Vec<ArtifactEntry>>,
    pub(super) files: Vec<ArtifactFile>,
    pub(super) logged_models: Vec<LoggedModel>,
    pub(super) registered_models: Vec<RegisteredModel>,
    pub(super) model_versions: Vec<ModelVersion>,
    pub(super) notes: Vec<Note>,
    pub(super) cursor: Option<Vec<u8>>,
    bytes: usize,
}

impl Batch {
    /// Roughly how many bytes it will write: the measure for when to.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Where the sync stands once this batch is written.
    pub fn set_cursor(&mut self, cursor: Vec<u8>) {
        self.bytes += cursor.len().max(1);
        self.cursor = Some(cursor);
    }

    fn add_blocks(&mut self, run: &str, blocks: Blocks) {
        if !blocks.is_empty() {
            self.bytes += blocks.iter().map(|(key, block)| key.len() + block.len()).sum::<usize>();
            self.blocks.entry(Key::histories(run)).or_default().extend(blocks);
        }
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }
}

impl Ingest {
    /// Takes records into a batch. Small histories wait until their run comes.
    pub fn take(&mut self, records: Vec<Record>, batch: &mut Batch) {
        for record in records {
            self.take_one(record, batch);
        }
        if self.histories.is_full() {
            for (run, blocks) in self.histories.take_all() {
                batch.add_blocks(&run, blocks);
            }
        }
    }

    fn take_one(&mut self, record: Record, batch: &mut Batch) {
        batch.bytes += 64;
        match record {
            Record::Experiment(experiment) => batch.experiments.push(experiment),
            Record::Run(run) => {
                batch.add_blocks(&run.id, self.histories.take(&run.id));
                batch.bytes += run_size(&run);
                batch.runs.push(*run);
            }
            Record::History { run_id, key, history } => {
                if let Some((run, block)) = self.histories.add(run_id, key, &history) {
                    batch.add_blocks(&run, vec![block]);
                }
            }
            Record::Artifact(entry) => {
                batch.artifacts.entry(entry.owner.id().to_owned()).or_default().push(entry);
            }
            Record::ArtifactFile(file) => {
                batch.bytes += file.bytes.len();
                batch.files.push(file);
            }
            Record::LoggedModel(model) => {
                batch.bytes += 100 * (model.metrics.len() + model.params.len() + model.tags.len());
                batch.logged_models.push(*model);
            }
            Record::RegisteredModel(model) => batch.registered_models.push(model),
            Record::ModelVersion(version) => batch.model_versions.push(*version),
            Record::Note(note) => {
                batch.bytes += note.path.len() + note.reason.len();
                batch.notes.push(note);
            }
        }
    }

    /// What [`Self::write`] must know of what lies in the store. Empty for most batches of a first
    /// import.
    pub fn wants(&self, batch: &Batch) -> Vec<Key> {
        let mut wants = Vec::new();
        let mut want = |key: Key, reason: &Key| {
            if self.again || self.seen.contains(reason) {
                wants.push(key);
            }
        };
        for experiment in &batch.experiments {
            let key = Key::experiment(&experiment.id);
            want(key.clone(), &key);
        }
        for run in &batch.runs {
            let key = Key::run(&run.experiment_id, &run.id);
            want(key, &Key::histories(&run.id));
        }
        for (pack, blocks) in &batch.blocks {
            want(pack.clone(), pack);
            for (metric, _) in blocks {
                want(pack.and(metric), pack);
            }
        }
        let owners = batch.artifacts.keys().cloned();
        for owner in owners.chain(batch.files.iter().map(|f| f.owner.id().to_owned())) {
            let key = Key::artifacts(&owner);
            want(key.clone(), &key);
        }
        for key in batch.logged_models.iter().map(|m| Key::logged_model(&m.id)) {
            want(key.clone(), &key);
        }
        for key in batch.registered_models.iter().map(|m| Key::registered_model(&m.name)) {
            want(key.clone(), &key);
        }
        for key in batch.model_versions.iter().map(|v| Key::model_version(&v.name, &v.version)) {
            want(key.clone(), &key);
        }
        wants.sort();
        wants.dedup();
        wants
    }
}

fn run_size(run: &Run) -> usize {
    let pairs = run.params.iter().chain(&run.tags).map(|(k, v)| k.len() + v.len() + 4).sum::<usize>();
    200 + pairs + run.metrics.len() * 80
}
