//! A folder of this machine as a [`FileTree`]; native programs and tests only.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::tree::{FileEntry, FileError, FileTree, ReadSeek};
use crate::model::Note;

/// How deep folders may lie in each other; deeper ones are left out with a note.
const MAX_DEPTH: usize = 64;

/// A folder, walked once when it is opened.
///
/// Symbolic links are not followed: a link may leave the folder or run in a circle.
#[derive(Debug, Clone)]
pub struct FolderTree {
    root: PathBuf,
    entries: Vec<FileEntry>,
    notes: Vec<Note>,
}

impl FolderTree {
    /// Walks `root`. A path that is a file gives a tree of that one file, with the files that
    /// belong to it as to a database (`-wal`, `-shm`, `-journal`) beside it.
    pub fn open(root: impl AsRef<Path>) -> Result<Self, FileError> {
        let root = root.as_ref();
        let shown = root.display().to_string();
        let meta = fs::metadata(root).map_err(|e| FileError::new(&shown, e))?;
        let mut walk = Walk::default();
        if meta.is_dir() {
            walk.folder(root, "", 0);
            return Ok(walk.into_tree(root.to_owned()));
        }
        let name = root.file_name().and_then(|n| n.to_str());
        let name = name.ok_or_else(|| FileError::new(&shown, "its name is not valid Unicode"))?;
        let parent = root.parent().unwrap_or(Path::new("")).to_owned();
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let path = format!("{name}{suffix}");
            if let Ok(meta) = fs::metadata(parent.join(&path)) {
                walk.entries.push(FileEntry { path, size: meta.len() });
            }
        }
        Ok(walk.into_tree(parent))
    }

    /// What the walk left out.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn find(&self, path: &str) -> Result<PathBuf, FileError> {
        match self.entries.binary_search_by(|e| e.path.as_str().cmp(path)) {
            Ok(_) => Ok(self.root.join(path)),
            Err(_) => Err(FileError::new(path, "no such file")),
        }
    }
}

impl FileTree for FolderTree {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        let file = fs::File::open(self.find(path)?).map_err(|e| FileError::new(path, e))?;
        Ok(Box::new(file))
    }
}

#[derive(Default)]
struct Walk {
    entries: Vec<FileEntry>,
    notes: Vec<Note>,
}

impl Walk {
    fn folder(&mut self, at: &Path, prefix: &str, depth: usize) {
        if depth > MAX_DEPTH {
            self.notes.push(Note::skipped(prefix, "folders lie too deep in each other"));
            return;
        }
        let listed = match fs::read_dir(at) {
            Ok(listed) => listed,
            Err(e) => {
                return self.notes.push(Note::skipped(prefix, format!("this folder cannot be listed: {e}")));
            }
        };
        for entry in listed.flatten() {
            self.entry(&entry, prefix, depth);
        }
    }

    fn entry(&mut self, entry: &fs::DirEntry, prefix: &str, depth: usize) {
        let name = entry.file_name();
        let path = match (prefix, name.to_str()) {
            ("", Some(name)) => name.to_owned(),
            (_, Some(name)) => format!("{prefix}/{name}"),
            (_, None) => {
                let shown = format!("{prefix}/{}", name.to_string_lossy());
                return self.notes.push(Note::skipped(shown, "its name is not valid Unicode"));
            }
        };
        match entry.metadata() {
            Ok(meta) if meta.is_dir() => self.folder(&entry.path(), &path, depth + 1),
            Ok(meta) if meta.is_file() => self.entries.push(FileEntry { path, size: meta.len() }),
            Ok(meta) if meta.is_symlink() => {
                self.notes.push(Note::skipped(path, "symbolic links are not followed"));
            }
            Ok(_) => {}
            Err(e) => self.notes.push(Note::skipped(path, e.to_string())),
        }
    }

    fn into_tree(mut self, root: PathBuf) -> FolderTree {
        self.entries.sort_unstable();
        FolderTree { root, entries: self.entries, notes: self.notes }
    }
}
