use std::collections::BTreeMap;

use serde_json::Value;

use super::{Made, context, digest_words};
use crate::{
    model::{DatasetInput, Pairs},
    structure,
    table::RunRef,
};

/// The fact that stands for the whole in the row of the dataset itself.
const SHORT: &str = "";

pub(super) fn of(runs: &[RunRef]) -> Made {
    let mut names: BTreeMap<&str, Vec<Option<Pairs>>> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        for input in &run.run.inputs {
            let row = names.entry(&input.name).or_insert_with(|| vec![None; runs.len()]);
            let Some(cell) = row.get_mut(at) else { continue };
            let facts = facts(input);
            *cell = Some(match cell.take() {
                Some(before) => joined(before, facts),
                None => facts,
            });
        }
    }
    let mut made = super::nested(runs.len(), names, |facts| {
        facts.iter().find(|(name, _)| name == SHORT).map(|(_, text)| text.clone()).unwrap_or_default()
    });
    drop_short(&mut made);
    made
}

/// The row that only carried the words of the dataset's own row.
fn drop_short(made: &mut Made) {
    let mut gone_before = Vec::with_capacity(made.keys.len());
    let mut gone = 0;
    for key in &made.keys {
        gone_before.push(gone);
        gone += usize::from(key.parent.is_some() && key.name == SHORT);
    }
    made.keys.retain(|key| key.parent.is_none() || key.name != SHORT);
    for key in &mut made.keys {
        key.parent = key.parent.map(|parent| parent - gone_before.get(parent).copied().unwrap_or_default());
        key.children = key.children.saturating_sub(1);
    }
}

/// A run may use the same dataset twice, for training and for evaluation.
fn joined(mut before: Pairs, facts: Pairs) -> Pairs {
    for (name, text) in facts {
        match before.iter_mut().find(|(other, _)| *other == name) {
            Some((_, old)) if name != SHORT && *old == text => {}
            Some((_, old)) => *old = format!("{old}, {text}"),
            None => before.push((name, text)),
        }
    }
    before
}

fn facts(input: &DatasetInput) -> Pairs {
    let mut facts =
        vec![(SHORT.to_owned(), digest_words(input)), ("digest".to_owned(), input.digest.clone())];
    let mut push = |name: &str, text: &str| {
        if !text.is_empty() {
            facts.push((name.to_owned(), text.to_owned()));
        }
    };
    push("context", context(input).unwrap_or_default());
    push("source type", &input.source_type);
    open("source", &input.source, &mut facts);
    if let Some(schema) = &input.schema {
        columns(schema, &mut facts);
    }
    if let Some(profile) = &input.profile {
        open("profile", profile, &mut facts);
    }
    facts
}

/// Every value inside of JSON by itself.
fn open(name: &str, text: &str, facts: &mut Pairs) {
    match structure::leaves(text) {
        Some(leaves) => {
            let dot = |path: &str| if path.starts_with('[') { "" } else { "." };
            facts.extend(
                leaves.into_iter().map(|leaf| (format!("{name}{}{}", dot(&leaf.path), leaf.path), leaf.text)),
            );
        }
        None if text.is_empty() => {}
        None => facts.push((name.to_owned(), text.to_owned())),
    }
}

/// `mlflow_colspec` lists the columns (`mlflow/types/schema.py`): each by its name, so that one more column
/// does not shift all others.
fn columns(schema: &str, facts: &mut Pairs) {
    let parsed: Option<Value> = serde_json::from_str(schema).ok();
    let Some(columns) = parsed.as_ref().and_then(|schema| schema.get("mlflow_colspec")?.as_array()) else {
        return open("schema", schema, facts);
    };
    for (index, column) in columns.iter().enumerate() {
        let name = column.get("name").and_then(Value::as_str);
        let kind = column.get("type").and_then(Value::as_str).unwrap_or("unknown");
        let optional =
            if column.get("required").and_then(Value::as_bool) == Some(false) { " (optional)" } else { "" };
        let name = name.map_or_else(|| format!("schema[{index}]"), |name| format!("schema.{name}"));
        facts.push((name, format!("{kind}{optional}")));
    }
}
