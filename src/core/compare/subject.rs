use crate::model::Run;

/// MLflow's tag that holds the note of a run.
const NOTE_TAG: &str = "mlflow.note.content";

/// What of two runs is compared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A file; addresses as on the page of a run (`run_page::locate`). They differ where the file belongs to a logged
    /// model, whose id every run has of its own, or where a person chose to.
    File {
        /// On the left.
        left: String,
        /// On the right.
        right: String,
    },
    /// The note.
    Note,
    /// All params as one config.
    Params,
    /// One param whose value is long or JSON.
    Param(String),
    /// One tag whose value is long or JSON.
    Tag(String),
}

impl Subject {
    /// What a run has of it, unless it is a file: a name whose ending says what it is, and the text.
    pub fn text_of(&self, run: &Run) -> Option<(&'static str, String)> {
        match self {
            Self::File { .. } => None,
            Self::Note => value(&run.tags, NOTE_TAG).map(|text| ("note.md", text.to_owned())),
            Self::Params => Some(("params.yaml", config(&run.params))),
            Self::Param(key) => value(&run.params, key).map(named),
            Self::Tag(key) => value(&run.tags, key).map(named),
        }
    }

    /// What it is called.
    pub fn name(&self) -> &str {
        match self {
            Self::File { right, .. } => right.rsplit('/').next().unwrap_or(right),
            Self::Note => "Note",
            Self::Params => "All parameters",
            Self::Param(key) | Self::Tag(key) => key,
        }
    }
}

/// Whether a value is worth a comparison of its own: long, of several lines, or with a structure.
pub(super) fn is_document(key: &str, text: &str) -> bool {
    const LONG: usize = 160;
    key != NOTE_TAG && (text.len() > LONG || text.contains('\n') || has_structure(text))
}

fn has_structure(text: &str) -> bool {
    let text = text.trim();
    text.len() > 2
        && (text.starts_with('{') && text.ends_with('}') || text.starts_with('[') && text.ends_with(']'))
}

fn named(text: &str) -> (&'static str, String) {
    (if has_structure(text) { "value.json" } else { "value.txt" }, text.to_owned())
}

fn value<'a>(pairs: &'a [(String, String)], key: &str) -> Option<&'a str> {
    pairs.iter().find(|(other, _)| other == key).map(|(_, value)| value.as_str())
}

/// Params as YAML, a line each.
fn config(params: &[(String, String)]) -> String {
    let mut out = String::new();
    for (key, value) in params {
        out.push_str(&plain(key));
        out.push_str(": ");
        out.push_str(&plain(value));
        out.push('\n');
    }
    out
}

/// A text as YAML takes it: as it is where that is no other thing, else in quotes as JSON has them.
fn plain(text: &str) -> String {
    let is_inner =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | ' ' | '(' | ')' | '=');
    let first = text.chars().next();
    let is_plain = first.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-'))
        && !matches!(text, "-" | "---" | "...")
        && !text.starts_with("- ")
        && !text.ends_with(' ')
        && text.chars().all(is_inner);
    if is_plain || has_structure(text) && !text.contains('\n') {
        return text.to_owned();
    }
    serde_json::to_string(text).unwrap_or_default()
}
