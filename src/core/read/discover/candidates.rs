//! File stores, told by their `meta.yaml` files.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::paths::{is_ignored, name, parent};
use crate::read::{mlruns::Layout, tree::FileTree, yaml::Node};

/// `meta.yaml` files that are read to see whose they are; those of runs are told by their folder.
const READ_AT_MOST: usize = 5_000;
const META_LIMIT: u64 = 1 << 20;

/// The file stores of a tree.
#[derive(Default)]
pub(super) struct FileStores {
    /// Folders and what they are, sorted.
    pub(super) roots: BTreeSet<(String, Layout)>,
    /// Folders of experiments (or of runs without one): what lies below belongs to a store.
    claimed: HashSet<String>,
    /// Folders that hold artifacts of runs, whether or not a store is there.
    pub(super) artifact_roots: BTreeSet<String>,
}

/// What a folder with a `meta.yaml` is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Experiment,
    Run,
    Registered,
}

impl FileStores {
    pub(super) fn find(tree: &dyn FileTree) -> Self {
        let mut stores = Self::default();
        let mut folders = BTreeMap::new();
        for file in tree.files() {
            stores.note_artifacts(&file.path);
            if matches!(name(&file.path), "meta.yaml" | "meta.yml") && !is_ignored(&file.path) {
                folders.entry(parent(&file.path)).or_insert(file.path.as_str());
            }
        }
        let mut reads = READ_AT_MOST;
        for (&folder, &meta) in &folders {
            if let Some(what) = classify(tree, folder, meta, &mut reads) {
                stores.add(folder, what);
            }
        }
        stores.drop_nested();
        stores
    }

    /// Whether a path lies in an experiment of a store.
    pub(super) fn owns(&self, path: &str) -> bool {
        let mut folder = path;
        while !folder.is_empty() {
            folder = parent(folder);
            if self.claimed.contains(folder) {
                return true;
            }
        }
        false
    }

    fn add(&mut self, folder: &str, what: What) {
        let (root, layout, claim) = match what {
            What::Registered => (parent(parent(folder)), Layout::Store, folder),
            What::Experiment if folder.is_empty() => ("", Layout::Experiment, ""),
            What::Experiment => (root_of(folder), Layout::Store, folder),
            What::Run if folder.is_empty() => ("", Layout::Run, ""),
            // A run at the top: what was dropped is its experiment, or the run itself.
            What::Run if parent(folder).is_empty() => ("", Layout::Experiment, folder),
            What::Run => (root_of(parent(folder)), Layout::Store, parent(folder)),
        };
        self.claimed.insert(claim.to_owned());
        self.roots.insert((root.to_owned(), layout));
    }

    /// A store among the artifacts of a run is an artifact.
    fn drop_nested(&mut self) {
        let roots = std::mem::take(&mut self.roots);
        let within = |root: &str| !root.is_empty() && (self.claimed.contains(root) || self.owns(root));
        let lone_experiment = roots.contains(&(String::new(), Layout::Experiment));
        let kept = roots.into_iter().filter(|(root, layout)| {
            // The runs of a dropped experiment look like experiments of a store to themselves.
            let doubled = lone_experiment && root.is_empty() && *layout == Layout::Run;
            !within(root) && !doubled
        });
        self.roots = kept.collect();
    }

    /// `ROOT/<experiment>/<run>/artifacts/…` or `ROOT/<experiment>/models/m-…/artifacts/…`.
    fn note_artifacts(&mut self, path: &str) {
        let mut from = 0;
        while let Some(at) = path.get(from..).and_then(|rest| rest.find("/artifacts/")).map(|at| from + at) {
            from = at + 1;
            let Some(run) = path.get(..at) else { return };
            let experiment = match (is_run_id(name(run)), name(run).starts_with("m-")) {
                (true, _) => parent(run),
                (false, true) => parent(parent(run)),
                _ => continue,
            };
            let root = parent(experiment);
            if !experiment.is_empty() && !self.artifact_roots.contains(root) {
                self.artifact_roots.insert(root.to_owned());
            }
            return;
        }
    }
}

/// The store that an experiment's folder lies in.
fn root_of(experiment: &str) -> &str {
    let folder = parent(experiment);
    if name(folder) == ".trash" { parent(folder) } else { folder }
}

fn classify(tree: &dyn FileTree, folder: &str, meta: &str, reads: &mut usize) -> Option<What> {
    let above = name(parent(folder));
    match name(folder) {
        own if own.starts_with("m-") && above == "models" => return None,
        own if own.starts_with("version-") && name(parent(parent(folder))) == "models" => return None,
        _ if matches!(above, "inputs" | "outputs" | "datasets" | "traces") => return None,
        own if is_run_id(own) && above != "models" => return Some(What::Run),
        _ => {}
    }
    if *reads == 0 {
        let is_number = !folder.is_empty() && name(folder).bytes().all(|b| b.is_ascii_digit());
        return is_number.then_some(What::Experiment);
    }
    *reads -= 1;
    let Ok(node) = tree.read(meta, META_LIMIT).map_err(|e| e.reason).and_then(|bytes| Node::parse(&bytes))
    else {
        // Not readable, but where MLflow keeps an experiment of its own numbering.
        let is_number = !folder.is_empty() && name(folder).bytes().all(|b| b.is_ascii_digit());
        return is_number.then_some(What::Experiment);
    };
    let has = |key: &str| node.get(key).is_some();
    if has("run_id") || has("run_uuid") {
        return (has("experiment_id") || has("artifact_uri")).then_some(What::Run);
    }
    if has("experiment_id") && (has("artifact_location") || has("lifecycle_stage") || has("name")) {
        return Some(What::Experiment);
    }
    (above == "models" && has("name") && has("creation_timestamp")).then_some(What::Registered)
}

/// 32 hex digits, as MLflow makes them.
fn is_run_id(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
}
