//! A read-only reader of SQLite tables, in place over `Read + Seek`.
//!
//! It reads what the file format (<https://www.sqlite.org/fileformat2.html>) says a table holds,
//! the way SQLite itself would show it, with the write-ahead log and a hot rollback journal laid
//! over the file. It has no SQL, writes nothing, and holds some megabytes however large the file is.
//!
//! Contract: nothing in the bytes is trusted. Every page number, cell pointer, length and chain is
//! checked, a page is used at most once in a scan, and memory grows only with bytes that are really
//! there. A damaged page costs the rows below it: [`Rows::next_row`] gives the error and goes on
//! with the next sibling.

mod btree;
mod cache;
mod ddl;
mod error;
mod header;
mod journal;
mod literal;
mod page_set;
mod pager;
mod record;
mod rows;
mod schema;
mod tokens;
mod value;
mod wal;

use std::{cell::RefCell, rc::Rc};

pub use error::SqliteError;
pub use header::{MAGIC, is_sqlite};
pub use rows::{Row, Rows};
pub use schema::{Column, Table};
pub use value::{Affinity, Encoding, OwnedValue, Text, Value};

use super::ReadSeek;
use pager::Pager;

/// An open database.
pub struct Database {
    pager: Rc<RefCell<Pager>>,
    encoding: Encoding,
    tables: Vec<Table>,
    problems: Vec<SqliteError>,
    sidecars: Sidecars,
}

/// What the files beside the database did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sidecars {
    /// The database's header says that it is written through a write-ahead log.
    pub wal_mode: bool,
    /// Pages taken from the write-ahead log, each counted once.
    pub wal_pages: u64,
    /// The log was given and holds something, but none of it belongs to this database.
    pub wal_ignored: bool,
    /// Pages taken back from the rollback journal: a transaction was cut off, and this is the
    /// state before it.
    pub journal_pages: u64,
}

impl Database {
    /// Opens a database: reads its header, the headers of its sidecars' frames, and its schema.
    ///
    /// `wal` is the file `<database>-wal`, `journal` the file `<database>-journal`, where they are
    /// there; one that is empty or not what it should be is ignored, as SQLite does.
    ///
    /// # Errors
    /// [`SqliteError::NotADatabase`] for other files, [`SqliteError::Header`] or
    /// [`SqliteError::Page`] if page 1 makes no sense. A damaged schema is none: see
    /// [`Self::problems`].
    pub fn open(
        file: Box<dyn ReadSeek>,
        wal: Option<Box<dyn ReadSeek>>,
        journal: Option<Box<dyn ReadSeek>>,
    ) -> Result<Self, SqliteError> {
        let (pager, header, sidecars) = Pager::open(file, wal, journal)?;
        let pager = Rc::new(RefCell::new(pager));
        let (tables, problems) = schema::read(&pager, header.encoding);
        Ok(Self { pager, encoding: header.encoding, tables, problems, sidecars })
    }

    /// All ordinary tables of the schema, in its order.
    pub fn tables(&self) -> &[Table] {
        &self.tables
    }

    /// The table of this name; case does not matter, as in SQL.
    pub fn table(&self, name: &str) -> Option<&Table> {
        self.tables.iter().find(|t| t.name.eq_ignore_ascii_case(name))
    }

    /// What of the schema could not be read.
    pub fn problems(&self) -> &[SqliteError] {
        &self.problems
    }

    /// What the files beside the database did.
    pub fn sidecars(&self) -> Sidecars {
        self.sidecars
    }

    /// How text is stored.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// A scan over all rows of `table`, in the order of its keys, that gives the columns named.
    /// A column that the table does not have is NULL in every row.
    pub fn rows(&self, table: &Table, columns: &[&str]) -> Rows {
        Rows::new(&self.pager, table, columns, self.encoding)
    }

    /// The greatest rowid of `table`: for a table without deletions, how many rows it has.
    /// `None` for an empty or damaged table and for tables without rowids.
    pub fn last_rowid(&self, table: &Table) -> Option<i64> {
        if table.without_rowid {
            return None;
        }
        btree::last_rowid(&self.pager, table.root).ok().flatten()
    }
}
