use super::{Limits, Preview, TextPreview};
use crate::format;

/// JSON with its own numbers, keys and order, indented; what is not valid stays as it is, with the reason.
pub(super) fn preview(bytes: &[u8], limits: &Limits) -> Preview {
    let source = TextPreview::new(bytes, limits);
    if bytes.len() > limits.text_bytes {
        let mut text = source;
        text.notes.push(format!("JSON over {} is not indented", format::bytes(limits.text_bytes as u64)));
        return Preview::Text(text);
    }
    let text = source.text.as_str();
    // Only checked, never kept as values: a float would round what the file says.
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => {
            let pretty = indented(text);
            Preview::Json(source.with_text(pretty, limits))
        }
        Err(error) => {
            let mut text = source;
            text.notes.push(format!("Shown as it is, since it does not read as JSON: {error}"));
            Preview::Text(text)
        }
    }
}

/// JSON indented, with its own numbers, keys and order; `None` if it is not valid.
pub fn pretty(text: &str) -> Option<String> {
    serde_json::from_str::<serde::de::IgnoredAny>(text).ok().map(|_| indented(text))
}

/// Indents valid JSON token by token.
fn indented(text: &str) -> String {
    /// Deeper than this, indentation pushes everything off the page.
    const DEEPEST: usize = 60;
    let mut out = String::with_capacity(text.len() * 2);
    let mut depth: usize = 0;
    let mut chars = text.chars().peekable();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", depth.min(DEEPEST)));
    };
    while let Some(c) = chars.next() {
        match c {
            '"' => string(&mut out, &mut chars),
            '{' | '[' => {
                out.push(c);
                while chars.next_if(char::is_ascii_whitespace).is_some() {}
                if let Some(close) = chars.next_if(|c| matches!(c, '}' | ']')) {
                    out.push(close);
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(c);
            }
            ',' => {
                out.push(c);
                line(&mut out, depth);
            }
            ':' => out.push_str(": "),
            c if c.is_ascii_whitespace() => {}
            c => out.push(c),
        }
    }
    out
}

/// Copies a string whose opening quote was taken.
fn string(out: &mut String, chars: &mut impl Iterator<Item = char>) {
    out.push('"');
    while let Some(c) = chars.next() {
        out.push(c);
        match c {
            '"' => return,
            '\\' => out.extend(chars.next()),
            _ => {}
        }
    }
}
