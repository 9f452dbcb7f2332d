//! Where bytes come from: a folder, a zip, a handful of dropped files.

use std::{
    io::{Cursor, Read, Seek},
    rc::Rc,
};

/// Anything that can be read at any place.
pub trait ReadSeek: Read + Seek {}
impl<T: Read + Seek> ReadSeek for T {}

/// A file of a tree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileEntry {
    /// Relative, `/` between parts, without `.` or `..` parts, never leading or trailing `/`.
    pub path: String,
    /// In bytes, as the tree declares it. An archive may lie: reading checks.
    pub size: u64,
}

/// Why a file could not be read.
#[derive(Debug, thiserror::Error)]
#[error("{path}: {reason}")]
pub struct FileError {
    /// The file.
    pub path: String,
    /// What went wrong, for people, no full stop.
    pub reason: String,
}

impl FileError {
    /// An error about `path`.
    pub fn new(path: impl Into<String>, reason: impl std::fmt::Display) -> Self {
        Self { path: path.into(), reason: reason.to_string() }
    }
}

/// A tree of files: a folder, an archive, or what was dropped.
///
/// Folders exist only as prefixes of paths; empty folders, which git and many archives lose
/// anyway, are not seen.
pub trait FileTree {
    /// All files, sorted by path (byte order), each path once.
    fn files(&self) -> &[FileEntry];

    /// Opens a file for reading at any place. Cheap for folders and dropped files; an archive
    /// inflates a compressed member into memory first.
    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError>;

    /// Reads a whole file, at most `limit` bytes; a longer one is an error.
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::new();
        let read = self.open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|e| FileError::new(path, e))?;
        if bytes.len() as u64 > limit {
            return Err(FileError::new(path, format!("larger than {limit} bytes")));
        }
        Ok(bytes)
    }

    /// The first bytes of a file, `count` or fewer: enough to see what it is. Archives inflate no
    /// more than that.
    fn head(&self, path: &str, count: usize) -> Result<Vec<u8>, FileError> {
        let mut bytes = Vec::with_capacity(count);
        let read = self.open(path)?.take(count as u64).read_to_end(&mut bytes);
        read.map_err(|e| FileError::new(path, e))?;
        Ok(bytes)
    }
}

impl<T: FileTree + ?Sized> FileTree for Rc<T> {
    fn files(&self) -> &[FileEntry] {
        (**self).files()
    }
    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        (**self).open(path)
    }
    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileError> {
        (**self).read(path, limit)
    }
    fn head(&self, path: &str, count: usize) -> Result<Vec<u8>, FileError> {
        (**self).head(path, count)
    }
}

/// The files below the folder `prefix` (no trailing `/`; empty for all), found by binary search.
pub fn files_under<'a>(files: &'a [FileEntry], prefix: &str) -> &'a [FileEntry] {
    if prefix.is_empty() {
        return files;
    }
    let folder = format!("{prefix}/");
    let start = files.partition_point(|f| f.path.as_str() < folder.as_str());
    let len = files.get(start..).unwrap_or_default().partition_point(|f| f.path.starts_with(&folder));
    files.get(start..start + len).unwrap_or_default()
}

/// Files held in memory: for tests, and for what an archive inflated.
#[derive(Debug, Clone, Default)]
pub struct MemoryTree {
    entries: Vec<FileEntry>,
    bytes: Vec<Rc<[u8]>>,
}

impl MemoryTree {
    /// A tree of these files; the last of equal paths wins.
    pub fn new(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let sorted: std::collections::BTreeMap<String, Vec<u8>> = files.into_iter().collect();
        let mut tree = Self::default();
        for (path, bytes) in sorted {
            tree.entries.push(FileEntry { path, size: bytes.len() as u64 });
            tree.bytes.push(bytes.into());
        }
        tree
    }
}

impl FileTree for MemoryTree {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        let found = self.entries.binary_search_by(|e| e.path.as_str().cmp(path)).ok();
        match found.and_then(|at| self.bytes.get(at)) {
            Some(bytes) => Ok(Box::new(Cursor::new(Rc::clone(bytes)))),
            None => Err(FileError::new(path, "no such file")),
        }
    }
}
