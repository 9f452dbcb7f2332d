//! Points of interleaved runs come together, however little memory there is.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::History;
use runatlas_core::model::Point;
use rusqlite::params;

use super::{OF_3_17, fill, open, read_all, some_runs};
use crate::sqlite::database;

/// A row of `metrics`: run, key, step, timestamp, value.
type Row = (u8, u8, i64, i64, f64);

fn any_rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..5u8, 0..4u8, -3..30i64, 0..4i64, 0..1000u32)
        .prop_map(|(run, key, step, timestamp, value)| (run, key, step, timestamp, f64::from(value) / 8.0));
    prop_oneof![
        // Interleaved at random, and run by run.
        vec(row.clone(), 0..400),
        vec(row, 0..400).prop_map(|mut rows| {
            rows.sort_by_key(|row| row.0);
            rows
        }),
    ]
}

fn check(rows: &[Row], deleted: i64, without_rowid: bool, memory: usize) {
    let options = if without_rowid { ") WITHOUT ROWID" } else { ")" };
    let schema = OF_3_17.replace(
        "PRIMARY KEY (key, timestamp, step, run_uuid, value, is_nan))",
        &format!("n INT, PRIMARY KEY (n){options}"),
    );
    assert_ne!(schema, OF_3_17);
    let files = database(|connection| {
        fill(connection, &schema, &some_runs(6));
        let sql =
            "INSERT INTO metrics (n, run_uuid, key, step, timestamp, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let mut insert = connection.prepare(sql).unwrap();
        for (n, (run, key, step, timestamp, value)) in rows.iter().enumerate() {
            let (run, key) = (name(*run), format!("key {key}"));
            insert.execute(params![n as i64 * 7, run, key, step, timestamp, value]).unwrap();
        }
        connection.execute("DELETE FROM metrics WHERE n % ?1 = 3", [deleted]).unwrap();
    });
    let mut expected: BTreeMap<(String, String), History> = BTreeMap::new();
    for (n, &(run, key, step, timestamp, value)) in rows.iter().enumerate() {
        if n as i64 * 7 % deleted != 3 {
            let history = expected.entry((name(run), format!("key {key}"))).or_default();
            history.push(Point { step, timestamp, value });
        }
    }
    let given = read_all(open(&files).unwrap().with_point_memory(memory));
    assert_eq!(given.notes(), [] as [&str; 0]);
    assert_eq!(given.runs.len(), 6);
    let histories: BTreeMap<(String, String), Vec<Point>> = given
        .histories
        .iter()
        .map(|(run, key, points)| ((run.clone(), key.clone()), points.clone()))
        .collect();
    assert_eq!(histories.len(), given.histories.len(), "each history comes once");
    for history in expected.values_mut() {
        history.sort();
    }
    let points = expected.iter().map(|(of, history)| (of.clone(), history.iter().collect()));
    assert_eq!(histories, points.collect());
    for ((run, key), history) in &expected {
        assert_eq!(given.run(run).metric(key), history.summary(key).as_ref());
    }
    let metrics: usize = given.runs.iter().map(|run| run.metrics.len()).sum();
    assert_eq!(metrics, expected.len());
}

fn name(run: u8) -> String {
    char::from(b'a' + run).to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_memory_gives_the_same(
        rows in any_rows(),
        deleted in 4..50i64,
        without_rowid in any::<bool>(),
        memory in prop::sample::select(vec![0, 1, 300, 1000, 3000, 1 << 20]),
    ) {
        check(&rows, deleted, without_rowid, memory);
    }
}

/// One pass over the table is enough for runs that were logged one after another.
#[test]
fn runs_in_turn_need_one_counting_and_one_collecting_pass() {
    let files = database(|connection| {
        fill(connection, OF_3_17, &some_runs(10));
        let sql = "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 9999)
                   INSERT INTO metrics (run_uuid, key, value, timestamp, step)
                   SELECT char(97 + n / 1000), 'k' || (n % 2), n, n, n % 1000 FROM n";
        connection.execute_batch(sql).unwrap();
    });
    let rows_read = |memory: usize| {
        let mut reader = open(&files).unwrap().with_point_memory(memory);
        let mut out = Vec::new();
        let mut last = 0;
        while let runatlas_core::read::Step::More(progress) =
            runatlas_core::read::StoreReader::step(&mut reader, &mut out)
        {
            last = progress.done;
        }
        last
    };
    let others = 11;
    assert_eq!(rows_read(1 << 20), others + 10_000);
    assert_eq!(rows_read(1000 * 24 + 4096), others + 20_000);
}
