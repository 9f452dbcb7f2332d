use serde::{Deserialize, Serialize};

use super::{Millis, NoteKind};

/// One imported store, as the side bar lists it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Made by the browser when the store was first imported; the prefix of all its keys.
    pub id: String,
    /// The name for people; they may change it.
    pub name: String,
    /// What kind of store it was read from.
    pub kind: SourceKind,
    /// The bundled example, which a person may throw away without a second thought.
    pub demo: bool,
    /// The file or folder that was dropped.
    pub file_name: String,
    /// Where in it the store lies: the `mlruns` folder or the database file; empty for its root.
    pub path: String,
    /// When it was first imported.
    pub added: Millis,
    /// When it was last imported.
    pub updated: Millis,
    /// Whether the last import came to its end.
    pub state: SourceState,
    /// What it holds now, all imports together.
    pub counts: Counts,
    /// The space that it takes in the browser's database, as written (keys and indexes of the
    /// database itself come on top).
    pub bytes: u64,
    /// How many imports have begun; the first is 1.
    pub imports: u32,
    /// What the last import reported, in groups.
    pub report: ImportReport,
}

/// What a source was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum SourceKind {
    /// An MLflow FileStore: an `mlruns` folder, or a zip that holds one.
    #[default]
    Mlruns,
    /// An MLflow database: `mlflow.db`, whatever its name.
    Database,
    /// An MLflow tracking server; [`Source::path`] is its address.
    Server,
}

/// Whether a source holds all that its files held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum SourceState {
    /// An import is writing it, or was when the tab was closed: every run in it is whole, but
    /// there may have been more.
    #[default]
    Importing,
    /// All that could be read is in.
    Complete,
    /// A person stopped the import: every run in it is whole, but there were more.
    Cancelled,
    /// The import ended early for want of space or for another failure.
    Failed,
}

/// How much a source holds, or an import brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Experiments.
    pub experiments: u64,
    /// Runs, those in the bin included.
    pub runs: u64,
    /// Histories: metrics of runs.
    pub metrics: u64,
    /// Points of all histories.
    pub points: u64,
    /// Artifact entries.
    pub artifacts: u64,
    /// Logged models of MLflow 3.
    pub logged_models: u64,
    /// Registered models.
    pub registered_models: u64,
    /// Versions of registered models.
    pub model_versions: u64,
}

/// What an import brought, and what it could not take as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportReport {
    /// What was read.
    pub read: Counts,
    /// How many things were left out.
    pub skipped: u64,
    /// How many things were read around a fault.
    pub repaired: u64,
    /// How many things were just worth saying.
    pub infos: u64,
    /// Notes of one kind and reason together: skipped first, then by number, at most
    /// [`ImportReport::MAX_GROUPS`] of them.
    pub groups: Vec<NoteGroup>,
}

impl ImportReport {
    /// How many groups are kept; the notes themselves are all in the store.
    pub const MAX_GROUPS: usize = 40;
    /// How many paths a group names.
    pub const MAX_PATHS: usize = 5;
}

/// Notes that say the same of different paths.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteGroup {
    /// Left out, repaired, or just said.
    pub kind: NoteKind,
    /// The common reason.
    pub reason: String,
    /// How many notes.
    pub count: u64,
    /// The first paths.
    pub paths: Vec<String>,
}
