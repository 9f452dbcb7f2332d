pub use crate::table::tags::{is_noise, is_system};
use crate::{
    model::{Pairs, Run},
    table::tags::NOTE,
};

/// A tag of the run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagRow {
    /// The key.
    pub key: String,
    /// The value exactly as logged; several lines are possible.
    pub value: String,
}

/// The people's own tags, by key, without the note.
pub fn people_tags(run: &Run) -> Vec<TagRow> {
    rows(&run.tags, |key| !is_system(key) && key != NOTE)
}

/// MLflow's own tags: by key, the noise ([`is_noise`]) last.
pub fn system_tags(run: &Run) -> Vec<TagRow> {
    let mut tags = rows(&run.tags, is_system);
    tags.sort_by_key(|tag| is_noise(&tag.key));
    tags
}

/// The note in Markdown, from the tag `mlflow.note.content`; `None` when empty.
pub fn note(run: &Run) -> Option<&str> {
    run.tag(NOTE).filter(|text| !text.trim().is_empty())
}

fn rows(tags: &Pairs, wanted: impl Fn(&str) -> bool) -> Vec<TagRow> {
    let tags = tags.iter().filter(|(key, _)| wanted(key));
    tags.map(|(key, value)| TagRow { key: key.clone(), value: value.clone() }).collect()
}
