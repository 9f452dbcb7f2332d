//! What is in there? Finds the stores in whatever a person dropped, by content before name.

use super::{ReadError, ReadOptions, StoreReader, Tree, mlruns::MlrunsReader, zip::ZipLimits};
use crate::model::Note;

/// What [`discover`] found.
#[derive(Default)]
pub struct Discovery {
    /// Stores, in the order of their paths.
    pub stores: Vec<FoundStore>,
    /// What was left out, and, when there is no store, what was seen and what is expected.
    pub notes: Vec<Note>,
    /// Archives over the limits: ask the person, then discover again with
    /// [`ZipLimits::UNLIMITED`].
    pub too_large: Vec<TooLarge>,
}

/// An archive that would unpack to more than the limits allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TooLarge {
    /// The archive.
    pub path: String,
    /// What it says it unpacks to.
    pub bytes: u64,
    /// How many files it says it holds.
    pub entries: u64,
}

/// How a store is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoreKind {
    /// MLflow's file store, `mlruns`.
    Files,
    /// MLflow's database in SQLite, `mlflow.db`.
    Database,
}

/// A store that can be opened.
#[derive(Clone)]
pub struct FoundStore {
    /// How it is kept.
    pub kind: StoreKind,
    /// Where it is, for people: the path within what was dropped, archives as `a.zip/…`.
    /// Empty when what was dropped is the store itself.
    pub path: String,
    /// A short name to propose for the source.
    pub label: String,
    tree: Tree,
    root: String,
}

impl FoundStore {
    /// Opens it. The store keeps its own handle on the tree that it was found in.
    pub fn open(&self, options: ReadOptions) -> Result<Box<dyn StoreReader>, ReadError> {
        match self.kind {
            StoreKind::Files => Ok(Box::new(MlrunsReader::new(self.tree.clone(), &self.root, options))),
            StoreKind::Database => {
                Err(ReadError::Incompatible { path: self.path.clone(), expected: "read yet" })
            }
        }
    }
}

/// Finds the stores in `tree`, within zips too (to depth 2).
pub fn discover(tree: &Tree, limits: ZipLimits) -> Discovery {
    let _ = (tree, limits);
    Discovery::default()
}
