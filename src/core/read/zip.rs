//! A zip archive as a [`FileTree`], read in place.

use super::tree::{FileEntry, FileError, FileTree, ReadSeek};
use crate::model::Note;

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
    entries: Vec<FileEntry>,
    notes: Vec<Note>,
}

impl ZipTree {
    /// Reads the archive's directory; `name` is only for messages.
    pub fn open(_reader: Box<dyn ReadSeek>, name: &str, _limits: ZipLimits) -> Result<Self, ZipError> {
        Err(ZipError::NotAZip { path: name.to_owned() })
    }

    /// What was left out or repaired when the archive was opened.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}

impl FileTree for ZipTree {
    fn files(&self) -> &[FileEntry] {
        &self.entries
    }

    fn open(&self, path: &str) -> Result<Box<dyn ReadSeek>, FileError> {
        Err(FileError::new(path, "no such file"))
    }
}
