//! What the store keeps when something is imported again.
//!
//! Histories are united by [`crate::history::merge`]. For the rest: a run that was read whole
//! replaces the stored one; a damaged run never replaces a whole one, it only adds what that one
//! lacks; a metric that once was stored is never lost.

use crate::model::{ArtifactEntry, Experiment, MetricSummary, Pairs, Run};

/// The run to keep. Its metric summaries are the kept run's, followed where it lacks a metric by
/// the other's; whoever united a history puts the new summary in afterwards.
pub fn merge_run(stored: Run, read: Run) -> Run {
    let keep_stored = read.damaged && !stored.damaged;
    let (mut kept, other) = if keep_stored { (stored, read) } else { (read, stored) };
    if keep_stored || kept.damaged {
        fill(&mut kept, &other);
    }
    kept.metrics = merge_metrics(kept.metrics, other.metrics);
    kept
}

fn fill(kept: &mut Run, other: &Run) {
    if kept.name.is_empty() {
        kept.name.clone_from(&other.name);
    }
    if kept.artifact_uri.is_empty() {
        kept.artifact_uri.clone_from(&other.artifact_uri);
    }
    if kept.user_id.is_empty() {
        kept.user_id.clone_from(&other.user_id);
    }
    kept.start_time = kept.start_time.or(other.start_time);
    kept.end_time = kept.end_time.or(other.end_time);
    kept.deleted_time = kept.deleted_time.or(other.deleted_time);
    fill_pairs(&mut kept.params, &other.params);
    fill_pairs(&mut kept.tags, &other.tags);
    fill_list(&mut kept.inputs, &other.inputs);
    fill_list(&mut kept.model_inputs, &other.model_inputs);
    fill_list(&mut kept.outputs, &other.outputs);
}

fn fill_pairs(kept: &mut Pairs, other: &Pairs) {
    let missing: Pairs = other
        .iter()
        .filter(|(key, _)| kept.binary_search_by(|(k, _)| k.cmp(key)).is_err())
        .cloned()
        .collect();
    kept.extend(missing);
    kept.sort();
}

fn fill_list<T: Clone + PartialEq>(kept: &mut Vec<T>, other: &[T]) {
    for item in other {
        if !kept.contains(item) {
            kept.push(item.clone());
        }
    }
}

/// Summaries by key; those of `kept` win.
fn merge_metrics(mut kept: Vec<MetricSummary>, other: Vec<MetricSummary>) -> Vec<MetricSummary> {
    kept.extend(other);
    // A stable sort: the kept one stays before the other of the same key.
    kept.sort_by(|a, b| a.key.cmp(&b.key));
    kept.dedup_by(|later, earlier| later.key == earlier.key);
    kept
}

/// The experiment to keep: the one that was read, with what only the stored one knows (an
/// experiment whose `meta.yaml` is gone is read with its id for a name).
pub fn merge_experiment(stored: Experiment, mut read: Experiment) -> Experiment {
    if read.name.is_empty() || read.name == read.id {
        read.name = stored.name;
    }
    if read.artifact_location.is_empty() {
        read.artifact_location = stored.artifact_location;
    }
    read.creation_time = read.creation_time.or(stored.creation_time);
    read.last_update_time = read.last_update_time.or(stored.last_update_time);
    fill_pairs(&mut read.tags, &stored.tags);
    read
}

/// Entries by path; what was read wins, but an artifact whose bytes are stored stays kept.
pub fn merge_artifacts(stored: Vec<ArtifactEntry>, mut read: Vec<ArtifactEntry>) -> Vec<ArtifactEntry> {
    let (mut kept, mut sizes) = (Vec::new(), std::collections::BTreeMap::new());
    for entry in stored {
        if entry.kept {
            sizes.insert(entry.path.clone(), entry.size);
        }
        kept.push(entry);
    }
    for entry in &mut read {
        // The bytes are still there, and they are of the size that was stored with them.
        if let (false, Some(&size)) = (entry.kept, sizes.get(&entry.path)) {
            (entry.kept, entry.size) = (true, size);
        }
    }
    read.extend(kept);
    read.sort_by(|a, b| a.path.cmp(&b.path));
    read.dedup_by(|later, earlier| later.path == earlier.path);
    read
}
