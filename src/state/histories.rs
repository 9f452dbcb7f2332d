use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{history::History, model::Millis};

use super::{Library, library::Changes};
use crate::web;
pub use crate::web::store::HistoryKey;

/// Histories of runs, read from the store when something visible wants them and kept while there
/// is room.
#[derive(Clone, Copy)]
pub struct Histories {
    library: Library,
    kept: StoredValue<Kept>,
    wanted: StoredValue<Wanted>,
    /// Raised whenever histories came in.
    revision: RwSignal<u64>,
}

/// At most this many points stay in memory, 24 bytes each.
const ROOM_POINTS: usize = 20_000_000;
/// So many are read at once: what was asked for first is shown while the rest is read.
const AT_ONCE: usize = 24;
/// Milliseconds between two looks at what came in.
const TELL_EVERY: Millis = 150;

/// What is to be read, in the order in which it was asked for.
#[derive(Default)]
struct Wanted {
    keys: Vec<HistoryKey>,
    known: BTreeSet<HistoryKey>,
    reading: bool,
}

#[derive(Default)]
struct Kept {
    by_key: HashMap<HistoryKey, Entry>,
    points: usize,
    uses: u64,
}

struct Entry {
    history: Result<Option<Arc<History>>, String>,
    last_use: u64,
    /// The store has another one by now.
    is_old: bool,
}

impl Histories {
    pub(super) fn new(library: Library) -> Self {
        Self {
            library,
            kept: StoredValue::new(Kept::default()),
            wanted: StoredValue::new(Wanted::default()),
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
        let missing: Vec<HistoryKey> =
            self.kept.with_value(|kept| keys.iter().filter(|key| kept.is_to_be_read(key)).cloned().collect());
        if !missing.is_empty() {
            self.want(missing);
        }
        found
    }

    /// Why a history could not be read; `None` if it could, or does not exist.
    pub fn failure(&self, key: &HistoryKey) -> Option<String> {
        self.kept.with_value(|kept| kept.by_key.get(key)?.history.clone().err())
    }

    /// Forgets what came from a source that changed.
    pub(super) fn forget_source(&self, source: &str) {
        self.kept.update_value(|kept| {
            kept.by_key.retain(|key, _| key.source != source);
            kept.count();
        });
        self.revision.update(|revision| *revision += 1);
    }

    /// Reads again, where they are wanted, the histories of runs that were written; until they come
    /// the old ones stay on screen.
    pub(super) fn renew(&self, changes: &Changes) {
        let is_changed =
            |key: &HistoryKey| changes.get(&key.source).is_some_and(|runs| runs.contains(&key.run));
        self.kept.update_value(|kept| {
            for (_, entry) in kept.by_key.iter_mut().filter(|(key, _)| is_changed(key)) {
                entry.is_old = true;
            }
        });
        self.revision.update(|revision| *revision += 1);
    }

    /// Collects the wishes of one turn, so that a page of charts becomes one row of reads.
    fn want(&self, keys: Vec<HistoryKey>) {
        let idle = self.wanted.try_update_value(|wanted| {
            for key in keys {
                if wanted.known.insert(key.clone()) {
                    wanted.keys.push(key);
                }
            }
            !std::mem::replace(&mut wanted.reading, true)
        });
        if idle == Some(true) {
            let this = *self;
            queue_microtask(move || spawn_local(this.read_all()));
        }
    }

    /// Whoever waits is told now and then, not after each read: being told costs a chart a drawing
    /// of all that it has so far.
    async fn read_all(self) {
        let mut told = web::now();
        while let Some(keys) = self.next_wanted() {
            self.read(&keys).await;
            let is_last = self.wanted.with_value(|wanted| wanted.keys.is_empty());
            let now = web::now();
            if is_last || now.saturating_sub(told) >= TELL_EVERY {
                told = now;
                self.revision.update(|revision| *revision += 1);
            }
        }
    }

    /// What is to be read next; `None` ends the reading.
    fn next_wanted(&self) -> Option<Vec<HistoryKey>> {
        self.wanted.try_update_value(|wanted| {
            let keys: Vec<HistoryKey> = wanted.keys.drain(..wanted.keys.len().min(AT_ONCE)).collect();
            wanted.reading = !keys.is_empty();
            wanted.reading.then_some(keys)
        })?
    }

    async fn read(self, keys: &[HistoryKey]) {
        let read = match self.library.store() {
            Some(store) => match store.histories(keys).await {
                Ok(found) => found.into_iter().map(Ok).collect(),
                // One of them is broken: the others are not to suffer for it.
                Err(_) => self.read_one_by_one(keys).await,
            },
            None => vec![Err("the browser's storage is not open".to_owned()); keys.len()],
        };
        self.kept.update_value(|kept| {
            let batch = kept.uses;
            for (key, history) in keys.iter().zip(read) {
                kept.put(key.clone(), history.map(|history| history.map(Arc::new)));
            }
            kept.make_room(batch);
        });
        self.wanted.update_value(|wanted| {
            for key in keys {
                wanted.known.remove(key);
            }
        });
    }

    async fn read_one_by_one(self, keys: &[HistoryKey]) -> Vec<Result<Option<History>, String>> {
        let mut read = Vec::with_capacity(keys.len());
        for key in keys {
            let Some(store) = self.library.store() else { break };
            let found = store.histories(std::slice::from_ref(key)).await;
            read.push(found.map(|mut found| found.pop().flatten()).map_err(|error| error.to_string()));
        }
        read
    }
}

impl Kept {
    #[expect(clippy::option_option, reason = "not read yet, and read but not there, are two answers")]
    fn get(&mut self, key: &HistoryKey) -> Option<Option<Arc<History>>> {
        self.uses += 1;
        let entry = self.by_key.get_mut(key)?;
        entry.last_use = self.uses;
        Some(entry.history.as_ref().ok().cloned().flatten())
    }

    fn is_to_be_read(&self, key: &HistoryKey) -> bool {
        self.by_key.get(key).is_none_or(|entry| entry.is_old)
    }

    fn put(&mut self, key: HistoryKey, history: Result<Option<Arc<History>>, String>) {
        self.uses += 1;
        self.by_key.insert(key, Entry { history, last_use: self.uses, is_old: false });
    }

    /// Drops the entries that were used longest ago; not those that a chart holds, which would be
    /// read again at once and save nothing, nor those that came after `batch`, which nobody could
    /// take yet.
    fn make_room(&mut self, batch: u64) {
        self.count();
        if self.points <= ROOM_POINTS {
            return;
        }
        let mut by_age: Vec<(u64, HistoryKey)> = self
            .by_key
            .iter()
            .filter(|(_, entry)| entry.last_use <= batch && entry.is_idle())
            .map(|(key, entry)| (entry.last_use, key.clone()))
            .collect();
        by_age.sort();
        for (_, key) in by_age {
            if self.points <= ROOM_POINTS / 2 {
                return;
            }
            if let Some(entry) = self.by_key.remove(&key) {
                self.points -= entry.points();
            }
        }
    }

    fn count(&mut self) {
        self.points = self.by_key.values().map(Entry::points).sum();
    }
}

impl Entry {
    fn points(&self) -> usize {
        self.history.as_ref().ok().and_then(Option::as_ref).map_or(0, |history| history.len())
    }

    fn is_idle(&self) -> bool {
        self.history
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .is_none_or(|history| Arc::strong_count(history) == 1)
    }
}
