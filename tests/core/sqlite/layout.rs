//! Layouts that no ordinary writer makes today, and what a definition says.

use runatlas_core::read::sqlite::{Row, Rows, SqliteError, is_sqlite};

use super::{Files, check_same, database, ours};

fn check_definition(sql: &str) {
    check_same(&database(|connection| {
        connection.execute_batch(sql).unwrap();
    }));
}

#[test]
fn definitions() {
    check_definition(
        "CREATE TABLE \"a \"\" b\" (\"c , ) \"\" d\" INT, [e ( f] TEXT, `g``h` REAL); INSERT INTO \"a \"\" b\" VALUES (1, 2, 3)",
    );
    check_definition("CREATE TABLE t(a INTEGER PRIMARY KEY DESC, b); INSERT INTO t VALUES (5, 1), (NULL, 2)");
    check_definition(
        "CREATE TABLE t(a INTEGER, b, PRIMARY KEY (a DESC)); INSERT INTO t VALUES (5, 1), (NULL, 2)",
    );
    check_definition("CREATE TABLE t(a INT PRIMARY KEY, b); INSERT INTO t VALUES (5, 1), (NULL, 2)");
    check_definition("CREATE TABLE t(a 'INTEGER' PRIMARY KEY, b); INSERT INTO t VALUES (5, 1)");
    check_definition(
        "CREATE TABLE t(a INTEGER NOT NULL CONSTRAINT pk PRIMARY KEY ASC, b); INSERT INTO t VALUES (5, 1)",
    );
    check_definition(
        "CREATE TABLE t(a, b, CONSTRAINT p PRIMARY KEY(b, a, b)) WITHOUT ROWID; INSERT INTO t VALUES (5, 1)",
    );
    check_definition(
        "CREATE TABLE t(a TEXT PRIMARY KEY, b REAL) STRICT, WITHOUT ROWID; INSERT INTO t VALUES ('x', 1)",
    );
    check_definition(
        "CREATE TEMP TABLE s(a); CREATE TABLE IF NOT EXISTS main.t AS SELECT 1 AS a, 'x' AS b, 2.0 AS c",
    );
    check_definition(
        "CREATE TABLE s(x PRIMARY KEY); CREATE TABLE t(a CHECK (a IN ('),(', ')')) DEFAULT '),(', b DEFAULT (+(NULL)) REFERENCES s (x) ON DELETE CASCADE, c REAL); INSERT INTO t(c) VALUES (1)",
    );
    check_definition(
        "CREATE TABLE t(a/*,*/ INT--,\n, b GENERATED ALWAYS AS (a + 0.5), c FLOAT); INSERT INTO t VALUES (1, 7)",
    );
    check_definition(
        "CREATE TABLE t(a, PRIMARY KEY (a)); ALTER TABLE t ADD COLUMN b REAL DEFAULT 4; INSERT INTO t VALUES (1, 7)",
    );
    check_definition(
        "CREATE TABLE t(a, b, c); INSERT INTO t VALUES (1, 2, 3); ALTER TABLE t DROP COLUMN b; ALTER TABLE t RENAME COLUMN c TO [d e]",
    );
    check_definition(
        "CREATE TABLE naïve(größe INT, \"\" TEXT, \"select\" REAL); INSERT INTO naïve VALUES (1, 2, 3)",
    );
    check_definition("CREATE VIRTUAL TABLE f USING fts5(x); INSERT INTO f VALUES ('some words')");
}

#[test]
fn an_empty_database() {
    check_same(&database(|connection| connection.execute_batch("PRAGMA user_version = 1; VACUUM").unwrap()));
}

