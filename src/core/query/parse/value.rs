//! The value of a comparison: MLflow's `_get_value` and `_parse_list_from_sql_token`.

use super::{
    super::{
        clause::{Entity, Subject, Value},
        error::QueryError,
        python::{self, Literal, LiteralError, Number},
        sql::{Class, Leaf},
    },
    Parsed,
    identifier::{DATASET_KEYS, strip_quotes},
    joined::Piece,
};

/// What a token may be for.
enum Shape {
    /// In single quotes, or an identifier, double quotes among them.
    Text,
    Integer,
    Float,
    List,
    Other,
}

pub(super) fn value(parsed: &Parsed<'_>, subject: &Subject, token: &Piece) -> Result<Value, QueryError> {
    let fail = |message: String| QueryError::new(message, token.span.clone());
    let text = &token.text;
    let shape = shape(parsed, token);
    match (subject.entity, shape) {
        (Entity::Metric, Shape::Integer | Shape::Float) => Ok(Value::Digits(text.clone())),
        (Entity::Metric, _) => Err(fail(format!("Expected numeric value type for metric. Found {text}"))),
        (Entity::Param | Entity::Tag, Shape::Text) => quoted(token),
        (Entity::Param | Entity::Tag, _) => Err(fail(format!(
            "Expected a quoted string value for {} (e.g. 'my-value'). Got value {text}",
            subject.entity.as_str()
        ))),
        (Entity::Attribute, shape) if subject.is_numeric_attribute() => match shape {
            Shape::Integer => python::int(text).map(|value| Value::Number(Number::Int(value))).map_err(fail),
            Shape::Float => Ok(Value::Number(Number::Float(python::float(text)))),
            _ => Err(fail(format!(
                "Expected numeric value type for numeric attribute: {}. Found {text}",
                subject.key
            ))),
        },
        (Entity::Attribute, Shape::Text) => quoted(token),
        (Entity::Attribute, Shape::List) if subject.key != "run_id" => Err(fail(
            "Only ['run_id'] attributes support comparison with a list of quoted string values.".to_owned(),
        )),
        (Entity::Attribute | Entity::Dataset, Shape::List) => list(token),
        (Entity::Attribute, _) => {
            Err(fail(format!("Expected a quoted string value for attributes. Got value {text}")))
        }
        (Entity::Dataset, Shape::Text) if DATASET_KEYS.contains(&subject.key.as_str()) => quoted(token),
        (Entity::Dataset, _) => {
            Err(fail(format!("Expected a quoted string value for dataset attributes. Got value {text}")))
        }
    }
}

fn shape(parsed: &Parsed<'_>, token: &Piece) -> Shape {
    let Some(id) = token.id else { return Shape::Other };
    match (parsed.tree.leaf(id), parsed.tree.class(id)) {
        (Some(Leaf::StringSingle), _) | (_, Some(Class::Identifier)) => Shape::Text,
        (Some(Leaf::Integer), _) => Shape::Integer,
        (Some(Leaf::Float), _) => Shape::Float,
        (_, Some(Class::Parenthesis)) => Shape::List,
        _ => Shape::Other,
    }
}

fn quoted(token: &Piece) -> Result<Value, QueryError> {
    let text = &token.text;
    strip_quotes(text).map(|text| Value::Text(text.to_owned())).ok_or_else(|| {
        let message = format!(
            "Parameter value is either not quoted or unidentified quote types used for string value {text}. \
             Use either single or double quotes."
        );
        QueryError::new(message, token.span.clone())
    })
}

fn list(token: &Piece) -> Result<Value, QueryError> {
    let fail = |message: String| QueryError::new(message, token.span.clone());
    let items = match python::literal_eval(&token.text) {
        Ok(Literal::Tuple(items)) => items,
        Ok(one) => vec![one],
        Err(LiteralError::Syntax) => {
            return Err(fail(
                "While parsing a list in the query, expected a non-empty list of string values, but got \
                 ill-formed list."
                    .to_owned(),
            ));
        }
        Err(LiteralError::Malformed(class)) => {
            return Err(fail(format!("malformed node or string on line 1: <ast.{class} object>")));
        }
    };
    if items.is_empty() {
        return Err(fail(
            "While parsing a list in the query, expected a non-empty list of string values, but got empty list"
                .to_owned(),
        ));
    }
    let texts: Option<Vec<String>> = items
        .iter()
        .map(|item| match item {
            Literal::Text(text) => Some(text.clone()),
            _ => None,
        })
        .collect();
    texts.map(Value::List).ok_or_else(|| {
        fail(format!(
            "While parsing a list in the query, expected string value, punctuation, or whitespace, but got \
             different type in list: {}",
            python::tuple_repr(&items)
        ))
    })
}
