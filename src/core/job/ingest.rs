//! From records to what is written into the store: keys and bytes, merged with what is there.
//!
//! [`Ingest`] thinks, the browser's store only carries: it fetches what [`Batch::wants`] names,
//! hands it to [`Ingest::write`], and puts what comes back, all in one transaction.

mod batch;
mod histories;
mod place;
mod writer;

use std::collections::{BTreeMap, BTreeSet};

pub use batch::Batch;
pub use place::{Key, Place};
pub use writer::{CountsDelta, Writes};

use self::{histories::Histories, writer::Writer};
use super::merge::{merge_artifacts, merge_experiment, merge_run};
use crate::model::{
    ArtifactEntry, ArtifactFile, Experiment, Run,
    stored::{StoredError, encode},
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

    /// The writes of a batch, merged with what was found in the store.
    pub fn write(&mut self, batch: Batch, found: &Found) -> Result<Writes, StoredError> {
        let mut out = Writer::new(found);
        for experiment in batch.experiments {
            self.write_experiment(experiment, &mut out)?;
        }
        self.seen.extend(batch.blocks.keys().cloned());
        self.histories.write(batch.blocks, &mut out)?;
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
        if let Some(cursor) = batch.cursor {
            out.put(Key::cursor(), cursor);
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
        let stored: Option<Experiment> = out.decoded(&key)?;
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
        let united = self.histories.united(&read.id);
        let stored: Option<Run> = out.decoded(&key)?;
        let before = stored.as_ref().map(size_of).unwrap_or_default();
        let new = stored.is_none();
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
        if new {
            out.writes.counts.runs += 1;
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
        let stored: Vec<ArtifactEntry> = out.decoded(&key)?.unwrap_or_default();
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
        let stored: Vec<ArtifactEntry> = out.decoded(&listed)?.unwrap_or_default();
        let replaced = stored.iter().find(|entry| entry.kept && entry.path == file.path);
        let key = Key::artifact_file(file.owner.id(), &file.path);
        if let Some(replaced) = replaced {
            out.writes.bytes -= replaced.size as i64 + key.size();
        }
        out.put(key, file.bytes);
    }
    Ok(())
}

/// (metrics, points) of a run.
fn size_of(run: &Run) -> (i64, i64) {
    (run.metrics.len() as i64, run.metrics.iter().map(|m| m.count as i64).sum())
}
