//! What the page of a source's models shows: registered models with their versions, and the models
//! that runs logged (MLflow 3). To be read only.

mod logged;
mod models;
mod versions;

pub use logged::{LoggedMetric, LoggedRow, LoggedRows, logged_rows};
pub use models::{RegisteredRow, registered_rows};
pub use versions::{VersionRow, version_rows};

use crate::model::Run;

/// The run that a model came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceRun {
    /// None is named.
    Unnamed,
    /// It is in the store.
    Here {
        /// Its id.
        id: String,
        /// Its name.
        name: String,
    },
    /// It is named, but the store does not have it: its id.
    Elsewhere(String),
}

impl SourceRun {
    fn find(id: &str, runs: &[Run]) -> Self {
        match runs.iter().find(|run| run.id == id) {
            _ if id.is_empty() => Self::Unnamed,
            Some(run) => Self::Here { id: id.to_owned(), name: run.display_name().to_owned() },
            None => Self::Elsewhere(id.to_owned()),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Unnamed => "",
            Self::Here { name, .. } => name,
            Self::Elsewhere(id) => id,
        }
    }
}

/// How a model's status is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusTone {
    /// Ready.
    Good,
    /// Not yet.
    Pending,
    /// Failed.
    Bad,
    /// A word that MLflow does not use today.
    Plain,
}

/// MLflow's status in words: `READY` as `Ready`, `PENDING_REGISTRATION` as `Pending`.
/// Versions: <https://mlflow.org/docs/latest/api_reference/rest-api.html#modelversionstatus>, logged models
/// `LoggedModelStatus`.
pub fn status_words(status: &str) -> (String, StatusTone) {
    let tone = match status {
        "READY" => StatusTone::Good,
        "PENDING" | "PENDING_REGISTRATION" => StatusTone::Pending,
        "FAILED" | "FAILED_REGISTRATION" => StatusTone::Bad,
        _ => StatusTone::Plain,
    };
    let bare = status.trim_end_matches("_REGISTRATION").replace('_', " ").to_lowercase();
    let mut letters = bare.chars();
    let words = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    (words.unwrap_or_default(), tone)
}

/// Whether a text has all words of a search, in any case.
fn has_words(search: &str, texts: &[&str]) -> bool {
    let all = texts.join("\n").to_lowercase();
    search.split_whitespace().all(|word| all.contains(&word.to_lowercase()))
}
