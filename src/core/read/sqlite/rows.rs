use std::{borrow::Cow, cell::RefCell, rc::Rc};

use super::{
    Affinity, Encoding, OwnedValue, SqliteError, Table, Text, Value,
    btree::{Cell, Cursor, Tree},
    pager::Pager,
    record::{self, Field},
};

/// A scan over a table. It keeps its own place and holds nothing of the [`Database`] but its pages,
/// so scans may run side by side and be put aside between any two rows.
///
/// [`Database`]: super::Database
pub struct Rows {
    cursor: Cursor,
    sources: Vec<Source>,
    encoding: Encoding,
    /// How many of the record's first fields hold all that is wanted.
    fields_wanted: usize,
    fields: Vec<Field>,
    /// The payload's wanted part, where it does not stand in one piece on its page.
    gathered: Vec<u8>,
}

/// Where the value of a wanted column comes from.
enum Source {
    Rowid,
    /// The record's field; where a record is older than the column, its default.
    Field(usize, Affinity, OwnedValue),
    Missing,
}

/// A row of a scan, gone when the next one is asked for.
pub struct Row<'a> {
    rowid: i64,
    payload: &'a [u8],
    rows: &'a Rows,
}

impl Rows {
    pub(super) fn new(
        pager: &Rc<RefCell<Pager>>,
        table: &Table,
        columns: &[&str],
        encoding: Encoding,
    ) -> Self {
        let tree = if table.without_rowid { Tree::Index } else { Tree::Table };
        let sources: Vec<Source> = columns.iter().map(|name| Source::find(table, name)).collect();
        let last = sources.iter().map(|source| if let Source::Field(at, ..) = source { at + 1 } else { 0 });
        Self {
            cursor: Cursor::new(pager, table.root, tree),
            fields_wanted: last.max().unwrap_or(0),
            sources,
            encoding,
            fields: Vec::new(),
            gathered: Vec::new(),
        }
    }

    /// The next row, or `None` at the end. After an error the scan goes on behind what was damaged;
    /// every call moves on, so that a loop over a damaged table ends.
    ///
    /// # Errors
    /// [`SqliteError::Page`] names the page that is damaged.
    #[inline]
    pub fn next_row(&mut self) -> Result<Option<Row<'_>>, SqliteError> {
        let Some(cell) = self.cursor.next_cell()? else { return Ok(None) };
        self.read_record(&cell)?;
        let payload = if self.gathered.is_empty() {
            self.cursor.page_bytes().get(cell.local_start..cell.local_end).unwrap_or_default()
        } else {
            &self.gathered
        };
        Ok(Some(Row { rowid: cell.rowid, payload, rows: self }))
    }

    /// Starts again, before the first row whose rowid is at least `rowid`. No use for tables
    /// without rowids. After an error the scan goes on somewhere behind the damage.
    ///
    /// # Errors
    /// [`SqliteError::Page`] names the page on the way that is damaged.
    pub fn seek(&mut self, rowid: i64) -> Result<(), SqliteError> {
        self.cursor.seek(rowid)
    }

    /// Starts again, before the first row.
    pub fn restart(&mut self) {
        self.cursor.restart();
    }

    fn read_record(&mut self, cell: &Cell) -> Result<(), SqliteError> {
        self.gathered.clear();
        self.fields.clear();
        if self.fields_wanted == 0 {
            return Ok(());
        }
        let damaged = |cursor: &Cursor| {
            let reason = format!("the record of row {} is damaged", cell.rowid);
            SqliteError::page(cursor.page_number(), reason)
        };
        let local = self.cursor.page_bytes().get(cell.local_start..cell.local_end).unwrap_or_default();
        let header = record::varint(local, &mut 0).filter(|&header| header <= cell.payload);
        let Some(header) = header else { return Err(damaged(&self.cursor)) };
        let mut chain = Chain { next: cell.overflow, payload: cell.payload };
        let local = if header <= local.len() as u64 {
            local
        } else {
            chain.gather(&mut self.cursor, &mut self.gathered, cell, header)?;
            &self.gathered
        };
        let wanted = self.fields_wanted;
        if record::read_header(local, header, cell.payload, wanted, &mut self.fields).is_none() {
            return Err(damaged(&self.cursor));
        }
        let end = self.fields.last().map_or(0, |field| field.end());
        if end > local.len() as u64 {
            chain.gather(&mut self.cursor, &mut self.gathered, cell, end)?;
        }
        Ok(())
    }
}

