//! What is in there? Finds the stores in whatever a person dropped, by content before name.
//!
//! One pass over the paths finds what may be a store; only those files are opened. A zip is
//! looked into as if it were a folder, and a zip in a zip once more.

mod archives;
mod candidates;
mod databases;
mod describe;
mod paths;

use std::rc::Rc;

use super::{
    ReadError, ReadOptions, StoreReader, Tree,
    mlflow_db::{ArtifactPlaces, MlflowDbReader},
    mlruns::{Layout, MlrunsReader},
    zip::ZipLimits,
};
use crate::model::Note;
use candidates::FileStores;

pub use describe::describe_file;

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
    /// A short name to propose for the source; empty when only what was dropped can give one.
    pub label: String,
    tree: Tree,
    /// Within `tree`: the folder, or the database.
    root: String,
    layout: Layout,
    /// Folders of `tree` that may hold a database's artifacts, best first.
    artifact_roots: Vec<String>,
}

impl FoundStore {
    /// Opens it. The store keeps its own handle on the tree that it was found in.
    pub fn open(&self, options: ReadOptions) -> Result<Box<dyn StoreReader>, ReadError> {
        let tree = Rc::clone(&self.tree);
        match self.kind {
            StoreKind::Files => Ok(Box::new(MlrunsReader::new(tree, &self.root, self.layout, options))),
            StoreKind::Database => {
                let files = databases::files_of(&*tree, &self.root)?;
                let artifacts = ArtifactPlaces { tree, roots: self.artifact_roots.clone() };
                Ok(Box::new(MlflowDbReader::open(files, Some(artifacts), options)?))
            }
        }
    }
}

/// Finds the stores in `tree`, within zips too (to depth 2).
pub fn discover(tree: &Tree, limits: ZipLimits) -> Discovery {
    let mut discovery = Discovery::default();
    search(tree, "", 0, limits, &mut discovery);
    discovery.stores.sort_by(|a, b| a.path.cmp(&b.path));
    paths::label(&mut discovery.stores);
    if discovery.stores.is_empty() && discovery.too_large.is_empty() {
        discovery.notes.push(describe::nothing_found(&**tree));
    }
    discovery
}

/// Searches one tree. `shown` is the path that leads to it, for people: empty, or `a.zip/`.
fn search(tree: &Tree, shown: &str, depth: u32, limits: ZipLimits, into: &mut Discovery) {
    let found = FileStores::find(&**tree);
    for (root, layout) in &found.roots {
        into.stores.push(FoundStore {
            kind: StoreKind::Files,
            path: format!("{shown}{root}").trim_end_matches('/').to_owned(),
            label: String::new(),
            tree: Rc::clone(tree),
            root: root.clone(),
            layout: *layout,
            artifact_roots: Vec::new(),
        });
    }
    databases::find(tree, shown, &found, into);
    archives::find(tree, shown, depth, limits, &found, into);
}
