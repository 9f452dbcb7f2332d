//! What is in there: stores in folders, zips, projects; and what to say when there is none.

use std::{io::Cursor, io::Write as _, rc::Rc, time::Instant};

use runatlas_core::read::{
    ReadOptions, Tree,
    discover::{StoreKind, describe_file, discover},
    tree::MemoryTree,
    zip::ZipLimits,
};

use super::{EXPERIMENT, RUN, read_all, tree};

/// Folders of the stores that are found, with their labels and numbers of runs.
fn found(tree: &Tree) -> Vec<(String, String, usize)> {
    let discovery = discover(tree, ZipLimits::default());
    assert!(discovery.too_large.is_empty());
    let told = discovery.stores.iter().map(|store| {
        let runs = match store.kind {
            StoreKind::Files => read_all(store.open(ReadOptions::default()).unwrap()).runs.len(),
            StoreKind::Database => 0,
        };
        (store.path.clone(), store.label.clone(), runs)
    });
    told.collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], expected: &[(&str, &str, usize)]) {
    let told = found(&tree(files));
    let told: Vec<_> =
        told.iter().map(|(path, label, runs)| (path.as_str(), label.as_str(), *runs)).collect();
    assert_eq!(told, expected);
}

fn under(prefix: &str, files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(path, text)| (format!("{prefix}{path}"), text.as_bytes().to_vec())).collect()
}

const HEX: &str = "0123456789abcdef0123456789abcdef";

#[test]
fn a_store_is_found_wherever_it_lies() {
    check(&[EXPERIMENT, RUN], &[("", "", 1)]);
    for (prefix, path, label) in [
        ("mlruns/", "mlruns", "mlruns"),
        ("my project/src/mlruns/", "my project/src/mlruns", "src"),
        ("results/", "results", "results"),
        ("artifacts/mlruns/", "artifacts/mlruns", "artifacts"),
    ] {
        let tree: Tree = Rc::new(MemoryTree::new(under(prefix, &[EXPERIMENT, RUN, ("1/r/params/a", "1")])));
        assert_eq!(found(&tree), [(path.to_owned(), label.to_owned(), 1)]);
    }
}

#[test]
fn one_experiment_or_one_run_is_enough() {
    let run = format!("{HEX}/meta.yaml");
    let meta = "run_id: r\nexperiment_id: '5'\n";
    check(&[("meta.yaml", EXPERIMENT.1), (&run, meta)], &[("", "", 1)]);
    check(&[(&run, meta), ("other.txt", "")], &[("", "", 1)]);
    check(&[("meta.yaml", meta), ("params/a", "1")], &[("", "", 1)]);
    check(&[("12/r/meta.yaml", meta)], &[("", "", 1)]);
    let read = |files: &[(&str, &str)]| {
        let found = discover(&tree(files), ZipLimits::default());
        read_all(found.stores[0].open(ReadOptions::default()).unwrap())
    };
    let alone = read(&[("meta.yaml", meta), ("params/a", "1"), ("metrics/m", "1 2 3\n")]);
    assert_eq!(alone.run("r").experiment_id, "5");
    assert_eq!(alone.run("r").param("a"), Some("1"));
    assert_eq!((alone.experiments[0].id.as_str(), alone.experiments.len()), ("5", 1));
    let with_meta = read(&[("meta.yaml", EXPERIMENT.1), (&run, meta)]);
    assert_eq!(
        (with_meta.experiments[0].name.as_str(), with_meta.run("r").experiment_id.as_str()),
        ("one", "1")
    );
}

#[test]
fn several_stores_are_told_apart() {
    let mut files = under("a/mlruns/", &[EXPERIMENT, RUN]);
    files.extend(under("b/mlruns/", &[EXPERIMENT]));
    files.extend(under("b/old/mlruns/", &[("models/m/meta.yaml", "name: m\ncreation_timestamp: 1\n")]));
    files.extend(under("a/mlruns/mlruns/", &[EXPERIMENT, RUN]));
    let tree: Tree = Rc::new(MemoryTree::new(files));
    let told = found(&tree);
    let told: Vec<_> =
        told.iter().map(|(path, label, runs)| (path.as_str(), label.as_str(), *runs)).collect();
    assert_eq!(
        told,
        [
            ("a/mlruns", "a/mlruns", 1),
            ("a/mlruns/mlruns", "a/mlruns/mlruns", 1),
            ("b/mlruns", "b", 0),
            ("b/old/mlruns", "old", 0)
        ]
    );
}

#[test]
fn stores_among_artifacts_and_in_packages_are_none() {
    let inner = format!("1/r/artifacts/mlruns/1/{HEX}/meta.yaml");
    check(
        &[
            EXPERIMENT,
            RUN,
            ("1/r/artifacts/mlruns/1/meta.yaml", EXPERIMENT.1),
            (&inner, "run_id: x\nexperiment_id: '1'\n"),
            ("node_modules/x/mlruns/1/meta.yaml", EXPERIMENT.1),
            (".venv/lib/site-packages/x/1/meta.yaml", EXPERIMENT.1),
            ("conda/recipe/meta.yaml", "package:\n  name: x\n"),
        ],
        &[("", "", 1)],
    );
}

