use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{
    ArtifactEntry, Millis, Point, Run,
    stored::{decode, encode},
};

/// What the stored entities do not tell by themselves: lies in the store beside them and is written
/// in the same transactions.
///
/// That a history is whole needs no mark here: it was stored together with its summary, whose
/// latest point is the server's.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Cursor {
    /// Runs whose metadata is stored but whose histories may lack points that came before the
    /// latest one: they have ended since, or a history could not be read.
    pub(super) doubtful: BTreeSet<String>,
    /// Metrics that have a latest value and no points.
    pub(super) pointless: BTreeSet<u64>,
    /// Runs and models, in the state in which their artifacts were listed, and runs in the state in
    /// which they were asked for the models that they read.
    pub(super) listed: BTreeSet<u64>,
    /// Artifact files that the server did not hand out, in the state in which they were listed.
    pub(super) refused: BTreeSet<u64>,
}

/// A cursor as it was written before files were read.
#[derive(Deserialize)]
struct WithoutFiles {
    doubtful: BTreeSet<String>,
    pointless: BTreeSet<u64>,
    listed: BTreeSet<u64>,
}

impl Cursor {
    /// One that does not decode counts as none: then more is asked, and nothing is lost.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        if let Ok(cursor) = decode(bytes) {
            return cursor;
        }
        decode(bytes).map_or_else(
            |_| Self::default(),
            |WithoutFiles { doubtful, pointless, listed }| Self {
                doubtful,
                pointless,
                listed,
                ..Self::default()
            },
        )
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        encode(self).unwrap_or_default()
    }
}

/// Names a metric with its latest point.
pub(super) fn mark_of_metric(run: &str, key: &str, latest: &Point) -> u64 {
    let numbers = [latest.step.to_le_bytes(), latest.timestamp.to_le_bytes()];
    fnv(&[run.as_bytes(), key.as_bytes(), &numbers.concat()])
}

/// Names a run in its state: one that ended has its artifacts listed once more.
pub(super) fn mark_of_run(run: &Run) -> u64 {
    fnv(&[run.id.as_bytes(), run.status.as_str().as_bytes(), &run.end_time.unwrap_or(-1).to_le_bytes()])
}

/// Names the models that a run read, in its state.
pub(super) fn mark_of_inputs(mark_of_run: u64) -> u64 {
    fnv(&[&mark_of_run.to_le_bytes(), b"model inputs"])
}

/// Names a logged model in its state.
pub(super) fn mark_of_model(id: &str, status: &str, updated: Option<i64>) -> u64 {
    fnv(&[id.as_bytes(), status.as_bytes(), &updated.unwrap_or(-1).to_le_bytes()])
}

/// Names an artifact file as it is listed, under a rule that a person made at that time.
pub(super) fn mark_of_file(since: Millis, entry: &ArtifactEntry) -> u64 {
    let numbers = [since.to_le_bytes(), entry.size.to_le_bytes()];
    fnv(&[entry.owner.id().as_bytes(), entry.path.as_bytes(), &numbers.concat()])
}

/// FNV-1a with 64 bits; it is stored, so it must never change.
fn fnv(parts: &[&[u8]]) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts {
        for &byte in part.iter().chain(&[0xff]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
