//! What lies where in a file store, from the paths alone: no file is opened here.

use std::ops::Range;

use crate::read::tree::FileEntry;

/// Folders of an experiment that hold no run (`FileStore.RESERVED_EXPERIMENT_FOLDERS`).
const RESERVED: [&str; 4] = ["tags", "datasets", "traces", "models"];

/// What the folder that a reader is given is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layout {
    /// An `mlruns`: folders of experiments, perhaps `models` and `.trash`.
    Store,
    /// One experiment out of a store.
    Experiment,
    /// One run out of an experiment.
    Run,
}

/// A store's parts as ranges of the tree's sorted files.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) experiments: Vec<ExperimentPlan>,
    /// Folders `models/NAME` of the registry.
    pub(super) registered: Vec<Folder>,
    /// Folders of the root that are no experiment.
    pub(super) others: Vec<Folder>,
}

/// A folder and the files below it.
#[derive(Debug, Clone, Default)]
pub(super) struct Folder {
    /// Its whole path in the tree, no trailing `/`.
    pub(super) path: String,
    pub(super) files: Range<usize>,
}

#[derive(Debug, Default)]
pub(super) struct ExperimentPlan {
    pub(super) folder: Folder,
    pub(super) in_trash: bool,
    /// `meta.yaml`, or what stands for it.
    pub(super) meta: Option<String>,
    pub(super) runs: Vec<Folder>,
    /// Folders `models/m-…`.
    pub(super) models: Vec<Folder>,
    /// Run folders without a `meta.yaml`.
    pub(super) headless: Vec<Folder>,
    pub(super) traces: u64,
}

impl Folder {
    /// The last part of its path.
    pub(super) fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Its folders, in order; files that lie directly in it are left out.
    pub(super) fn folders(&self, all: &[FileEntry]) -> Vec<Self> {
        let mut found = Vec::new();
        let mut at = self.files.start;
        while at < self.files.end {
            let Some(name) = all.get(at).and_then(|f| self.child(f)) else {
                at += 1;
                continue;
            };
            let sub = self.sub(all, name);
            at = sub.files.end.max(at + 1);
            found.push(sub);
        }
        found
    }

    /// The folder `name` in it; empty if there is none.
    pub(super) fn sub(&self, all: &[FileEntry], name: &str) -> Self {
        let path = self.join(name);
        let prefix = format!("{path}/");
        let files = all.get(self.files.clone()).unwrap_or_default();
        let start = self.files.start + files.partition_point(|f| f.path.as_str() < prefix.as_str());
        let rest = all.get(start..self.files.end).unwrap_or_default();
        let end = start + rest.partition_point(|f| f.path.starts_with(&prefix));
        Self { path, files: start..end }
    }

    /// A file that lies directly in it.
    pub(super) fn file<'a>(&self, all: &'a [FileEntry], name: &str) -> Option<&'a FileEntry> {
        let path = self.join(name);
        let files = all.get(self.files.clone()).unwrap_or_default();
        let at = files.binary_search_by(|f| f.path.as_str().cmp(&path)).ok()?;
        files.get(at)
    }

    /// A file's path below it.
    pub(super) fn relative<'a>(&self, path: &'a str) -> &'a str {
        let skip = if self.path.is_empty() { 0 } else { self.path.len() + 1 };
        path.get(skip..).unwrap_or_default()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    fn child<'a>(&self, file: &'a FileEntry) -> Option<&'a str> {
        self.relative(&file.path).split_once('/').map(|(name, _)| name)
    }

    fn join(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}/{name}", self.path) }
    }
}

impl Plan {
    /// Looks over the files below the folder `root` (empty: all files).
    pub(super) fn new(all: &[FileEntry], root: &str, layout: Layout) -> Self {
        let everything = Folder { path: String::new(), files: 0..all.len() };
        let root = if root.is_empty() { everything } else { everything.sub(all, root) };
        match layout {
            Layout::Store => Self::of_store(all, &root),
            Layout::Experiment => Self { experiments: vec![experiment(all, root, false)], ..Self::default() },
            Layout::Run => {
                let alone = ExperimentPlan { runs: vec![root], ..ExperimentPlan::default() };
                Self { experiments: vec![alone], ..Self::default() }
            }
        }
    }

    /// How many units of work there are, for progress: runs and logged models.
    pub(super) fn units(&self) -> u64 {
        self.experiments.iter().map(|e| (e.runs.len() + e.models.len()) as u64).sum()
    }

    fn of_store(all: &[FileEntry], root: &Folder) -> Self {
        let mut plan = Self::default();
        for folder in root.folders(all) {
            match folder.name() {
                "models" if !is_experiment(all, &folder) => plan.registered = folder.folders(all),
                ".trash" => plan.add(all, folder.folders(all), true),
                _ => plan.add(all, vec![folder], false),
            }
        }
        // The root wins over the bin where both hold an id.
        plan.experiments.sort_by_key(|e| e.in_trash);
        plan
    }

    fn add(&mut self, all: &[FileEntry], folders: Vec<Folder>, in_trash: bool) {
        for folder in folders {
            let plan = experiment(all, folder, in_trash);
            if plan.meta.is_none() && plan.runs.is_empty() && plan.models.is_empty() {
                self.others.push(plan.folder);
            } else {
                self.experiments.push(plan);
            }
        }
    }
}

fn is_experiment(all: &[FileEntry], folder: &Folder) -> bool {
    folder.file(all, "meta.yaml").is_some()
}

fn experiment(all: &[FileEntry], folder: Folder, in_trash: bool) -> ExperimentPlan {
    let meta = ["meta.yaml", "meta.yml"].into_iter().find_map(|name| folder.file(all, name));
    let meta = meta.map(|f| f.path.clone());
    let mut plan = ExperimentPlan { in_trash, meta, ..ExperimentPlan::default() };
    for sub in folder.folders(all) {
        match sub.name() {
            "models" => {
                let with_meta = |m: &Folder| m.file(all, "meta.yaml").is_some();
                plan.models = sub.folders(all).into_iter().filter(with_meta).collect();
            }
            "traces" => plan.traces = sub.folders(all).len() as u64,
            name if RESERVED.contains(&name) => {}
            _ if sub.file(all, "meta.yaml").is_some() => plan.runs.push(sub),
            _ => plan.headless.push(sub),
        }
    }
    plan.folder = folder;
    plan
}