fn zip_of(files: Vec<(String, Vec<u8>)>) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        writer.start_file(path, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn in_memory(files: Vec<(String, Vec<u8>)>) -> Tree {
    Rc::new(MemoryTree::new(files))
}

#[test]
fn zips_are_looked_into_to_depth_two() {
    let one = zip_of(under("mlruns/", &[EXPERIMENT, RUN]));
    assert_eq!(
        found(&in_memory(vec![("exp.zip".to_owned(), one.clone())])),
        [("exp.zip/mlruns".to_owned(), "exp".to_owned(), 1)]
    );
    assert_eq!(found(&in_memory(vec![("by content.bin".to_owned(), one.clone())])).len(), 1);
    let two = zip_of(vec![("inner.zip".to_owned(), one)]);
    assert_eq!(
        found(&in_memory(vec![("b.zip".to_owned(), two.clone())])),
        [("b.zip/inner.zip/mlruns".to_owned(), "inner".to_owned(), 1)]
    );
    let three = in_memory(vec![("c.zip".to_owned(), zip_of(vec![("two.zip".to_owned(), two)]))]);
    let discovery = discover(&three, ZipLimits::default());
    assert!(discovery.stores.is_empty());
    assert!(
        discovery.notes.iter().any(|n| n.path == "c.zip/two.zip/inner.zip" && n.reason.contains("too deep"))
    );
}

#[test]
fn an_archive_over_the_limits_is_asked_about() {
    let zip = in_memory(vec![("exp.zip".to_owned(), zip_of(under("", &[EXPERIMENT, RUN])))]);
    let discovery = discover(&zip, ZipLimits { entries: 1, ..ZipLimits::default() });
    assert!(discovery.stores.is_empty() && discovery.notes.is_empty());
    assert_eq!((discovery.too_large[0].path.as_str(), discovery.too_large[0].entries), ("exp.zip", 2));
    assert_eq!(discover(&zip, ZipLimits::UNLIMITED).stores.len(), 1);
}

fn database(mlflow: bool) -> Vec<u8> {
    let temp = tempfile::tempdir().unwrap();
    let path = temp.path().join("x");
    let db = rusqlite::Connection::open(&path).unwrap();
    if mlflow {
        db.execute_batch(
            "create table experiments (experiment_id integer primary key, name text);
             create table runs (run_uuid text primary key, experiment_id integer);
             create table metrics (key text, value real, timestamp bigint, run_uuid text, step bigint, is_nan boolean);
             create table params (key text, value text, run_uuid text);
             create table tags (key text, value text, run_uuid text);",
        )
        .unwrap();
    } else {
        db.execute_batch("create table cities (name text)").unwrap();
    }
    drop(db);
    std::fs::read(path).unwrap()
}

#[test]
fn databases_are_told_by_their_content() {
    let tree = in_memory(vec![
        ("p/backend".to_owned(), database(true)),
        ("p/mlartifacts/1/0123456789abcdef0123456789abcdef/artifacts/model.pkl".to_owned(), b"x".to_vec()),
        ("p/other.sqlite".to_owned(), database(false)),
        ("p/empty.db".to_owned(), Vec::new()),
        ("p/text.db".to_owned(), b"not a database".to_vec()),
    ]);
    let discovery = discover(&tree, ZipLimits::default());
    assert_eq!(discovery.stores.len(), 1, "artifacts alone are no store");
    let store = &discovery.stores[0];
    assert_eq!(
        (store.kind, store.path.as_str(), store.label.as_str()),
        (StoreKind::Database, "p/backend", "p")
    );
    assert!(store.open(ReadOptions::default()).is_ok());
    let notes = format!("{:?}", discovery.notes);
    assert!(notes.contains("not MLflow's") && notes.contains("an empty file"), "{notes}");
}

#[track_caller]
fn check_nothing(files: Vec<(&str, &[u8])>, expected: &str) {
    let tree = in_memory(files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect());
    let discovery = discover(&tree, ZipLimits::default());
    assert!(discovery.stores.is_empty());
    let last = &discovery.notes.last().unwrap().reason;
    assert!(last.contains(expected) && last.contains("Runatlas reads an mlruns folder"), "{last}");
}

#[test]
fn without_a_store_it_is_said_what_was_seen() {
    check_nothing(vec![], "there are no files here");
    check_nothing(vec![("x.pdf", b"%PDF-1.7")], "this is a PDF document");
    check_nothing(vec![("photo", b"\xff\xd8\xff\xe0")], "this is a JPEG image");
    check_nothing(vec![("t.parquet", b"PAR1....")], "this is a Parquet file");
    check_nothing(vec![("mlflow.db", b"version https://git-lfs.github.com/spec/v1\noid x")], "git lfs pull");
    check_nothing(vec![("mlflow.db", b"")], "this is an empty file");
    check_nothing(vec![("mlflow.db", b"hello")], "not an SQLite database, in spite of its name");
    check_nothing(
        vec![("a.csv", b""), ("b.csv", b""), ("c.py", b""), ("LICENSE", b"")],
        "4 files (2 .csv, 1 without an ending, 1 .py)",
    );
    assert_eq!(describe_file("x", b"\0\xff\xfe", 3), "a file of an unknown kind");
}

#[test]
fn two_hundred_thousand_files_are_looked_over_quickly() {
    let mut files = under("p/mlruns/", &[EXPERIMENT]);
    for run in 0..2_000_u32 {
        let folder = format!("p/mlruns/1/{run:032x}");
        files.push((format!("{folder}/meta.yaml"), b"run_id: x\n".to_vec()));
        files.extend((0..99).map(|i| (format!("{folder}/params/p{i:03}"), Vec::new())));
    }
    let tree = in_memory(files);
    let start = Instant::now();
    assert_eq!(discover(&tree, ZipLimits::default()).stores.len(), 1);
    // A debug build on a busy machine; a release build takes a tenth.
    assert!(start.elapsed().as_secs() < 5, "{:?}", start.elapsed());
}
