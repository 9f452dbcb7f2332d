//! Generated databases of every shape.

use proptest::collection::vec;
use proptest::prelude::*;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::{check_same, database};

/// How a database is laid out.
#[derive(Debug, Clone)]
struct Shape {
    page_size: u32,
    encoding: &'static str,
    auto_vacuum: u8,
    table: usize,
    indexed: bool,
}

/// What is done to it.
#[derive(Debug, Clone)]
enum Act {
    Insert { rowid: Option<i64>, values: [Value; 3] },
    InsertMany(usize),
    DeleteEvery(usize),
    Update(usize, Value),
    AddColumn(usize),
    Vacuum,
}

/// Columns a, b, c are filled; every table but the last has rowids.
const TABLES: &[&str] = &[
    "CREATE TABLE t (a, b TEXT, c REAL)",
    "CREATE TABLE t (a VARCHAR(20) NOT NULL DEFAULT 'x', b DOUBLE PRECISION, c BIGINT, CHECK (b IS NULL OR 1))",
    "CREATE TABLE [t] (id INTEGER PRIMARY KEY AUTOINCREMENT, \"a\" BLOB, `b` FLOAT, 'c' NUMERIC)",
    "CREATE TABLE \"t\" (\n\ta DECIMAL(10, 5), -- first\n\tb CLOB /* , x */ COLLATE NOCASE,\n\tc BOOLEAN\n)",
    "CREATE TABLE t (z AS (1), a INT, y AS (a) VIRTUAL, b FLOAT, x AS (b) STORED, c TEXT)",
    "CREATE TABLE t (c REAL, k INTEGER, a, b TEXT, PRIMARY KEY (k))",
    "CREATE TABLE t (a, c REAL, k, b TEXT, PRIMARY KEY (k DESC, c)) WITHOUT ROWID",
];

/// What ALTER TABLE adds: column definitions.
const COLUMNS: &[&str] = &[
    "TEXT",
    "BIGINT DEFAULT '0' NOT NULL",
    "BOOLEAN DEFAULT '0' NOT NULL",
    "VARCHAR(63) DEFAULT 'default' NOT NULL",
    "FLOAT DEFAULT 3",
    "TEXT DEFAULT 7.5",
    "INTEGER DEFAULT -12",
    "NUMERIC DEFAULT '1e3'",
    "BLOB DEFAULT x'00ff'",
    "REAL DEFAULT (2.5)",
    "INT DEFAULT TRUE",
    "TEXT DEFAULT 'it''s'",
    "INT DEFAULT 0x1F",
    "TEXT DEFAULT +4 CHECK (1)",
    "TEXT DEFAULT 3.0",
    "INTEGER DEFAULT ' 5 '",
    "NUMERIC DEFAULT 9223372036854775808",
    "TEXT DEFAULT NULL",
    "TEXT DEFAULT \"quoted\"",
];

fn any_shape() -> impl Strategy<Value = Shape> {
    let page_size = prop::sample::select(vec![512, 512, 1024, 4096, 8192, 65536]);
    let encoding = prop::sample::select(vec!["UTF-8", "UTF-8", "UTF-16le", "UTF-16be"]);
    (page_size, encoding, 0..3u8, 0..TABLES.len(), any::<bool>()).prop_map(
        |(page_size, encoding, auto_vacuum, table, indexed)| Shape {
            page_size,
            encoding,
            auto_vacuum,
            table,
            indexed,
        },
    )
}

fn any_act() -> impl Strategy<Value = Act> {
    let rowid = prop_oneof![
        3 => Just(None),
        1 => any::<i64>().prop_map(Some),
        1 => (-300..300i64).prop_map(Some),
    ];
    let insert = (rowid, [any_value(), any_value(), any_value()])
        .prop_map(|(rowid, values)| Act::Insert { rowid, values });
    prop_oneof![
        8 => insert,
        2 => (1..400usize).prop_map(Act::InsertMany),
        1 => (1..5usize).prop_map(Act::DeleteEvery),
        1 => (1..5usize, any_value()).prop_map(|(every, value)| Act::Update(every, value)),
        2 => (0..COLUMNS.len()).prop_map(Act::AddColumn),
        1 => Just(Act::Vacuum),
    ]
}

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        1 => Just(Value::Null),
        2 => any::<i64>().prop_map(Value::Integer),
        3 => prop::sample::select(edge_integers()).prop_map(Value::Integer),
        2 => any::<f64>().prop_map(Value::Real),
        2 => prop::sample::select(vec![0.0, -0.0, 1.0, -2.0, 1e15, f64::MAX, f64::NAN, f64::INFINITY, 5e-324])
            .prop_map(Value::Real),
        3 => "\\PC{0,12}".prop_map(Value::Text),
        1 => (1..4000usize).prop_map(|len| Value::Text("añ🦀z".chars().cycle().take(len).collect())),
        1 => prop::sample::select(vec!["1", "-0", "1e3", " 12 ", "0x10", "nan", "1.50"])
            .prop_map(|text| Value::Text(text.to_owned())),
        1 => vec(any::<u8>(), 0..40).prop_map(Value::Blob),
        1 => (400..200_000usize).prop_map(|len| Value::Blob((0..len).map(|i| (i * 7) as u8).collect())),
    ]
}

