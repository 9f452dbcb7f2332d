use super::{super::token::Leaf, Found, cursor::Cursor};

/// A name in backticks or acute accents, in which two of them stand for one: where it ends.
pub(super) fn doubled(c: &Cursor, at: usize, quote: char) -> Option<usize> {
    close(c, at, quote, false)
}

/// A string in single or double quotes, in which two of them, or one after a backslash, end nothing.
pub(super) fn string(c: &Cursor, at: usize) -> Found {
    let quote = c.get(at)?;
    let leaf = match quote {
        '\'' => Leaf::StringSingle,
        '"' => Leaf::StringSymbol,
        _ => return None,
    };
    close(c, at, quote, true).map(|end| (leaf, end))
}

/// Where the quoted text ends. Without an end, the last quote that was passed over is it: that is
/// what a regular expression finds when it goes back.
fn close(c: &Cursor, at: usize, quote: char, escapes: bool) -> Option<usize> {
    let mut end = at + 1;
    let mut passed = None;
    loop {
        let letter = c.get(end);
        if letter.is_none() {
            return passed;
        } else if letter == Some(quote) {
            if !c.is(end + 1, quote) {
                return Some(end + 1);
            }
            passed = Some(end + 1);
            end += 2;
        } else if escapes && letter == Some('\\') && c.is(end + 1, quote) {
            passed = Some(end + 2);
            end += 2;
        } else {
            end += 1;
        }
    }
}
