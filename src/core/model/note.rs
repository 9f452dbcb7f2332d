use serde::{Deserialize, Serialize};

/// What became of the thing a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum NoteKind {
    /// It was left out; the rest is in.
    Skipped,
    /// It was read, though it was not as MLflow writes it.
    Repaired,
    /// Nothing was wrong, but a person should know.
    Info,
}

/// One line of an import report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Left out, repaired, or just said.
    pub kind: NoteKind,
    /// The file, or table and row, that it is about.
    pub path: String,
    /// A sentence for people: what happened and why, no full stop.
    pub reason: String,
}

impl Note {
    /// Something was left out.
    pub fn skipped(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { kind: NoteKind::Skipped, path: path.into(), reason: reason.into() }
    }

    /// Something was read around.
    pub fn repaired(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { kind: NoteKind::Repaired, path: path.into(), reason: reason.into() }
    }

    /// Something worth knowing.
    pub fn info(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { kind: NoteKind::Info, path: path.into(), reason: reason.into() }
    }
}
