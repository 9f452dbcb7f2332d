//! The file `MLmodel` beside a logged model, and the tag `mlflow.log-model.history`, which repeats it.
//!
//! Format: `mlflow/models/model.py` (`Model.to_dict`) and `mlflow/types/schema.py`: the inputs and
//! outputs of a signature are JSON inside of the YAML.

use std::rc::Rc;

use crate::{format, model::Pairs, read::yaml::Node};

/// A model as its `MLmodel` describes it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ModelFile {
    /// Its folder among the run's artifacts, as logged: `model`.
    pub artifact_path: String,
    /// What is comparable of it, in the order in which it is shown: flavours with their versions, fields of
    /// the signature (`inputs.age`: `long`). Ids and times are left out: they differ always.
    pub facts: Pairs,
}

impl ModelFile {
    /// Reads an `MLmodel`; `None` for what is none.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Self::of(&*Node::parse(bytes).ok()?)
    }

    /// Reads the tag `mlflow.log-model.history`: every model that the run logged, the last of each path.
    pub fn history(text: &str) -> Vec<Self> {
        let Ok(root) = Node::parse(text.as_bytes()) else { return Vec::new() };
        let Node::List(items) = &*root else { return Vec::new() };
        let mut found: Vec<Self> = Vec::new();
        for model in items.iter().filter_map(|item| Self::of(item)) {
            found.retain(|other| other.artifact_path != model.artifact_path);
            found.push(model);
        }
        found
    }

    fn of(root: &Node) -> Option<Self> {
        let flavors = root.get("flavors").filter(|flavors| flavors.is_map())?;
        let path = root.get("artifact_path").and_then(Node::text).unwrap_or_default();
        // MLflow 3 writes the whole address of its store here.
        let artifact_path = if path.contains("://") { String::new() } else { path.to_owned() };
        let mut facts = flavor_facts(flavors);
        let text = |key: &str| root.get(key).and_then(Node::text).map(str::to_owned);
        facts.extend(text("mlflow_version").map(|version| ("mlflow".to_owned(), version)));
        if let Some(signature) = root.get("signature") {
            for part in ["inputs", "outputs", "params"] {
                facts.extend(
                    signature.get(part).map(|fields| signature_facts(part, fields)).unwrap_or_default(),
                );
            }
        } else {
            facts.push(("signature".to_owned(), "none".to_owned()));
        }
        let size = root.get("model_size_bytes").and_then(Node::int).and_then(|size| u64::try_from(size).ok());
        facts.extend(size.map(|size| ("size".to_owned(), format::bytes(size))));
        let example = root.get("saved_input_example_info").and_then(|info| info.get("type")?.text());
        facts.extend(example.map(|kind| ("input example".to_owned(), kind.to_owned())));
        Some(Self { artifact_path, facts })
    }
}

/// Each flavour with its version; of `python_function`, which every model has, the Python.
fn flavor_facts(flavors: &Node) -> Pairs {
    let Node::Map(pairs) = flavors else { return Vec::new() };
    let mut facts = Pairs::new();
    for (name, flavor) in pairs {
        let Some(name) = name.text() else { continue };
        let inside = |key: &str| flavor.get(key).and_then(Node::text);
        if name == "python_function" {
            facts.extend(inside("python_version").map(|version| ("python".to_owned(), version.to_owned())));
            facts.extend(inside("loader_module").map(|module| ("loader".to_owned(), module.to_owned())));
            continue;
        }
        let Node::Map(entries) = &**flavor else { continue };
        let version = entries.iter().find(|(key, _)| key.text().is_some_and(|key| key.ends_with("_version")));
        let version = version.and_then(|(_, version)| version.text()).unwrap_or("no version");
        facts.push((format!("flavor {name}"), version.to_owned()));
        for key in ["model_class", "model_type", "serialization_format", "task"] {
            facts.extend(
                inside(key).map(|text| (format!("{name} {}", key.replace('_', " ")), text.to_owned())),
            );
        }
    }
    facts
}

/// The fields of one side of a signature.
fn signature_facts(part: &str, fields: &Node) -> Pairs {
    let Some(text) = fields.text() else { return Vec::new() };
    let Ok(root) = Node::parse(text.as_bytes()) else { return vec![(part.to_owned(), text.to_owned())] };
    let Node::List(items) = &*root else { return vec![(part.to_owned(), text.to_owned())] };
    let field = |(index, field): (usize, &Rc<Node>)| {
        let name = field
            .get("name")
            .and_then(Node::text)
            .map_or_else(|| format!("[{index}]"), |name| format!(".{name}"));
        let optional = field.get("required").or_else(|| field.get("optional"));
        let is_optional = match (optional.and_then(Node::text), field.get("required").is_some()) {
            (Some("false" | "False"), true) | (Some("true" | "True"), false) => " (optional)",
            _ => "",
        };
        let default = field.get("default").and_then(Node::text).map(|value| format!(" = {value}"));
        (format!("{part}{name}"), format!("{}{}{is_optional}", kind(field, 0), default.unwrap_or_default()))
    };
    items.iter().enumerate().map(field).collect()
}

/// A type in short: `long`, `float32 (−1, 28, 28)`, `array<string>`, `object {a: long}`.
fn kind(field: &Node, depth: usize) -> String {
    if depth > 8 {
        return "…".to_owned();
    }
    let below = |key: &str| field.get(key).map(|inner| kind(inner, depth + 1)).unwrap_or_default();
    match field.get("type").and_then(Node::text) {
        Some("tensor") => field.get("tensor-spec").map(tensor).unwrap_or_default(),
        Some("array") => format!("array<{}>", below("items")),
        Some("map") => format!("map<{}>", below("values")),
        Some("object") => {
            let Some(Node::Map(pairs)) = field.get("properties") else { return "object".to_owned() };
            let one = |(name, inner): &(Rc<Node>, Rc<Node>)| {
                format!("{}: {}", name.text().unwrap_or_default(), kind(inner, depth + 1))
            };
            format!("object {{{}}}", pairs.iter().map(one).collect::<Vec<_>>().join(", "))
        }
        Some(other) => other.to_owned(),
        None => String::new(),
    }
}

fn tensor(spec: &Node) -> String {
    let dtype = spec.get("dtype").and_then(Node::text).unwrap_or("tensor");
    let Some(Node::List(sizes)) = spec.get("shape") else { return dtype.to_owned() };
    let sizes: Vec<String> =
        sizes.iter().filter_map(|size| size.text()).map(|size| size.replace('-', "−")).collect();
    format!("{dtype} ({})", sizes.join(", "))
}