/// The part of a payload that is not on its row's page.
struct Chain {
    next: u32,
    payload: u64,
}

impl Chain {
    /// Brings at least the first `needed` bytes of the payload together.
    fn gather(
        &mut self,
        cursor: &mut Cursor,
        gathered: &mut Vec<u8>,
        cell: &Cell,
        needed: u64,
    ) -> Result<(), SqliteError> {
        if gathered.is_empty() {
            let local = cursor.page_bytes().get(cell.local_start..cell.local_end);
            gathered.extend_from_slice(local.unwrap_or_default());
        }
        let row = cell.rowid;
        if needed > cursor.most_bytes() {
            let reason = format!("row {row} claims to be longer than the database");
            return Err(SqliteError::page(cursor.page_number(), reason));
        }
        while (gathered.len() as u64) < needed {
            if self.next == 0 {
                let reason = format!("the overflow chain of row {row} ends too early");
                return Err(SqliteError::page(cursor.page_number(), reason));
            }
            let page = cursor.overflow_page(self.next)?;
            let short = || SqliteError::page(page.number, "it is too short for an overflow page");
            let (next, content) = page.bytes().split_first_chunk::<4>().ok_or_else(short)?;
            let left = self.payload.saturating_sub(gathered.len() as u64);
            gathered.extend_from_slice(content.get(..left as usize).unwrap_or(content));
            self.next = u32::from_be_bytes(*next);
        }
        Ok(())
    }
}

impl Source {
    fn find(table: &Table, name: &str) -> Self {
        let Some(column) = table.column(name) else { return Self::Missing };
        if column.is_rowid {
            return Self::Rowid;
        }
        match column.field {
            Some(field) => Self::Field(field, column.affinity, column.default.clone()),
            None => Self::Missing,
        }
    }
}

impl<'a> Row<'a> {
    /// The row's key; 0 in tables without rowids.
    pub fn rowid(&self) -> i64 {
        self.rowid
    }

    /// The value of the wanted column `index`, NULL if there is no such column.
    #[inline]
    pub fn value(&self, index: usize) -> Value<'a> {
        match self.rows.sources.get(index) {
            Some(Source::Rowid) => Value::Integer(self.rowid),
            Some(Source::Field(field, affinity, default)) => {
                let Some(field) = self.rows.fields.get(*field) else { return default.as_value() };
                let bytes = self.payload.get(field.start as usize..field.end() as usize);
                let bytes = bytes.unwrap_or_default();
                Value::decode(field.serial, bytes, self.rows.encoding).with_affinity(*affinity)
            }
            Some(Source::Missing) | None => Value::Null,
        }
    }

    /// A whole number; also from a float that is one.
    #[inline]
    pub fn integer(&self, index: usize) -> Option<i64> {
        match self.value(index) {
            Value::Integer(whole) => Some(whole),
            Value::Real(float) if float.trunc() == float && float.abs() < 9.2e18 => Some(float as i64),
            _ => None,
        }
    }

    /// A number.
    #[inline]
    pub fn real(&self, index: usize) -> Option<f64> {
        match self.value(index) {
            Value::Integer(whole) => Some(whole as f64),
            Value::Real(float) => Some(float),
            _ => None,
        }
    }

    /// Text; whole numbers as their digits.
    pub fn text(&self, index: usize) -> Option<Cow<'a, str>> {
        match self.value(index) {
            Value::Text(text) => Some(text.to_str()),
            Value::Integer(whole) => Some(Cow::Owned(whole.to_string())),
            Value::Real(float) => Some(Cow::Owned(float.to_string())),
            Value::Blob(bytes) => Some(String::from_utf8_lossy(bytes)),
            Value::Null => None,
        }
    }

    /// The bytes of text or of a blob, as stored.
    #[inline]
    pub fn bytes(&self, index: usize) -> Option<&'a [u8]> {
        match self.value(index) {
            Value::Text(Text { bytes, .. }) | Value::Blob(bytes) => Some(bytes),
            _ => None,
        }
    }
}
