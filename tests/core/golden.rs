//! Our readers against MLflow's own client, over the stores of `tests/golden`.

use std::{fs, path::Path};

use serde_json::Value;

use super::support::truth::{differences, dump, truth};

/// A documented difference: of points that were logged with a dataset, a file store's line has five
/// fields, and MLflow's client takes a step only from lines of three (`_get_metric_from_line` in
/// `store/tracking/file_store.py`). It answers step 0; the step that was logged is in the file.
const FIVE_FIELDS: &str = "/val/loss on data/";

/// A documented difference: where a NaN and a number share the last step and time, the client's
/// answer from files depends on which was written first (Python's `max` of a NaN). Ours is the
/// number, always, as from databases.
const NAN_TIE: &str = "/metrics/steps/same last with nan/value: ours \"1.0\", truth \"nan\"";

fn check(store: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden").join(store);
    let (ours, truth) = (dump(&folder).expect("a store"), truth(&folder));
    assert!(!truth["runs"].as_object().unwrap().is_empty());
    differences(&ours, &truth)
}

#[track_caller]
fn equal(store: &str) {
    let found = check(store);
    let unexplained: Vec<&String> = found.iter().filter(|line| !line.ends_with(NAN_TIE)).collect();
    assert!(unexplained.is_empty(), "{store}: {unexplained:#?}");
    assert_eq!(
        found.len(),
        usize::from(store.ends_with("-file")),
        "{store} differs in the tie with NaN, once"
    );
}

#[test]
fn store_of_mlflow_1_20() {
    equal("1.20.2-file");
    equal("1.20.2-db");
}

#[test]
fn store_of_mlflow_1_30() {
    equal("1.30.1-file");
    equal("1.30.1-db");
}

#[test]
fn store_of_mlflow_2_22() {
    equal("2.22.0-file");
    equal("2.22.0-db");
}

#[test]
fn database_of_mlflow_3_17() {
    equal("3.17.2-db");
}

#[test]
fn files_of_mlflow_3_17_but_for_steps_of_five_field_lines() {
    let mut found = check("3.17.2-file");
    found.retain(|line| !line.ends_with(NAN_TIE));
    let fields: Vec<&str> = found.iter().map(|line| line.split(": ours").next().unwrap()).collect();
    assert_eq!(fields.len(), 3, "{found:#?}");
    for (path, end) in fields.iter().zip(["hash", "max_step", "step"]) {
        assert!(path.contains(FIVE_FIELDS) && path.ends_with(end), "{found:#?}");
    }
}

#[test]
fn every_golden_store_is_tested() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    let stores =
        fs::read_dir(folder).unwrap().filter(|e| e.as_ref().unwrap().path().join("truth.json").is_file());
    assert_eq!(stores.count(), 8, "a golden store was added or lost: test it above");
}

/// The comparer itself: a change of any one value of a dump shows.
#[test]
fn a_changed_value_is_a_difference() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/2.22.0-file");
    let (ours, truth) = (dump(&folder).unwrap(), truth(&folder));
    let mut leaves = Vec::new();
    pointers(&ours, String::new(), &mut leaves);
    for pointer in leaves.iter().filter(|p| !p.starts_with("/notes")).step_by(97) {
        let mut changed = ours.clone();
        *changed.pointer_mut(pointer).unwrap() = Value::from("something else");
        assert!(!differences(&changed, &truth).is_empty(), "{pointer}");
    }
}

fn pointers(value: &Value, at: String, leaves: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), leaves);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                pointers(value, format!("{at}/{index}"), leaves);
            }
        }
        _ => leaves.push(at),
    }
}
