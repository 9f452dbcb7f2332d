//! Holds a dump of ours against `truth.json`: what MLflow's own client read.

use std::{collections::BTreeSet, fs, path::Path, rc::Rc};

use runatlas_core::read::{
    ReadOptions, Record, Step, Tree, discover::discover, folder::FolderTree, zip::ZipLimits,
};
use serde_json::{Map, Value};

use super::json;

/// Differences, as lines for people: `path: ours, truth`.
pub(crate) type Differences = Vec<String>;

/// Reads the only store below `path`. `None` if there is none.
pub(crate) fn dump(path: &Path) -> Option<Value> {
    let tree: Tree = Rc::new(FolderTree::open(path).unwrap());
    let found = discover(&tree, ZipLimits::default());
    assert!(found.stores.len() <= 1, "{} stores in {}", found.stores.len(), path.display());
    let store = found.stores.first()?;
    Some(json::of_store(store.open(ReadOptions { keep_artifacts_up_to: 0 }).unwrap()))
}

/// All that the only store below `path` holds.
pub(crate) fn records(path: &Path) -> Vec<Record> {
    let tree: Tree = Rc::new(FolderTree::open(path).unwrap());
    let found = discover(&tree, ZipLimits::default());
    let [store] = found.stores.as_slice() else { panic!("not one store in {}", path.display()) };
    let mut reader = store.open(ReadOptions { keep_artifacts_up_to: 0 }).unwrap();
    let mut records = Vec::new();
    while let Step::More(_) = reader.step(&mut records) {}
    records
}

/// The truth beside a store.
pub(crate) fn truth(folder: &Path) -> Value {
    serde_json::from_slice(&fs::read(folder.join("truth.json")).unwrap()).unwrap()
}

/// Every difference between a dump and a truth, except where the truth is an error of the client.
pub(crate) fn differences(ours: &Value, truth: &Value) -> Differences {
    let mut all = Vec::new();
    objects("experiments", &ours["experiments"], &truth["experiments"], &mut all);
    objects("runs", &ours["runs"], &truth["runs"], &mut all);
    objects("logged_models", &ours["logged_models"], &truth["logged_models"], &mut all);
    let by_name = |list: &Value| -> Value {
        let models = list.as_array().into_iter().flatten();
        Value::Object(models.map(|m| (m["name"].as_str().unwrap().to_owned(), m.clone())).collect())
    };
    let (ours, truth) = (by_name(&ours["registered_models"]), by_name(&truth["registered_models"]));
    objects("registered_models", &ours, &truth, &mut all);
    all
}

fn objects(what: &str, ours: &Value, truth: &Value, all: &mut Differences) {
    let (empty_ours, empty_truth) = (Map::new(), Map::new());
    let ours = ours.as_object().unwrap_or(&empty_ours);
    let truth = truth.as_object().unwrap_or(&empty_truth);
    for id in ours.keys().chain(truth.keys()).collect::<BTreeSet<_>>() {
        let path = format!("{what}/{id}");
        match (ours.get(id), truth.get(id)) {
            (Some(_), None) => all.push(format!("{path}: only in ours")),
            (None, Some(truth)) if is_error(truth) => {}
            (None, Some(_)) => all.push(format!("{path}: only in the truth")),
            (Some(ours), Some(truth)) => entity(&path, ours, truth, all),
            (None, None) => {}
        }
    }
}

/// The client could read neither this nor, by its older version, the same as a fallback.
fn is_error(truth: &Value) -> bool {
    truth.get("reader_error").is_some() && truth.get("fallback").is_none()
}

fn entity(path: &str, ours: &Value, truth: &Value, all: &mut Differences) {
    if is_error(truth) {
        return;
    }
    let truth = truth.get("fallback").unwrap_or(truth);
    let fields = truth.as_object().unwrap();
    let ours_has = ours.as_object().unwrap();
    for key in fields.keys().chain(ours_has.keys()).collect::<BTreeSet<_>>() {
        // About how the truth was read, not about the store.
        let about = ["listed", "missing_dirs", "as_is_error", "fallback"];
        if about.contains(&key.as_str()) || key.starts_with("reader_error") {
            continue;
        }
        // Of databases the truth counts no artifacts; of file stores it counts none as 0.
        if key == "n_artifact_files" && fields.get(key).and_then(Value::as_u64).is_none_or(|n| n == 0) {
            continue;
        }
        values(&format!("{path}/{key}"), ours_has.get(key), fields.get(key), all);
    }
}

fn values(path: &str, ours: Option<&Value>, truth: Option<&Value>, all: &mut Differences) {
    match (ours, truth) {
        (Some(Value::Object(ours)), Some(Value::Object(truth))) => {
            for key in ours.keys().chain(truth.keys()).collect::<BTreeSet<_>>() {
                values(&format!("{path}/{key}"), ours.get(key), truth.get(key), all);
            }
        }
        (Some(Value::Array(ours)), Some(Value::Array(truth))) if ours.len() == truth.len() => {
            let sorted = |list: &[Value]| {
                let mut list = list.to_vec();
                list.sort_by_key(|item| {
                    let Value::Object(fields) = item else { return item.to_string() };
                    // The fields that both sides write alike, nulls and empty texts aside.
                    let told = fields.iter().filter(|(_, v)| !is_nothing(v));
                    told.map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join(";")
                });
                list
            };
            for (at, (ours, truth)) in sorted(ours).iter().zip(&sorted(truth)).enumerate() {
                values(&format!("{path}/{at}"), Some(ours), Some(truth), all);
            }
        }
        (ours, truth) if same(ours, truth) => {}
        (ours, truth) => {
            let show =
                |v: Option<&Value>| v.map_or_else(|| "nothing".to_owned(), |v| shorten(&v.to_string()));
            all.push(format!("{path}: ours {}, truth {}", show(ours), show(truth)));
        }
    }
}

/// Equal, or both nothing (our model writes a text that is not there as an empty one), or the same
/// number, once as text (the client gives versions behind aliases as numbers from databases).
fn same(ours: Option<&Value>, truth: Option<&Value>) -> bool {
    let text = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    match (ours, truth) {
        (Some(a), Some(b)) => {
            a == b || (is_nothing(a) && is_nothing(b)) || (!is_nothing(a) && text(a) == text(b))
        }
        (a, b) => a.is_none_or(is_nothing) && b.is_none_or(is_nothing),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn shorten(text: &str) -> String {
    text.chars().take(160).collect()
}
