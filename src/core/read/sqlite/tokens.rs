//! Splits SQL text into tokens, as far as table definitions need it.

/// A piece of SQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A bare word or a number: `CREATE`, `1.5e3`, `0x1F`.
    Word(String),
    /// A name in `"…"`, `` `…` `` or `[…]`, without its quotes.
    Name(String),
    /// Text in `'…'`, without its quotes. Where a name is due, SQLite takes it as one.
    String(String),
    /// `x'…'`, the digits.
    Blob(String),
    /// Any other character.
    Sign(char),
}

impl Token {
    /// Whether it is this bare word, in any case.
    pub(super) fn is(&self, word: &str) -> bool {
        matches!(self, Self::Word(w) if w.eq_ignore_ascii_case(word))
    }

    /// Its text, where a name may stand.
    pub(super) fn as_name(&self) -> Option<&str> {
        match self {
            Self::Word(text) | Self::Name(text) | Self::String(text) => Some(text),
            Self::Blob(_) | Self::Sign(_) => None,
        }
    }
}

/// The tokens of `sql`, without comments. A quote that is not closed ends with the text.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut rest = sql;
    while let Some(first) = rest.chars().next() {
        let (token, after) = next_token(rest, first);
        found.extend(token);
        rest = after;
    }
    found
}

fn next_token(rest: &str, first: char) -> (Option<Token>, &str) {
    let after_first = rest.get(first.len_utf8()..).unwrap_or_default();
    match first {
        c if c.is_ascii_whitespace() || c == '\u{feff}' => (None, after_first),
        '-' if rest.starts_with("--") => (None, rest.split_once('\n').map_or("", |(_, after)| after)),
        '/' if rest.starts_with("/*") => {
            (None, rest.get(2..).and_then(|r| r.split_once("*/")).map_or("", |(_, after)| after))
        }
        '"' | '`' => quoted(after_first, first, Token::Name),
        '\'' => quoted(after_first, first, Token::String),
        '[' => {
            let (name, after) = after_first.split_once(']').unwrap_or((after_first, ""));
            (Some(Token::Name(name.to_owned())), after)
        }
        'x' | 'X' if after_first.starts_with('\'') => {
            quoted(after_first.get(1..).unwrap_or_default(), '\'', Token::Blob)
        }
        c if is_word(c) => word(rest),
        other => (Some(Token::Sign(other)), after_first),
    }
}

/// Text up to the closing quote; a doubled quote stands for itself.
fn quoted(mut rest: &str, quote: char, token: fn(String) -> Token) -> (Option<Token>, &str) {
    let mut text = String::new();
    loop {
        let (part, after) = rest.split_once(quote).unwrap_or((rest, ""));
        text.push_str(part);
        match after.strip_prefix(quote) {
            Some(more) => {
                text.push(quote);
                rest = more;
            }
            None => return (Some(token(text)), after),
        }
    }
}

fn word(rest: &str) -> (Option<Token>, &str) {
    let mut end = 0;
    let mut previous = ' ';
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    for (at, c) in rest.char_indices() {
        let exponent_sign = is_number && matches!(previous, 'e' | 'E') && matches!(c, '+' | '-');
        if !(is_word(c) || exponent_sign) || (c == '.' && !is_number) {
            break;
        }
        end = at + c.len_utf8();
        previous = c;
    }
    let (word, after) = rest.split_at_checked(end.max(1)).unwrap_or((rest, ""));
    let token = if word == "." { Token::Sign('.') } else { Token::Word(word.to_owned()) };
    (Some(token), after)
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.') || !c.is_ascii()
}
