//! MLflow databases (`mlflow.db`) of any schema age.

use super::{ReadError, ReadOptions, ReadSeek, Record, Step, StoreReader, Tree};

/// The first bytes of every SQLite database.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

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
    /// `<experiment id>/<run id>/artifacts/…`, best first.
    pub roots: Vec<String>,
}

/// Whether a file that starts with these bytes (at least 16) is an SQLite database.
pub fn is_sqlite(first_bytes: &[u8]) -> bool {
    first_bytes.starts_with(MAGIC)
}

/// Whether these files are a database with MLflow's tracking tables, empty or not.
pub fn is_mlflow_database(files: DatabaseFiles) -> bool {
    let _ = files;
    false
}

/// Reads an MLflow database as a stream of records. Progress counts rows.
pub struct MlflowDbReader {
    _options: ReadOptions,
}

impl MlflowDbReader {
    /// Opens a database: reads its header, schema and sidecars, nothing else.
    pub fn open(
        files: DatabaseFiles,
        artifacts: Option<ArtifactPlaces>,
        options: ReadOptions,
    ) -> Result<Self, ReadError> {
        let _ = (artifacts, options);
        Err(ReadError::Broken { path: files.path, reason: "databases are not read yet".to_owned() })
    }
}

impl StoreReader for MlflowDbReader {
    fn step(&mut self, out: &mut Vec<Record>) -> Step {
        let _ = out;
        Step::Done
    }
}
