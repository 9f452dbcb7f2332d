//! What Python makes of texts on MLflow's way from a filter to an answer.

use std::fmt::Write as _;

mod literal;
mod number;
mod shell;

pub(super) use literal::{Literal, LiteralError, literal_eval, tuple_repr};
pub(super) use number::{Number, float, int};
pub(super) use shell::split;

/// `repr` of a string.
pub(super) fn repr(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::from(quote);
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            _ if letter == quote => out.extend(['\\', letter]),
            _ if is_printable(letter) => out.push(letter),
            _ => {
                // Into a string: this does not fail.
                let _ = match letter as u32 {
                    code @ 0..=0xff => write!(out, "\\x{code:02x}"),
                    code @ 0x100..=0xffff => write!(out, "\\u{code:04x}"),
                    code => write!(out, "\\U{code:08x}"),
                };
            }
        }
    }
    out.push(quote);
    out
}

/// `repr` of a list of strings.
pub(super) fn repr_list<T: AsRef<str>>(list: &[T]) -> String {
    let items: Vec<String> = list.iter().map(|text| repr(text.as_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// `repr` of a set of strings; Python's own order is by chance.
pub(super) fn repr_set(set: &[&str]) -> String {
    let items: Vec<String> = set.iter().map(|text| repr(text)).collect();
    format!("{{{}}}", items.join(", "))
}

/// `str.isprintable`, which is what Rust escapes nothing of in debug output, past the first letter.
fn is_printable(letter: char) -> bool {
    let mut text = String::from("a");
    text.push(letter);
    let escaped = text.escape_debug().to_string();
    escaped == text || matches!(letter, '\'' | '"')
}
