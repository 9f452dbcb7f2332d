//! Nested values in text: JSON, the `repr` of Python's dicts, lists and config objects, YAML.
//!
//! People log whole configs as one param. [`leaves`] takes such a text apart, so that two of them can
//! be compared value by value. It is no validator: what it does not understand has no leaves, and
//! the text is compared as it stands.

mod literal;
mod yaml;

/// A value inside of a nested one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// Where it is: `optimizer.lr`, `layers[0].units`; a key that is no plain word is quoted.
    pub path: String,
    /// Text without its quotes, a number as it was written; `true`, `false` and `null` in JSON's
    /// words, whatever language wrote them; `{}` and `[]` for what is empty.
    pub text: String,
}

/// Values nested deeper than this are not taken apart.
const DEEPEST: usize = 32;
/// A text with more leaves than this is data, not a config, and is compared as it stands.
const MOST_LEAVES: usize = 2_000;
/// A text longer than this, in bytes, likewise.
const LONGEST: usize = 500_000;

/// Whether a text may be a nested value; cheap, and never wrong about one that is.
pub fn may_be_nested(text: &str) -> bool {
    let text = text.trim_ascii();
    match (text.bytes().next(), text.bytes().next_back()) {
        (Some(b'{'), Some(b'}')) | (Some(b'['), Some(b']')) => true,
        (Some(b'('), Some(b')')) => text.contains(','),
        // `Namespace(lr=0.1)`
        (Some(first), Some(b')')) if first.is_ascii_alphabetic() || first == b'_' => text.contains('='),
        (Some(_), Some(_)) => text.contains('\n') && text.contains(':'),
        _ => false,
    }
}

/// The leaves of a nested value, in the order in which they are written; `None` for any other text.
pub fn leaves(text: &str) -> Option<Vec<Leaf>> {
    let text = text.trim_ascii();
    if text.len() > LONGEST || !may_be_nested(text) {
        return None;
    }
    let mut leaves = Leaves::default();
    let starts_as_literal = matches!(text.bytes().next(), Some(b'{' | b'[' | b'('));
    let read = literal::read(text, &mut leaves);
    if read.is_none() && (starts_as_literal || !text.contains('\n')) {
        return None;
    }
    if read.is_none() {
        leaves = Leaves::default();
        yaml::read(text, &mut leaves)?;
    }
    Some(leaves.found).filter(|found| !found.is_empty())
}

/// Collects leaves while a reader goes down and up.
#[derive(Default)]
struct Leaves {
    path: String,
    depth: usize,
    found: Vec<Leaf>,
}

impl Leaves {
    /// Reads what lies below a key.
    fn below_key<T>(&mut self, key: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '@' | '+');
        let step = if !key.is_empty() && key.chars().all(is_plain) {
            let dot = if self.path.is_empty() { "" } else { "." };
            format!("{dot}{key}")
        } else {
            format!("[{key:?}]")
        };
        self.below(&step, read)
    }

    /// Reads what lies at a place of a list.
    fn below_index<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        self.below(&format!("[{index}]"), read)
    }

    fn below<T>(&mut self, step: &str, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.depth >= DEEPEST {
            return None;
        }
        let before = self.path.len();
        self.path.push_str(step);
        self.depth += 1;
        let read = read(self);
        self.depth -= 1;
        self.path.truncate(before);
        read
    }

    /// Of a key that is written twice the last value counts, as in every reader of JSON and Python.
    fn leaf(&mut self, text: String) -> Option<()> {
        if self.found.len() >= MOST_LEAVES {
            return None;
        }
        self.found.push(Leaf { path: self.path.clone(), text });
        Some(())
    }
}
