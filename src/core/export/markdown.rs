use std::fmt::Write as _;

use crate::format::starts_formula;

/// Text that Markdown shows as it is, in a table too: on one line, nothing in it means anything.
pub fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    // The sign with which a formula would begin, wherever it stands behind blanks and quotes.
    let mut formula = starts_formula(text);
    while let Some(c) = chars.next() {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        match c {
            '=' | '+' | '-' | '@' if formula => {
                formula = false;
                out.extend(['\\', c]);
            }
            '＝' | '＋' | '－' | '＠' if formula => {
                formula = false;
                let _ = write!(out, "&#x{:X};", u32::from(c));
            }
            // Within a word, as in most keys, it means nothing.
            '_' if word(before) && chars.peek().is_some_and(|next| word(*next)) => out.push(c),
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '#' | '!' | '$' => {
                out.extend(['\\', c]);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
        before = c;
    }
    out
}
