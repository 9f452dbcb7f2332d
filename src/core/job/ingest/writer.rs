use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::{Found, Key};
use crate::model::{
    Counts,
    stored::{StoredError, decode},
};

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
    pub(super) experiments: i64,
    pub(super) runs: i64,
    pub(super) metrics: i64,
    pub(super) points: i64,
    pub(super) artifacts: i64,
    pub(super) logged_models: i64,
    pub(super) registered_models: i64,
    pub(super) model_versions: i64,
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

/// Collects puts, and answers what a key holds: what this batch put, else what was found.
pub(super) struct Writer<'a> {
    pub(super) writes: Writes,
    found: &'a Found,
    fresh: BTreeMap<Key, Vec<u8>>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(found: &'a Found) -> Self {
        Self { writes: Writes::default(), found, fresh: BTreeMap::new() }
    }

    pub(super) fn get(&self, key: &Key) -> Option<&[u8]> {
        self.fresh.get(key).or_else(|| self.found.get(key)).map(Vec::as_slice)
    }

    /// The entity that a key holds. One that does not decode counts as none: what is being read is
    /// the better copy. One of a newer release must not be lost.
    pub(super) fn decoded<T: DeserializeOwned>(&self, key: &Key) -> Result<Option<T>, StoredError> {
        match self.get(key).map(decode) {
            None | Some(Err(StoredError::Broken(_) | StoredError::Empty)) => Ok(None),
            Some(Ok(value)) => Ok(Some(value)),
            Some(Err(newer)) => Err(newer),
        }
    }

    pub(super) fn put(&mut self, key: Key, value: Vec<u8>) {
        match self.get(&key) {
            Some(old) if old == value => return,
            Some(old) => self.writes.bytes += value.len() as i64 - old.len() as i64,
            None => self.writes.bytes += value.len() as i64 + key.size(),
        }
        self.fresh.insert(key, value);
    }

    pub(super) fn finish(mut self) -> Writes {
        self.writes.puts = self.fresh.into_iter().collect();
        self.writes
    }
}
