//! Tests of the SQLite reader: everything that SQLite itself reads, we read, value for value.

mod chance;
mod damage;
mod generated;
mod in_place;
mod journal;
mod layout;
mod wal;

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

pub(super) use chance::Chance;
use runatlas_core::read::ReadSeek;
use runatlas_core::read::sqlite::{Database, SqliteError, Value};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

/// A value that is equal to itself, bit for bit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cell {
    Null,
    Integer(i64),
    Real(u64),
    Text(String),
    Blob(Vec<u8>),
}

/// Rowid (0 where there is none) and values.
type Rows = Vec<(i64, Vec<Cell>)>;
type Tables = BTreeMap<String, Rows>;

/// A database and its sidecars as bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Files {
    pub(super) database: Vec<u8>,
    pub(super) wal: Option<Vec<u8>>,
    pub(super) journal: Option<Vec<u8>>,
}

impl Files {
    /// As they lie on disk at this moment.
    pub(super) fn copy(path: &Path) -> Self {
        let beside = |suffix| fs::read(beside(path, suffix)).ok().filter(|bytes| !bytes.is_empty());
        Self { database: fs::read(path).unwrap(), wal: beside("-wal"), journal: beside("-journal") }
    }

    fn write(&self, path: &Path) {
        fs::write(path, &self.database).unwrap();
        for (bytes, suffix) in [(&self.wal, "-wal"), (&self.journal, "-journal")] {
            if let Some(bytes) = bytes {
                fs::write(beside(path, suffix), bytes).unwrap();
            }
        }
    }

    pub(super) fn open(&self) -> Result<Database, SqliteError> {
        let wal = self.wal.clone().map(boxed);
        Database::open(boxed(self.database.clone()), wal, self.journal.clone().map(boxed))
    }
}

pub(super) fn boxed(bytes: Vec<u8>) -> Box<dyn ReadSeek> {
    Box::new(Cursor::new(bytes))
}

fn beside(path: &Path, suffix: &str) -> PathBuf {
    PathBuf::from(format!("{}{suffix}", path.display()))
}

/// Makes a database in a new folder and gives its files while the connection is still open.
pub(super) fn database(make: impl FnOnce(&Connection)) -> Files {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made.db");
    let connection = Connection::open(&path).unwrap();
    make(&connection);
    Files::copy(&path)
}

/// All tables as our reader sees them, and every error it met.
fn ours(files: &Files) -> (Tables, Vec<SqliteError>) {
    let database = files.open().unwrap();
    let mut errors = database.problems().to_vec();
    let mut tables = Tables::new();
    for table in database.tables() {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let mut scan = database.rows(table, &columns);
        let mut rows = Rows::new();
        loop {
            match scan.next_row() {
                Ok(Some(row)) => {
                    rows.push((row.rowid(), (0..columns.len()).map(|i| our_cell(row.value(i))).collect()));
                }
                Ok(None) => break,
                Err(error) => errors.push(error),
            }
        }
        tables.insert(table.name.clone(), rows);
    }
    (tables, errors)
}

fn our_cell(value: Value<'_>) -> Cell {
    match value {
        Value::Null => Cell::Null,
        Value::Integer(whole) => Cell::Integer(whole),
        Value::Real(float) => Cell::Real(float.to_bits()),
        Value::Text(text) => Cell::Text(text.to_str().into_owned()),
        Value::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

/// All tables as SQLite sees them; `None` if it refuses the database.
fn theirs(files: &Files) -> Option<Tables> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    files.write(&path);
    read_all(&Connection::open(&path).ok()?).ok()
}

fn read_all(connection: &Connection) -> rusqlite::Result<Tables> {
    let sql =
        "SELECT name, sql LIKE '%WITHOUT ROWID%' FROM sqlite_schema WHERE type = 'table' AND rootpage > 0";
    let mut names = connection.prepare(sql)?;
    let names: Vec<(String, bool)> =
        names.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let read = |(name, without_rowid): (String, bool)| {
        let quoted = name.replace('"', "\"\"");
        let key = if without_rowid { "0" } else { "_rowid_" };
        let columns = stored_columns(connection, &name)?;
        let mut statement = connection.prepare(&format!("SELECT {key}{columns} FROM \"{quoted}\""))?;
        let width = statement.column_count();
        let rows = statement.query_map([], |row| {
            let cells = (1..width).map(|i| row.get_ref(i).map(their_cell)).collect::<Result<_, _>>()?;
            Ok((row.get(0)?, cells))
        })?;
        Ok((name, rows.collect::<Result<_, rusqlite::Error>>()?))
    };
    names.into_iter().map(read).collect()
}

/// All but those that are computed when they are read.
fn stored_columns(connection: &Connection, table: &str) -> rusqlite::Result<String> {
    let mut names = connection.prepare("SELECT name FROM pragma_table_xinfo(?1) WHERE hidden <> 2")?;
    let quote = |name: String| format!(", \"{}\"", name.replace('"', "\"\""));
    names.query_map([table], |row| row.get(0).map(quote))?.collect()
}

fn their_cell(value: ValueRef<'_>) -> Cell {
    match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(whole) => Cell::Integer(whole),
        ValueRef::Real(float) => Cell::Real(float.to_bits()),
        ValueRef::Text(text) => Cell::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
    }
}

/// Both read the same, and we meet no error.
fn check_same(files: &Files) {
    let (tables, errors) = ours(files);
    assert_eq!(errors, []);
    let expected = theirs(files).expect("SQLite reads it");
    assert_eq!(tables.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, rows) in &expected {
        assert!(
            tables.get(name) == Some(rows),
            "table {name} differs: {:?} is not {rows:?}",
            tables.get(name)
        );
    }
}
