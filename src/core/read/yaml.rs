//! The YAML that MLflow writes, read as PyYAML's safe loader reads it.
//!
//! Scalars keep their text and whether they were quoted; what a plain scalar means is decided
//! where it is used, by the rules of YAML 1.1, which PyYAML follows: `1e3` is text there, `0o14`
//! and `08` too, `0123` is an octal number, `1_000` is a thousand.

use std::{collections::HashMap, rc::Rc};

use yaml_rust2::{
    Event,
    parser::Parser,
    scanner::{ScanError, TScalarStyle},
};

/// Folders of MLflow nest values two deep; this bounds what a hostile file can cost.
const MAX_DEPTH: usize = 64;

/// A value. Aliases share the value they stand for, so that a small file cannot blow up.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    Scalar {
        text: String,
        plain: bool,
    },
    List(Vec<Rc<Node>>),
    /// Pairs as they stand; of equal keys the last counts.
    Map(Vec<(Rc<Node>, Rc<Node>)>),
}

impl Node {
    /// Reads the first document of a file. An empty file is a null.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Rc<Self>, String> {
        let text = std::str::from_utf8(bytes)
            .map_err(|e| format!("it is not valid UTF-8 (byte {})", e.valid_up_to()))?;
        Builder::run(text.trim_start_matches('\u{feff}'))
    }

    /// The value of a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        let Self::Map(pairs) = self else { return None };
        let found =
            pairs.iter().rev().find(|(k, _)| matches!(&**k, Self::Scalar { text, .. } if text == key));
        found.map(|(_, value)| &**value)
    }

    /// Pairs of text of a map, sorted by key, the last of equal keys; other values are left out.
    pub(crate) fn pairs(&self) -> Vec<(String, String)> {
        let Self::Map(pairs) = self else { return Vec::new() };
        let text =
            |(key, value): &(Rc<Self>, Rc<Self>)| Some((key.text()?.to_owned(), value.text()?.to_owned()));
        let sorted: std::collections::BTreeMap<_, _> = pairs.iter().filter_map(text).collect();
        sorted.into_iter().collect()
    }

    pub(crate) fn is_map(&self) -> bool {
        matches!(self, Self::Map(_))
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null" | "Null" | "NULL"))
    }

    /// A scalar's text as written; `None` for null, lists and maps.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// A whole number. Quoted ones count too, and floats are cut: people edit these files.
    pub(crate) fn int(&self) -> Option<i64> {
        let text = self.text()?;
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let digits = unsigned.replace('_', "");
        let radix = |prefix: &str, radix| i128::from_str_radix(digits.strip_prefix(prefix)?, radix).ok();
        let decimal =
            || digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse::<i128>().ok()).flatten();
        let octal = || (digits.len() > 1).then(|| radix("0", 8)).flatten();
        let value = radix("0x", 16).or_else(|| radix("0b", 2)).or_else(octal).or_else(decimal);
        let value = value.map(|v| if text.starts_with('-') { -v } else { v });
        match value {
            Some(value) => i64::try_from(value).ok(),
            None => cut(text.parse().ok()?),
        }
    }
}

/// A float as a whole number, if it is one that fits.
fn cut(value: f64) -> Option<i64> {
    let fits = value.is_finite() && value.abs() < 9.2e18;
    fits.then_some(value as i64)
}

/// Builds nodes from events with a stack of its own: no file can exhaust the program's.
#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    anchors: HashMap<usize, Rc<Node>>,
    root: Option<Rc<Node>>,
}

struct Open {
    anchor: usize,
    node: Node,
    /// A key that waits for its value.
    key: Option<Rc<Node>>,
}

impl Builder {
    fn run(text: &str) -> Result<Rc<Node>, String> {
        let mut parser = Parser::new_from_str(text);
        let mut builder = Self::default();
        loop {
            let (event, _) = parser.next_token().map_err(|e| place(&e))?;
            match event {
                Event::StreamEnd | Event::DocumentEnd => break,
                event => builder.event(event)?,
            }
        }
        Ok(builder.root.unwrap_or_else(|| Rc::new(Node::Scalar { text: String::new(), plain: true })))
    }

    fn event(&mut self, event: Event) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                self.put(anchor, Node::Scalar { text, plain: style == TScalarStyle::Plain });
            }
            Event::SequenceStart(anchor, _) => self.start(anchor, Node::List(Vec::new()))?,
            Event::MappingStart(anchor, _) => self.start(anchor, Node::Map(Vec::new()))?,
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some(Open { anchor, node, .. }) = self.open.pop() {
                    self.put(anchor, node);
                }
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned();
                self.place(node.ok_or("it refers to a value within itself")?);
            }
            _ => {}
        }
        Ok(())
    }

    fn start(&mut self, anchor: usize, node: Node) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err("its values lie too deep in each other".to_owned());
        }
        self.open.push(Open { anchor, node, key: None });
        Ok(())
    }

    fn put(&mut self, anchor: usize, node: Node) {
        let node = Rc::new(node);
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(&node));
        }
        self.place(node);
    }

    fn place(&mut self, node: Rc<Node>) {
        let Some(parent) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match (&mut parent.node, parent.key.take()) {
            (Node::List(items), _) => items.push(node),
            (Node::Map(pairs), Some(key)) => pairs.push((key, node)),
            (Node::Map(_), None) => parent.key = Some(node),
            (Node::Scalar { .. }, _) => {}
        }
    }
}

fn place(error: &ScanError) -> String {
    format!("it is not valid YAML: {} (line {})", error.info(), error.marker().line())
}
