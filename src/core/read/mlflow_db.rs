//! MLflow databases (`mlflow.db`) of any schema age.
//!
//! Tables and columns came and went with MLflow's versions, so the schema is asked for both: a
//! table that is not there has no rows, a column that is not there is NULL.
//!
//! Everything but points is small and is read first, table by table. Points lie in the order in
//! which they were logged, runs and metrics interleaved; [`metrics`] says how they are brought
//! together in bounded memory.

mod artifacts;
mod emit;
mod experiments;
mod keys;
mod logged_models;
mod metrics;
mod registry;
mod runs;
mod scan;
mod series;
mod store;
mod tables;

use super::{
    ReadError, ReadOptions, ReadSeek, Record, Step, StoreReader, Tree,
    sqlite::{Database, SqliteError},
};
use crate::model::Note;
use artifacts::Artifacts;
use metrics::Metrics;
use scan::Scan;
use store::Store;
use tables::TABLES;

pub use super::sqlite::is_sqlite;

/// What points may take in memory at once, in bytes, before a database is read in several passes.
const POINT_MEMORY: usize = 64 << 20;

/// A database with the files that SQLite keeps beside it while it is written.
pub struct DatabaseFiles {
    /// Path of the database, for messages.
    pub path: String,
    /// The database itself; read in place.
    pub database: Box<dyn ReadSeek>,
    /// The file `<path>-wal`, if it is there.
    pub wal: Option<Box<dyn ReadSeek>>,
    /// The file `<path>-journal`, if it is there.
    pub journal: Option<Box<dyn ReadSeek>>,
}

/// Where artifacts of a database's runs may lie.
pub struct ArtifactPlaces {
    /// The tree that the database was found in.
    pub tree: Tree,
    /// Folders of it (no trailing `/`, empty for the root) that may hold
    /// `<experiment id>/<run id>/artifacts/…`, best first. Where none does, a folder
    /// `<run id>/artifacts` anywhere in the tree is taken.
    pub roots: Vec<String>,
}

/// Whether these files are a database with MLflow's tracking tables, empty or not.
pub fn is_mlflow_database(files: DatabaseFiles) -> bool {
    Database::open(files.database, files.wal, files.journal).is_ok_and(|db| has_mlflow_tables(&db))
}

/// Reads an MLflow database as a stream of records. Progress counts rows; the total is an upper
/// bound, because deleted rows leave gaps.
pub struct MlflowDbReader {
    path: String,
    database: Database,
    store: Store,
    phase: Phase,
    artifacts: Option<Artifacts>,
    notes: Vec<Note>,
    progress: super::Progress,
    point_memory: usize,
}

enum Phase {
    /// The small tables, by index into [`TABLES`].
    Table(usize, Option<Box<Scan>>),
    Metrics(Box<Metrics>),
    Artifacts,
    Done,
}

impl MlflowDbReader {
    /// Opens a database: reads its header, schema and sidecars, nothing else.
    ///
    /// # Errors
    /// [`ReadError::Incompatible`] if it is no SQLite database or has not MLflow's tables,
    /// [`ReadError::Broken`] if its header or schema is damaged.
    pub fn open(
        files: DatabaseFiles,
        artifacts: Option<ArtifactPlaces>,
        options: ReadOptions,
    ) -> Result<Self, ReadError> {
        let path = files.path;
        let database =
            Database::open(files.database, files.wal, files.journal).map_err(|e| error(&path, e))?;
        if !has_mlflow_tables(&database) {
            return Err(not_mlflow(path, &database));
        }
        let mut reader = Self {
            store: Store {
                encoding: Some(database.encoding()),
                before_user_tag: database
                    .table("metrics")
                    .is_some_and(|table| table.column("is_nan").is_none()),
                ..Store::default()
            },
            phase: Phase::Table(0, None),
            artifacts: artifacts.map(|places| Artifacts::new(places, options)),
            notes: Vec::new(),
            progress: super::Progress { done: 0, total: Some(expected_rows(&database)) },
            point_memory: POINT_MEMORY,
            path,
            database,
        };
        reader.opening_notes();
        Ok(reader)
    }

    /// Lets points take about this much memory, in bytes, before they are read in several passes.
    #[must_use]
    pub fn with_point_memory(mut self, bytes: usize) -> Self {
        self.point_memory = bytes;
        self
    }

