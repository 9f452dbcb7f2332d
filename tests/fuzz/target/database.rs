//! SQLite files, raw and as MLflow's stores: pages, cells, logs, journals, and odd rows in sound files.

use runatlas_core::read::sqlite::{Database as Reader, Sidecars};

use crate::{
    chance::Chance,
    check,
    meter::Meter,
    mutate,
    run::Round,
    seeds::{self, Database},
};

pub(super) fn sqlite() -> Round {
    let databases = seeds::databases();
    Box::new(move |chance| {
        let mut database = chance.pick(&databases).clone();
        damage(chance, &mut database);
        scan(database).is_some()
    })
}

/// Logs whose checksums hold although their pages do not: what an enemy writes.
pub(super) fn wal() -> Round {
    let databases: Vec<Database> =
        seeds::databases().into_iter().filter(|database| !database.wal.is_empty()).collect();
    Box::new(move |chance| {
        let mut database = chance.pick(&databases).clone();
        let length = database.wal.len();
        let other = database.main.clone();
        for _ in 0..=chance.below(3) {
            if chance.one_in(3) {
                // Page number, or size of the database after the transaction.
                let frames = (length - 32) / (24 + database.page_size);
                let frame = 32 + chance.below(frames) * (24 + database.page_size) + 4 * chance.below(2);
                if let Some(field) = database.wal.get_mut(frame..frame + 4) {
                    mutate::number(chance, field);
                }
            } else {
                mutate::bytes(chance, &mut database.wal, &other);
            }
        }
        sign(&mut database.wal, database.page_size);
        let sidecars = scan(database);
        assert!(sidecars.is_none_or(|sidecars| sidecars.wal_pages <= (length as u64 * 10) / 512));
        sidecars.is_some_and(|sidecars| sidecars.wal_pages > 0)
    })
}

pub(super) fn mlflow() -> Round {
    let databases = seeds::mlflow_databases();
    Box::new(move |chance| {
        let mut database = chance.pick(&databases).clone();
        damage(chance, &mut database);
        import(&database)
    })
}

/// Values that no MLflow would write, in a database that SQLite finds sound.
pub(super) fn mlflow_rows() -> Round {
    let databases: Vec<_> =
        seeds::mlflow_databases().into_iter().map(|database| (seeds::columns(&database), database)).collect();
    Box::new(move |chance| {
        let (columns, database) = chance.pick(&databases);
        let statements: Vec<String> = (0..=chance.below(4)).map(|_| odd_statement(chance, columns)).collect();
        import(&seeds::after(database, &statements))
    })
}

fn odd_statement(chance: &mut Chance, columns: &[(String, String)]) -> String {
    const VALUES: &[&str] = &[
        "NULL",
        "''",
        "'x'",
        "X'00ff80'",
        "0",
        "-1",
        "1",
        "9223372036854775807",
        "-9223372036854775808",
        "1e308 * 10",
        "-1e308 * 10",
        "0.5",
        "'nan'",
        "zeroblob(3000)",
        "printf('%.*c', 5000, 'x')",
        "'{\"a\":'",
        "'..'",
        "'../../x'",
        "'a'",
        "'deleted'",
        "char(0)",
        "char(65533)",
        "'1700000000000'",
        "5",
        "1.5e18",
    ];
    let (table, column) = chance.pick(columns);
    let value = chance.pick(VALUES);
    let copied = format!(
        "CREATE TABLE copy AS SELECT * FROM \"{table}\"; DROP TABLE \"{table}\"; ALTER TABLE copy RENAME TO \"{table}\""
    );
    match chance.below(14) {
        0 => format!("DROP TABLE \"{table}\""),
        1 => format!("ALTER TABLE \"{table}\" RENAME COLUMN \"{column}\" TO \"other\""),
        2 => format!("DELETE FROM \"{table}\" WHERE rowid % {} = 0", 1 + chance.below(3)),
        3 => format!("INSERT INTO \"{table}\" (\"{column}\") VALUES ({value})"),
        // Without keys that would keep rows unique, and then each twice.
        4 => copied,
        5 | 6 => format!("{copied}; INSERT INTO \"{table}\" SELECT * FROM \"{table}\""),
        _ => format!(
            "UPDATE OR REPLACE \"{table}\" SET \"{column}\" = {value} WHERE rowid % {} = 0",
            1 + chance.below(4)
        ),
    }
}

