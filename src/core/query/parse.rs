//! From the text of a filter to its clauses: MLflow's `SearchUtils.parse_search_filter`.

mod comparison;
mod identifier;
mod joined;
mod value;

use super::{
    clause::Clause,
    error::QueryError,
    python::repr,
    sql::{self, Class, Id, Leaf, ROOT, Statements, Tree},
};

pub(super) use identifier::{ATTRIBUTES, ORDERABLE, identifier};

/// A text and the tree of its one statement.
struct Parsed<'t> {
    text: &'t str,
    tree: Tree,
}

impl Parsed<'_> {
    fn text_of(&self, id: Id) -> &str {
        self.text.get(self.tree.node(id).span.clone()).unwrap_or_default()
    }

    fn is_identifier(&self, id: Id) -> bool {
        self.tree.class(id) == Some(Class::Identifier)
    }
}

/// The clauses of a filter, in order. No text, no clause.
pub(super) fn clauses(text: &str) -> Result<Vec<Clause>, QueryError> {
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let fail = |message: String| QueryError::new(message, 0..text.len());
    let Ok(statements) = sql::parse(text) else {
        return Err(fail(format!("Error on parsing filter '{text}'")));
    };
    let tree = match statements {
        Statements::None => return Err(fail(format!("Invalid filter '{text}'. Could not be parsed."))),
        Statements::Several => {
            return Err(fail(format!(
                "Search filter contained multiple expression {}. Provide AND-ed expression list.",
                repr(text)
            )));
        }
        Statements::One(tree) => tree,
    };
    let parsed = Parsed { text, tree };
    let parts = joined::parts(&parsed);
    invalid(&parsed, &parts)?;
    let comparisons = parts.iter().filter_map(|part| comparison::tokens_of(&parsed, part));
    comparisons.map(|tokens| comparison::clause(&parsed, &tokens)).collect()
}

/// What stands between the clauses may be blanks and AND only.
fn invalid(parsed: &Parsed<'_>, parts: &[joined::Part]) -> Result<(), QueryError> {
    let tree = &parsed.tree;
    let is_invalid = |part: &&joined::Part| match part {
        joined::Part::Joined(_) => false,
        joined::Part::Token(id) => {
            tree.class(*id) != Some(Class::Comparison)
                && !tree.is_whitespace(*id)
                && !tree.is(*id, Leaf::Keyword, &["AND"])
        }
    };
    let spans: Vec<_> = parts
        .iter()
        .filter(is_invalid)
        .map(|part| match part {
            joined::Part::Joined(tokens) => tokens.first().map_or(0..0, |token| token.span.clone()),
            joined::Part::Token(id) => tree.node(*id).span.clone(),
        })
        .collect();
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else { return Ok(()) };
    let texts: Vec<String> =
        spans.iter().map(|span| format!("'{}'", parsed.text.get(span.clone()).unwrap_or_default())).collect();
    let message = format!("Invalid clause(s) in filter string: {}", texts.join(", "));
    Err(QueryError::new(message, first.start..last.end))
}

/// The one token that an `order_by` is: MLflow's `_validate_order_by_and_generate_token`.
pub(super) fn order_token(text: &str) -> Result<String, QueryError> {
    let fail = |message: String| QueryError::new(message, 0..text.len());
    let unreadable = || fail(format!("Invalid order_by clause '{text}'. Could not be parsed."));
    let Ok(statements) = sql::parse(text) else {
        return Err(fail(format!("Error on parsing order_by clause '{text}'")));
    };
    let Statements::One(tree) = statements else { return Err(unreadable()) };
    let parsed = Parsed { text, tree };
    let tokens = parsed.tree.children(ROOT);
    let (Some(&first), Some(&last)) = (tokens.first(), tokens.last()) else { return Err(unreadable()) };
    if tokens.len() == 1 && parsed.is_identifier(first) {
        return Ok(parsed.text_of(first).to_owned());
    }
    // The word is a type's name to sqlparse, which may stand alone or before a direction.
    let timestamp = parsed.tree.is(first, Leaf::NameBuiltin, &["timestamp"]);
    if timestamp && tokens.len() == 1 {
        return Ok("timestamp".to_owned());
    }
    let between = tokens.get(1..tokens.len().saturating_sub(1)).unwrap_or_default();
    if timestamp
        && between.iter().all(|&id| parsed.tree.is_whitespace(id))
        && parsed.tree.leaf(last) == Some(Leaf::KeywordOrder)
    {
        return Ok(format!("timestamp {}", parsed.text_of(last)));
    }
    Err(unreadable())
}
