//! Readers: files in, one stream of records out.
//!
//! A reader is synchronous and works in bounded steps, so that whoever drives it (the worker, a
//! test, a command line) can store what came, show progress, or stop, between any two steps.
//! After it is opened a reader does not fail as a whole: what it cannot read becomes a
//! [`Note`](crate::model::Note) with path and reason, and it goes on with the rest.

pub mod discover;
#[cfg(not(target_arch = "wasm32"))]
pub mod folder;
pub mod mlflow_db;
pub mod mlruns;
pub(crate) mod notes;
pub mod sqlite;
pub mod tree;
pub(crate) mod yaml;
pub mod zip;

use std::rc::Rc;

use crate::{
    history::History,
    model::{ArtifactEntry, ArtifactFile, Experiment, LoggedModel, ModelVersion, Note, RegisteredModel, Run},
};
pub use tree::{FileEntry, FileError, FileTree, ReadSeek};

/// One thing that a source holds. Every source, whatever its format, is a stream of these.
#[derive(Debug, Clone)]
pub enum Record {
    /// An experiment.
    Experiment(Experiment),
    /// A run, complete with metric summaries. Its histories come as records of their own, before it.
    Run(Box<Run>),
    /// All points of one metric, in canonical order.
    History {
        /// The run.
        run_id: String,
        /// The metric's key.
        key: String,
        /// The points.
        history: History,
    },
    /// A file among the artifacts.
    Artifact(ArtifactEntry),
    /// The bytes of an artifact that is kept.
    ArtifactFile(ArtifactFile),
    /// A logged model of MLflow 3.
    LoggedModel(Box<LoggedModel>),
    /// A registered model.
    RegisteredModel(RegisteredModel),
    /// A version of a registered model.
    ModelVersion(Box<ModelVersion>),
    /// Something left out, repaired, or worth knowing.
    Note(Note),
}

/// What a reader may leave out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// Artifacts above this size, in bytes, are listed but their content is not kept.
    pub keep_artifacts_up_to: u64,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { keep_artifacts_up_to: 8 * 1024 * 1024 }
    }
}

/// How far a reader is. The unit belongs to the reader: runs for folders, rows for databases.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
}

/// What a step left behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There is more to read.
    More(Progress),
    /// All is read.
    Done,
}

/// A reader of one store.
pub trait StoreReader {
    /// Reads the next bounded piece (aim: at most some ten milliseconds, at most one large file or
    /// a few thousand rows) and appends its records to `out`.
    fn step(&mut self, out: &mut Vec<Record>) -> Step;
}

/// Why a store could not be opened at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The bytes are not of the format that was tried.
    #[error("{path} is not {expected}")]
    Incompatible {
        /// The file.
        path: String,
        /// The format, with its article: "an SQLite database".
        expected: &'static str,
    },
    /// They are, but they are damaged beyond reading around.
    #[error("{path} cannot be read: {reason}")]
    Broken {
        /// The file.
        path: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The file itself failed.
    #[error(transparent)]
    File(#[from] FileError),
}

/// A shared tree of files; readers keep it while they work.
pub type Tree = Rc<dyn FileTree>;
