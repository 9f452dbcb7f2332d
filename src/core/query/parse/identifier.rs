//! `metrics.loss` as an entity and its key: MLflow's `_get_identifier`.

use std::ops::Range;

use super::super::{
    clause::{Entity, Subject},
    error::QueryError,
    python::repr_set,
};

/// Attributes that a filter may ask about.
pub(in super::super) const ATTRIBUTES: &[&str] = &[
    "artifact_uri",
    "end_time",
    "run_id",
    "run_name",
    "start_time",
    "status",
    "user_id",
    "created",
    "Created",
    "run name",
    "Run name",
    "Run Name",
];

/// Attributes that runs may be ordered by.
pub(in super::super) const ORDERABLE: &[&str] = &[
    "artifact_uri",
    "end_time",
    "run_id",
    "run_name",
    "start_time",
    "status",
    "user_id",
    "created",
    "Created",
];

/// What may be asked of a dataset.
pub(in super::super) const DATASET_KEYS: &[&str] = &["name", "digest", "context"];

pub(in super::super) fn identifier(
    text: &str,
    attributes: &[&str],
    span: &Range<usize>,
) -> Result<Subject, QueryError> {
    let fail = |message: String| QueryError::new(message, span.clone());
    let (word, key) = text.split_once('.').unwrap_or(("attribute", text));
    let word = unquoted(word, '`');
    let Some(entity) = Entity::from_word(word) else {
        let valid: Vec<String> = Entity::ALL.iter().map(|entity| format!("'{}'", entity.as_str())).collect();
        return Err(fail(format!("Invalid entity type '{word}'. Valid values are [{}]", valid.join(", "))));
    };
    let key = unquoted(strip_quotes(key).unwrap_or(key), '`').to_owned();
    if entity == Entity::Attribute && !attributes.contains(&key.as_str()) {
        return Err(fail(format!(
            "Invalid attribute key '{key}' specified. Valid keys are '{}'",
            repr_set(attributes)
        )));
    }
    if entity == Entity::Dataset && !DATASET_KEYS.contains(&key.as_str()) {
        return Err(fail(format!(
            "Invalid dataset key '{key}' specified. Valid keys are '{}'",
            repr_set(DATASET_KEYS)
        )));
    }
    Ok(Subject { entity, key })
}

/// What stands in single or double quotes.
pub(super) fn strip_quotes(text: &str) -> Option<&str> {
    ['\'', '"'].iter().find_map(|&quote| in_quotes(text, quote))
}

fn unquoted(text: &str, quote: char) -> &str {
    in_quotes(text, quote).unwrap_or(text)
}

fn in_quotes(text: &str, quote: char) -> Option<&str> {
    text.strip_prefix(quote)?.strip_suffix(quote)
}