#[test]
fn missing_columns_are_null_and_seek_finds_rows() {
    let files = database(|connection| {
        let rows = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 5000)
                    INSERT INTO t SELECT n * 3 - 6000, 'value ' || n FROM n";
        connection
            .execute_batch(&format!(
                "PRAGMA page_size = 512; CREATE TABLE t (id INTEGER PRIMARY KEY, b); {rows}"
            ))
            .unwrap();
    });
    let database = files.open().unwrap();
    let table = database.table("T").unwrap();
    assert_eq!(database.last_rowid(table), Some(9000));
    let mut rows = database.rows(table, &["nothing", "ID", "B"]);
    let check = |rows: &mut Rows, from: i64, expected: Option<i64>| {
        rows.seek(from).unwrap();
        let row = rows.next_row().unwrap();
        assert_eq!(row.as_ref().map(Row::rowid), expected, "seek {from}");
        if let (Some(row), Some(rowid)) = (row, expected) {
            assert_eq!(row.integer(0), None);
            assert_eq!(row.integer(1), Some(rowid));
            assert_eq!(row.text(2).unwrap(), format!("value {}", (rowid + 6000) / 3));
        }
    };
    for from in -6010..9010 {
        let least = i64::max(from, -5997);
        let expected = (least..least + 3).find(|rowid| rowid % 3 == 0).filter(|&rowid| rowid <= 9000);
        check(&mut rows, from, expected);
    }
    check(&mut rows, i64::MIN, Some(-5997));
    check(&mut rows, i64::MAX, None);
    rows.restart();
    assert_eq!(rows.next_row().unwrap().unwrap().rowid(), -5997);
}

/// Some writers reserve the end of every page for checksums or keys.
#[test]
fn reserved_bytes() {
    let mut files = database(|connection| {
        connection
            .execute_batch(
                "PRAGMA page_size = 1024; CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 'one'), (2, 'two')",
            )
            .unwrap();
    });
    let reserved = 32;
    for (number, page) in files.database.chunks_mut(1024).enumerate() {
        let header = if number == 0 { 100 } else { 0 };
        let read = |page: &[u8], at: usize| usize::from(u16::from_be_bytes([page[at], page[at + 1]]));
        let content = read(page, header + 5);
        page.copy_within(content.., content - reserved);
        let cells = read(page, header + 3);
        for at in std::iter::once(header + 5).chain((0..cells).map(|cell| header + 8 + cell * 2)) {
            let moved = (read(page, at) - reserved) as u16;
            page[at..at + 2].copy_from_slice(&moved.to_be_bytes());
        }
        page[1024 - reserved..].fill(0xee);
    }
    files.database[20] = reserved as u8;
    check_same(&files);
}

#[test]
fn not_databases() {
    let check = |bytes: &[u8], expected: &str| {
        let error = Files { database: bytes.to_vec(), ..Files::default() }.open().err().unwrap();
        assert_eq!(error.to_string(), expected);
    };
    let mut good = database(|connection| connection.execute_batch("CREATE TABLE t (a)").unwrap()).database;
    assert!(is_sqlite(&good) && !is_sqlite(b"SQLite format") && !is_sqlite(b""));
    check(b"", "not an SQLite database");
    check(b"PK\x03\x04 and so on", "not an SQLite database");
    check(&good[..50], "the database header is cut off after its first bytes");
    good[16..18].copy_from_slice(&1000_u16.to_be_bytes());
    check(&good, "the database header gives a page size that SQLite does not have");
    good[16..18].copy_from_slice(&512_u16.to_be_bytes());
    good[20] = 33;
    check(&good, "the database header reserves more of a page than SQLite allows");
    good[20] = 0;
    good[59] = 4;
    check(&good, "the database header gives a text encoding that SQLite does not have");
}

/// The size in the header is not asked: tools that cut or append leave it wrong.
#[test]
fn size_in_the_header_is_wrong() {
    let mut files = database(|connection| {
        connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)").unwrap();
    });
    let expected = ours(&files);
    for pages in [0_u32, 1, 1000, u32::MAX] {
        files.database[28..32].copy_from_slice(&pages.to_be_bytes());
        assert_eq!(ours(&files), expected);
    }
}

#[test]
fn a_table_whose_root_is_nowhere() {
    let mut files = database(|connection| {
        connection.execute_batch("CREATE TABLE t (a); CREATE TABLE u (a); INSERT INTO u VALUES (7)").unwrap();
    });
    let at = files.database.windows(4).position(|w| w == [b't', b't', 2, b'C']).unwrap();
    files.database[at + 2] = 99;
    let (tables, errors) = ours(&files);
    assert_eq!(
        errors,
        [SqliteError::Page { page: 99, reason: "there is no such page, the database has 3".into() }]
    );
    assert_eq!(tables["u"].len(), 1);
}
