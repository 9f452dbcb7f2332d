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

/// Text from a file that a note quotes may be as long as the file.
const LONGEST_REASON: usize = 1000;
/// Names of files have bounds everywhere but in archives and tables.
const LONGEST_PATH: usize = 2000;

impl Note {
    /// Something was left out.
    pub fn skipped(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(NoteKind::Skipped, path.into(), reason.into())
    }

    /// Something was read around.
    pub fn repaired(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(NoteKind::Repaired, path.into(), reason.into())
    }

    /// Something worth knowing.
    pub fn info(path: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::new(NoteKind::Info, path.into(), reason.into())
    }

    fn new(kind: NoteKind, path: String, reason: String) -> Self {
        Self { kind, path: cut(path, LONGEST_PATH), reason: cut(reason, LONGEST_REASON) }
    }
}

/// At most so many bytes of a text, with an ellipsis where some are missing.
fn cut(mut text: String, most: usize) -> String {
    if text.len() > most {
        text.truncate(text.floor_char_boundary(most));
        text.push('…');
    }
    text
}
