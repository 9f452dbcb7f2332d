//! Damaged databases: never a panic, never an endless read, and what is lost is said.

use super::{Chance, OF_3_17, files, is_mlflow_database, open, read, read_all, some_runs};
use crate::sqlite::{Files, database};

fn sample(set_up: &str) -> Files {
    database(|connection| {
        connection.execute_batch(set_up).unwrap();
        let sql = "WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 1999)
            INSERT INTO metrics (run_uuid, key, value, timestamp, step) SELECT char(97 + n % 20), 'k' || (n % 3), n / 7.0, n, n FROM n;
            WITH RECURSIVE n(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM n WHERE n < 200)
            INSERT INTO params SELECT 'p' || n, hex(zeroblob(n % 40)), char(97 + n % 20) FROM n;
            INSERT INTO registered_models (name) VALUES ('m'); INSERT INTO model_versions (name, version) VALUES ('m', 1);";
        super::fill(connection, OF_3_17, &(some_runs(20) + sql));
    })
}

#[test]
fn any_damage_is_survived() {
    let samples = [
        sample("PRAGMA page_size = 512"),
        sample("PRAGMA page_size = 4096"),
        sample("PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0"),
    ];
    let mut opened = 0;
    for (number, sample) in samples.iter().enumerate() {
        for seed in 0..40 {
            let mut chance = Chance::new(seed * 7 + number as u64);
            let mut damaged = sample.clone();
            match &mut damaged.wal {
                Some(wal) if seed % 2 == 0 => chance.damage(wal),
                _ => chance.damage(&mut damaged.database),
            }
            let is_readable = is_mlflow_database(files(&damaged));
            for memory in [1 << 20, 12_000] {
                let Ok(reader) = open(&damaged) else {
                    assert!(!is_readable);
                    continue;
                };
                opened += 1;
                let given = read_all(reader.with_point_memory(memory));
                let points: usize = given.histories.iter().map(|(.., points)| points.len()).sum();
                assert!(points < 100_000);
            }
        }
    }
    assert!(opened > 100, "only {opened} of the damaged databases opened: the test is too rough");
}

/// A cut database gives a part of the points, says so, and marks its runs.
#[test]
fn a_cut_database_gives_a_part_and_says_so() {
    let whole = sample("PRAGMA page_size = 512");
    let all = read(&whole);
    assert!(all.runs.iter().all(|run| !run.damaged));
    let mut cut = whole.clone();
    cut.database.truncate(whole.database.len() * 2 / 3);
    let part = read(&cut);
    assert_eq!(part.runs.len(), 20);
    assert!(part.runs.iter().all(|run| run.damaged));
    let points =
        |given: &super::Given| given.histories.iter().map(|(.., points)| points.len()).sum::<usize>();
    assert!(points(&part) > 0 && points(&part) < points(&all));
    for (run, key, points) in &part.histories {
        let (.., whole) = all.histories.iter().find(|(r, k, _)| r == run && k == key).unwrap();
        assert!(points.iter().all(|point| whole.contains(point)));
    }
    let notes = part.notes();
    assert!(
        notes.iter().any(|note| note.starts_with("Skipped mlflow.db: rows of table metrics are lost")),
        "{notes:?}"
    );
}
