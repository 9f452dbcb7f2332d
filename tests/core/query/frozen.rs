//! Our search against real MLflow 3.17.2, question by question: the same runs in the same order, or the
//! same error. `tests/golden/search` asked and froze the answers.
//!
//! Errors are compared in a canonical form, without what differs between two runs of MLflow (the order of
//! sets, addresses of objects, SQL text) and without the words that SQLite's driver puts before its own.

use std::path::Path;

use runatlas_core::{
    model::{Experiment, Run},
    query::{Search, StoreKind, View},
    read::Record,
};
use serde_json::Value;

use crate::support::truth::records;

struct Store {
    kind: StoreKind,
    name: &'static str,
    experiments: Vec<Experiment>,
    runs: Vec<Run>,
}

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/search")
}

fn store(name: &'static str, file: &str, kind: StoreKind) -> Store {
    let mut store = Store { kind, name, experiments: Vec::new(), runs: Vec::new() };
    for record in records(&folder().join(file)) {
        match record {
            Record::Experiment(experiment) => store.experiments.push(experiment),
            Record::Run(run) => store.runs.push(*run),
            _ => {}
        }
    }
    store
}

fn texts(value: &Value) -> Option<Vec<String>> {
    let texts = value.as_array()?.iter();
    Some(texts.map(|text| text.as_str().unwrap().to_owned()).collect())
}

fn search(question: &Value, store: &Store) -> Search {
    let id = |name: String| match name.strip_prefix('@') {
        Some(id) => id.to_owned(),
        None => store.experiments.iter().find(|one| one.name == name).unwrap().id.clone(),
    };
    Search {
        experiments: texts(&question["experiments"]).map(|names| names.into_iter().map(id).collect()),
        filter: question["filter"].as_str().unwrap_or_default().to_owned(),
        order_by: texts(&question["order_by"]).unwrap_or_default(),
        view: match question["view"].as_str() {
            Some("deleted") => View::Deleted,
            Some("all") => View::All,
            _ => View::Active,
        },
        extended: false,
    }
}

/// Sorts what stands in each pair of braces, and cuts the names of Python's nodes.
fn canonical(message: &str) -> String {
    let message = message.split("<ast.").next().unwrap().to_owned()
        + if message.contains("<ast.") { "<ast>" } else { "" };
    let mut out = String::new();
    let mut rest = message.as_str();
    while let Some((before, after)) = rest.split_once("{'") {
        let Some((set, later)) = after.split_once("'}") else { break };
        let mut items: Vec<&str> = set.split("', '").collect();
        items.sort_unstable();
        out.extend([before, "{'", &items.join("', '"), "'}"]);
        rest = later;
    }
    out + rest
}

/// The driver says which parameter, and of which class its error is.
fn without_driver(message: &str) -> String {
    let said = message.strip_prefix("(sqlite3.").and_then(|rest| rest.split_once(") "));
    let said = said.map_or(message, |(_, said)| said);
    match said.split_once("Error binding parameter ").and_then(|(_, rest)| rest.split_once(": ")) {
        Some((_, rest)) => format!("Error binding parameter: {rest}"),
        None => said.to_owned(),
    }
}

fn ours(question: &Value, store: &Store) -> Result<Vec<String>, String> {
    let found = search(question, store).run(&store.experiments, &store.runs, store.kind);
    found
        .map(|runs| runs.iter().map(|run| run.id.clone()).collect())
        .map_err(|error| canonical(&error.message))
}

fn theirs(answer: &Value, runs: &[String]) -> Result<Vec<String>, String> {
    if let Some(error) = answer["error"].as_str() {
        Err(canonical(&without_driver(error)))
    } else {
        let numbers = answer.as_array().unwrap().iter();
        Ok(numbers.map(|number| runs[number.as_u64().unwrap() as usize].clone()).collect())
    }
}

#[test]
fn every_answer_is_mlflows() {
    let text = std::fs::read_to_string(folder().join("answers.json")).unwrap();
    let frozen: Value = serde_json::from_str(&text).unwrap();
    let runs = texts(&frozen["runs"]).unwrap();
    let stores = [store("file", "files.zip", StoreKind::File), store("db", "mlflow.db", StoreKind::Sql)];
    let mut wrong = Vec::new();
    let (mut asked, mut errors, mut partly) = (0, 0, 0);
    for question in frozen["answers"].as_array().unwrap() {
        for store in &stores {
            let (ours, theirs) = (ours(question, store), theirs(&question[store.name], &runs));
            asked += 1;
            errors += usize::from(theirs.is_err());
            partly += usize::from(theirs.as_ref().is_ok_and(|found| !found.is_empty() && found.len() < 10));
            if ours != theirs {
                wrong.push(format!("{} {question}\n  ours   {ours:?}\n  theirs {theirs:?}", store.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {asked}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
    // A table of nothing but refusals would prove little.
    assert!(errors > 500 && partly > 500 && asked > 2000, "{asked} asked, {errors} errors, {partly} partly");
}