/// Damages the database or a file beside it, with a taste for the fronts of pages.
fn damage(chance: &mut Chance, database: &mut Database) {
    let Database { main, wal, journal, page_size } = database;
    let (file, other) = match chance.below(3) {
        0 if !wal.is_empty() => (wal, &*main),
        0 if !journal.is_empty() => (journal, &*main),
        _ => (main, &*wal),
    };
    if chance.one_in(3) {
        return mutate::bytes(chance, file, other);
    }
    for _ in 0..=chance.below(4) {
        let page = chance.below(file.len() / *page_size) * *page_size;
        // The header of the file stands before the first page's own.
        let header = if page == 0 { 100 } else { 0 };
        let at = match chance.below(4) {
            0 => chance.below(108),
            1 => page + header + chance.below(8),
            2 => page + header + 8 + chance.below(64),
            _ => page + chance.below(*page_size),
        };
        let at = at.min(file.len() - 1);
        match chance.below(4) {
            // A page that leads to any other, itself too.
            0 => {
                let number = chance.below(file.len() / *page_size + 2) as u32;
                let to = (at + 4).min(file.len());
                file[at..to].copy_from_slice(&number.to_be_bytes()[..to - at]);
            }
            1 => file[page + header.min(*page_size - 1)] = *chance.pick(&[2, 5, 10, 13]),
            _ => mutate::number(chance, &mut file[at..]),
        }
    }
}

/// Reads every table to its end; `None` if it is no database any more.
fn scan(database: Database) -> Option<Sidecars> {
    let meter = Meter::default();
    let length = (database.main.len() + database.wal.len() + database.journal.len()) as u64;
    let beside = |bytes: Vec<u8>| (!bytes.is_empty()).then(|| meter.file(bytes));
    let (wal, journal) = (beside(database.wal), beside(database.journal));
    let opened = Reader::open(meter.file(database.main), wal, journal);
    let reader = opened.inspect_err(|error| assert!(!error.to_string().is_empty())).ok()?;
    let mut steps = 0;
    for table in reader.tables() {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let mut rows = reader.rows(table, &columns);
        loop {
            steps += 1;
            match rows.next_row() {
                Ok(Some(row)) => (0..columns.len()).for_each(|column| {
                    let _ = (row.text(column), row.real(column), row.integer(column), row.bytes(column));
                }),
                Ok(None) => break,
                Err(error) => assert!(!error.to_string().is_empty()),
            }
        }
        let _ = reader.last_rowid(table);
    }
    // Each page is used once in a scan, and a cell takes at least its pointer.
    let tables = reader.tables().len() as u64;
    assert!(steps <= (tables + 1) * (length / 2 + 10), "{steps} steps for {length} bytes in {tables} tables");
    let most = (tables + 4) * (length * 8 + (1 << 20));
    assert!(meter.bytes_read() <= most, "{} bytes were read of {length}", meter.bytes_read());
    Some(reader.sidecars())
}

/// Imports it as the worker does; whether it is still a store.
fn import(database: &Database) -> bool {
    let files = [
        ("mlflow.db", &database.main),
        ("mlflow.db-wal", &database.wal),
        ("mlflow.db-journal", &database.journal),
    ];
    let files = files.into_iter().filter(|(_, bytes)| !bytes.is_empty());
    let length: usize = files.clone().map(|(_, bytes)| bytes.len()).sum();
    let meter = Meter::default();
    let stores = check::import(
        &meter.tree(files.map(|(path, bytes)| (path.to_owned(), bytes.clone()))),
        2000 + length as u64,
    );
    let most = 400 * length as u64 + (64 << 20);
    assert!(meter.bytes_read() <= most, "{} bytes were read of {length}", meter.bytes_read());
    stores > 0
}

/// Makes the checksums of a log true again, as far as its frames go.
fn sign(wal: &mut [u8], page_size: usize) {
    if wal.len() < 32 {
        return;
    }
    let big_endian = wal[3] & 1 == 1;
    let mut sum = checksum([0, 0], &wal[..24], big_endian);
    put(&mut wal[24..32], sum);
    let salts: [u8; 8] = wal[16..24].try_into().unwrap();
    for frame in wal[32..].chunks_exact_mut(24 + page_size) {
        frame[8..16].copy_from_slice(&salts);
        sum = checksum(sum, &frame[..8], big_endian);
        sum = checksum(sum, &frame[24..], big_endian);
        put(&mut frame[16..24], sum);
    }
}

fn put(into: &mut [u8], sum: [u32; 2]) {
    into[..4].copy_from_slice(&sum[0].to_be_bytes());
    into[4..].copy_from_slice(&sum[1].to_be_bytes());
}

fn checksum([mut a, mut b]: [u32; 2], bytes: &[u8], big_endian: bool) -> [u32; 2] {
    let word = |four: &[u8]| {
        let four = four.try_into().unwrap();
        if big_endian { u32::from_be_bytes(four) } else { u32::from_le_bytes(four) }
    };
    for eight in bytes.chunks_exact(8) {
        a = a.wrapping_add(word(&eight[..4])).wrapping_add(b);
        b = b.wrapping_add(word(&eight[4..])).wrapping_add(a);
    }
    [a, b]
}
