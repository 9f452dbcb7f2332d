use std::collections::{BTreeMap, HashMap};

use super::{Key, Writer};
use crate::{
    history::{History, codec, merge::merge},
    model::{
        MetricSummary,
        stored::{StoredError, decode, encode},
    },
};

/// Encoded histories up to this size, in bytes, lie together in one entry a run: an experiment
/// of ten thousand runs that logged ten single values each has ten thousand entries, not a
/// hundred thousand.
const SMALL: usize = 1024;

/// Small histories that wait for their run may take this much memory, in bytes.
const MAX_WAITING: usize = 32 << 20;

/// Encoded histories of one run with their metrics' keys.
pub(super) type Blocks = Vec<(String, Vec<u8>)>;

/// Histories on their way into the store.
#[derive(Debug, Default)]
pub(super) struct Histories {
    waiting: HashMap<String, Blocks>,
    waiting_bytes: usize,
    /// Summaries of united histories, by run. They stay: a store may hold a run twice, and every
    /// copy's record wants them.
    united: HashMap<String, Vec<MetricSummary>>,
}

impl Histories {
    /// Keeps a small history for its run, gives back a large one with its run.
    pub(super) fn add(
        &mut self,
        run: String,
        metric: String,
        history: &History,
    ) -> Option<(String, (String, Vec<u8>))> {
        let block = codec::encode(history);
        if block.len() > SMALL {
            return Some((run, (metric, block)));
        }
        self.waiting_bytes += metric.len() + block.len();
        self.waiting.entry(run).or_default().push((metric, block));
        None
    }

    pub(super) fn is_full(&self) -> bool {
        self.waiting_bytes > MAX_WAITING
    }

    /// The small histories that waited for this run.
    pub(super) fn take(&mut self, run: &str) -> Blocks {
        let blocks = self.waiting.remove(run).unwrap_or_default();
        let bytes: usize = blocks.iter().map(|(metric, block)| metric.len() + block.len()).sum();
        self.waiting_bytes = self.waiting_bytes.saturating_sub(bytes);
        blocks
    }

    /// All that wait, in the order of their runs.
    pub(super) fn take_all(&mut self) -> BTreeMap<String, Blocks> {
        self.waiting_bytes = 0;
        std::mem::take(&mut self.waiting).into_iter().collect()
    }

    /// Summaries of the histories of this run that were united with stored ones.
    pub(super) fn united(&self, run: &str) -> Vec<MetricSummary> {
        self.united.get(run).cloned().unwrap_or_default()
    }

    /// Writes blocks, uniting them with what lies there.
    pub(super) fn write(
        &mut self,
        runs: BTreeMap<Key, Blocks>,
        out: &mut Writer<'_>,
    ) -> Result<(), StoredError> {
        for (key, blocks) in runs {
            self.write_run(&key, blocks, out)?;
        }
        Ok(())
    }

    fn write_run(&mut self, pack_key: &Key, blocks: Blocks, out: &mut Writer<'_>) -> Result<(), StoredError> {
        let mut pack: BTreeMap<String, Vec<u8>> = out.decoded(pack_key)?.unwrap_or_default();
        let mut pack_changed = false;
        for (metric, block) in blocks {
            let key = pack_key.and(&metric);
            let stored = out.get(&key).or_else(|| pack.get(&metric).map(Vec::as_slice));
            let block = match stored {
                Some(stored) if stored == block => continue,
                Some(stored) => self.unite(pack_key, &metric, stored, block),
                None => block,
            };
            if block.len() > SMALL {
                pack_changed |= pack.remove(&metric).is_some();
                out.put(key, block);
            } else {
                pack_changed |= pack.insert(metric, block.clone()) != Some(block);
            }
        }
        if pack_changed {
            out.put(pack_key.clone(), encode(&pack)?);
        }
        Ok(())
    }

    /// The union of two blocks. A stored block that does not decode is replaced: what was read is
    /// the better copy.
    fn unite(&mut self, pack_key: &Key, metric: &str, stored: &[u8], read: Vec<u8>) -> Vec<u8> {
        let (Ok(stored), Ok(new)) = (codec::decode(stored), codec::decode(&read)) else {
            return read;
        };
        let united = merge(&stored, &new);
        let run = pack_key.parts.first().cloned().unwrap_or_default();
        let summaries = self.united.entry(run).or_default();
        summaries.retain(|summary| summary.key != metric);
        summaries.extend(united.summary(metric));
        codec::encode(&united)
    }
}

/// A pack's blocks by metric.
pub fn decode_pack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, StoredError> {
    decode(bytes)
}

/// One metric's block out of a pack.
pub fn unpack(bytes: &[u8], metric: &str) -> Result<Option<Vec<u8>>, StoredError> {
    Ok(decode_pack(bytes)?.remove(metric))
}
