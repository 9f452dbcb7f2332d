//! What all parts of the reader share: the files, what was seen, and what is to be said.

use std::{collections::HashMap, rc::Rc};

use super::{Seen, plan::Folder, plan::Plan};
use crate::{
    model::{ArtifactEntry, ArtifactFile, ArtifactOwner, DatasetInput, Note, Pairs},
    read::{ReadOptions, Record, Tree, notes::Notebook, tree::FileEntry, yaml::Node},
};

/// Files and bytes of one step: some ten milliseconds.
const FILES_A_STEP: u64 = 256;
const BYTES_A_STEP: u64 = 1 << 20;
/// Params, tags and YAML above this are no text that MLflow wrote.
const TEXT_LIMIT: u64 = 16 << 20;
/// Metric files above this are left out: thirty million points.
const METRIC_LIMIT: u64 = 1 << 30;

/// How much of a step is left.
pub(super) struct Budget {
    files: u64,
    bytes: u64,
}

impl Default for Budget {
    fn default() -> Self {
        Self { files: FILES_A_STEP, bytes: BYTES_A_STEP }
    }
}

impl Budget {
    pub(super) fn is_spent(&self) -> bool {
        self.files == 0 || self.bytes == 0
    }

    pub(super) fn spend(&mut self, bytes: u64) {
        self.files = self.files.saturating_sub(1);
        self.bytes = self.bytes.saturating_sub(bytes);
    }
}

pub(super) struct Context {
    pub(super) tree: Tree,
    pub(super) options: ReadOptions,
    pub(super) notes: Notebook,
    /// Ids of the experiments, in the order of the plan.
    pub(super) experiments: Vec<String>,
    pub(super) experiment_ids: Seen,
    pub(super) runs: Seen,
    /// Datasets of the experiment that is being read, by folder.
    pub(super) datasets: HashMap<String, Option<Rc<DatasetInput>>>,
}

impl Context {
    pub(super) fn new(tree: Tree, options: ReadOptions) -> Self {
        Self {
            tree,
            options,
            notes: Notebook::default(),
            experiments: Vec::new(),
            experiment_ids: Seen::new(),
            runs: Seen::new(),
            datasets: HashMap::new(),
        }
    }

    /// A YAML file that must be a map; anything else is noted and left out.
    pub(super) fn yaml(&mut self, path: &str, budget: &mut Budget) -> Option<Rc<Node>> {
        let read = self.tree.read(path, TEXT_LIMIT).map_err(|e| e.reason);
        budget.spend(read.as_ref().map_or(0, |bytes| bytes.len() as u64));
        let reason = match read.and_then(|bytes| Node::parse(&bytes)) {
            Ok(node) if node.is_map() => return Some(node),
            Ok(node) if node.is_null() => "it is empty".to_owned(),
            Ok(_) => "it holds no keys and values".to_owned(),
            Err(reason) => reason,
        };
        self.notes.list("YAML files that cannot be read", Note::skipped(path, reason));
        None
    }

    /// A file that is one value, exactly as it stands: MLflow's client strips nothing, neither a
    /// line end that an editor added nor the carriage returns that git made.
    /// The flag says that bytes were no text and were replaced.
    pub(super) fn text(&mut self, file: &FileEntry, budget: &mut Budget) -> Option<(String, bool)> {
        match self.bytes(file, TEXT_LIMIT, budget).map(String::from_utf8)? {
            Ok(text) => Some((text, false)),
            Err(bad) => {
                let reason = "it is not valid UTF-8; what is no text was replaced";
                self.notes.list("values that are not valid UTF-8", Note::repaired(&file.path, reason));
                Some((String::from_utf8_lossy(bad.as_bytes()).into_owned(), true))
            }
        }
    }

    /// A metric file.
    pub(super) fn metric(&mut self, file: &FileEntry, budget: &mut Budget) -> Option<Vec<u8>> {
        self.bytes(file, METRIC_LIMIT, budget)
    }

    /// A folder of files that are one value each: `tags`, `params`, `aliases`. Sorted by key.
    pub(super) fn pairs(&mut self, folder: &Folder, budget: &mut Budget) -> Pairs {
        let tree = Rc::clone(&self.tree);
        let files = tree.files().get(folder.files.clone()).unwrap_or_default();
        let pair = |file: &FileEntry| {
            let key = folder.relative(&file.path);
            is_key(key).then(|| Some((key.to_owned(), self.text(file, budget)?.0))).flatten()
        };
        files.iter().filter_map(pair).collect()
    }

    /// A file among artifacts: listed always, its bytes kept up to the limit.
    pub(super) fn artifact(
        &mut self,
        owner: &ArtifactOwner,
        file: &FileEntry,
        path: &str,
        out: &mut Vec<Record>,
        budget: &mut Budget,
    ) {
        let mut entry =
            ArtifactEntry { owner: owner.clone(), path: path.to_owned(), size: file.size, kept: false };
        if file.size <= self.options.keep_artifacts_up_to {
            let limit = self.options.keep_artifacts_up_to;
            if let Some(bytes) = self.bytes(file, limit, budget) {
                entry.size = bytes.len() as u64;
                entry.kept = true;
                let (owner, path) = (owner.clone(), path.to_owned());
                out.push(Record::ArtifactFile(ArtifactFile { owner, path, bytes }));
            }
        } else {
            budget.spend(0);
        }
        out.push(Record::Artifact(entry));
    }

    /// What is to be said of the store as a whole.
    pub(super) fn last_words(&mut self, plan: &Plan) {
        for folder in &plan.others {
            self.no_experiment(folder);
        }
        for experiment in &plan.experiments {
            for folder in &experiment.headless {
                self.headless(folder);
            }
        }
        let traces: u64 = plan.experiments.iter().map(|e| e.traces).sum();
        if let (1.., Some(first)) = (traces, plan.experiments.iter().find(|e| e.traces > 0)) {
            let path = format!("{}/traces", first.folder.path);
            self.notes.add(Note::info(path, format!("this store has {traces} traces, which are not read")));
        }
    }

    pub(super) fn no_experiment(&mut self, folder: &Folder) {
        let reason = "it has no meta.yaml and no run, so it is no experiment";
        self.notes.count("such folders", Note::skipped(&folder.path, reason));
    }

    fn headless(&mut self, folder: &Folder) {
        let all = self.tree.files();
        let holds = |name: &str| !folder.sub(all, name).is_empty();
        let note = if holds("metrics") || holds("params") {
            let reason = "this run has lost its meta.yaml";
            return self.notes.list("runs without meta.yaml", Note::skipped(&folder.path, reason));
        } else if holds("artifacts") {
            Note::skipped(
                &folder.path,
                "it holds only artifacts: its run was tracked elsewhere, in a database perhaps",
            )
        } else {
            return;
        };
        self.notes.count("such folders that hold only artifacts", note);
    }

    fn bytes(&mut self, file: &FileEntry, limit: u64, budget: &mut Budget) -> Option<Vec<u8>> {
        let read = self.tree.read(&file.path, limit);
        budget.spend(read.as_ref().map_or(0, |bytes| bytes.len() as u64));
        match read {
            Ok(bytes) => Some(bytes),
            Err(e) => {
                self.notes.list("files that cannot be read", Note::skipped(&file.path, e.reason));
                None
            }
        }
    }
}

/// Whether a file among params, tags or metrics is one: macOS leaves its own everywhere.
pub(super) fn is_key(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    !path.is_empty() && name != ".DS_Store" && !name.starts_with("._")
}
