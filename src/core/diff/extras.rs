//! What of a run is kept beside it: its files, and what they say.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write as _,
    sync::Arc,
};

use crate::{
    environment::{EnvironmentFile, Packages, packages},
    mlmodel::ModelFile,
    model::{ArtifactEntry, ArtifactOwner, LoggedModel, Pairs, Run},
};

/// The files of a run, made ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunFiles {
    /// Packages that its files list.
    pub packages: Packages,
    /// Its logged models, each with what is comparable of it.
    pub models: Vec<ModelOf>,
    /// Its artifacts, those of its models too, by path.
    pub artifacts: Vec<ArtifactOf>,
}

/// A logged model of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelOf {
    /// Its name, or its folder among the artifacts.
    pub name: String,
    /// What is comparable of it, see [`ModelFile::facts`].
    pub facts: Pairs,
}

/// A file of a run.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ArtifactOf {
    /// From the run's artifact root; those of a logged model below its name.
    pub path: String,
    /// In bytes.
    pub size: u64,
    /// SHA-256 of its bytes in hex, where they are stored and were compared.
    pub hash: Option<String>,
}

/// The files of the runs of a comparison, in its order; `None` while they are still being read.
pub type Files = [Option<Arc<RunFiles>>];

/// A file by owner and path.
pub type FileKey = (ArtifactOwner, String);

/// What was read of a run.
#[derive(Debug, Clone, Copy)]
pub struct ReadOfRun<'a> {
    /// The run.
    pub run: &'a Run,
    /// Logged models of MLflow 3 that it wrote.
    pub models: &'a [LoggedModel],
    /// Its artifacts, and those of these models.
    pub entries: &'a [ArtifactEntry],
    /// Bytes of those that [`is_read`] names, as far as they are here.
    pub contents: &'a HashMap<FileKey, Vec<u8>>,
    /// Hashes in hex of those that [`to_hash`] names.
    pub hashes: &'a HashMap<FileKey, String>,
}

/// Whether a file's content is compared key by key: it lists packages, or describes a model.
pub fn is_read(entry: &ArtifactEntry) -> bool {
    EnvironmentFile::of(&entry.path).is_some() || is_model_file(&entry.path)
}

fn is_model_file(path: &str) -> bool {
    path == "MLmodel" || path.ends_with("/MLmodel")
}

/// The logged models that a run wrote.
pub fn models_of<'a>(run: &'a Run, logged: &'a [LoggedModel]) -> impl Iterator<Item = &'a LoggedModel> {
    let is_its = |model: &&LoggedModel| {
        model.source_run_id == run.id || run.outputs.iter().any(|link| link.model_id == model.id)
    };
    logged.iter().filter(is_its)
}

impl RunFiles {
    /// Makes a run's files ready.
    pub fn new(read: &ReadOfRun) -> Self {
        let of_files = read.contents.iter().map(|((_, path), bytes)| (path.as_str(), bytes.as_slice()));
        let mut of_files: Vec<_> = of_files.collect();
        of_files.sort_unstable();
        let artifact = |entry: &ArtifactEntry| ArtifactOf {
            path: shown_path(read, &entry.owner, &entry.path),
            size: entry.size,
            hash: read.hashes.get(&(entry.owner.clone(), entry.path.clone())).cloned(),
        };
        let mut artifacts: Vec<ArtifactOf> = read.entries.iter().map(artifact).collect();
        artifacts.sort();
        artifacts.dedup_by(|a, b| a.path == b.path);
        Self { packages: packages(of_files), models: models(read), artifacts }
    }
}

/// Logged models lie below their names, where MLflow 2 kept them among the run's artifacts.
fn shown_path(read: &ReadOfRun, owner: &ArtifactOwner, path: &str) -> String {
    match owner {
        ArtifactOwner::Run(_) => path.to_owned(),
        ArtifactOwner::Model(id) => format!("{}/{path}", model_name(read, id)),
    }
}

