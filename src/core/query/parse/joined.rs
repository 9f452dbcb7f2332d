//! IN, NOT IN and IS NULL, which sqlparse does not take for comparisons: MLflow's
//! `_join_in_comparison_tokens`.

use super::{
    super::sql::{Class, Id, Leaf, ROOT},
    Parsed,
};
use std::ops::Range;

/// A piece of a filter.
pub(super) enum Part {
    /// As sqlparse left it.
    Token(Id),
    /// Put together by MLflow.
    Joined(Vec<Piece>),
}

/// A token of a comparison: one of the tree, or one that MLflow made up.
#[derive(Clone)]
pub(super) struct Piece {
    pub(super) id: Option<Id>,
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

pub(super) fn piece(parsed: &Parsed<'_>, id: Id) -> Piece {
    let span = parsed.tree.node(id).span.clone();
    Piece { id: Some(id), text: parsed.text_of(id).to_owned(), span }
}

/// All pieces but blanks.
pub(super) fn parts(parsed: &Parsed<'_>) -> Vec<Part> {
    let tree = &parsed.tree;
    let tokens: Vec<Id> = tree.children(ROOT).iter().copied().filter(|&id| !tree.is_whitespace(id)).collect();
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(&first) = tokens.get(at) {
        // It takes three to make one; the last two are left as they are.
        let (Some(&second), Some(&third)) = (tokens.get(at + 1), tokens.get(at + 2)) else {
            parts.push(Part::Token(first));
            at += 1;
            continue;
        };
        if !parsed.is_identifier(first) {
            parts.push(Part::Token(first));
            at += 1;
            continue;
        }
        let fourth = tokens.get(at + 3).copied();
        let Some((part, taken)) = join(parsed, [first, second, third], fourth) else {
            // What did not fit is passed over whole, also what could have begun another.
            let count = 3 + usize::from(fourth.is_some());
            parts.extend(tokens.get(at..at + count).unwrap_or_default().iter().copied().map(Part::Token));
            at += count;
            continue;
        };
        parts.push(part);
        at += taken;
    }
    parts
}

fn join(parsed: &Parsed<'_>, [first, second, third]: [Id; 3], fourth: Option<Id>) -> Option<(Part, usize)> {
    let tree = &parsed.tree;
    let is_list = |id: Id| tree.class(id) == Some(Class::Parenthesis);
    let made = |text: &str| {
        let span = tree.node(second).span.start..tree.node(third).span.end;
        Piece { id: None, text: text.to_owned(), span }
    };
    let subject = piece(parsed, first);
    if tree.is(second, Leaf::Keyword, &["IN"]) && is_list(third) {
        return Some((Part::Joined(vec![subject, piece(parsed, second), piece(parsed, third)]), 3));
    }
    if tree.is(second, Leaf::Keyword, &["IS"]) {
        if tree.is(third, Leaf::Keyword, &["NULL"]) {
            return Some((Part::Joined(vec![subject, made("IS NULL")]), 3));
        }
        if tree.is(third, Leaf::Keyword, &["NOT NULL"]) {
            return Some((Part::Joined(vec![subject, made("IS NOT NULL")]), 3));
        }
    }
    let list = fourth.filter(|&id| is_list(id))?;
    if tree.is(second, Leaf::Keyword, &["NOT"]) && tree.is(third, Leaf::Keyword, &["IN"]) {
        return Some((Part::Joined(vec![subject, made("NOT IN"), piece(parsed, list)]), 4));
    }
    None
}
