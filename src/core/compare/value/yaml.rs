use super::{DEEPEST, MOST_VALUES, Scalar, ScalarKind, Value};
use crate::read::yaml::Node;

/// Reads the first document of a YAML file; `None` if it is none, or too much: aliases are written out here, and a
/// small file can stand for a huge one.
pub(super) fn parse(text: &str) -> Option<Value> {
    let node = Node::parse(text.as_bytes()).ok()?;
    value(&node, 0, &mut MOST_VALUES.clone())
}

fn value(node: &Node, depth: usize, left: &mut usize) -> Option<Value> {
    *left = left.checked_sub(1)?;
    if depth > DEEPEST {
        return None;
    }
    Some(match node {
        Node::Scalar { text, plain } => {
            Value::Scalar(Scalar { kind: kind(node, text, *plain), text: shown(node, text) })
        }
        Node::List(items) => {
            Value::List(items.iter().map(|item| value(item, depth + 1, left)).collect::<Option<_>>()?)
        }
        Node::Map(pairs) => {
            let pair = |(key, of): &(std::rc::Rc<Node>, std::rc::Rc<Node>)| {
                let key = match &**key {
                    Node::Scalar { text, .. } => text.clone(),
                    other => value(other, depth + 1, left)?.one_line(80),
                };
                Some((key, value(of, depth + 1, left)?))
            };
            Value::Map(pairs.iter().map(pair).collect::<Option<_>>()?)
        }
    })
}

/// A null may be written as nothing.
fn shown(node: &Node, text: &str) -> String {
    if node.is_null() { "null".to_owned() } else { text.to_owned() }
}

/// What a scalar means by YAML 1.1, which MLflow's own files follow.
fn kind(node: &Node, text: &str, plain: bool) -> ScalarKind {
    let is_bool = || {
        let word = text.to_lowercase();
        matches!(word.as_str(), "true" | "false" | "yes" | "no" | "on" | "off")
    };
    let is_float = || {
        let word = text.trim_start_matches(['-', '+']).to_lowercase();
        let is_name = matches!(word.as_str(), ".inf" | ".nan" | "nan" | "inf" | "infinity");
        is_name || word.starts_with(|c: char| c.is_ascii_digit() || c == '.') && word.parse::<f64>().is_ok()
    };
    match () {
        () if !plain => ScalarKind::Text,
        () if node.is_null() => ScalarKind::Null,
        () if is_bool() => ScalarKind::Bool,
        () if is_float() || node.int().is_some() => ScalarKind::Number,
        () => ScalarKind::Text,
    }
}
