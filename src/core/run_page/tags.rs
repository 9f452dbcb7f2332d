use crate::model::Run;

/// A tag of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    /// The key.
    pub key: String,
    /// The value exactly as logged; several lines are possible.
    pub value: String,
}

/// Whether MLflow wrote the tag itself: `mlflow.…`.
pub fn is_system(key: &str) -> bool {
    key.starts_with("mlflow.")
}

/// Whether the tag is machinery that says nothing to people: folded away by default.
pub fn is_noise(_key: &str) -> bool {
    false
}

/// The people's own tags, by key.
pub fn people_tags(_run: &Run) -> Vec<TagRow> {
    Vec::new()
}

/// MLflow's own tags, by key, without the note.
pub fn system_tags(_run: &Run) -> Vec<TagRow> {
    Vec::new()
}

/// The note in Markdown, from the tag `mlflow.note.content`; `None` when empty.
pub fn note(run: &Run) -> Option<&str> {
    run.tag("mlflow.note.content").filter(|text| !text.trim().is_empty())
}
