//! Rules of the form "something, a middle, something".

use super::{
    super::{
        TooLarge,
        token::{Class, Id, Leaf, Tree},
    },
    engine::{Joined, is_class, is_operand},
};

/// Takes the middle and what follows.
fn with_next(_: &mut Tree, _: Id, at: usize, next: Option<usize>) -> usize {
    next.unwrap_or(at)
}

pub(super) fn periods(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Identifier,
        is_middle: |tree, id| {
            tree.is(id, Leaf::Punctuation, &["."]) || tree.is(id, Leaf::Operator, &["->", "->>"])
        },
        is_before: |tree, id| {
            is_class(tree, id, &[Class::SquareBrackets, Class::Identifier])
                || matches!(tree.leaf(id), Some(Leaf::Name | Leaf::StringSymbol))
        },
        is_after: |_, _| true,
        // `metrics.` is an identifier too, whatever follows.
        end: |tree, list, at, next| {
            let takes = |place: &usize| {
                tree.child(list, *place).is_some_and(|id| {
                    use Leaf::{Name, StringSingle, StringSymbol, Wildcard};
                    is_class(tree, id, &[Class::SquareBrackets, Class::Function])
                        || matches!(tree.leaf(id), Some(Name | StringSymbol | Wildcard | StringSingle))
                })
            };
            next.filter(takes).unwrap_or(at)
        },
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn arrays(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Identifier,
        is_middle: |tree, id| is_class(tree, id, &[Class::SquareBrackets]),
        is_before: |tree, id| {
            is_class(tree, id, &[Class::SquareBrackets, Class::Identifier, Class::Function])
                || matches!(tree.leaf(id), Some(Leaf::Name | Leaf::StringSymbol))
        },
        is_after: |_, _| true,
        end: |_, _, at, _| at,
        takes_before: true,
        extend: true,
        inner: false,
    };
    rule.apply(tree)
}

pub(super) fn typecasts(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Identifier,
        is_middle: |tree, id| tree.is(id, Leaf::Punctuation, &["::"]),
        is_before: |_, _| true,
        is_after: |_, next| next.is_some(),
        end: with_next,
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn time_zones(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Identifier,
        is_middle: |tree, id| tree.leaf(id) == Some(Leaf::KeywordTzCast),
        is_before: |_, _| true,
        is_after: |tree, next| {
            next.is_some_and(|id| {
                tree.is(id, Leaf::Keyword, &["AS"]) || tree.leaf(id) == Some(Leaf::StringSingle)
            })
        },
        end: with_next,
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn typed_literals(tree: &mut Tree) -> Result<(), TooLarge> {
    let literal = Joined {
        class: Class::TypedLiteral,
        is_middle: |tree, id| {
            tree.leaf(id) == Some(Leaf::NameBuiltin) || tree.is(id, Leaf::Keyword, &["TIMESTAMP"])
        },
        is_before: |_, _| true,
        is_after: |tree, next| next.is_some_and(|id| tree.leaf(id) == Some(Leaf::StringSingle)),
        end: with_next,
        takes_before: false,
        extend: false,
        inner: true,
    };
    let unit = Joined {
        is_middle: |tree, id| is_class(tree, id, &[Class::TypedLiteral]),
        is_after: |tree, next| {
            const UNITS: &[&str] = &["DAY", "HOUR", "MINUTE", "MONTH", "SECOND", "YEAR"];
            next.is_some_and(|id| tree.is(id, Leaf::Keyword, UNITS))
        },
        extend: true,
        ..literal
    };
    literal.apply(tree)?;
    unit.apply(tree)
}

pub(super) fn operations(tree: &mut Tree) -> Result<(), TooLarge> {
    const CLASSES: &[Class] = &[
        Class::SquareBrackets,
        Class::Parenthesis,
        Class::Function,
        Class::Identifier,
        Class::Operation,
        Class::TypedLiteral,
    ];
    const NOW: &[&str] = &["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"];
    fn is_side(tree: &Tree, id: Id) -> bool {
        is_class(tree, id, CLASSES) || is_operand(tree, id) || tree.is(id, Leaf::Keyword, NOW)
    }
    let rule = Joined {
        class: Class::Operation,
        is_middle: |tree, id| matches!(tree.leaf(id), Some(Leaf::Operator | Leaf::Wildcard)),
        is_before: is_side,
        is_after: |tree, next| next.is_some_and(|id| is_side(tree, id)),
        end: |tree, list, at, next| {
            if let Some(id) = tree.child(list, at) {
                tree.set_leaf(id, Leaf::Operator);
            }
            next.unwrap_or(at)
        },
        takes_before: true,
        extend: false,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn comparisons(tree: &mut Tree) -> Result<(), TooLarge> {
    const CLASSES: &[Class] =
        &[Class::Parenthesis, Class::Function, Class::Identifier, Class::Operation, Class::TypedLiteral];
    fn is_side(tree: &Tree, id: Id) -> bool {
        is_class(tree, id, CLASSES) || is_operand(tree, id) || tree.is_keyword(id, "NULL")
    }
    let rule = Joined {
        class: Class::Comparison,
        is_middle: |tree, id| tree.leaf(id) == Some(Leaf::Comparison),
        is_before: is_side,
        is_after: |tree, next| next.is_some_and(|id| is_side(tree, id)),
        end: with_next,
        takes_before: true,
        extend: false,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn aliases(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Identifier,
        is_middle: |tree, id| tree.is_keyword(id, "AS"),
        is_before: |tree, id| tree.word(id) == "NULL" || !tree.leaf(id).is_some_and(Leaf::is_keyword),
        is_after: |tree, next| {
            next.is_some_and(|id| !matches!(tree.leaf(id), Some(Leaf::KeywordOther | Leaf::KeywordCreate)))
        },
        end: with_next,
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn assignments(tree: &mut Tree) -> Result<(), TooLarge> {
    let rule = Joined {
        class: Class::Assignment,
        is_middle: |tree, id| tree.is(id, Leaf::Assignment, &[":="]),
        is_before: |tree, id| tree.leaf(id) != Some(Leaf::Keyword),
        is_after: |tree, next| next.is_some_and(|id| tree.leaf(id) != Some(Leaf::Keyword)),
        // Up to the semicolon, if there is one.
        end: |tree, list, at, next| {
            let next = next.unwrap_or(at);
            tree.find(list, next + 1, |tree, id| tree.is(id, Leaf::Punctuation, &[";"]))
                .map_or(next, |(place, _)| place)
        },
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}

pub(super) fn identifier_lists(tree: &mut Tree) -> Result<(), TooLarge> {
    const CLASSES: &[Class] = &[
        Class::Function,
        Class::Case,
        Class::Identifier,
        Class::Comparison,
        Class::IdentifierList,
        Class::Operation,
    ];
    fn is_item(tree: &Tree, id: Id) -> bool {
        is_class(tree, id, CLASSES)
            || is_operand(tree, id)
            || matches!(tree.leaf(id), Some(Leaf::Keyword | Leaf::Wildcard))
    }
    let rule = Joined {
        class: Class::IdentifierList,
        is_middle: |tree, id| tree.is(id, Leaf::Punctuation, &[","]),
        is_before: is_item,
        is_after: |tree, next| next.is_some_and(|id| is_item(tree, id)),
        end: with_next,
        takes_before: true,
        extend: true,
        inner: true,
    };
    rule.apply(tree)
}
