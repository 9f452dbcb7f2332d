//! Tests of the reader of MLflow databases.

mod ages;
mod artifacts;
mod damage;
mod grouping;
mod oddities;

use runatlas_core::model::{
    ArtifactEntry, ArtifactFile, Experiment, LoggedModel, ModelVersion, Note, Point, RegisteredModel, Run,
};
use runatlas_core::read::mlflow_db::{ArtifactPlaces, DatabaseFiles, MlflowDbReader, is_mlflow_database};
use runatlas_core::read::{ReadError, ReadOptions, Record, Step, StoreReader};
use rusqlite::Connection;

use super::sqlite::{Chance, Files, boxed, database};

const BEFORE_1_0: &str = include_str!("mlflow_db/schema_before_1_0.sql");
const OF_1_27: &str = include_str!("mlflow_db/schema_1_27.sql");
const OF_2_4: &str = include_str!("mlflow_db/schema_2_4.sql");
const OF_3_17: &str = include_str!("mlflow_db/schema_3_17.sql");

/// All that a reader gave, by kind, in its order.
#[derive(Debug, Default)]
struct Given {
    experiments: Vec<Experiment>,
    runs: Vec<Run>,
    histories: Vec<(String, String, Vec<Point>)>,
    artifacts: Vec<ArtifactEntry>,
    files: Vec<ArtifactFile>,
    logged_models: Vec<LoggedModel>,
    registered_models: Vec<RegisteredModel>,
    versions: Vec<ModelVersion>,
    notes: Vec<Note>,
}

impl Given {
    fn add(&mut self, record: Record) {
        match record {
            Record::Experiment(experiment) => self.experiments.push(experiment),
            Record::Run(run) => self.runs.push(*run),
            Record::History { run_id, key, history } => {
                assert!(self.runs.iter().all(|run| run.id != run_id), "a history came behind its run");
                self.histories.push((run_id, key, history.iter().collect()));
            }
            Record::Artifact(entry) => self.artifacts.push(entry),
            Record::ArtifactFile(file) => self.files.push(file),
            Record::LoggedModel(model) => self.logged_models.push(*model),
            Record::RegisteredModel(model) => self.registered_models.push(model),
            Record::ModelVersion(version) => self.versions.push(*version),
            Record::Note(note) => self.notes.push(note),
        }
    }

    fn run(&self, id: &str) -> &Run {
        self.runs.iter().find(|run| run.id == id).unwrap()
    }

    fn notes(&self) -> Vec<String> {
        self.notes.iter().map(|note| format!("{:?} {}: {}", note.kind, note.path, note.reason)).collect()
    }
}

fn files(files: &Files) -> DatabaseFiles {
    DatabaseFiles {
        path: "mlflow.db".to_owned(),
        database: boxed(files.database.clone()),
        wal: files.wal.clone().map(boxed),
        journal: files.journal.clone().map(boxed),
    }
}

fn open(of: &Files) -> Result<MlflowDbReader, ReadError> {
    MlflowDbReader::open(files(of), None, ReadOptions::default())
}

fn read(files: &Files) -> Given {
    read_all(open(files).unwrap())
}

/// Reads to the end, which must come.
fn read_all(mut reader: MlflowDbReader) -> Given {
    let mut given = Given::default();
    let mut out = Vec::new();
    for _ in 0..100_000 {
        let step = reader.step(&mut out);
        out.drain(..).for_each(|record| given.add(record));
        if step == Step::Done {
            return given;
        }
    }
    panic!("the reader does not end");
}

/// A database with this schema and these statements.
fn store(schema: &str, statements: &str) -> Files {
    database(|connection| fill(connection, schema, statements))
}

fn fill(connection: &Connection, schema: &str, statements: &str) {
    connection.execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN").unwrap();
    connection.execute_batch(schema).unwrap();
    connection.execute_batch(statements).unwrap();
    connection.execute_batch("COMMIT").unwrap();
}

/// Statements for an experiment 1 and runs a, b, … in it.
fn some_runs(count: u8) -> String {
    let run = |run: u8| {
        let id = char::from(b'a' + run);
        format!(
            "INSERT INTO runs (run_uuid, experiment_id, name, status, lifecycle_stage)
             VALUES ('{id}', 1, 'run {id}', 'FINISHED', 'active');"
        )
    };
    let experiment =
        "INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (1, 'one', 'active');";
    std::iter::once(experiment.to_owned()).chain((0..count).map(run)).collect()
}

#[test]
fn what_is_a_database_of_mlflow() {
    let check = |statements: &str, expected: Option<&str>| {
        let made = store(statements, "");
        assert_eq!(is_mlflow_database(files(&made)), expected.is_none());
        assert_eq!(open(&made).err().map(|error| error.to_string()).as_deref(), expected);
    };
    for schema in [BEFORE_1_0, OF_1_27, OF_2_4, OF_3_17] {
        check(schema, None);
    }
    check("CREATE TABLE experiments (id)", Some("mlflow.db is not an MLflow database"));
    check("CREATE TABLE moz_places (id, url)", Some("mlflow.db is not an MLflow database"));
    for bytes in [&b""[..], b"SQLite format 3", b"MZ\x90 and so on"] {
        let made = Files { database: bytes.to_vec(), ..Files::default() };
        assert!(!is_mlflow_database(files(&made)));
        assert_eq!(open(&made).err().unwrap().to_string(), "mlflow.db is not an SQLite database");
    }
}

#[test]
fn progress_reaches_its_total() {
    let mut reader = open(&store(OF_3_17, &some_runs(20))).unwrap();
    let mut out = Vec::new();
    let mut last = None;
    while let Step::More(progress) = reader.step(&mut out) {
        assert!(last.is_none_or(|last: runatlas_core::read::Progress| last.done <= progress.done));
        last = Some(progress);
    }
    assert_eq!(last.map(|progress| (progress.done, progress.total)), Some((21, Some(21))));
}
