//! Rules that look for one token and what stands beside it.

use super::{
    super::token::{Class, Id, Leaf, ROOT, Tree},
    engine::{innermost_first, is_class},
};

pub(super) fn comments(tree: &mut Tree) {
    let is_comment = |tree: &Tree, id: Id| tree.leaf(id).is_some_and(Leaf::is_comment);
    innermost_first(tree, ROOT, Some(Class::Comment), &|tree, list| {
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, is_comment) {
            // Comments at the end stay as they are.
            let end =
                tree.find(list, at, |tree, id| !is_comment(tree, id) && tree.leaf(id) != Some(Leaf::Newline));
            let Some((end, _)) = end else { break };
            tree.group(list, Class::Comment, at, end - 1, false);
            from = at + 1;
        }
    });
}

pub(super) fn over(tree: &mut Tree) {
    innermost_first(tree, ROOT, Some(Class::Over), &|tree, list| {
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, |tree, id| tree.is(id, Leaf::Keyword, &["OVER"])) {
            let next = tree.next(list, at).filter(|&(_, id)| {
                is_class(tree, id, &[Class::Parenthesis]) || tree.leaf(id).is_some_and(Leaf::is_name)
            });
            if let Some((end, _)) = next {
                tree.group(list, Class::Over, at, end, false);
            }
            from = at + 1;
        }
    });
}

pub(super) fn functions(tree: &mut Tree) {
    innermost_first(tree, ROOT, Some(Class::Function), &|tree, list| {
        let has = |word: &str| tree.children(list).iter().any(|&id| tree.word(id).to_uppercase() == word);
        if has("CREATE") && has("TABLE") && !has("AS") {
            return;
        }
        let mut from = 0;
        let is_name = |tree: &Tree, id: Id| tree.leaf(id).is_some_and(Leaf::is_name);
        while let Some((at, _)) = tree.find(list, from, is_name) {
            if let Some((bracket, id)) = tree.next(list, at)
                && is_class(tree, id, &[Class::Parenthesis])
            {
                let over = tree.next(list, bracket).filter(|&(_, id)| is_class(tree, id, &[Class::Over]));
                tree.group(list, Class::Function, at, over.map_or(bracket, |(place, _)| place), false);
            }
            from = at + 1;
        }
    });
}

/// WHERE and what belongs to it.
pub(super) fn clauses(tree: &mut Tree) {
    const CLOSERS: &[&str] = &[
        "ORDER BY",
        "GROUP BY",
        "LIMIT",
        "UNION",
        "UNION ALL",
        "EXCEPT",
        "INTERSECT",
        "HAVING",
        "RETURNING",
        "INTO",
    ];
    innermost_first(tree, ROOT, Some(Class::Where), &|tree, list| {
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, |tree, id| tree.is(id, Leaf::Keyword, &["WHERE"])) {
            let closer = tree.find(list, at + 1, |tree, id| tree.is(id, Leaf::Keyword, CLOSERS));
            let count = tree.children(list).len();
            // Brackets keep the one that closes them.
            let bracketed = is_class(tree, list, &[Class::Parenthesis, Class::SquareBrackets]);
            let last = count.saturating_sub(if bracketed { 2 } else { 1 });
            let end = closer.map_or(last, |(place, _)| place - 1);
            tree.group(list, Class::Where, at, end.max(at), false);
            from = at + 1;
        }
    });
}

pub(super) fn identifiers(tree: &mut Tree) {
    innermost_first(tree, ROOT, Some(Class::Identifier), &|tree, list| {
        let is_name = |tree: &Tree, id: Id| matches!(tree.leaf(id), Some(Leaf::Name | Leaf::StringSymbol));
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, is_name) {
            tree.group(list, Class::Identifier, at, at, false);
            from = at + 1;
        }
    });
}

/// An identifier and ASC or DESC.
pub(super) fn orders(tree: &mut Tree) {
    innermost_first(tree, ROOT, Some(Class::Identifier), &|tree, list| {
        let is_order = |tree: &Tree, id: Id| tree.leaf(id) == Some(Leaf::KeywordOrder);
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, is_order) {
            let before = tree.previous(list, at).filter(|&(_, id)| {
                is_class(tree, id, &[Class::Identifier]) || tree.leaf(id).is_some_and(Leaf::is_number)
            });
            from = at + 1;
            if let Some((begin, _)) = before {
                tree.group(list, Class::Identifier, begin, at, false);
                from = begin + 1;
            }
        }
    });
}

/// Something and the identifier right after it.
pub(super) fn aliased(tree: &mut Tree) {
    const CLASSES: &[Class] = &[
        Class::Parenthesis,
        Class::Function,
        Class::Case,
        Class::Identifier,
        Class::Operation,
        Class::Comparison,
    ];
    innermost_first(tree, ROOT, None, &|tree, list| {
        let may_have_alias =
            |tree: &Tree, id: Id| is_class(tree, id, CLASSES) || tree.leaf(id).is_some_and(Leaf::is_number);
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, may_have_alias) {
            if let Some((end, id)) = tree.next(list, at)
                && is_class(tree, id, &[Class::Identifier])
            {
                tree.group(list, Class::Identifier, at, end, true);
            }
            from = at + 1;
        }
    });
}

/// Comments go into the group before them.
pub(super) fn align_comments(tree: &mut Tree) {
    innermost_first(tree, ROOT, None, &|tree, list| {
        let mut from = 0;
        while let Some((at, _)) = tree.find(list, from, |tree, id| is_class(tree, id, &[Class::Comment])) {
            from = at + 1;
            if let Some((group, id)) = tree.previous(list, at)
                && tree.class(id).is_some()
            {
                tree.extend(list, group, at);
                from = group + 1;
            }
        }
    });
}

/// VALUES up to the last bracket.
pub(super) fn values(tree: &mut Tree) {
    let Some((start, _)) = tree.find(ROOT, 0, |tree, id| tree.is(id, Leaf::Keyword, &["VALUES"])) else {
        return;
    };
    let brackets = |&(_, &id): &(usize, &Id)| is_class(tree, id, &[Class::Parenthesis]);
    let last = tree.children(ROOT).iter().enumerate().skip(start).rfind(brackets);
    if let Some((end, _)) = last {
        tree.group(ROOT, Class::Values, start, end, true);
    }
}
