//! SQL as sqlparse 0.6.1 reads it, which is what MLflow reads its filters with: the tokens, the
//! statements and the groups that its rules make of any text, hostile ones too.
//!
//! MLflow's grammar is what these groups leave of it, so they are reproduced rule by rule; only
//! what no rule of runs can tell apart is left out. `tests/golden/search` holds them against MLflow.

pub(super) mod chars;
mod group;
mod lexer;
mod split;
mod token;
mod words;

pub(super) use lexer::tokens;
pub(super) use token::{Class, Id, Leaf, ROOT, Tree};

use split::Splitter;

/// What a text holds.
#[derive(Debug, Clone)]
pub(super) enum Statements {
    /// Nothing but blanks.
    None,
    /// One statement, its tokens grouped.
    One(Tree),
    /// Several.
    Several,
}

/// Too many tokens, or groups too deep in each other, as sqlparse counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Reads a text into statements.
pub(super) fn parse(text: &str) -> Result<Statements, TooLarge> {
    let tokens = tokens(text);
    let mut splitter = Splitter::default();
    let mut statements = Vec::new();
    let mut from = 0;
    for (at, (leaf, span)) in tokens.iter().enumerate() {
        if splitter.begins(*leaf, text.get(span.clone()).unwrap_or_default()) {
            statements.push(tokens.get(from..at).unwrap_or_default());
            from = at;
        }
    }
    let last = tokens.get(from..).unwrap_or_default();
    if !last.iter().all(|(leaf, _)| leaf.is_whitespace()) {
        statements.push(last);
    }
    let mut trees = Vec::new();
    for tokens in statements {
        let mut tree = Tree::new(text, tokens);
        group::group(&mut tree)?;
        trees.push(tree);
    }
    Ok(match trees.pop() {
        None => Statements::None,
        Some(tree) if trees.is_empty() => Statements::One(tree),
        Some(_) => Statements::Several,
    })
}
