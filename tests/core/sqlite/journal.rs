//! The rollback journal of a transaction that never ended.

use rusqlite::Connection;

use super::{Chance, Files, check_same, database, ours, theirs};

fn filled(connection: &Connection, synchronous: &str, page_size: u32) {
    connection
        .execute_batch(&format!(
            "PRAGMA page_size = {page_size}; PRAGMA synchronous = {synchronous}; PRAGMA cache_size = 5;
             CREATE TABLE t (a INTEGER PRIMARY KEY, b); CREATE TABLE other (c);
             WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 2000)
             INSERT INTO t (b) SELECT 'old ' || hex(zeroblob(n % 50)) FROM n;
             INSERT INTO other SELECT b FROM t"
        ))
        .unwrap();
}

/// A copy taken while a large transaction has written a part of its pages.
fn cut_off(synchronous: &str, page_size: u32) -> Files {
    let files = database(|connection| {
        filled(connection, synchronous, page_size);
        connection
            .execute_batch(
                "BEGIN; UPDATE t SET b = 'new' || b || b; DELETE FROM other WHERE rowid % 2 = 0;
                 CREATE TABLE late (x); INSERT INTO late SELECT b FROM t; INSERT INTO other SELECT x FROM late",
            )
            .unwrap();
    });
    assert!(files.journal.is_some());
    files
}

#[test]
fn the_state_before_comes_back() {
    for synchronous in ["FULL", "NORMAL", "OFF"] {
        for page_size in [512, 4096, 32768] {
            let files = cut_off(synchronous, page_size);
            check_same(&files);
            let (tables, _) = ours(&files);
            assert!(!tables.contains_key("late"));
            assert_eq!((tables["t"].len(), tables["other"].len()), (2000, 2000));
            assert!(files.open().unwrap().sidecars().journal_pages > 0);
        }
    }
}

/// A journal ends where its records stop being sound.
#[test]
fn cut_and_damaged_journals() {
    let mut chance = Chance::new(2);
    let whole = cut_off("NORMAL", 512);
    let journal = whole.journal.clone().unwrap();
    for round in 0..80 {
        let mut files = whole.clone();
        let damaged = files.journal.as_mut().unwrap();
        match round % 4 {
            0 => damaged.truncate(chance.below(journal.len())),
            1 => damaged.truncate(chance.below(600)),
            2 => {
                let at = chance.below(28);
                damaged[at] ^= 1 << chance.below(8);
            }
            _ => {
                let at = chance.below(journal.len());
                damaged[at] ^= 1 << chance.below(8);
            }
        }
        // Half a rollback may leave what SQLite refuses; where it reads all, we read the same.
        if let Some(expected) = theirs(&files) {
            assert_eq!(ours(&files).0, expected, "round {round}");
        } else {
            let _ = ours(&files);
        }
    }
}

/// How SQLite marks journals that are over.
#[test]
fn cold_journals_are_ignored() {
    let mut files = database(|connection| {
        connection.execute_batch("CREATE TABLE t (a); INSERT INTO t VALUES (1)").unwrap();
    });
    let hot = cut_off("NORMAL", 4096).journal.unwrap();
    let expected = ours(&files);
    let mut zeroed = hot.clone();
    zeroed[..28].fill(0);
    let mut of_several = hot.clone();
    let name = b"/somewhere/else-mj0123459ab";
    of_several.extend(u32::to_be_bytes(1));
    of_several.extend(name);
    of_several.extend(u32::to_be_bytes(name.len() as u32));
    of_several.extend(u32::to_be_bytes(name.iter().map(|&b| u32::from(b)).sum()));
    of_several.extend(&hot[..8]);
    for journal in [zeroed, of_several, b"junk".to_vec(), Vec::new()] {
        files.journal = Some(journal);
        assert_eq!(ours(&files), expected);
        assert_eq!(theirs(&files).as_ref(), Some(&expected.0));
    }
}

/// Journal kept between transactions, with an old one's remains behind the new header.
#[test]
fn persistent_journals() {
    let files = database(|connection| {
        filled(connection, "NORMAL", 1024);
        connection.query_row("PRAGMA journal_mode = PERSIST", [], |_| Ok(())).unwrap();
        connection
            .execute_batch("UPDATE t SET b = b || 'x'; BEGIN; UPDATE t SET b = 'y' WHERE a < 900")
            .unwrap();
    });
    check_same(&files);
}
