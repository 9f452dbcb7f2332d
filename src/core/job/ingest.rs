//! From records to what is written into the store: keys and bytes, merged with what is there.
//!
//! [`Ingest`] thinks, the browser's store only carries: it fetches what [`Batch::wants`] names,
//! hands it to [`Ingest::write`], and puts what comes back, all in one transaction.

mod histories;
mod place;

use std::collections::{BTreeMap, BTreeSet};

pub use place::{Key, Place};

use self::histories::Histories;
use super::merge::{merge_artifacts, merge_experiment, merge_run};
use crate::{
    model::{
        ArtifactEntry, ArtifactFile, Counts, Experiment, LoggedModel, ModelVersion, Note, RegisteredModel, Run,
        stored::{StoredError, decode, encode},
    },
    read::Record,
};

pub use histories::{decode_pack, unpack};

/// What lies in the store, as far as a batch asked for it.
pub type Found = BTreeMap<Key, Vec<u8>>;

/// Turns the records of one import into writes.
#[derive(Debug)]
pub struct Ingest {
    /// Something may be there already: a source is imported again.
    again: bool,
    /// Which import of its source it is, from 1.
    import: u32,
    note_blocks: u32,
    /// Runs, experiments and owners of artifacts that this import has written.
    seen: BTreeSet<Key>,
    histories: Histories,
}

/// The records of one transaction.
#[derive(Debug, Default)]
pub struct Batch {
    experiments: Vec<Experiment>,
    runs: Vec<Run>,
    /// Encoded blocks that have a record of their own.
    blocks: BTreeMap<Key, Vec<u8>>,
    /// Small blocks by run.
    packs: BTreeMap<Key, histories::Pack>,
    artifacts: BTreeMap<String, Vec<ArtifactEntry>>,
    files: Vec<ArtifactFile>,
    logged_models: Vec<LoggedModel>,
    registered_models: Vec<RegisteredModel>,
    model_versions: Vec<ModelVersion>,
    notes: Vec<Note>,
    bytes: usize,
}

/// What a transaction puts, and how the source grows by it.
#[derive(Debug, Default)]
pub struct Writes {
    /// Keys and values.
    pub puts: Vec<(Key, Vec<u8>)>,
    /// What the source holds more than before.
    pub counts: CountsDelta,
    /// The bytes that the source takes more than before.
    pub bytes: i64,
}

/// A change of [`Counts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountsDelta {
    experiments: i64,
    runs: i64,
    metrics: i64,
    points: i64,
    artifacts: i64,
    logged_models: i64,
    registered_models: i64,
    model_versions: i64,
}

impl CountsDelta {
    /// The counts after the change; never below zero.
    pub fn apply(&self, counts: &Counts) -> Counts {
        Counts {
            experiments: counts.experiments.saturating_add_signed(self.experiments),
            runs: counts.runs.saturating_add_signed(self.runs),
            metrics: counts.metrics.saturating_add_signed(self.metrics),
            points: counts.points.saturating_add_signed(self.points),
            artifacts: counts.artifacts.saturating_add_signed(self.artifacts),
            logged_models: counts.logged_models.saturating_add_signed(self.logged_models),
            registered_models: counts.registered_models.saturating_add_signed(self.registered_models),
            model_versions: counts.model_versions.saturating_add_signed(self.model_versions),
        }
    }
}

impl Batch {
    /// Roughly how many bytes it will write: the measure for when to.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.bytes == 0
    }
}

impl Ingest {
    /// An import into a source; `import` counts the imports of that source from 1.
    pub fn new(import: u32) -> Self {
        Self {
            again: import > 1,
            import,
            note_blocks: 0,
            seen: BTreeSet::new(),
            histories: Histories::default(),
        }
    }

    /// Takes records into a batch. Small histories wait until their run comes.
    pub fn take(&mut self, records: Vec<Record>, batch: &mut Batch) {
        for record in records {
            self.take_one(record, batch);
        }
        if self.histories.is_full() {
            for (run, pack) in self.histories.take_all() {
                batch.bytes += pack.bytes();
                batch.packs.entry(Key::histories(&run)).or_default().extend(pack);
            }
        }
    }

