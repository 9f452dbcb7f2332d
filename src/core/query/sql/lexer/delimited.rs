use std::collections::{BTreeMap, HashMap};

use super::{
    super::{
        chars::{is_initial, is_word},
        token::Leaf,
    },
    cursor::Cursor,
};

/// Comments `/* … */` and literals `$tag$ … $tag$`: their beginnings, and the ends that there are.
#[derive(Default)]
pub(super) struct Delimited {
    /// Where one may begin: the place after its delimiter, its tag, and what it is.
    openers: BTreeMap<usize, (usize, String, Leaf)>,
    /// Of each tag, where delimiters begin that may end one, and the place after each.
    closers: HashMap<String, Vec<(usize, usize)>>,
}

const COMMENT: &str = "/*";

impl Delimited {
    pub(super) fn find(c: &Cursor) -> Self {
        let mut found = Self::default();
        for at in 0..c.len() {
            match c.get(at) {
                Some('$') => found.dollar(c, at),
                Some('/') if c.is(at + 1, '*') => {
                    let after = if c.is(at + 2, '+') { at + 3 } else { at + 2 };
                    found.openers.insert(at, (after, COMMENT.to_owned(), Leaf::CommentOther));
                }
                Some('*') if c.is(at + 1, '/') => {
                    found.closers.entry(COMMENT.to_owned()).or_default().push((at, at + 2));
                }
                _ => {}
            }
        }
        found
    }

    fn dollar(&mut self, c: &Cursor, at: usize) {
        let named = c.get(at + 1).is_some_and(|letter| letter == '_' || is_initial(letter));
        let end = if named { c.skip(at + 2, is_word) } else { at + 1 };
        if !c.is(end, '$') {
            return;
        }
        let tag = c.text(at, end + 1);
        self.closers.entry(tag.clone()).or_default().push((at, end + 1));
        if !c.before(at).is_some_and(|before| is_word(before) || before == '"' || before == '$') {
            self.openers.insert(at, (end + 1, tag, Leaf::Literal));
        }
    }

    /// The token that begins here, if one does and its end is there.
    pub(super) fn resolve(&self, at: usize) -> Option<(Leaf, usize)> {
        let (after, tag, leaf) = self.openers.get(&at)?;
        let closers = self.closers.get(tag)?;
        let first = closers.partition_point(|(start, _)| start < after);
        closers.get(first).map(|&(_, end)| (*leaf, end))
    }
}
