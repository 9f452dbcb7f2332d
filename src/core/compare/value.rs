//! Configs by their structure: JSON and YAML as one kind of value.

mod json;
mod known;
mod yaml;

pub(super) use known::{Inside, Known, Numbered};

/// More values than this are not compared by structure.
pub(super) const MOST_VALUES: usize = 200_000;
/// Values nested deeper than this are not compared by structure.
pub(super) const DEEPEST: usize = 64;

/// A value of a config.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Null, truth values, numbers and texts.
    Scalar(Scalar),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, as they stand; of equal keys the last one counts.
    Map(Vec<(String, Value)>),
}

/// A value that holds no others, with its text as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scalar {
    /// What it is.
    pub(super) kind: ScalarKind,
    /// As the file has it; a text without quotes.
    pub(super) text: String,
}

/// What a value is that holds no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ScalarKind {
    Null,
    Bool,
    Number,
    Text,
}

impl Value {
    /// Reads a JSON file; what is not quite JSON (`NaN`, as Python writes it) is tried as YAML.
    pub(super) fn of_json(text: &str) -> Option<Self> {
        json::parse(text).or_else(|| Self::of_yaml(text)).filter(Self::is_config)
    }

    /// Reads the first document of a YAML file.
    pub(super) fn of_yaml(text: &str) -> Option<Self> {
        yaml::parse(text).filter(Self::is_config)
    }

    /// A single text or number is no config.
    fn is_config(&self) -> bool {
        !matches!(self, Self::Scalar(_))
    }

    /// What it is, in a word.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Scalar(scalar) => match scalar.kind {
                ScalarKind::Null => "null",
                ScalarKind::Bool => "true or false",
                ScalarKind::Number => "number",
                ScalarKind::Text => "text",
            },
        }
    }

    /// In one line, as JSON writes it, cut after so many characters.
    pub(super) fn one_line(&self, most: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, most);
        match out.char_indices().nth(most) {
            Some((end, _)) => format!("{}…", out.get(..end).unwrap_or_default()),
            None => out,
        }
    }

    fn write(&self, out: &mut String, most: usize) {
        // Enough, however many characters a byte is.
        if out.len() > 4 * most {
            return;
        }
        match self {
            Self::Scalar(scalar) => out.push_str(&scalar.words()),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    item.write(out, most);
                }
                out.push(']');
            }
            Self::Map(pairs) => {
                out.push('{');
                for (at, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if at > 0 { ", " } else { "" });
                    out.push_str(key);
                    out.push_str(": ");
                    value.write(out, most);
                }
                out.push('}');
            }
        }
    }
}

impl Scalar {
    /// A text in quotes, so that it is told from a number.
    fn words(&self) -> String {
        if self.kind == ScalarKind::Text { format!("\"{}\"", self.text) } else { self.text.clone() }
    }
}
