use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::history::History;

use super::Library;
pub use crate::web::store::HistoryKey;

/// Histories of runs, read from the store when something visible wants them and kept while there
/// is room.
#[derive(Clone, Copy)]
pub struct Histories {
    library: Library,
    kept: StoredValue<Kept>,
    wanted: StoredValue<BTreeSet<HistoryKey>>,
    /// Raised whenever histories came in.
    revision: RwSignal<u64>,
}

/// At most this many points stay in memory, 24 bytes each.
const ROOM_POINTS: usize = 20_000_000;

#[derive(Default)]
struct Kept {
    by_key: HashMap<HistoryKey, Entry>,
    points: usize,
    uses: u64,
}

struct Entry {
    history: Option<Arc<History>>,
    last_use: u64,
}

impl Histories {
    pub(super) fn new(library: Library) -> Self {
        Self {
            library,
            kept: StoredValue::new(Kept::default()),
            wanted: StoredValue::new(BTreeSet::new()),
            revision: RwSignal::new(0),
        }
    }

    /// The histories of these keys that are here, in their order; follows those that are still
    /// being read. `None` for one that is still to come, `Some(None)` for one that does not exist.
    pub fn get(&self, keys: &[HistoryKey]) -> Vec<Option<Option<Arc<History>>>> {
        self.revision.track();
        let found: Vec<_> = self
            .kept
            .try_update_value(|kept| keys.iter().map(|key| kept.get(key)).collect())
            .unwrap_or_default();
        let missing: Vec<HistoryKey> = keys
            .iter()
            .zip(&found)
            .filter(|(_, found)| found.is_none())
            .map(|(key, _)| key.clone())
            .collect();
        if !missing.is_empty() {
            self.want(missing);
        }
        found
    }

    /// Forgets what came from a source that changed.
    pub(super) fn forget_source(&self, source: &str) {
        self.kept.update_value(|kept| kept.by_key.retain(|key, _| key.source != source));
        self.revision.update(|revision| *revision += 1);
    }

    /// Collects the wishes of one turn, so that a page of charts becomes one read.
    fn want(&self, keys: Vec<HistoryKey>) {
        let first = self.wanted.try_update_value(|wanted| {
            let first = wanted.is_empty();
            wanted.extend(keys);
            first
        });
        if first == Some(true) {
            let this = *self;
            queue_microtask(move || spawn_local(this.read()));
        }
    }

    async fn read(self) {
        let keys: Vec<HistoryKey> =
            self.wanted.try_update_value(std::mem::take).unwrap_or_default().into_iter().collect();
        let Some(store) = self.library.store() else { return };
        // A history that cannot be read is shown as absent; the store itself reports its failures.
        let read = store.histories(&keys).await.unwrap_or_else(|_| vec![None; keys.len()]);
        self.kept.update_value(|kept| {
            for (key, history) in keys.into_iter().zip(read) {
                kept.put(key, history.map(Arc::new));
            }
            kept.make_room();
        });
        self.revision.update(|revision| *revision += 1);
    }
}

impl Kept {
    fn get(&mut self, key: &HistoryKey) -> Option<Option<Arc<History>>> {
        self.uses += 1;
        let entry = self.by_key.get_mut(key)?;
        entry.last_use = self.uses;
        Some(entry.history.clone())
    }

    fn put(&mut self, key: HistoryKey, history: Option<Arc<History>>) {
        self.points += history.as_ref().map_or(0, |history| history.len());
        self.by_key.insert(key, Entry { history, last_use: self.uses });
    }

    /// Drops the entries that were used longest ago.
    fn make_room(&mut self) {
        if self.points <= ROOM_POINTS {
            return;
        }
        let mut by_age: Vec<(u64, HistoryKey)> =
            self.by_key.iter().map(|(key, entry)| (entry.last_use, key.clone())).collect();
        by_age.sort();
        self.points = self
            .by_key
            .values()
            .filter_map(|entry| entry.history.as_ref())
            .map(|history| history.len())
            .sum();
        for (_, key) in by_age {
            if self.points <= ROOM_POINTS / 2 {
                return;
            }
            if let Some(entry) = self.by_key.remove(&key) {
                self.points -= entry.history.map_or(0, |history| history.len());
            }
        }
    }
}
