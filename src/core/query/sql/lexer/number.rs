use super::{
    super::{
        chars::{fold, is_digit, is_initial},
        token::Leaf,
    },
    Found,
    cursor::Cursor,
};

pub(super) fn number(c: &Cursor, at: usize) -> Found {
    let first = if c.is(at, '-') { at + 1 } else { at };
    if !c.get(first).is_some_and(|letter| is_digit(letter) || letter == '.') {
        return None;
    }
    hexadecimal(c, first)
        .map(|end| (Leaf::Hexadecimal, end))
        .or_else(|| scientific(c, first).map(|end| (Leaf::Float, end)))
        .or_else(|| decimal(c, first).map(|end| (Leaf::Float, end)))
        .or_else(|| shortened(c, first, first + 1).map(|end| (Leaf::Integer, end)))
}

/// `0x[\dA-F]+`
fn hexadecimal(c: &Cursor, at: usize) -> Option<usize> {
    let from = c.folded(at, "0x")?;
    c.some(from, |letter| is_digit(letter) || matches!(fold(letter), 'a'..='f'))
}

/// `\d+(\.\d+)?E-?\d+`
fn scientific(c: &Cursor, at: usize) -> Option<usize> {
    let mut end = c.some(at, is_digit)?;
    if c.is(end, '.') {
        end = c.some(end + 1, is_digit)?;
    }
    let exponent = c.folded(end, "e")?;
    let exponent = if c.is(exponent, '-') { exponent + 1 } else { exponent };
    c.some(exponent, is_digit)
}

/// `(\d+(\.\d*)|\.\d+)`, with no letter after it.
fn decimal(c: &Cursor, at: usize) -> Option<usize> {
    let dot = c.skip(at, is_digit);
    if !c.is(dot, '.') {
        return None;
    }
    // `1.` may do without digits after the dot, `.5` may not.
    let least = if dot > at { dot + 1 } else { dot + 2 };
    shortened(c, dot + 1, least)
}

/// Digits as far as they go, but for the last ones where a letter follows: never fewer than up to
/// `least`, where a letter may not follow either.
fn shortened(c: &Cursor, from: usize, least: usize) -> Option<usize> {
    let end = c.skip(from, is_digit);
    if end < least {
        return None;
    }
    let glued = |at: usize| c.get(at).is_some_and(|letter| letter == '_' || is_initial(letter));
    if !glued(end) {
        return Some(end);
    }
    // One digit less: what follows then is a digit.
    (end > least).then(|| end - 1)
}
