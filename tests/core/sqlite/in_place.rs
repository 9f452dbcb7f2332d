//! Databases are read in place: in few large reads, and never twice.

use std::cell::Cell;
use std::io::{Cursor, Read, Result, Seek, SeekFrom};
use std::rc::Rc;

use runatlas_core::read::sqlite::Database;

use super::{Files, database};

/// Counts what is read.
struct Counted {
    file: Cursor<Vec<u8>>,
    calls: Rc<Cell<usize>>,
    bytes: Rc<Cell<usize>>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> Result<usize> {
        let read = self.file.read(buffer)?;
        self.calls.set(self.calls.get() + 1);
        self.bytes.set(self.bytes.get() + read);
        Ok(read)
    }
}

impl Seek for Counted {
    fn seek(&mut self, to: SeekFrom) -> Result<u64> {
        self.file.seek(to)
    }
}

/// Calls and bytes that a scan over `table` takes.
fn cost(files: &Files, table: &str, expected_rows: usize) -> (usize, usize) {
    let (calls, bytes) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let file = Counted {
        file: Cursor::new(files.database.clone()),
        calls: Rc::clone(&calls),
        bytes: Rc::clone(&bytes),
    };
    let database = Database::open(Box::new(file), None, None).unwrap();
    let mut rows = database.rows(database.table(table).unwrap(), &["a"]);
    let mut count = 0;
    while let Some(row) = rows.next_row().unwrap() {
        assert!(row.integer(0).is_some());
        count += 1;
    }
    assert_eq!(count, expected_rows);
    (calls.get(), bytes.get())
}

#[test]
fn a_scan_makes_few_reads() {
    let files = database(|connection| {
        connection
            .execute_batch(
                "PRAGMA synchronous = OFF; CREATE TABLE t (a, b, PRIMARY KEY (b, a));
                 WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 60000)
                 INSERT INTO t SELECT n, hex(n * 7919 % 65536) || 'some more text to fill the pages with' FROM n",
            )
            .unwrap();
    });
    let size = files.database.len();
    assert!(size > 5 << 20);
    let (calls, bytes) = cost(&files, "t", 60_000);
    assert!(calls < size / (128 << 10) + 12, "{calls} reads for {size} bytes");
    assert!(bytes < size + size / 10, "{bytes} bytes for {size}");
}

/// A table whose pages lie all over a large file does not have the file read again and again.
#[test]
fn a_scattered_table_is_read_in_small_pieces() {
    let files = database(|connection| {
        connection
            .execute_batch(
                "PRAGMA synchronous = OFF; CREATE TABLE t (a INTEGER PRIMARY KEY, b);
                 WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 9000)
                 INSERT INTO t SELECT n * 7919 % 9001, zeroblob(2000) FROM n",
            )
            .unwrap();
    });
    let size = files.database.len();
    assert!(size > 16 << 20);
    let (_, bytes) = cost(&files, "t", 9000);
    assert!(bytes < size * 6, "{bytes} bytes for {size}");
}
