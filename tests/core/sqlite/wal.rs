//! The write-ahead log.

use rusqlite::Connection;

use super::{Chance, Files, check_same, database, ours, theirs};

fn in_wal_mode(connection: &Connection, page_size: u32) {
    connection
        .execute_batch(&format!(
            "PRAGMA page_size = {page_size}; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;
             CREATE TABLE t (a INTEGER PRIMARY KEY, b)"
        ))
        .unwrap();
}

fn insert(connection: &Connection, rows: u32) {
    connection
        .execute_batch(&format!(
            "WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {rows})
             INSERT INTO t (b) SELECT hex(zeroblob(n % 300)) || n FROM n"
        ))
        .unwrap();
}

/// Some transactions, a checkpoint, others that run over the log's start again, one unfinished.
fn busy(page_size: u32, checkpoint: bool) -> Files {
    database(|connection| {
        in_wal_mode(connection, page_size);
        insert(connection, 300);
        insert(connection, 10);
        if checkpoint {
            connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())).unwrap();
            insert(connection, 20);
        }
        connection
            .execute_batch("DELETE FROM t WHERE a % 3 = 0; UPDATE t SET b = 'new' WHERE a % 7 = 0")
            .unwrap();
        // Spills into the log without a commit.
        connection.execute_batch("PRAGMA cache_size = 2; BEGIN; UPDATE t SET b = b || b").unwrap();
    })
}

#[test]
fn committed_frames_count() {
    for page_size in [512, 1024, 4096, 65536] {
        for checkpoint in [false, true] {
            let files = busy(page_size, checkpoint);
            assert!(files.wal.is_some());
            check_same(&files);
            let sidecars = files.open().unwrap().sidecars();
            assert!(sidecars.wal_mode && sidecars.wal_pages > 0 && !sidecars.wal_ignored);
            let alone = Files { wal: None, ..files.clone() };
            assert_ne!(ours(&alone), ours(&files), "the log matters");
        }
    }
}

/// A log that was cut off anywhere gives the state of its last whole transaction.
#[test]
fn cut_and_damaged_logs() {
    let mut chance = Chance::new(1);
    for checkpoint in [false, true] {
        let files = busy(512, checkpoint);
        let wal = files.wal.clone().unwrap();
        for round in 0..60 {
            let mut wal = wal.clone();
            if round % 2 == 0 {
                wal.truncate(chance.below(wal.len()));
            } else {
                let at = chance.below(wal.len());
                wal[at] ^= 1 << chance.below(8);
            }
            let damaged = Files { wal: Some(wal), ..files.clone() };
            assert_eq!(Some(ours(&damaged).0), theirs(&damaged), "round {round}");
        }
    }
}

/// Machines with the other byte order write the other magic number.
#[test]
fn the_other_byte_order() {
    let mut files = busy(1024, true);
    let mut wal = files.wal.take().unwrap();
    wal[3] ^= 1;
    let mut sum = add([0, 0], &wal[..24]);
    write(&mut wal[24..32], sum);
    let frame = 24 + 1024;
    let stop = 32 + frame * ((wal.len() - 32) / frame);
    for at in (32..stop).step_by(frame) {
        if wal[at + 8..at + 16] != wal[16..24] {
            break;
        }
        sum = add(add(sum, &wal[at..at + 8]), &wal[at + 24..at + frame]);
        write(&mut wal[at + 16..at + 24], sum);
    }
    files.wal = Some(wal);
    check_same(&files);
    assert!(files.open().unwrap().sidecars().wal_pages > 0);
}

/// Checksums over big-endian words, as SQLite writes them with the magic number 0x377f0683.
fn add([mut a, mut b]: [u32; 2], bytes: &[u8]) -> [u32; 2] {
    for pair in bytes.chunks(8) {
        a = a.wrapping_add(u32::from_be_bytes(pair[..4].try_into().unwrap())).wrapping_add(b);
        b = b.wrapping_add(u32::from_be_bytes(pair[4..].try_into().unwrap())).wrapping_add(a);
    }
    [a, b]
}

fn write(place: &mut [u8], sum: [u32; 2]) {
    place[..4].copy_from_slice(&sum[0].to_be_bytes());
    place[4..].copy_from_slice(&sum[1].to_be_bytes());
}

#[test]
fn what_is_no_log_is_ignored() {
    let mut files = database(|connection| {
        connection
            .execute_batch("PRAGMA page_size = 512; CREATE TABLE t (a); INSERT INTO t VALUES (1)")
            .unwrap();
    });
    let expected = ours(&files);
    for wal in [b"junk".to_vec(), vec![0; 5000], busy(1024, false).wal.unwrap()[..1000].to_vec()] {
        files.wal = Some(wal);
        assert_eq!(ours(&files), expected);
        assert_eq!(theirs(&files).as_ref(), Some(&expected.0));
        assert!(files.open().unwrap().sidecars().wal_ignored);
    }
}

/// The first transaction after the switch to WAL leaves the database with nothing but a header.
#[test]
fn everything_is_in_the_log() {
    let files = database(|connection| {
        in_wal_mode(connection, 2048);
        insert(connection, 200);
    });
    assert!(files.database.len() <= 2048);
    check_same(&files);
}
