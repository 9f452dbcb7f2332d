//! What the worker is asked to do, and what it answers: plain values, and an ordinary runner.
//!
//! Messages cross between the page and its worker as [`encode`]d bytes. Both ends come from one
//! build, which [`Event::Ready`] proves, so the format carries no version of its own.

mod compare;
mod examination;
pub mod ingest;
mod live;
pub mod merge;
mod report;
mod report_text;
mod runner;

pub use compare::{CompareFile, CompareFrom, CompareJob, CompareStep, Packed};
pub use examination::{Advice, Examination, Examined, ExaminedStep};
pub use live::{Address, BrowseJob, ExperimentPage, FollowJob, Followed, KeepJob, SyncJob};
pub use report::ReportBuilder;
pub use report_text::{count_words, report_text};
pub use runner::{Advance, ImportError, ImportRunner, Origin, StoreInfo};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    format,
    mlflow::sync::{Progress as SyncProgress, Stop},
    model::{ImportReport, Millis, Note, Source, SourceKind},
    read::{ReadOptions, discover::TooLarge},
};

/// Raised whenever [`Request`] or [`Event`] changes.
pub const PROTOCOL: u32 = 6;

/// What the page asks of its worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Request {
    /// Read the files that come with this message into the store.
    Import(ImportJob),
    /// Stop what was asked for; what is complete stays.
    Cancel,
    /// Bring a server's source up to date.
    Sync(Box<SyncJob>),
    /// Find out whether a server can be read, and if not, why.
    Examine(Box<Address>),
    /// Hold a sync, or go on with it.
    Pause(bool),
    /// Ask a server what is new in a source.
    Follow(Box<FollowJob>),
    /// Ask a server for a page of its experiments.
    Browse(Box<BrowseJob>),
    /// Keep a file that came from a server: the page has no part in writing runs, so it has not what
    /// that takes.
    Keep(Box<KeepJob>),
    /// Compare two files.
    Compare(Box<CompareJob>),
}

/// An import, as a person asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportJob {
    /// The name of the folder or file that was dropped, for people.
    pub file_name: String,
    /// Whether it is the bundled example.
    pub demo: bool,
    /// The source to merge with, when something is imported again; else every store that is found
    /// becomes a source of its own.
    pub into: Option<String>,
    /// Artifacts above this size, in bytes, are listed but not kept; `None` for the usual limit.
    pub keep_artifacts_up_to: Option<u64>,
    /// What to do with archives that would unpack beyond the limits.
    pub large_archives: LargeArchives,
    /// What the page noticed before: files that the browser would not hand out.
    pub notes: Vec<Note>,
    /// The time now, which a source remembers.
    pub now: Millis,
}

impl ImportJob {
    /// What the readers are told.
    pub fn read_options(&self) -> ReadOptions {
        let mut options = ReadOptions::default();
        if let Some(limit) = self.keep_artifacts_up_to {
            options.keep_artifacts_up_to = limit;
        }
        options
    }
}

/// What to do with archives that would unpack beyond the limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum LargeArchives {
    /// Import nothing and end with [`Event::TooLarge`], so that a person can be asked.
    #[default]
    Ask,
    /// Leave them out and say so.
    Skip,
    /// Read them without limits.
    Read,
}

/// An archive that would unpack beyond the limits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LargeArchive {
    /// Its place within what was dropped.
    pub path: String,
    /// What it says that it unpacks to.
    pub bytes: u64,
    /// How many files it says that it holds.
    pub entries: u64,
}

impl LargeArchive {
    fn skipped(&self) -> Note {
        let size = format::bytes(self.bytes);
        let files = format::count(self.entries, "file", "files");
        let reason = format!("left out: it would unpack to {size} in {files}");
        Note::skipped(&self.path, reason)
    }
}

impl From<TooLarge> for LargeArchive {
    fn from(found: TooLarge) -> Self {
        Self { path: found.path, bytes: found.bytes, entries: found.entries }
    }
}

/// What the worker answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The worker listens. What was posted before this is lost.
    Ready {
        /// [`PROTOCOL`] of the worker's build.
        protocol: u32,
        /// The worker's build.
        build: String,
    },
    /// The files were looked through.
    Discovered {
        /// How many stores there are.
        stores: u32,
    },
    /// A store could not be opened; the others go on.
    Unreadable {
        /// Which, and why.
        note: Note,
    },
    /// A store is being read; its source exists from now on.
    Began {
        /// The source's id.
        source: String,
        /// The source's name.
        name: String,
        /// Its kind.
        kind: SourceKind,
        /// Which of the stores it is, from 0.
        index: u32,
    },
    /// How far the store is that began last; at most some ten times a second.
    Progress(ImportProgress),
    /// What the connection doctor knows by now.
    Examined(Box<Examination>),
    /// How far a sync is; at most some ten times a second.
    Synced {
        /// The source that is being written.
        source: String,
        /// How far.
        progress: SyncProgress,
    },
    /// The end: a sync cannot go on for now; what is complete is stored.
    Stopped(Stop),
    /// The end: another tab syncs this source.
    Elsewhere,
    /// What came of [`Request::Follow`].
    Followed {
        /// The source.
        source: String,
        /// What it brought.
        result: Followed,
    },
    /// What came of [`Request::Keep`].
    Kept {
        /// Of the question.
        id: u64,
        /// The source as it is now; why the file is not kept, for people.
        result: Result<Box<Source>, String>,
    },
    /// What came of [`Request::Browse`].
    Browsed {
        /// Of the question.
        id: u64,
        /// The page; why not, for people.
        result: Result<ExperimentPage, String>,
    },
    /// How far [`Request::Compare`] is.
    Comparing(CompareStep),
    /// The end: what came of [`Request::Compare`], an encoded [`Comparison`](crate::compare::Comparison): the page
    /// carries what reads it only where it is shown.
    Compared(Packed),
    /// A store is read to its end.
    StoreDone {
        /// The source as it is now.
        source: Box<Source>,
        /// What this import brought.
        report: ImportReport,
    },
    /// The end: all stores are read.
    Finished,
    /// The end: a person stopped it; complete runs are kept.
    Cancelled,
    /// The end: nothing was imported, because archives would unpack beyond the limits. Ask, then
    /// start again with [`LargeArchives::Skip`] or [`LargeArchives::Read`].
    TooLarge {
        /// Which archives.
        archives: Vec<LargeArchive>,
    },
    /// The end: it cannot go on. What was written before stays.
    Failed {
        /// What happened and why, for people.
        message: String,
    },
}

impl Event {
    /// Whether no event follows this one.
    pub fn is_end(&self) -> bool {
        matches!(
            self,
            Self::Finished
                | Self::Cancelled
                | Self::TooLarge { .. }
                | Self::Failed { .. }
                | Self::Stopped(_)
                | Self::Elsewhere
                | Self::Compared(_)
        )
    }
}

/// How far an import is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportProgress {
    /// The source that is being written.
    pub source: String,
    /// Units done, in the reader's own unit: runs for folders, rows for databases.
    pub done: u64,
    /// Units in all, where known.
    pub total: Option<u64>,
    /// Runs read so far.
    pub runs: u64,
    /// Points read so far.
    pub points: u64,
    /// Bytes written so far.
    pub bytes: u64,
}

/// A message to bytes. Never fails for [`Request`] and [`Event`]; empty bytes otherwise.
pub fn encode<T: Serialize>(message: &T) -> Vec<u8> {
    postcard::to_allocvec(message).unwrap_or_default()
}

/// Bytes to a message; `None` if another build wrote them.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}
