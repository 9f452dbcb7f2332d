use serde::{Deserialize, Serialize};

use crate::{
    mlflow::Request,
    model::{Counts, Millis, Note},
    read::Record,
};

/// Which request an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ticket(pub u64);

/// What the caller has to do, in this order.
#[derive(Debug)]
pub enum Action {
    /// Perform this request and hand what comes to [`super::Sync::answered`].
    Ask {
        /// To be handed back.
        ticket: Ticket,
        /// What to ask.
        request: Request,
        /// When to give up, in milliseconds from now.
        timeout_millis: u32,
    },
    /// Store these records and this cursor in one transaction. Runs come after their histories.
    Write {
        /// For the ingest.
        records: Vec<Record>,
        /// For the next [`super::Sync::new`].
        cursor: Vec<u8>,
    },
    /// Show how far it is; at most some ten times a second.
    Progress(Progress),
    /// Nothing to do before this time, unless an answer comes.
    WaitUntil(Millis),
    /// The end.
    Done(Box<SyncReport>),
    /// It has stopped and asks nothing more; what is complete was written. Begin anew with the cursor.
    Failed(Stop),
}

/// Why a sync stopped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum Stop {
    /// 401: no credentials, or wrong ones.
    #[error("the server asks for credentials (401): {message}")]
    Unauthorized {
        /// The server's words.
        message: String,
    },
    /// 403: these credentials, or this page's origin, may not.
    #[error("the server refuses (403): {message}")]
    Forbidden {
        /// The server's words.
        message: String,
    },
    /// Nothing has answered for a while.
    #[error("{reason}, after {attempts} attempts")]
    Unreachable {
        /// What happened last.
        reason: String,
        /// How often it was tried.
        attempts: u32,
    },
    /// The server does not answer what everything else depends on.
    #[error("{request}: {reason}")]
    Unusable {
        /// What was asked.
        request: String,
        /// What came.
        reason: String,
    },
}

/// What a sync is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum Phase {
    /// Experiments and runs with params, tags and latest metrics: what a table shows.
    #[default]
    Runs,
    /// All points of all metrics.
    Histories,
    /// Logged models and the registry.
    Models,
    /// Lists of artifacts.
    Artifacts,
    /// Files of artifacts, by rule.
    Files,
    /// Nothing more.
    Over,
}

/// How far a sync is. Rates follow from two of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Progress {
    /// What it is at.
    pub phase: Phase,
    /// When it began.
    pub started: Millis,
    /// When this was true.
    pub now: Millis,
    /// Requests made, repetitions included.
    pub requests: u64,
    /// Of these, how many were repetitions.
    pub retries: u64,
    /// Bytes of all answers' bodies, as they came out of any compression.
    pub bytes: u64,
    /// Experiments seen.
    pub experiments: u64,
    /// Runs seen.
    pub runs: u64,
    /// Of these, how many were stored and have not changed.
    pub unchanged: u64,
    /// Histories that are to be read.
    pub histories: u64,
    /// Of these, how many are read, or given up.
    pub histories_done: u64,
    /// Points read.
    pub points: u64,
    /// Runs and models whose artifacts are to be listed.
    pub listings: u64,
    /// Of these, how many are listed, or given up.
    pub listings_done: u64,
    /// Artifact files that are to be read.
    pub files: u64,
    /// Of these, how many are read, or given up.
    pub files_done: u64,
    /// Bytes of the files that were read.
    pub file_bytes: u64,
    /// Requests under way.
    pub under_way: u32,
    /// The server asked to wait, or could not be reached: nothing is asked before this time.
    pub held_until: Option<Millis>,
}

/// What a sync brought.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SyncReport {
    /// Where it ended.
    pub progress: Progress,
    /// What was handed out for storing; a run is counted once.
    pub read: Counts,
    /// What was skipped or read around, the first [`SyncReport::MAX_NOTES`]; all are in the store.
    pub notes: Vec<Note>,
    /// How many notes there are.
    pub notes_in_all: u64,
}

impl SyncReport {
    /// How many notes are kept here.
    pub const MAX_NOTES: usize = 200;
}
