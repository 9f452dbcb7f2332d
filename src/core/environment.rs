//! What a run ran in: packages and their versions, from the files that MLflow writes beside models.
//!
//! MLflow writes `requirements.txt`, `conda.yaml` and `python_env.yaml` into the folder of every
//! model (`mlflow/utils/environment.py`); people log their own under the same names. Nothing here
//! fails: a line that names no package is left out.

mod conda;
mod requirements;

use std::collections::BTreeMap;

pub use requirements::{Requirement, requirement};

/// A file that names packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum EnvironmentFile {
    /// pip's list.
    Requirements,
    /// conda's environment, with a list for pip in it.
    Conda,
    /// MLflow's own: the version of Python, what is needed to build, the packages.
    PythonEnv,
}

impl EnvironmentFile {
    /// Recognised by its name, wherever it lies.
    pub fn of(path: &str) -> Option<Self> {
        match path.rsplit('/').next()?.to_ascii_lowercase().as_str() {
            "requirements.txt" => Some(Self::Requirements),
            "conda.yaml" | "conda.yml" | "environment.yaml" | "environment.yml" => Some(Self::Conda),
            "python_env.yaml" | "python_env.yml" => Some(Self::PythonEnv),
            _ => None,
        }
    }

    /// The packages that a file names, in its order. Bytes that are no UTF-8 are read as far as they go.
    pub fn read(self, bytes: &[u8]) -> Vec<Requirement> {
        match self {
            Self::Requirements => requirements::read(&String::from_utf8_lossy(bytes)),
            Self::Conda => conda::environment(bytes),
            Self::PythonEnv => conda::python_env(bytes),
        }
    }
}

/// Packages of one run: name to version, `python` among them.
pub type Packages = BTreeMap<String, String>;

/// What several files of one run say together. Where files of one model repeat each other, the
/// version is named once; where models of one run need different versions, all of them are.
pub fn packages<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Packages {
    let mut files: Vec<(EnvironmentFile, &[u8])> =
        files.into_iter().filter_map(|(path, bytes)| Some((EnvironmentFile::of(path)?, bytes))).collect();
    // Versions that pip's list pins are said more exactly there than in conda's environment.
    files.sort_by_key(|(file, _)| *file);
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for Requirement { name, version } in files.iter().flat_map(|(file, bytes)| file.read(bytes)) {
        let versions = found.entry(name).or_default();
        if !versions.contains(&version) {
            versions.push(version);
        }
    }
    found.into_iter().map(|(name, versions)| (name, said_once(versions).join(", "))).collect()
}

/// Pinned versions, if there are any: a range, or no version at all, says less of the same package.
fn said_once(versions: Vec<String>) -> Vec<String> {
    let is_pinned = |version: &String| version.starts_with(|c: char| c.is_ascii_digit());
    let pinned: Vec<String> = versions.iter().filter(|version| is_pinned(version)).cloned().collect();
    if pinned.is_empty() { versions } else { pinned }
}
