//! What real servers answered (`tests/live/record.py`), against what MLflow's own client reads.

use std::{collections::BTreeMap, fs::File, path::Path};

use runatlas_core::mlflow::Answer;
use serde_json::Value;

use super::{drive::sync, kept::Kept, live::name};
use crate::support::truth::{differences, truth};

#[track_caller]
fn equal(store: &str) {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let file = File::open(tests.join(format!("live/{store}.json.zip"))).unwrap();
    let mut archive = zip::ZipArchive::new(file).unwrap();
    let answers: BTreeMap<String, Value> =
        serde_json::from_reader(archive.by_name("answers.json").unwrap()).unwrap();
    let mut kept = Kept::default();
    let report = sync(&mut kept, &mut |request, _| {
        let answer = answers.get(&name(request)).unwrap_or_else(|| panic!("not recorded: {}", name(request)));
        let status = answer[0].as_u64().unwrap() as u16;
        Ok(Answer { status, body: answer[1].as_str().unwrap().into(), ..Answer::default() })
    })
    .done();
    let truth = truth(&tests.join("golden").join(store));
    let found = differences(&kept.dump(), &truth);
    assert!(found.is_empty(), "{store}: {found:#?}");
    assert_eq!(report.read.runs, truth["runs"].as_object().unwrap().len() as u64);
    let skipped: Vec<_> =
        report.notes.iter().filter(|note| !note.path.starts_with("logged-models")).collect();
    assert!(skipped.is_empty(), "{skipped:#?}");

    // The same answers once more: nothing but the listings is asked, and nothing is written.
    let mut again = kept.clone();
    let report = sync(&mut again, &mut |request, _| {
        assert!(!request.path.contains("get-history"), "asked again: {}", request.describe());
        let answer = answers.get(&name(request)).unwrap();
        let status = answer[0].as_u64().unwrap() as u16;
        Ok(Answer { status, body: answer[1].as_str().unwrap().into(), ..Answer::default() })
    })
    .done();
    assert_eq!(report.progress.unchanged, report.progress.runs);
}

#[test]
fn mlflow_2_22_from_a_database() {
    equal("2.22.0-db");
}

#[test]
fn mlflow_2_22_from_files() {
    equal("2.22.0-file");
}

#[test]
fn mlflow_3_17_from_a_database() {
    equal("3.17.2-db");
}

#[test]
fn mlflow_3_17_from_files() {
    equal("3.17.2-file");
}
