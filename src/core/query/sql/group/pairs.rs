//! Groups with a beginning and an end: brackets and blocks.

use super::{
    super::{
        TooLarge,
        token::{Class, Id, Leaf, ROOT, Tree},
    },
    engine::check,
};

struct Pair {
    class: Class,
    leaf: Leaf,
    open: &'static [&'static str],
    close: &'static str,
}

const fn pair(class: Class, leaf: Leaf, open: &'static [&'static str], close: &'static str) -> Pair {
    Pair { class, leaf, open, close }
}

const PAIRS: &[Pair] = &[
    pair(Class::SquareBrackets, Leaf::Punctuation, &["["], "]"),
    pair(Class::Parenthesis, Leaf::Punctuation, &["("], ")"),
    pair(Class::Case, Leaf::Keyword, &["CASE"], "END"),
    pair(Class::If, Leaf::Keyword, &["IF"], "END IF"),
    pair(Class::For, Leaf::Keyword, &["FOR", "FOREACH"], "END LOOP"),
    pair(Class::Begin, Leaf::Keyword, &["BEGIN"], "END"),
];

pub(super) fn all(tree: &mut Tree) -> Result<(), TooLarge> {
    PAIRS.iter().try_for_each(|pair| walk(tree, ROOT, pair, 0))
}

fn walk(tree: &mut Tree, list: Id, pair: &Pair, depth: usize) -> Result<(), TooLarge> {
    check(tree, list, depth)?;
    let snapshot: Vec<Id> = tree.children(list).to_vec();
    let mut open: Vec<usize> = Vec::new();
    let mut taken = 0;
    for (index, &id) in snapshot.iter().enumerate() {
        let at = index - taken;
        if tree.class(id).is_some_and(|class| class != pair.class) {
            walk(tree, id, pair, depth + 1)?;
        } else if tree.is(id, pair.leaf, pair.open) {
            open.push(at);
        } else if tree.is(id, pair.leaf, &[pair.close])
            && let Some(from) = open.pop()
        {
            tree.group(list, pair.class, from, at, false);
            taken += at - from;
        }
    }
    Ok(())
}
