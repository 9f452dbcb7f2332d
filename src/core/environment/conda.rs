use super::{
    Requirement,
    requirements::{normal, requirement},
};
use crate::read::yaml::Node;

/// conda's `environment.yaml`: `python=3.10`, `conda-forge::numpy=1.26=py310_0`, and pip's list.
pub(super) fn environment(bytes: &[u8]) -> Vec<Requirement> {
    let Ok(root) = Node::parse(bytes) else { return Vec::new() };
    let Some(Node::List(items)) = root.get("dependencies") else { return Vec::new() };
    let mut found = Vec::new();
    for item in items {
        match (item.text(), item.get("pip")) {
            (Some(text), _) => found.extend(dependency(text)),
            (None, Some(pip)) => found.extend(list(pip)),
            _ => {}
        }
    }
    found
}

/// MLflow's `python_env.yaml`. Its `dependencies` may only name another file, which is read by itself.
pub(super) fn python_env(bytes: &[u8]) -> Vec<Requirement> {
    let Ok(root) = Node::parse(bytes) else { return Vec::new() };
    let python = root.get("python").and_then(Node::text);
    let python = python.map(|version| Requirement { name: "python".to_owned(), version: version.to_owned() });
    let lists = ["build_dependencies", "dependencies"].iter().filter_map(|key| root.get(key));
    python.into_iter().chain(lists.flat_map(list)).collect()
}

fn list(node: &Node) -> Vec<Requirement> {
    let Node::List(items) = node else { return Vec::new() };
    items.iter().filter_map(|item| requirement(item.text()?)).collect()
}

/// conda's own form: one `=` pins, a second one names a build.
fn dependency(text: &str) -> Option<Requirement> {
    let text = text.rsplit_once("::").map_or(text, |(_, name)| name).trim();
    let is_pip = text.contains(['<', '>', '!', '~', '[', ' ']) || text.contains("==");
    match text.split_once('=') {
        Some((name, version)) if !is_pip => {
            let version = version.split('=').next().unwrap_or(version);
            let name = normal(name);
            (!name.is_empty()).then(|| Requirement { name, version: version.to_owned() })
        }
        _ => requirement(text),
    }
}
