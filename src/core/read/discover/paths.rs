//! Paths as people and projects use them.

use std::collections::HashMap;

use super::{FoundStore, StoreKind};

/// Folders that hold no store of the person's own, or thousands of files that are none.
const IGNORED: [&str; 15] = [
    "node_modules",
    ".git",
    ".hg",
    ".svn",
    "venv",
    ".venv",
    "site-packages",
    "__pycache__",
    ".tox",
    ".nox",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".ipynb_checkpoints",
    "__MACOSX",
];

/// Names that say what a thing is and not whose it is.
const GENERIC: [&str; 11] = [
    "mlruns",
    ".mlruns",
    "mlflow",
    "mlruns.db",
    "mlflow.db",
    "backend",
    "tracking",
    "data",
    "db",
    "database",
    "store",
];

/// Whether a path leads through a folder that is not searched.
pub(super) fn is_ignored(path: &str) -> bool {
    path.split('/').any(|part| IGNORED.contains(&part))
}

/// The folder that a path lies in; empty at the top.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// The last part of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// The end of a file's name, in small letters; empty without a dot.
pub(super) fn extension(path: &str) -> String {
    name(path).rsplit_once('.').map_or_else(String::new, |(_, end)| end.to_ascii_lowercase())
}

/// Gives each store a short name: the last part of its path that is not what every store is
/// called; the whole path where two would get the same.
pub(super) fn label(stores: &mut [FoundStore]) {
    let mut count = HashMap::<String, u32>::new();
    for store in stores.iter_mut() {
        store.label = short_name(&store.path, store.kind);
        *count.entry(store.label.clone()).or_default() += 1;
    }
    for store in stores {
        if count.get(&store.label).is_some_and(|&n| n > 1) && !store.path.is_empty() {
            store.label.clone_from(&store.path);
        }
    }
}

fn short_name(path: &str, kind: StoreKind) -> String {
    let stem = |part: &str| match part.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && matches!(end, "zip" | "db" | "sqlite" | "sqlite3") => {
            stem.to_owned()
        }
        _ => part.to_owned(),
    };
    let mut parts = path.rsplit('/').filter(|part| !part.is_empty()).map(stem);
    let telling = parts.find(|part| !GENERIC.contains(&part.to_ascii_lowercase().as_str()));
    telling.unwrap_or_else(|| match kind {
        _ if path.is_empty() => String::new(),
        StoreKind::Files => "mlruns".to_owned(),
        StoreKind::Database => name(path).to_owned(),
    })
}