    fn opening_notes(&mut self) {
        let sidecars = self.database.sidecars();
        if sidecars.journal_pages > 0 {
            let reason = "a transaction was cut off while it wrote to this database; \
                          this is the state before it, from the journal";
            self.notes.push(Note::repaired(format!("{}-journal", self.path), reason));
        }
        if sidecars.wal_pages > 0 {
            let reason = "the latest changes come from this log";
            self.notes.push(Note::info(format!("{}-wal", self.path), reason));
        } else if sidecars.wal_ignored {
            let reason = "this log holds no finished change of this database and was ignored";
            self.notes.push(Note::info(format!("{}-wal", self.path), reason));
        } else if sidecars.wal_mode {
            let reason = "this database keeps its latest changes in a file that ends in -wal; \
                          if there is one beside it, open both together";
            self.notes.push(Note::info(self.path.clone(), reason));
        }
        let traces = self.database.table("trace_info").and_then(|table| self.database.last_rowid(table));
        if let Some(traces) = traces {
            self.notes.push(Note::info(self.path.clone(), format!("{traces} traces are not read")));
        }
        for problem in self.database.problems() {
            self.notes.push(Note::skipped(self.path.clone(), problem.to_string()));
        }
    }

    fn read_table(&mut self, index: usize, scan: Option<Box<Scan>>, out: &mut Vec<Record>) -> Phase {
        let Some(table) = TABLES.get(index) else {
            return Phase::Metrics(Box::new(Metrics::new(&self.database, self.point_memory)));
        };
        let mut scan = scan.unwrap_or_else(|| Box::new(Scan::new(&self.database, table.name, table.columns)));
        let (rows, finished) = scan.read(|row| (table.take)(&mut self.store, row));
        self.progress.done += rows;
        if !finished {
            return Phase::Table(index, Some(scan));
        }
        if let Some(damage) = scan.damage(&self.path) {
            self.notes.push(damage);
            self.store.damaged |= table.belongs_to_runs;
        }
        if let Some(finish) = table.finish {
            finish(&mut self.store, out);
        }
        Phase::Table(index + 1, None)
    }

    fn read_metrics(&mut self, mut metrics: Box<Metrics>, out: &mut Vec<Record>) -> Phase {
        let work = metrics.step(&mut self.store, &self.path, out);
        self.progress.done += work.rows;
        if let Some(total) = &mut self.progress.total {
            *total += work.rows_ahead;
        }
        if !work.finished {
            return Phase::Metrics(metrics);
        }
        self.store.final_notes(&self.path);
        Phase::Artifacts
    }
}

impl StoreReader for MlflowDbReader {
    fn step(&mut self, out: &mut Vec<Record>) -> Step {
        self.phase = match std::mem::replace(&mut self.phase, Phase::Done) {
            Phase::Table(index, scan) => self.read_table(index, scan, out),
            Phase::Metrics(metrics) => self.read_metrics(metrics, out),
            Phase::Artifacts => {
                let more = self.artifacts.as_mut().is_some_and(|artifacts| artifacts.step(&self.store, out));
                if more { Phase::Artifacts } else { Phase::Done }
            }
            Phase::Done => Phase::Done,
        };
        out.extend(self.notes.drain(..).chain(self.store.notes.drain(..)).map(Record::Note));
        match self.phase {
            Phase::Done => Step::Done,
            _ => Step::More(self.progress),
        }
    }
}

fn has_mlflow_tables(database: &Database) -> bool {
    let has = |table: &str, column: &str| database.table(table).is_some_and(|t| t.column(column).is_some());
    has("experiments", "experiment_id") && has("runs", "run_uuid")
}

/// How many rows the tables have that will be read, where nothing was ever deleted.
fn expected_rows(database: &Database) -> u64 {
    let names = TABLES.iter().map(|table| table.name).chain(["metrics"]);
    let tables = names.filter_map(|name| database.table(name));
    tables.filter_map(|table| u64::try_from(database.last_rowid(table)?).ok()).fold(0, u64::saturating_add)
}

fn error(path: &str, error: SqliteError) -> ReadError {
    match error {
        SqliteError::NotADatabase => {
            ReadError::Incompatible { path: path.to_owned(), expected: "an SQLite database" }
        }
        other => ReadError::Broken { path: path.to_owned(), reason: other.to_string() },
    }
}

/// A damaged schema may have lost the tables that would tell.
fn not_mlflow(path: String, database: &Database) -> ReadError {
    match database.problems().first() {
        Some(problem) => ReadError::Broken { path, reason: problem.to_string() },
        None => ReadError::Incompatible { path, expected: "an MLflow database" },
    }
}
