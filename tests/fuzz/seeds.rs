//! Small valid input of every kind: pieces of the golden stores, and stores made here.

use std::{collections::BTreeMap, fmt::Write as _, fs, io::Cursor, io::Write as _, path::PathBuf, rc::Rc};

use runatlas_core::read::{
    FileTree as _,
    zip::{ZipLimits, ZipTree},
};
use rusqlite::Connection;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::chance::Chance;

/// Files by path.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

const SCHEMAS: [&str; 4] = [
    include_str!("../core/mlflow_db/schema_before_1_0.sql"),
    include_str!("../core/mlflow_db/schema_1_27.sql"),
    include_str!("../core/mlflow_db/schema_2_4.sql"),
    include_str!("../core/mlflow_db/schema_3_17.sql"),
];

/// A store in files, cut up so that a round can take a part.
pub(crate) struct FileStore {
    /// What belongs to no run: experiments, models, the bin.
    rest: Files,
    runs: Vec<Files>,
}

impl FileStore {
    /// The golden file stores, oldest first.
    pub(crate) fn golden() -> Vec<Self> {
        ["1.20.2", "1.30.1", "2.22.0", "3.17.2"]
            .map(|version| Self::of(&golden(&format!("{version}-file/store.zip"))))
            .into()
    }

    fn of(archive: &[u8]) -> Self {
        let file = Box::new(Cursor::new(archive.to_vec()));
        let tree = Rc::new(ZipTree::open(file, "store.zip", ZipLimits::default()).unwrap());
        let mut runs: BTreeMap<String, Files> = BTreeMap::new();
        let mut rest = Files::new();
        for file in tree.files().iter().filter(|file| file.size < 4000) {
            let bytes = tree.read(&file.path, 4000).unwrap();
            let of = file
                .path
                .split('/')
                .position(is_run_id)
                .map(|at| file.path.split('/').take(at + 1).collect::<Vec<_>>().join("/"));
            match of {
                Some(run) => runs.entry(run).or_default().insert(file.path.clone(), bytes),
                None => rest.insert(file.path.clone(), bytes),
            };
        }
        Self { rest, runs: runs.into_values().collect() }
    }

    /// One to three of its runs, with most of what belongs to none.
    pub(crate) fn some(&self, chance: &mut Chance) -> Files {
        let mut files: Files =
            self.rest.iter().filter(|_| !chance.one_in(4)).map(|(p, b)| (p.clone(), b.clone())).collect();
        for _ in 0..=chance.below(3) {
            files.extend(chance.pick(&self.runs).clone());
        }
        files
    }
}

fn is_run_id(part: &str) -> bool {
    part.len() == 32 && part.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn golden(path: &str) -> Vec<u8> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden");
    fs::read(folder.join(path)).unwrap()
}

