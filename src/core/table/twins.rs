use std::{cmp::Ordering, collections::HashMap};

use super::{RunKey, RunRef};
use crate::{format, model::Run};

/// The same run in another source: imported from files once, say, and read from its server since.
///
/// MLflow's ids are random, so two runs of one id that began at the same moment are one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Twin {
    /// The other one.
    pub key: RunKey,
    /// Name of the other one's source.
    pub source_name: String,
    /// How far the other one is, against this one.
    pub is: Freshness,
}

/// How two copies of a run stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Freshness {
    /// The other one knows less: it was read earlier.
    Older,
    /// They know the same.
    Equal,
    /// The other one knows more.
    Newer,
}

impl Twin {
    /// "The same run is in mlruns.zip, read at an earlier time."
    pub fn words(&self) -> String {
        let how = match self.is {
            Freshness::Older => "as of an earlier time",
            Freshness::Equal => "with as many points",
            Freshness::Newer => "as of a later time",
        };
        format!("The same run is in {}, {how}", format::one_line(&self.source_name, 60))
    }
}

/// The twins of each run that has any, by its index.
pub(super) fn twins(runs: &[RunRef]) -> HashMap<u32, Vec<Twin>> {
    let first = runs.first().map(|run| &run.source);
    if runs.iter().all(|run| Some(&run.source) == first) {
        return HashMap::new();
    }
    let mut by_id: HashMap<&str, Vec<u32>> = HashMap::new();
    for (index, run) in (0_u32..).zip(runs) {
        by_id.entry(&run.run.id).or_default().push(index);
    }
    let mut found: HashMap<u32, Vec<Twin>> = HashMap::new();
    for same in by_id.values().filter(|same| same.len() > 1) {
        for &index in same {
            let Some(this) = runs.get(index as usize) else { continue };
            let others = same.iter().filter_map(|&other| runs.get(other as usize));
            let twins: Vec<Twin> = others.filter_map(|other| twin(this, other)).collect();
            if !twins.is_empty() {
                found.insert(index, twins);
            }
        }
    }
    found
}

/// What `other` is to `this`, if it is the same run of another source.
pub fn twin(this: &RunRef, other: &RunRef) -> Option<Twin> {
    let is_twin = this.source != other.source
        && this.run.id == other.run.id
        && this.run.start_time == other.run.start_time;
    is_twin.then(|| Twin {
        key: other.key(),
        source_name: other.source_name.as_ref().to_owned(),
        is: match knowledge(&other.run).cmp(&knowledge(&this.run)) {
            Ordering::Less => Freshness::Older,
            Ordering::Equal => Freshness::Equal,
            Ordering::Greater => Freshness::Newer,
        },
    })
}

/// What grows as a run goes on: whether it has ended, when, and how many points it logged.
fn knowledge(run: &Run) -> (bool, Option<i64>, u64) {
    let points = run.metrics.iter().map(|metric| metric.count).sum();
    (!run.status.is_open(), run.end_time, points)
}