/// Where serial types change.
fn edge_integers() -> Vec<i64> {
    let powers = [7, 8, 15, 16, 23, 24, 31, 32, 47, 48, 62].map(|bits| 1_i64 << bits);
    let around = powers.into_iter().flat_map(|p| [p - 1, p, p + 1, -p - 1, -p, 1 - p]);
    around.chain([0, 1, 2, -1, i64::MIN, i64::MAX]).collect()
}

fn run(connection: &Connection, shape: &Shape, acts: &[Act]) {
    let (page, encoding, vacuum) = (shape.page_size, shape.encoding, shape.auto_vacuum);
    let set_up = format!(
        "PRAGMA page_size = {page}; PRAGMA encoding = '{encoding}'; PRAGMA auto_vacuum = {vacuum};
         PRAGMA synchronous = OFF; CREATE TABLE before (x); {};
         CREATE TABLE empty (x, y); CREATE VIEW v AS SELECT * FROM t;",
        TABLES[shape.table]
    );
    connection.execute_batch(&set_up).unwrap();
    if shape.indexed {
        connection.execute_batch("CREATE INDEX i ON t (c, a)").unwrap();
    }
    let key = if shape.table == 6 { "k" } else { "rowid" };
    let mut added = 0;
    for (number, act) in acts.iter().enumerate() {
        // A value that a constraint refuses is simply not inserted.
        let _ = match act {
            Act::Insert { rowid, values } => insert(connection, shape, number as i64, *rowid, values),
            Act::InsertMany(count) => insert_many(connection, shape, number as i64, *count),
            Act::DeleteEvery(nth) => {
                connection.execute(&format!("DELETE FROM t WHERE {key} % {nth} = 0"), [])
            }
            Act::Update(nth, value) => {
                connection.execute(&format!("UPDATE t SET b = ?1 WHERE {key} % {nth} = 0"), [value])
            }
            Act::AddColumn(column) => {
                added += 1;
                let sql = format!("ALTER TABLE t ADD COLUMN added_{added} {}", COLUMNS[*column]);
                connection.execute(&sql, []).map(|_| 1)
            }
            Act::Vacuum => connection.execute_batch("VACUUM").map(|()| 0),
        };
    }
}

fn insert(
    connection: &Connection,
    shape: &Shape,
    number: i64,
    rowid: Option<i64>,
    values: &[Value; 3],
) -> rusqlite::Result<usize> {
    let mut values = values.to_vec();
    let (key, rowid) = if shape.table == 6 { ("k", rowid.or(Some(number * 1000))) } else { ("rowid", rowid) };
    let Some(rowid) = rowid else {
        return connection.execute("INSERT INTO t (a, b, c) VALUES (?1, ?2, ?3)", params_from_iter(values));
    };
    values.push(Value::Integer(rowid));
    let sql = format!("INSERT INTO t (a, b, c, {key}) VALUES (?1, ?2, ?3, ?4)");
    connection.execute(&sql, params_from_iter(values))
}

fn insert_many(connection: &Connection, shape: &Shape, number: i64, count: usize) -> rusqlite::Result<usize> {
    let (key, start) =
        if shape.table == 6 { (", k", format!(", {number} * 1000 + n")) } else { ("", String::new()) };
    let sql = format!(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count})
         INSERT INTO t (a, b, c{key}) SELECT n % 7, 'text ' || n, n * 0.5{start} FROM n"
    );
    connection.execute(&sql, [])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn reads_what_sqlite_reads(shape in any_shape(), acts in vec(any_act(), 0..14)) {
        check_same(&database(|connection| run(connection, &shape, &acts)));
    }
}

#[test]
fn many_pages_with_interior_levels() {
    for table in [0, 6] {
        let shape = Shape { page_size: 512, encoding: "UTF-8", auto_vacuum: 1, table, indexed: true };
        check_same(&database(|c| {
            run(c, &shape, &[Act::InsertMany(20_000), Act::DeleteEvery(3), Act::AddColumn(3)]);
        }));
    }
}
