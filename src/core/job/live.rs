//! What the worker is asked about servers.

use serde::{Deserialize, Serialize};

use crate::{
    mlflow::{Access, SignIn, sync::Stop},
    model::{ArtifactFile, Experiment, Millis},
};

/// A server and how to sign in, as a person typed them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// What was pasted.
    pub text: String,
    /// The origin of the page that asks.
    pub page_origin: String,
    /// How to sign in.
    pub sign_in: SignIn,
}

/// A sync, as a person asked for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncJob {
    /// The server.
    pub access: Access,
    /// The source to bring up to date; a new one without.
    pub into: Option<String>,
    /// The name of a new source.
    pub name: String,
    /// Only these experiments, by id; all that there are if empty.
    pub experiments: Vec<String>,
    /// Anything: keeps several tabs from asking in step.
    pub seed: u64,
}

/// A question what is new in a source, while somebody looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FollowJob {
    /// The server.
    pub access: Access,
    /// The source's id.
    pub source: String,
    /// The experiments that are looked at, by id.
    pub experiments: Vec<String>,
    /// Their stored runs that were running, by id.
    pub running: Vec<String>,
    /// The latest start of their stored runs.
    pub since: Millis,
    /// Anything: keeps several tabs from asking in step.
    pub seed: u64,
}

/// What a round of following brought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Followed {
    /// So many runs are new or changed.
    Changed(u64),
    /// It came to no end; what is complete is stored.
    Stopped(Stop),
    /// The browser's storage failed.
    Failed(String),
    /// Another tab does it.
    Elsewhere,
}

/// A question for experiments of a server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BrowseJob {
    /// Comes back with the answer.
    pub id: u64,
    /// The server.
    pub access: Access,
    /// Part of their names; all experiments if empty.
    pub search: String,
    /// Where the page before ended.
    pub token: Option<String>,
}

/// A file to keep.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeepJob {
    /// Comes back with the answer.
    pub id: u64,
    /// The source's id.
    pub source: String,
    /// The file.
    pub file: ArtifactFile,
}

/// A page of a server's experiments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExperimentPage {
    /// The experiments, as the server orders them.
    pub experiments: Vec<Experiment>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}
