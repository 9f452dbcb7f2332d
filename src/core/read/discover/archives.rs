//! Zips among the files.

use std::rc::Rc;

use super::{
    Discovery, TooLarge,
    candidates::FileStores,
    paths::{extension, is_ignored},
    search,
};
use crate::{
    model::Note,
    read::{
        Tree,
        tree::{FileEntry, FileTree},
        zip::{ZipError, ZipLimits, ZipTree},
    },
};

/// How many zips lie in each other.
const MAX_DEPTH: u32 = 2;
/// Zips that are looked into; a data set of thousands is no store.
const OPEN_AT_MOST: usize = 100;
/// Among a few files a zip is told by its content, whatever its name.
const FEW_FILES: usize = 64;

pub(super) fn find(
    tree: &Tree,
    shown: &str,
    depth: u32,
    limits: ZipLimits,
    stores: &FileStores,
    into: &mut Discovery,
) {
    let few = tree.files().len() <= FEW_FILES;
    let is_zip = |file: &&FileEntry| {
        let named = extension(&file.path) == "zip";
        (named || few && begins_as_zip(&**tree, file)) && !is_ignored(&file.path) && !stores.owns(&file.path)
    };
    for file in tree.files().iter().filter(is_zip).take(OPEN_AT_MOST) {
        let path = format!("{shown}{}", file.path);
        if depth == MAX_DEPTH {
            into.notes
                .push(Note::skipped(path, "zips lie too deep in each other here: unpack this one first"));
            continue;
        }
        let opened =
            tree.open(&file.path).map_err(|e| ZipError::Broken { path: path.clone(), reason: e.reason });
        match opened.and_then(|reader| ZipTree::open(reader, &path, limits)) {
            Ok(zip) => look_into(zip, &path, depth, limits, into),
            Err(ZipError::TooLarge { path, bytes, entries }) => {
                into.too_large.push(TooLarge { path, bytes, entries });
            }
            Err(ZipError::Broken { path, reason }) => into.notes.push(Note::skipped(path, reason)),
            Err(ZipError::NotAZip { path }) => {
                into.notes.push(Note::skipped(path, "it is not a zip archive"));
            }
        }
    }
}

fn look_into(zip: ZipTree, path: &str, depth: u32, limits: ZipLimits, into: &mut Discovery) {
    let notes = zip.notes().to_vec();
    let tree: Tree = Rc::new(zip);
    let mut inner = Discovery::default();
    search(&tree, &format!("{path}/"), depth + 1, limits, &mut inner);
    // A zip of something else is nobody's business, unless it is damaged or was meant to be read.
    into.notes.extend(notes);
    into.notes.append(&mut inner.notes);
    into.too_large.append(&mut inner.too_large);
    into.stores.append(&mut inner.stores);
}

fn begins_as_zip(tree: &dyn FileTree, file: &FileEntry) -> bool {
    // Some formats are zips inside: opening them would only be a waste.
    let other = ["pt", "pth", "npz", "docx", "xlsx", "pptx", "jar", "whl", "keras", "apk", "odt", "ods"];
    file.size > 22
        && !other.contains(&extension(&file.path).as_str())
        && tree.head(&file.path, 4).is_ok_and(|h| h == b"PK\x03\x04")
}