fn model_name<'a>(read: &ReadOfRun<'a>, id: &'a str) -> &'a str {
    let model = read.models.iter().find(|model| model.id == id);
    model.map(|model| model.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id)
}

fn models(read: &ReadOfRun) -> Vec<ModelOf> {
    let mut found: BTreeMap<String, Pairs> = BTreeMap::new();
    // What the files say is newer than the tag; the tag also speaks of files that are not here.
    for model in read.run.tag("mlflow.log-model.history").map(ModelFile::history).unwrap_or_default() {
        found.insert(model.artifact_path, model.facts);
    }
    for model in read.models {
        let facts = found.entry(model.name.clone()).or_default();
        facts.extend(logged_facts(model));
    }
    let mut files: Vec<_> = read.contents.iter().filter(|((_, path), _)| is_model_file(path)).collect();
    files.sort();
    for ((owner, path), bytes) in files {
        let Some(file) = ModelFile::read(bytes) else { continue };
        let shown = shown_path(read, owner, path);
        let folder = shown.rsplit_once('/').map_or("", |(folder, _)| folder);
        let facts = found.entry(folder.to_owned()).or_default();
        let mut all = file.facts;
        all.extend(facts.drain(..).filter(|(name, _)| name.starts_with("logged ")));
        *facts = all;
    }
    let named = |(name, facts): (String, Pairs)| ModelOf {
        name: if name.is_empty() { "model".to_owned() } else { name },
        facts,
    };
    found.into_iter().map(named).collect()
}

/// What the store itself says of a logged model.
fn logged_facts(model: &LoggedModel) -> Pairs {
    let mut facts = Pairs::new();
    if !model.model_type.is_empty() {
        facts.push(("logged type".to_owned(), model.model_type.clone()));
    }
    facts.push(("logged status".to_owned(), model.status.clone()));
    facts.extend(model.params.iter().map(|(key, value)| (format!("logged params.{key}"), value.clone())));
    facts
}

/// A larger file is not hashed, in bytes: it would hold the page for more than a moment.
const LARGEST_HASHED: u64 = 2_000_000;

/// Of these runs' stored files, those that have to be hashed to tell whether they are the same:
/// another run has one at the same path and of the same size. At most so many bytes; the small ones
/// first, as configs say more than weights. By the place of the list.
pub fn to_hash(lists: &[Vec<ArtifactEntry>], most_bytes: u64) -> Vec<(usize, FileKey)> {
    let mut runs_of: HashMap<(&str, u64), (usize, usize)> = HashMap::new();
    for (run, list) in lists.iter().enumerate() {
        for entry in list.iter().filter(|entry| entry.kept) {
            let (last, count) = runs_of.entry((&entry.path, entry.size)).or_insert((usize::MAX, 0));
            *count += usize::from(*last != run);
            *last = run;
        }
    }
    let is_shared = |entry: &&ArtifactEntry| {
        let runs = runs_of.get(&(entry.path.as_str(), entry.size));
        entry.kept && (1..=LARGEST_HASHED).contains(&entry.size) && runs.is_some_and(|(_, count)| *count > 1)
    };
    let of_list = |(run, list)| {
        let list: &Vec<ArtifactEntry> = list;
        list.iter().filter(is_shared).map(move |entry| (entry.size, &entry.path, run, entry))
    };
    let mut wanted: Vec<(u64, &String, usize, &ArtifactEntry)> =
        lists.iter().enumerate().flat_map(of_list).collect();
    wanted.sort_by_key(|(size, path, run, _)| (*size, *path, *run));
    let mut bytes = 0_u64;
    let fits = |(size, _, run, entry): (u64, &String, usize, &ArtifactEntry)| {
        bytes = bytes.saturating_add(size);
        (bytes <= most_bytes).then(|| (run, (entry.owner.clone(), entry.path.clone())))
    };
    wanted.into_iter().map_while(fits).collect()
}

/// SHA-256 in hex, as `sha256sum` prints it.
pub fn hash(bytes: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    Sha256::digest(bytes).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
