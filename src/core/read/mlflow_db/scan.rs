use crate::{
    model::Note,
    read::sqlite::{Database, Row, Rows, SqliteError},
};

/// Rows that one step reads.
const ROWS_A_STEP: u64 = 8192;

/// A scan over a table in bounded steps, which counts what it could not read.
pub(super) struct Scan {
    table: &'static str,
    rows: Option<Rows>,
    errors: u64,
    first_error: Option<SqliteError>,
}

impl Scan {
    /// A scan over the columns named; over nothing, if the database has no such table.
    pub(super) fn new(database: &Database, table: &'static str, columns: &[&str]) -> Self {
        let rows = database.table(table).map(|found| database.rows(found, columns));
        Self { table, rows, errors: 0, first_error: None }
    }

    /// Starts again, at a rowid or at the first row.
    pub(super) fn restart(&mut self, rowid: Option<i64>) {
        let Some(rows) = &mut self.rows else { return };
        if let Some(error) = rowid.and_then(|rowid| rows.seek(rowid).err()) {
            self.add_error(error);
        } else if rowid.is_none() {
            rows.restart();
        }
    }

    /// Hands some thousand rows to `take`; says how many, and whether they were the last.
    pub(super) fn read(&mut self, mut take: impl FnMut(&Row<'_>)) -> (u64, bool) {
        self.read_while(|row| {
            take(row);
            true
        })
    }

    /// The same, until `take` says that no more rows are wanted.
    pub(super) fn read_while(&mut self, mut take: impl FnMut(&Row<'_>) -> bool) -> (u64, bool) {
        for count in 0..ROWS_A_STEP {
            let Some(rows) = &mut self.rows else { return (count, true) };
            match rows.next_row() {
                Ok(Some(row)) => {
                    if !take(&row) {
                        return (count, true);
                    }
                }
                Ok(None) => return (count, true),
                Err(error) => self.add_error(error),
            }
        }
        (ROWS_A_STEP, false)
    }

    /// What was lost, in a sentence.
    pub(super) fn damage(&self, path: &str) -> Option<Note> {
        let first = self.first_error.as_ref()?;
        let reason = match self.errors {
            1 => format!("rows of table {} are lost: {first}", self.table),
            n => format!("rows of table {} are lost in {n} places, first: {first}", self.table),
        };
        Some(Note::skipped(path, reason))
    }

    fn add_error(&mut self, error: SqliteError) {
        self.errors += 1;
        self.first_error.get_or_insert(error);
    }
}