    fn take_one(&mut self, record: Record, batch: &mut Batch) {
        batch.bytes += 64;
        match record {
            Record::Experiment(experiment) => batch.experiments.push(experiment),
            Record::Run(run) => {
                if let Some(pack) = self.histories.take(&run.id) {
                    batch.bytes += pack.bytes();
                    batch.packs.entry(Key::histories(&run.id)).or_default().extend(pack);
                }
                batch.bytes += run_size(&run);
                batch.runs.push(*run);
            }
            Record::History { run_id, key, history } => {
                if let Some((key, block)) = self.histories.add(run_id, key, &history) {
                    batch.bytes += block.len();
                    batch.blocks.insert(key, block);
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
        for pack in batch.packs.keys() {
            want(pack.clone(), pack);
            for metric in batch.packs.get(pack).into_iter().flat_map(histories::Pack::metrics) {
                want(pack.and(metric), pack);
            }
        }
        for block in batch.blocks.keys() {
            let pack = block.parent();
            want(block.clone(), &pack);
            want(pack.clone(), &pack);
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

    /// The writes of a batch, merged with what was found in the store.
    pub fn write(&mut self, batch: Batch, found: &Found) -> Result<Writes, StoredError> {
        let mut out = Writer { writes: Writes::default(), found, fresh: BTreeMap::new() };
        for experiment in batch.experiments {
            self.write_experiment(experiment, &mut out)?;
        }
        self.histories.write(batch.blocks, batch.packs, &mut self.seen, &mut out)?;
        for run in batch.runs {
            self.write_run(run, &mut out)?;
        }
        write_files(batch.files, &mut out)?;
        for (owner, entries) in batch.artifacts {
            self.write_artifacts(&owner, entries, &mut out)?;
        }
        for model in batch.logged_models {
            let count = self.put_whole(Key::logged_model(&model.id), &model, &mut out)?;
            out.writes.counts.logged_models += count;
        }
        for model in batch.registered_models {
            let count = self.put_whole(Key::registered_model(&model.name), &model, &mut out)?;
            out.writes.counts.registered_models += count;
        }
        for version in batch.model_versions {
            let key = Key::model_version(&version.name, &version.version);
            let count = self.put_whole(key, &version, &mut out)?;
            out.writes.counts.model_versions += count;
        }
        if !batch.notes.is_empty() {
            let key = Key::notes(self.import, self.note_blocks);
            self.note_blocks += 1;
            out.put(key, encode(&batch.notes)?);
        }
        Ok(out.finish())
    }

    fn write_experiment(&mut self, read: Experiment, out: &mut Writer<'_>) -> Result<(), StoredError> {
        let key = Key::experiment(&read.id);
        self.seen.insert(key.clone());
        let stored: Option<Experiment> = out.get(&key).map(decode).transpose()?;
        out.writes.counts.experiments += i64::from(stored.is_none());
        let kept = match stored {
            Some(stored) => merge_experiment(stored, read),
            None => read,
        };
        let bytes = encode(&kept)?;
        out.put(key, bytes);
        Ok(())
    }

    fn write_run(&mut self, read: Run, out: &mut Writer<'_>) -> Result<(), StoredError> {
        let key = Key::run(&read.experiment_id, &read.id);
        self.seen.insert(Key::histories(&read.id));
        let united = self.histories.take_united(&read.id);
        let stored: Option<Run> = out.get(&key).map(decode).transpose()?;
        let before = stored.as_ref().map(size_of).unwrap_or_default();
        out.writes.counts.runs += i64::from(stored.is_none());
        let mut kept = match stored {
            Some(stored) => merge_run(stored, read),
            None => read,
        };
        for summary in united {
            match kept.metrics.binary_search_by(|m| m.key.cmp(&summary.key)) {
                Ok(at) => kept.metrics[at] = summary,
                Err(at) => kept.metrics.insert(at, summary),
            }
        }
        let after = size_of(&kept);
        out.writes.counts.metrics += after.0 - before.0;
        out.writes.counts.points += after.1 - before.1;
        if before == (0, 0) || !out.has(&key) {
            out.put(Key::run_place(&kept.id), kept.experiment_id.clone().into_bytes());
        }
        let bytes = encode(&kept)?;
        out.put(key, bytes);
        Ok(())
    }

    fn write_artifacts(
        &mut self,
        owner: &str,
        read: Vec<ArtifactEntry>,
        out: &mut Writer<'_>,
    ) -> Result<(), StoredError> {
        let key = Key::artifacts(owner);
        self.seen.insert(key.clone());
        let stored: Vec<ArtifactEntry> = out.get(&key).map(decode).transpose()?.unwrap_or_default();
        let before = stored.len() as i64;
        let kept = merge_artifacts(stored, read);
        out.writes.counts.artifacts += kept.len() as i64 - before;
        let bytes = encode(&kept)?;
        out.put(key, bytes);
        Ok(())
    }

    /// Puts something that replaces what is there as a whole; 1 if nothing was.
    fn put_whole<T: serde::Serialize>(
        &mut self,
        key: Key,
        value: &T,
        out: &mut Writer<'_>,
    ) -> Result<i64, StoredError> {
        let new = i64::from(out.get(&key).is_none());
        self.seen.insert(key.clone());
        out.put(key, encode(value)?);
        Ok(new)
    }
}

fn write_files(files: Vec<ArtifactFile>, out: &mut Writer<'_>) -> Result<(), StoredError> {
    for file in files {
        let listed = Key::artifacts(file.owner.id());
        let stored: Vec<ArtifactEntry> = out.get(&listed).map(decode).transpose()?.unwrap_or_default();
        let replaced = stored.iter().find(|e| e.kept && e.path == file.path).map_or(0, |e| e.size);
        let key = Key::artifact_file(file.owner.id(), &file.path);
        if replaced > 0 {
            out.writes.bytes -= replaced as i64 + key.size();
        }
        out.put(key, file.bytes);
    }
    Ok(())
}

/// (metrics, points) of a run.
fn size_of(run: &Run) -> (i64, i64) {
    (run.metrics.len() as i64, run.metrics.iter().map(|m| m.count as i64).sum())
}

fn run_size(run: &Run) -> usize {
    let pairs = run.params.iter().chain(&run.tags).map(|(k, v)| k.len() + v.len() + 4).sum::<usize>();
    200 + pairs + run.metrics.len() * 80
}

/// Collects puts, and answers what a key holds: what this batch put, else what was found.
struct Writer<'a> {
    writes: Writes,
    found: &'a Found,
    fresh: BTreeMap<Key, Vec<u8>>,
}

impl Writer<'_> {
    fn get(&self, key: &Key) -> Option<&[u8]> {
        self.fresh.get(key).or_else(|| self.found.get(key)).map(Vec::as_slice)
    }

    fn has(&self, key: &Key) -> bool {
        self.get(key).is_some()
    }

    fn put(&mut self, key: Key, value: Vec<u8>) {
        match self.get(&key) {
            Some(old) if old == value => return,
            Some(old) => self.writes.bytes += value.len() as i64 - old.len() as i64,
            None => self.writes.bytes += value.len() as i64 + key.size(),
        }
        self.fresh.insert(key, value);
    }

    fn finish(mut self) -> Writes {
        self.writes.puts = self.fresh.into_iter().collect();
        self.writes
    }
}
