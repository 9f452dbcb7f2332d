//! The artifact tree: from flat paths to folders.

use std::collections::BTreeSet;

use crate::model::ArtifactEntry;

/// Folders and files of one run or model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArtifactTree {
    /// How many files.
    pub files: usize,
    /// Bytes in all.
    pub size: u64,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeRow {
    /// From the artifact root.
    pub path: String,
    /// The last part of `path`.
    pub name: String,
    /// 0 at the root.
    pub depth: usize,
    /// Bytes; of a folder, all below it.
    pub size: u64,
    /// What it is.
    pub kind: TreeKind,
}

/// What a row of the tree is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TreeKind {
    /// A folder.
    Folder {
        /// Files below it, at any depth.
        files: usize,
        /// Whether its content is shown.
        expanded: bool,
    },
    /// A file.
    File {
        /// Whether its bytes are in the store.
        kept: bool,
    },
}

impl ArtifactTree {
    /// Sorts the entries into folders.
    pub fn new(_entries: &[ArtifactEntry]) -> Self {
        Self::default()
    }

    /// The rows to show: folders first, then by name, with the content of the `expanded` folders (by path).
    pub fn rows(&self, _expanded: &BTreeSet<String>) -> Vec<TreeRow> {
        Vec::new()
    }

    /// `27 files, 350 MB`.
    pub fn count_words(&self) -> String {
        String::new()
    }
}
