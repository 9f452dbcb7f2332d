//! The artifact tree: from flat paths to folders.

mod step;

use std::collections::{BTreeMap, BTreeSet};

use crate::{format, model::ArtifactEntry, table::natural};

pub use step::Step;

/// Folders and files of one run or model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ArtifactTree {
    /// How many files.
    pub files: usize,
    /// Bytes in all.
    pub size: u64,
    root: Vec<Node>,
}

/// A row of the tree.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

#[derive(Debug, Clone, PartialEq, Eq)]
struct Node {
    path: String,
    name: String,
    size: u64,
    content: Content,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Content {
    File { kept: bool },
    Folder { files: usize, nodes: Vec<Node> },
}

/// Folders nested deeper than this are shown as one name with slashes.
const DEEPEST: usize = 64;

impl ArtifactTree {
    /// Sorts the entries into folders.
    pub fn new(entries: &[ArtifactEntry]) -> Self {
        let root = nodes(&leaves(entries), "", 0);
        let size = root.iter().fold(0_u64, |sum, node| sum.saturating_add(node.size));
        Self { files: entries.len(), size, root }
    }

    /// Adds a folder `name` at the end of the root, whose own path is `path`: files that are kept
    /// elsewhere.
    pub fn add_folder(&mut self, name: &str, path: &str, entries: &[ArtifactEntry]) {
        let nodes = nodes(&leaves(entries), &format!("{path}/"), 1);
        let size = nodes.iter().fold(0_u64, |sum, node| sum.saturating_add(node.size));
        self.files += entries.len();
        self.size = self.size.saturating_add(size);
        let content = Content::Folder { files: entries.len(), nodes };
        self.root.push(Node { path: path.to_owned(), name: name.to_owned(), size, content });
    }

    /// The rows to show: folders first, then by name, with the content of the `expanded` folders (by path).
    pub fn rows(&self, expanded: &BTreeSet<String>) -> Vec<TreeRow> {
        let mut rows = Vec::new();
        push_rows(&self.root, 0, expanded, &mut rows);
        rows
    }

    /// The paths of all folders; all of them expanded is the whole tree.
    pub fn folders(&self) -> BTreeSet<String> {
        let mut folders = BTreeSet::new();
        push_folders(&self.root, &mut folders);
        folders
    }

    /// `27 files, 350 MB`.
    pub fn count_words(&self) -> String {
        format!("{}, {}", format::count(self.files as u64, "file", "files"), format::bytes(self.size))
    }
}

struct Leaf<'a> {
    entry: &'a ArtifactEntry,
    /// The path from the folder that is being filled.
    rest: &'a str,
}

fn leaves(entries: &[ArtifactEntry]) -> Vec<Leaf<'_>> {
    entries.iter().map(|entry| Leaf { entry, rest: &entry.path }).collect()
}

fn nodes(leaves: &[Leaf], parent: &str, depth: usize) -> Vec<Node> {
    let mut folders: BTreeMap<&str, Vec<Leaf>> = BTreeMap::new();
    let mut nodes = Vec::new();
    for Leaf { entry, rest } in leaves {
        match rest.split_once('/').filter(|_| depth < DEEPEST) {
            Some((folder, rest)) => folders.entry(folder).or_default().push(Leaf { entry, rest }),
            None => nodes.push(Node {
                path: format!("{parent}{rest}"),
                name: (*rest).to_owned(),
                size: entry.size,
                content: Content::File { kept: entry.kept },
            }),
        }
    }
    nodes.extend(folders.into_iter().map(|(name, leaves)| folder(name, &leaves, parent, depth)));
    let is_file = |node: &Node| matches!(node.content, Content::File { .. });
    nodes.sort_by(|a, b| {
        let names = natural(&a.name.to_lowercase(), &b.name.to_lowercase()).then_with(|| a.name.cmp(&b.name));
        is_file(a).cmp(&is_file(b)).then(names)
    });
    nodes
}

fn folder(name: &str, leaves: &[Leaf], parent: &str, depth: usize) -> Node {
    let path = format!("{parent}{name}");
    let nodes = nodes(leaves, &format!("{path}/"), depth + 1);
    let size = nodes.iter().fold(0_u64, |sum, node| sum.saturating_add(node.size));
    Node { path, name: name.to_owned(), size, content: Content::Folder { files: leaves.len(), nodes } }
}

fn push_rows(nodes: &[Node], depth: usize, expanded: &BTreeSet<String>, rows: &mut Vec<TreeRow>) {
    for node in nodes {
        let row =
            |kind| TreeRow { path: node.path.clone(), name: node.name.clone(), depth, size: node.size, kind };
        match &node.content {
            Content::File { kept } => rows.push(row(TreeKind::File { kept: *kept })),
            Content::Folder { files, nodes } => {
                let expanded_here = expanded.contains(&node.path);
                rows.push(row(TreeKind::Folder { files: *files, expanded: expanded_here }));
                if expanded_here {
                    push_rows(nodes, depth + 1, expanded, rows);
                }
            }
        }
    }
}

fn push_folders(nodes: &[Node], folders: &mut BTreeSet<String>) {
    for node in nodes {
        if let Content::Folder { nodes, .. } = &node.content {
            folders.insert(node.path.clone());
            push_folders(nodes, folders);
        }
    }
}
