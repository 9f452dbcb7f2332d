use std::rc::Rc;

use runatlas_core::{
    job::{Advance, ImportError, ImportJob, ImportRunner, Origin},
    model::{Counts, ImportReport, Note, NoteKind, SourceKind},
    read::{Record, Tree, tree::MemoryTree},
};

const RUN: &str = "0123456789abcdef0123456789abcdef";

fn store(prefix: &str, runs: &[&str]) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(
        format!("{prefix}1/meta.yaml"),
        "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: E\n".to_owned(),
    )];
    for run in runs {
        let folder = format!("{prefix}1/{run}");
        let meta = format!(
            "run_id: {run}\nrun_uuid: {run}\nrun_name: n\nexperiment_id: '1'\nstatus: 3\n\
                            start_time: 1\nend_time: 2\nlifecycle_stage: active\nartifact_uri: a\nuser_id: u\n"
        );
        files.push((format!("{folder}/meta.yaml"), meta));
        files.push((format!("{folder}/metrics/loss"), "1 0.5 0\n2 0.25 1\n".to_owned()));
        files.push((format!("{folder}/params/lr"), "0.1".to_owned()));
    }
    files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect()
}

fn tree(files: Vec<(String, Vec<u8>)>) -> Tree {
    Rc::new(MemoryTree::new(files))
}

fn job() -> ImportJob {
    ImportJob { file_name: "dropped.zip".into(), ..ImportJob::default() }
}

/// All that an import says: store names with their reports, notes, records.
fn drive(mut runner: ImportRunner) -> (Vec<(String, ImportReport)>, Vec<Note>, Vec<Record>) {
    let (mut stores, mut unreadable, mut records, mut name) =
        (Vec::new(), Vec::new(), Vec::new(), String::new());
    loop {
        match runner.advance(&mut records) {
            Advance::Began(info) => name = info.name,
            Advance::Unreadable(note) => unreadable.push(note),
            Advance::Read(_) => {}
            Advance::StoreDone(report) => stores.push((name.clone(), *report)),
            Advance::Finished => return (stores, unreadable, records),
        }
    }
}

#[test]
fn a_store_is_read_and_reported() {
    let noticed = Note::skipped("locked.txt", "may not be read");
    let job = ImportJob { notes: vec![noticed.clone()], ..job() };
    let runner = ImportRunner::new(&tree(store("mlruns/", &[RUN])), &job, None).unwrap();
    assert_eq!(runner.waiting(), 1);
    let (stores, unreadable, records) = drive(runner);
    let [(_, report)] = stores.as_slice() else { panic!("one store: {stores:?}") };
    assert_eq!(report.read, Counts { experiments: 1, runs: 1, metrics: 1, points: 2, ..Counts::default() });
    assert!(unreadable.is_empty());
    assert_eq!(report.skipped, 1, "what was noticed before is in the report: {:?}", report.groups);
    assert!(matches!(&records[0], Record::Note(note) if *note == noticed), "and among the records");
}

#[test]
fn several_stores_come_one_after_the_other() {
    let other = "fedcba9876543210fedcba9876543210";
    let mut files = store("a/mlruns/", &[RUN]);
    files.extend(store("b/mlruns/", &[RUN, other]));
    let (stores, _, records) = drive(ImportRunner::new(&tree(files), &job(), None).unwrap());
    assert_eq!(stores.iter().map(|(_, report)| report.read.runs).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(records.iter().filter(|record| matches!(record, Record::Run(_))).count(), 3);
    assert!(stores.iter().all(|(name, _)| !name.is_empty()));
}

#[test]
fn a_source_is_imported_again_from_its_own_place() {
    let mut files = store("a/mlruns/", &[RUN]);
    files.extend(store("b/mlruns/", &[]));
    let files = tree(files);
    let runner = ImportRunner::new(&files, &job(), None).unwrap();
    let mut runner = runner;
    let Advance::Began(first) = runner.advance(&mut Vec::new()) else { panic!("a store begins") };
    let again =
        |path: &str| ImportRunner::new(&files, &job(), Some(Origin { kind: SourceKind::Mlruns, path }));
    assert_eq!(again(&first.path).unwrap().waiting(), 1);
    let error = again("elsewhere").err().expect("none of several");
    assert!(matches!(&error, ImportError::SeveralStores { stores: 2, .. }), "{error}");
    let single = tree(store("renamed/mlruns/", &[RUN]));
    let origin = Origin { kind: SourceKind::Mlruns, path: "mlruns" };
    assert!(
        ImportRunner::new(&single, &job(), Some(origin)).is_ok(),
        "the only store is the one that is meant"
    );
}

#[test]
fn nothing_to_import_is_said_with_what_was_seen() {
    let files = tree(vec![("holiday.jpg".into(), b"\xff\xd8\xff\xe0 picture".to_vec())]);
    let error = ImportRunner::new(&files, &job(), None).err().expect("no store");
    assert!(matches!(error, ImportError::NothingFound { .. }));
    assert!(error.to_string().starts_with("no MLflow runs were found in dropped.zip"), "{error}");
}

#[test]
fn stopping_reports_what_was_read() {
    let mut runner = ImportRunner::new(&tree(store("mlruns/", &[RUN])), &job(), None).unwrap();
    let mut records = Vec::new();
    assert!(matches!(runner.advance(&mut records), Advance::Began(_)));
    runner.advance(&mut records);
    let counts = runner.counts();
    assert_eq!(runner.stop().read, counts);
    assert_eq!(runner.advance(&mut records), Advance::Finished);
}

#[test]
fn notes_that_differ_in_numbers_are_one_group() {
    let mut files = store("mlruns/", &[RUN]);
    for metric in 1..=20 {
        let lines = "1 0.5 0\n".repeat(metric) + "not a metric line at all\n";
        files.push((format!("mlruns/1/{RUN}/metrics/m{metric}"), lines.into_bytes()));
    }
    let (stores, _, _) = drive(ImportRunner::new(&tree(files), &job(), None).unwrap());
    let report = &stores[0].1;
    let skipped: Vec<_> = report.groups.iter().filter(|group| group.kind == NoteKind::Skipped).collect();
    assert_eq!(report.skipped, 20);
    assert!(skipped.len() <= 2, "{skipped:?}");
    assert!(skipped.iter().all(|group| group.paths.len() <= ImportReport::MAX_PATHS));
    assert_eq!(
        report.groups.iter().map(|group| group.count).sum::<u64>(),
        report.skipped + report.repaired + report.infos
    );
}