/// An archive of files, each stored or deflated.
pub(crate) fn archive(chance: &mut Chance, files: &Files) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in files {
        let method = if chance.one_in(3) { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let options = SimpleFileOptions::default().compression_method(method).large_file(chance.one_in(8));
        writer.start_file(path.clone(), options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A database with its log and its journal.
#[derive(Clone, Default)]
pub(crate) struct Database {
    pub(crate) main: Vec<u8>,
    pub(crate) wal: Vec<u8>,
    pub(crate) journal: Vec<u8>,
    /// Where its pages begin.
    pub(crate) page_size: usize,
}

/// Databases with tables of every build, read raw.
pub(crate) fn databases() -> Vec<Database> {
    let fill = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 150)
        INSERT INTO t SELECT n, 'text ' || n, n / 3.0, CASE n % 30 WHEN 0 THEN zeroblob(1500) WHEN 1 THEN -n * 1000000007 END FROM n;
        CREATE TABLE small (x TEXT DEFAULT 'y', y INT); INSERT INTO small VALUES ('a', 1); ALTER TABLE small ADD COLUMN z DEFAULT 2.5";
    let made = |set_up: &str, options: &str, end: &str| {
        database(|connection| {
            let table = format!("CREATE TABLE t (a INTEGER PRIMARY KEY, b, c REAL, d) {options}");
            connection
                .execute_batch(&format!("{set_up}; {table}; CREATE INDEX i ON t (b); {fill}; {end}"))
                .unwrap();
        })
    };
    vec![
        made("PRAGMA page_size = 512", "", ""),
        made("PRAGMA page_size = 512; PRAGMA auto_vacuum = 1", "WITHOUT ROWID", ""),
        made("PRAGMA page_size = 1024; PRAGMA encoding = 'UTF-16'", "", ""),
        made("PRAGMA page_size = 512; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0", "", ""),
        made("PRAGMA page_size = 512; PRAGMA cache_size = 3", "", "BEGIN; UPDATE t SET b = b || b"),
    ]
}

/// MLflow's databases of several ages, with a little of everything.
pub(crate) fn mlflow_databases() -> Vec<Database> {
    let mut all = Vec::new();
    for (age, schema) in SCHEMAS.iter().enumerate() {
        for mode in ["", "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;"] {
            all.push(database(|connection| {
                let sql = format!("PRAGMA page_size = 512; {mode} PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; BEGIN; {schema}; COMMIT;");
                connection.execute_batch(&sql).unwrap();
                connection.execute_batch(&rows(age)).unwrap();
            }));
        }
    }
    all
}

fn rows(age: usize) -> String {
    let mut sql = "BEGIN; INSERT INTO experiments (experiment_id, name, lifecycle_stage) VALUES (0, 'Default', 'active'), (1, 'one', 'active'), (2, 'gone', 'deleted');".to_owned();
    for run in ["a", "b", "c"] {
        write!(
            sql,
            "INSERT INTO runs (run_uuid, experiment_id, name, status, lifecycle_stage, start_time, end_time, artifact_uri)
               VALUES ('{run}', {}, 'run {run}', 'FINISHED', 'active', 1700000000000, 1700000001000, 'mlruns/1/{run}/artifacts');
             INSERT INTO params (key, value, run_uuid) VALUES ('lr', '0.1', '{run}'), ('opt', 'adam', '{run}');
             INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', 'n', '{run}'), ('mlflow.parentRunId', 'a', '{run}');
             WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 40)
               INSERT INTO metrics (run_uuid, key, value, timestamp{}) SELECT '{run}', CASE n % 2 WHEN 0 THEN 'loss' ELSE 'acc' END, n / 7.0, 1700000000000 + n{} FROM n;",
            usize::from(run != "a"),
            if age == 0 { "" } else { ", step, is_nan" },
            if age == 0 { "" } else { ", n, n % 13 = 0" },
        )
        .unwrap();
    }
    if age > 0 {
        sql += "INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES ('loss', 5.7, 1700000000040, 40, 0, 'a');
                INSERT INTO registered_models (name) VALUES ('m');
                INSERT INTO model_versions (name, version, run_id, source) VALUES ('m', 1, 'a', 'runs:/a/model');";
    }
    if age == 3 {
        sql += "INSERT INTO datasets (dataset_uuid, experiment_id, name, digest, dataset_source_type, dataset_source) VALUES ('d', 1, 'iris', 'ff', 'local', '{}');
                INSERT INTO inputs (input_uuid, source_type, source_id, destination_type, destination_id) VALUES ('i', 'DATASET', 'd', 'RUN', 'b');
                INSERT INTO input_tags (input_uuid, name, value) VALUES ('i', 'mlflow.data.context', 'train');
                INSERT INTO registered_model_aliases (name, alias, version) VALUES ('m', 'champion', 1);";
    }
    sql + "COMMIT;"
}

fn database(make: impl FnOnce(&Connection)) -> Database {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.db");
    let connection = Connection::open(&path).unwrap();
    make(&connection);
    let page_size = connection.pragma_query_value(None, "page_size", |row| row.get::<_, u32>(0)).unwrap();
    // While the connection is open, so that its log and its journal are there.
    let beside = |end: &str| fs::read(folder.path().join(format!("made.db{end}"))).unwrap_or_default();
    Database {
        main: beside(""),
        wal: beside("-wal"),
        journal: beside("-journal"),
        page_size: page_size as usize,
    }
}

/// The same database after statements, which may fail one by one.
pub(crate) fn after(of: &Database, statements: &[String]) -> Database {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.db");
    fs::write(&path, &of.main).unwrap();
    fs::write(folder.path().join("made.db-wal"), &of.wal).unwrap();
    let connection = Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON",
        )
        .unwrap();
    for statement in statements {
        let _ = connection.execute_batch(statement);
    }
    let beside = |end: &str| fs::read(folder.path().join(format!("made.db{end}"))).unwrap_or_default();
    Database { main: beside(""), wal: beside("-wal"), journal: Vec::new(), page_size: of.page_size }
}

/// Tables and columns of a database.
pub(crate) fn columns(of: &Database) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.db");
    fs::write(&path, &of.main).unwrap();
    fs::write(folder.path().join("made.db-wal"), &of.wal).unwrap();
    let connection = Connection::open(&path).unwrap();
    let sql =
        "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table'";
    let mut statement = connection.prepare(sql).unwrap();
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    found.map(Result::unwrap).collect()
}
