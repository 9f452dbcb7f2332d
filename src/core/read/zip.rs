//! A zip archive as a [`FileTree`], read in place.
//!
//! The `zip` crate reads the archive's directory; members are read here, because a tree hands out
//! several of them at once from one shared file. Nothing that an archive says of itself is
//! believed: paths are made safe, sizes are checked against what comes out, and an archive that
//! lost its directory is read from the headers of its members as far as they go.

mod directory;
mod member;
mod names;
mod salvage;
mod source;

use std::{cell::RefCell, io::Cursor, rc::Rc};

use super::tree::{FileEntry, FileError, FileTree, ReadSeek};
use crate::model::Note;
use directory::Directory;
use member::{Inflater, Member, Method};
use source::{Slice, Source};

/// What an archive may cost before a person is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ZipLimits {
    /// Members at most.
    pub entries: u64,
    /// Bytes that one member may inflate to in memory.
    pub member_bytes: u64,
    /// Bytes that all members together may inflate to.
    pub total_bytes: u64,
    /// How many times its size in the archive all members together may inflate to, counted once
    /// they reach [`Self::ratio_from_bytes`].
    pub ratio: u64,
    /// Archives that inflate to less than this are not checked for their ratio.
    pub ratio_from_bytes: u64,
}

impl Default for ZipLimits {
    fn default() -> Self {
        Self {
            entries: 2_000_000,
            member_bytes: 1 << 30,
            total_bytes: 1 << 36,
            ratio: 200,
            ratio_from_bytes: 1 << 28,
        }
    }
}

impl ZipLimits {
    /// No limit but what memory sets: for an archive that a person wants read after being asked.
    pub const UNLIMITED: Self = Self {
        entries: u64::MAX,
        member_bytes: u64::MAX,
        total_bytes: u64::MAX,
        ratio: u64::MAX,
        ratio_from_bytes: u64::MAX,
    };
}

/// Why an archive could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ZipError {
    /// It does not begin or end as zip archives do.
    #[error("{path} is not a zip archive")]
    NotAZip {
        /// The archive.
        path: String,
    },
    /// It is larger than the limits allow: ask, then open it with [`ZipLimits::UNLIMITED`].
    #[error("{path} would unpack to {bytes} bytes in {entries} files")]
    TooLarge {
        /// The archive.
        path: String,
        /// What it says it inflates to.
        bytes: u64,
        /// How many members it says it has.
        entries: u64,
    },
    /// It cannot be read at all.
    #[error("{path} cannot be read: {reason}")]
    Broken {
        /// The archive.
        path: String,
        /// Why.
        reason: String,
    },
}

/// A zip archive.
pub struct ZipTree {
    source: Rc<Source>,
    entries: Vec<FileEntry>,
    members: Vec<Member>,
    notes: Vec<Note>,
    member_bytes: u64,
    inflater: RefCell<Inflater>,
}

impl ZipTree {
    /// Reads the archive's directory; `name` is only for messages.
    pub fn open(reader: Box<dyn ReadSeek>, name: &str, limits: ZipLimits) -> Result<Self, ZipError> {
        let broken = |e: std::io::Error| ZipError::Broken { path: name.to_owned(), reason: e.to_string() };
        let source = Rc::new(Source::new(reader).map_err(broken)?);
        let directory = Directory::read(&source, name, limits.entries)?;
        check(&directory, &source, name, limits)?;
        let (entries, members) = directory.files.into_iter().unzip();
        Ok(Self {
            source,
            entries,
            members,
            notes: directory.notes,
            member_bytes: limits.member_bytes,
            inflater: RefCell::default(),
        })
    }

    /// What was left out or repaired when the archive was opened.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn find(&self, path: &str) -> Result<(&FileEntry, &Member), FileError> {
        let found = self.entries.binary_search_by(|e| e.path.as_str().cmp(path)).ok();
        let found = found.and_then(|at| Some((self.entries.get(at)?, self.members.get(at)?)));
        found.ok_or_else(|| FileError::new(path, "no such file"))
    }

    fn inflate(&self, entry: &FileEntry, member: &Member) -> Result<Vec<u8>, FileError> {
        if entry.size > self.member_bytes {
            let reason =
                format!("would unpack to {} bytes, over the limit of {}", entry.size, self.member_bytes);
            return Err(FileError::new(&entry.path, reason));
        }
        let mut inflater = self.inflater.borrow_mut();
        let bytes = inflater.whole(&self.source, member, entry.size);
        bytes.map_err(|reason| FileError::new(&entry.path, reason))
    }
}

impl FileTree for ZipTree {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        let (entry, member) = self.find(path)?;
        if member.method == Method::Stored {
            let start = member.data_start(&self.source).map_err(|reason| FileError::new(path, reason))?;
            return Ok(Box::new(Slice::new(Rc::clone(&self.source), start, member.compressed)));
        }
        Ok(Box::new(Cursor::new(self.inflate(entry, member)?)))
    }

    fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, FileError> {
        let (entry, member) = self.find(path)?;
        if entry.size > limit {
            return Err(FileError::new(path, format!("larger than {limit} bytes")));
        }
        self.inflate(entry, member)
    }

    fn head(&self, path: &str, count: usize) -> Result<Vec<u8>, FileError> {
        let (_, member) = self.find(path)?;
        let head = self.inflater.borrow_mut().head(&self.source, member, count);
        head.map_err(|reason| FileError::new(path, reason))
    }
}

/// Refuses bombs: too much of everything, or members that lie on top of each other.
fn check(directory: &Directory, source: &Source, name: &str, limits: ZipLimits) -> Result<(), ZipError> {
    let entries = directory.files.len() as u64;
    let sum = |size: fn(&(FileEntry, Member)) -> u64| {
        directory.files.iter().map(size).fold(0_u64, u64::saturating_add)
    };
    let (bytes, packed) = (sum(|(entry, _)| entry.size), sum(|(_, member)| member.compressed));
    if packed > source.len() {
        let reason = "its members overlap, as in archives that are made to fill the memory".to_owned();
        return Err(ZipError::Broken { path: name.to_owned(), reason });
    }
    let ratio_over = bytes >= limits.ratio_from_bytes && bytes / limits.ratio > packed;
    if entries > limits.entries || bytes > limits.total_bytes || ratio_over {
        return Err(ZipError::TooLarge { path: name.to_owned(), bytes, entries });
    }
    Ok(())
}
