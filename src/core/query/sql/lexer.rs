//! Cuts a text into tokens as sqlparse 0.6.1 does: its rules in its order, the first that matches
//! wins, written out by hand where it has regular expressions.

mod cursor;
mod delimited;
mod number;
mod phrase;
mod quoted;

use std::ops::Range;

use super::{
    chars::{is_initial, is_space, is_word},
    token::Leaf,
    words,
};
use cursor::Cursor;
use delimited::Delimited;

/// The tokens of a text, and where each stands (bytes). They cover the text.
pub(crate) fn tokens(text: &str) -> Vec<(Leaf, Range<usize>)> {
    let cursor = Cursor::new(text);
    let delimited = Delimited::find(&cursor);
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < cursor.len() {
        let (leaf, end) = delimited
            .resolve(at)
            .or_else(|| token(&cursor, at))
            .filter(|&(_, end)| end > at)
            .unwrap_or((Leaf::Error, at + 1));
        tokens.push((leaf, cursor.byte(at)..cursor.byte(end)));
        at = end;
    }
    tokens
}

type Found = Option<(Leaf, usize)>;

/// The token that begins at a letter, and the letter after it.
fn token(c: &Cursor, at: usize) -> Found {
    comment(c, at)
        .or_else(|| blank(c, at))
        .or_else(|| sign_first(c, at))
        .or_else(|| phrase::before_names(c, at))
        .or_else(|| name(c, at))
        .or_else(|| number::number(c, at))
        .or_else(|| quoted::string(c, at))
        .or_else(|| brackets(c, at))
        .or_else(|| phrase::phrase(c, at))
        .or_else(|| word(c, at))
        .or_else(|| sign(c, at))
}

/// `-- …` and `# …`, with the end of the line.
fn comment(c: &Cursor, at: usize) -> Found {
    let begins = c.starts(at, "--") || c.starts(at, "# ");
    if !begins {
        return None;
    }
    let leaf = if c.is(at + 2, '+') { Leaf::CommentOther } else { Leaf::CommentSingle };
    let mut end = at + 2;
    while let Some(letter) = c.get(end) {
        match letter {
            '\r' if c.is(end + 1, '\n') => return Some((leaf, end + 2)),
            '\r' | '\n' => return Some((leaf, end + 1)),
            _ => end += 1,
        }
    }
    Some((leaf, end))
}

fn blank(c: &Cursor, at: usize) -> Found {
    match c.get(at)? {
        '\r' if c.is(at + 1, '\n') => Some((Leaf::Newline, at + 2)),
        '\r' | '\n' => Some((Leaf::Newline, at + 1)),
        letter if is_space(letter) => Some((Leaf::Whitespace, at + 1)),
        _ => None,
    }
}

/// Signs and quoted names whose rules come before those of words.
fn sign_first(c: &Cursor, at: usize) -> Found {
    let letter = c.get(at)?;
    match letter {
        ':' if c.is(at + 1, '=') => Some((Leaf::Assignment, at + 2)),
        ':' if c.is(at + 1, ':') => Some((Leaf::Punctuation, at + 2)),
        '*' => Some((Leaf::Wildcard, at + 1)),
        '`' | '´' => Some((Leaf::Name, quoted::doubled(c, at, letter)?)),
        '?' => Some((Leaf::NamePlaceholder, at + 1)),
        '%' => percent(c, at),
        '$' | ':' if !c.before(at).is_some_and(is_word) => after_words(c, at, Leaf::NamePlaceholder),
        '\\' => after_words(c, at, Leaf::Command),
        _ => None,
    }
}

/// A sign and at least one letter of a word.
fn after_words(c: &Cursor, at: usize, leaf: Leaf) -> Found {
    let end = c.skip(at + 1, is_word);
    (end > at + 1).then_some((leaf, end))
}

/// `%s` and `%(name)s`
fn percent(c: &Cursor, at: usize) -> Found {
    let mut end = at + 1;
    if c.is(end, '(') {
        let close = c.skip(end + 1, is_word);
        if close > end + 1 && c.is(close, ')') {
            end = close + 1;
        }
    }
    c.folded(end, "s").map(|end| (Leaf::NamePlaceholder, end))
}

/// `@name`, `##name`, names before a dot or a bracket, and whatever stands right after a dot.
fn name(c: &Cursor, at: usize) -> Found {
    for sign in ["@", "##", "#"] {
        let from = at + sign.len();
        if c.starts(at, sign) && c.get(from).is_some_and(is_initial) {
            let end = c.skip(from + 1, is_word);
            if end > from + 1 {
                return Some((Leaf::Name, end));
            }
        }
    }
    if !c.get(at).is_some_and(is_initial) {
        return None;
    }
    let end = c.skip(at + 1, is_word);
    let dot = c.skip(end, is_space);
    let before_dot = c.is(dot, '.') && !c.get(dot + 1).is_some_and(super::chars::is_digit);
    let after_dot = c.before(at) == Some('.');
    (before_dot || after_dot || c.is(end, '(')).then_some((Leaf::Name, end))
}

/// `[name]`, unless it is an index.
fn brackets(c: &Cursor, at: usize) -> Found {
    if !c.is(at, '[') || c.before(at).is_some_and(|before| is_word(before) || before == ']' || before == ')')
    {
        return None;
    }
    let end = c.skip(at + 1, |letter| letter != ']' && letter != '[');
    (end > at + 1 && c.is(end, ']')).then_some((Leaf::Name, end + 1))
}

/// A word: a keyword or a name.
fn word(c: &Cursor, at: usize) -> Found {
    c.get(at).filter(|&letter| is_word(letter))?;
    let end = c.skip(at + 1, |letter| is_word(letter) || letter == '$' || letter == '#');
    Some((words::leaf_of(&c.text(at, end)), end))
}

fn sign(c: &Cursor, at: usize) -> Found {
    let letter = c.get(at)?;
    if ";:()[],.".contains(letter) {
        return Some((Leaf::Punctuation, at + 1));
    }
    for operator in ["->>", "->", "#>>", "#>", "@>", "<@", "-", "#-"] {
        if c.starts(at, operator) {
            return Some((Leaf::Operator, at + operator.len()));
        }
    }
    let end = c.skip(at, |letter| "<>=~!".contains(letter));
    if end > at {
        return Some((Leaf::Comparison, end));
    }
    let end = c.skip(at, |letter| "+/@#%^&|-".contains(letter));
    (end > at).then_some((Leaf::Operator, end))
}
