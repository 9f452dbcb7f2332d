use std::rc::Rc;

use super::Leaves;
use crate::read::yaml::Node;

/// Reads a map or a list; other documents are plain text that happens to be YAML.
pub(super) fn read(text: &str, leaves: &mut Leaves) -> Option<()> {
    let root = Node::parse(text.as_bytes()).ok()?;
    let Node::Map(pairs) = &*root else { return None };
    // `Note: this is prose` is a map, too; keys of a config have no blanks.
    let is_config =
        pairs.iter().all(|(key, _)| key.text().is_some_and(|key| !key.contains(char::is_whitespace)));
    if !is_config {
        return None;
    }
    node(&root, leaves)
}

fn node(value: &Node, leaves: &mut Leaves) -> Option<()> {
    match value {
        Node::Scalar { .. } => leaves.leaf(scalar(value)),
        Node::List(items) if items.is_empty() => leaves.leaf("[]".to_owned()),
        Node::Map(pairs) if pairs.is_empty() => leaves.leaf("{}".to_owned()),
        Node::List(items) => {
            let mut items = items.iter().enumerate();
            items.try_for_each(|(index, item)| leaves.below_index(index, |leaves| node(item, leaves)))
        }
        Node::Map(pairs) => {
            let pair = |(key, value): &(Rc<Node>, Rc<Node>)| {
                let name = key.text().unwrap_or("null");
                leaves.below_key(name, |leaves| node(value, leaves))
            };
            pairs.iter().try_for_each(pair)
        }
    }
}

fn scalar(value: &Node) -> String {
    match (value.text(), value) {
        (None, _) => "null".to_owned(),
        (Some(text), Node::Scalar { plain: true, .. }) => match text {
            "True" | "TRUE" => "true".to_owned(),
            "False" | "FALSE" => "false".to_owned(),
            text => text.to_owned(),
        },
        (Some(text), _) => text.to_owned(),
    }
}
