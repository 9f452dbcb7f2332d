//! Damaged databases: never a panic, never an endless walk, and what is whole is read.

use rusqlite::Connection;

use super::{Chance, Files, Tables, database, ours};

fn samples() -> Vec<Files> {
    let fill = "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 800)
                INSERT INTO t SELECT n, 'text ' || n, n / 3.0, CASE n % 50 WHEN 0 THEN zeroblob(3000) END FROM n";
    let sample = |set_up: &str, options: &str| {
        database(|connection| {
            let table = format!("CREATE TABLE t (a INTEGER PRIMARY KEY, b, c REAL, d) {options}");
            connection.execute_batch(&format!("{set_up}; {table}; CREATE INDEX i ON t (b); {fill}")).unwrap();
        })
    };
    let wal = "PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0";
    let mut hot = database(|connection| {
        connection.execute_batch(&format!("PRAGMA page_size = 512; PRAGMA cache_size = 3; CREATE TABLE t (a INTEGER PRIMARY KEY, b, c REAL, d); {fill}; BEGIN; UPDATE t SET b = b || b")).unwrap();
    });
    hot.wal = None;
    vec![
        sample("PRAGMA page_size = 512", ""),
        sample("PRAGMA page_size = 512; PRAGMA auto_vacuum = 1", "WITHOUT ROWID"),
        sample("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-16'", ""),
        sample(wal, ""),
        hot,
    ]
}

#[test]
fn any_damage_is_survived() {
    for (number, sample) in samples().into_iter().enumerate() {
        for seed in 0..100 {
            let mut chance = Chance::new(seed * 31 + number as u64);
            let mut files = sample.clone();
            match (seed % 3, &mut files.wal, &mut files.journal) {
                (0, Some(sidecar), _) | (0, _, Some(sidecar)) => chance.damage(sidecar),
                _ => chance.damage(&mut files.database),
            }
            if files.open().is_ok() {
                let (tables, errors) = ours(&files);
                let rows: usize = tables.values().map(Vec::len).sum();
                // Every page is used once in a scan, and a cell takes at least its pointer.
                let sidecars = [&files.wal, &files.journal].into_iter().flatten().map(Vec::len);
                let bytes = files.database.len() + sidecars.sum::<usize>();
                assert!(rows + errors.len() < bytes / 2, "seed {seed}: {rows} rows");
            }
        }
    }
}

/// Pure junk behind a sound header.
#[test]
fn junk_is_survived() {
    for seed in 0..200 {
        let mut chance = Chance::new(seed);
        let mut files =
            Files { database: (0..4096 * 3).map(|_| chance.next() as u8).collect(), ..Files::default() };
        files.database[..16].copy_from_slice(b"SQLite format 3\0");
        files.database[16..24].copy_from_slice(&[2, 0, 1, 1, 0, 64, 32, 32]);
        files.database[56..60].copy_from_slice(&1_u32.to_be_bytes());
        for page in files.database[100..].chunks_mut(512).step_by(2) {
            page[0] = [2, 5, 10, 13][chance.below(4)];
        }
        let _ = ours(&files);
    }
}

/// Every cut gives rows that were there, and an error where some are missing.
#[test]
fn cut_databases_give_a_part_and_say_so() {
    for sample in samples().into_iter().filter(|sample| sample.wal.is_none() && sample.journal.is_none()) {
        let (whole, _) = ours(&sample);
        for tenth in 1..10 {
            let mut files = sample.clone();
            files.database.truncate(sample.database.len() * tenth / 10 + 1);
            let (part, errors) = ours(&files);
            check_part(&part, &whole);
            assert!(part == whole || !errors.is_empty());
        }
    }
}

fn check_part(part: &Tables, whole: &Tables) {
    for (name, rows) in part {
        let all: std::collections::BTreeSet<_> = whole[name].iter().collect();
        assert!(rows.iter().all(|row| all.contains(row)), "{name} has rows that were never there");
    }
}

/// A leaf that is lost costs its own rows and one error.
#[test]
fn a_lost_page_costs_its_rows() {
    let folder = tempfile::tempdir().unwrap();
    let sample = samples().swap_remove(0);
    let (whole, _) = ours(&sample);
    let path = folder.path().join("s.db");
    std::fs::write(&path, &sample.database).unwrap();
    let connection = Connection::open(&path).unwrap();
    let sql = "SELECT pageno, ncell FROM dbstat WHERE name = 't' AND pagetype = 'leaf'";
    let mut statement = connection.prepare(sql).unwrap();
    let leaves: Vec<(u32, u32)> = statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    assert!(leaves.len() > 20);
    for (page, cells) in leaves {
        let (page, cells) = (page as usize, cells as usize);
        let mut files = sample.clone();
        files.database[(page - 1) * 512..page * 512].fill(0);
        let (part, errors) = ours(&files);
        check_part(&part, &whole);
        assert_eq!(part["t"].len() + cells, whole["t"].len());
        assert_eq!(errors.len(), 1);
        assert!(errors[0].to_string().starts_with(&format!("page {page}: ")), "{errors:?}");
    }
}

/// A tree that leads back to itself ends.
#[test]
fn cycles_end() {
    let mut files = samples().swap_remove(0);
    let pages = files.database.len() / 512;
    let interior: Vec<usize> = (1..pages).filter(|page| files.database[page * 512] == 5).collect();
    assert!(!interior.is_empty());
    for &page in &interior {
        let number = (page as u32 + 1).to_be_bytes();
        files.database[page * 512 + 8..page * 512 + 12].copy_from_slice(&number);
    }
    let (_, errors) = ours(&files);
    assert!(errors.iter().any(|error| error.to_string().ends_with("it is used twice")), "{errors:?}");
}
