//! Databases of any name, told by their first bytes.

use std::{cmp::Reverse, rc::Rc};

use super::{
    Discovery, FoundStore, StoreKind,
    candidates::FileStores,
    paths::{extension, is_ignored, parent},
};
use crate::{
    model::Note,
    read::{
        Tree,
        mlflow_db::{DatabaseFiles, is_mlflow_database, is_sqlite},
        mlruns::Layout,
        tree::{FileEntry, FileError, FileTree},
    },
};

/// Files that are opened to see whether they are databases.
const SNIFF_AT_MOST: usize = 4_000;
/// SQLite's pages are 512 bytes or a multiple, and a database is whole pages.
const SMALLEST_PAGE: u64 = 512;

/// A database with its sidecars, opened.
pub(super) fn files_of(tree: &dyn FileTree, path: &str) -> Result<DatabaseFiles, FileError> {
    let beside = |suffix: &str| {
        let path = format!("{path}{suffix}");
        let there = tree.files().binary_search_by(|f| f.path.as_str().cmp(&path)).is_ok();
        there.then(|| tree.open(&path)).transpose()
    };
    let (wal, journal) = (beside("-wal")?, beside("-journal")?);
    Ok(DatabaseFiles { path: path.to_owned(), database: tree.open(path)?, wal, journal })
}

pub(super) fn find(tree: &Tree, shown: &str, stores: &FileStores, into: &mut Discovery) {
    let mut sniffs = SNIFF_AT_MOST;
    for file in tree.files().iter().filter(|file| may_be_database(file)) {
        if is_ignored(&file.path) || stores.owns(&file.path) {
            continue;
        }
        let path = format!("{shown}{}", file.path);
        if file.size == 0 {
            if has_database_name(&file.path) {
                into.notes.push(Note::skipped(path, "this database is an empty file"));
            }
            continue;
        }
        if sniffs == 0 {
            continue;
        }
        sniffs -= 1;
        let Ok(head) = tree.head(&file.path, 16) else { continue };
        if !is_sqlite(&head) {
            continue;
        }
        match files_of(&**tree, &file.path).map(is_mlflow_database) {
            Ok(true) => into.stores.push(FoundStore {
                kind: StoreKind::Database,
                path,
                label: String::new(),
                tree: Rc::clone(tree),
                root: file.path.clone(),
                layout: Layout::Store,
                artifact_roots: artifact_roots(&file.path, stores),
            }),
            Ok(false) => into.notes.push(Note::info(path, "this SQLite database is not MLflow's")),
            Err(e) => into.notes.push(Note::skipped(path, e.reason)),
        }
    }
}

fn may_be_database(file: &FileEntry) -> bool {
    let sidecar = ["-wal", "-shm", "-journal"].iter().any(|suffix| file.path.ends_with(suffix));
    !sidecar && (has_database_name(&file.path) || (file.size > 0 && file.size.is_multiple_of(SMALLEST_PAGE)))
}

fn has_database_name(path: &str) -> bool {
    matches!(extension(path).as_str(), "db" | "sqlite" | "sqlite3" | "db3")
}

/// The folders with artifacts, those nearest to the database first.
fn artifact_roots(database: &str, stores: &FileStores) -> Vec<String> {
    let home = parent(database);
    let shared = |root: &str| root.split('/').zip(home.split('/')).take_while(|(a, b)| a == b).count();
    let mut roots: Vec<String> = stores.artifact_roots.iter().cloned().collect();
    roots.sort_by_key(|root| (Reverse(shared(root)), root.len()));
    roots
}
