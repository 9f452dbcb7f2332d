use serde::Deserialize;

use super::{
    Page, WireError,
    lenient::{Int, Text},
    next, parse,
};

/// An entry of an artifact folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Relative to the artifact root.
    pub path: String,
    /// Whether it is a folder, to be listed in turn.
    pub folder: bool,
    /// In bytes; 0 for folders.
    pub size: u64,
}

/// Decodes `artifacts/list` and `logged-models/…/artifacts/directories`.
pub fn artifacts(body: &[u8]) -> Result<Page<Listed>, WireError> {
    let wire: FilesWire = parse(body)?;
    let items = wire.files.into_iter().map(|file| Listed {
        path: file.path.0,
        folder: file.is_dir,
        size: u64::try_from(file.file_size.0).unwrap_or(0),
    });
    Ok(Page { items: items.collect(), next: next(wire.next_page_token) })
}

#[derive(Deserialize)]
struct FilesWire {
    #[serde(default)]
    files: Vec<FileWire>,
    next_page_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct FileWire {
    path: Text,
    is_dir: bool,
    file_size: Int,
}
