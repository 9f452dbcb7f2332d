//! Percent-encoding for the parts of a link's fragment.

/// Characters that stand for themselves: those that every chat program and mail client leaves
/// alone, and that have no meaning in our grammar.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}

/// Escapes text for a path part or a value.
pub(crate) fn escape(text: &str) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if is_plain(byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// The text behind [`escape`]; `None` for a broken escape or bytes that are no UTF-8.
pub(crate) fn unescape(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Joins a list; `~` is never plain, so it cannot occur inside an escaped item.
pub(crate) fn join<I: IntoIterator<Item = S>, S: AsRef<str>>(items: I) -> String {
    items.into_iter().map(|item| escape(item.as_ref())).collect::<Vec<_>>().join("~")
}

/// The list behind [`join`]; broken items are left out.
pub(crate) fn split(text: &str) -> Vec<String> {
    text.split('~').filter(|item| !item.is_empty()).filter_map(unescape).collect()
}
