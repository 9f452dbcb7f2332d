use std::{cell::RefCell, rc::Rc};

use super::{Affinity, Encoding, OwnedValue, Rows, SqliteError, ddl, pager::Pager};

/// A table of the database.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// As written in the schema.
    pub name: String,
    /// In the order of their declaration, without those that are computed when they are read.
    pub columns: Vec<Column>,
    /// Whether rows are kept by primary key, without a rowid.
    pub without_rowid: bool,
    pub(super) root: u32,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// As written in the schema, without quotes.
    pub name: String,
    /// From its declared type.
    pub affinity: Affinity,
    /// Whether it is another name of the rowid.
    pub is_rowid: bool,
    /// Its place in the record.
    pub(super) field: Option<usize>,
    /// What rows written before the column was added show.
    pub default: OwnedValue,
}

impl Table {
    /// The column of this name; case does not matter, as in SQL.
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name.eq_ignore_ascii_case(name))
    }
}

/// Reads the tables from the schema table, which starts on page 1.
pub(super) fn read(pager: &Rc<RefCell<Pager>>, encoding: Encoding) -> (Vec<Table>, Vec<SqliteError>) {
    let mut rows = Rows::new(pager, &schema_table(), &["type", "name", "rootpage", "sql"], encoding);
    let (mut tables, mut problems) = (Vec::new(), Vec::new());
    loop {
        let row = match rows.next_row() {
            Ok(Some(row)) => row,
            Ok(None) => return (tables, problems),
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        if row.text(0).as_deref() != Some("table") {
            continue;
        }
        let name = row.text(1).unwrap_or_default().into_owned();
        // Virtual tables have no pages of their own.
        let Some(root) = row.integer(2).and_then(|page| u32::try_from(page).ok()).filter(|&page| page > 0)
        else {
            continue;
        };
        match row.text(3).and_then(|sql| ddl::parse(&sql)) {
            Some(ddl::Definition { columns, without_rowid }) => {
                tables.push(Table { name, columns, without_rowid, root });
            }
            None => problems.push(SqliteError::Schema {
                name,
                reason: "its CREATE TABLE statement does not parse".into(),
            }),
        }
    }
}

fn schema_table() -> Table {
    let column = |(field, name): (usize, &str)| Column {
        name: name.to_owned(),
        affinity: if name == "rootpage" { Affinity::Integer } else { Affinity::Text },
        is_rowid: false,
        field: Some(field),
        default: OwnedValue::Null,
    };
    let names = ["type", "name", "tbl_name", "rootpage", "sql"];
    let columns = names.into_iter().enumerate().map(column).collect();
    Table { name: "sqlite_schema".to_owned(), columns, without_rowid: false, root: 1 }
}
