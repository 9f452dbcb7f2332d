//! One comparison: MLflow's `_validate_comparison` and `_get_comparison`.

use super::{
    super::{
        clause::{Clause, Entity, Spans, Value},
        error::QueryError,
        sql::Class,
    },
    Parsed,
    identifier::{ATTRIBUTES, identifier},
    joined::{Part, Piece, piece},
    value,
};

/// The tokens of a comparison without blanks; `None` for what is none.
pub(super) fn tokens_of(parsed: &Parsed<'_>, part: &Part) -> Option<Vec<Piece>> {
    let tree = &parsed.tree;
    match part {
        Part::Joined(pieces) => Some(pieces.clone()),
        Part::Token(id) if tree.class(*id) == Some(Class::Comparison) => {
            let children = tree.children(*id).iter().copied().filter(|&id| !tree.is_whitespace(id));
            Some(children.map(|id| piece(parsed, id)).collect())
        }
        Part::Token(_) => None,
    }
}

pub(super) fn clause(parsed: &Parsed<'_>, tokens: &[Piece]) -> Result<Clause, QueryError> {
    let from = tokens.first().map_or(0, |token| token.span.start);
    let to = tokens.last().map_or(from, |token| token.span.end);
    let fail = |message: String| QueryError::new(format!("Invalid comparison clause. {message}"), from..to);
    let (subject, comparator, value) = match tokens {
        [subject, comparator] if is_null(&comparator.text) => (subject, comparator, None),
        [subject, comparator, value] => (subject, comparator, Some(value)),
        _ => return Err(fail(format!("Expected 3 tokens found {}", tokens.len()))),
    };
    if !subject.id.is_some_and(|id| parsed.is_identifier(id)) {
        return Err(fail(format!("Expected 'Identifier' found '{}'", subject.text)));
    }
    let spans = Spans {
        key: subject.span.clone(),
        comparator: comparator.span.clone(),
        value: value.map_or(comparator.span.end..comparator.span.end, |value| value.span.clone()),
    };
    let key = identifier(&subject.text, ATTRIBUTES, &spans.key)?;
    let value = match value {
        Some(value) => value::value(parsed, &key, value)?,
        None if matches!(key.entity, Entity::Tag | Entity::Param) => Value::None,
        None => {
            let message = format!(
                "IS NULL / IS NOT NULL is only supported for tags and params, not for '{}' '{}'",
                key.entity.as_str(),
                key.key
            );
            return Err(QueryError::new(message, from..to));
        }
    };
    Ok(Clause { subject: key, comparator: comparator.text.to_uppercase(), value, spans })
}

fn is_null(comparator: &str) -> bool {
    matches!(comparator.to_uppercase().as_str(), "IS NULL" | "IS NOT NULL")
}
