//! Opens whatever a command line names.

use std::{error::Error, rc::Rc};

use runatlas_core::{
    model::Note,
    read::{
        Tree,
        discover::{Discovery, FoundStore, discover},
        folder::FolderTree,
        zip::ZipLimits,
    },
};

/// The stores of a folder, a zip or a database, at least one, and what was left out.
pub(crate) fn stores(path: &std::path::Path) -> Result<(Vec<FoundStore>, Vec<Note>), Box<dyn Error>> {
    let folder = FolderTree::open(path)?;
    let mut notes = folder.notes().to_vec();
    let tree: Tree = Rc::new(folder);
    let Discovery { stores, notes: found, .. } = discover(&tree, ZipLimits::UNLIMITED);
    notes.extend(found);
    if stores.is_empty() {
        let reasons: Vec<String> = notes.iter().map(|n| format!("{}: {}", n.path, n.reason)).collect();
        return Err(reasons.join("\n").into());
    }
    Ok((stores, notes))
}
