//! Databases that are not as MLflow leaves them.

use runatlas_core::model::{Experiment, RunStatus};

use super::{OF_2_4, OF_3_17, read, some_runs, store};
use crate::sqlite::{Files, database};

fn check_notes(schema: &str, statements: &str, expected: &[&str]) -> super::Given {
    let given = read(&store(schema, statements));
    assert_eq!(given.notes(), expected);
    given
}

#[test]
fn rows_of_runs_that_are_gone() {
    let gone = "INSERT INTO params (run_uuid, key, value) VALUES ('x', 'k', 'v');
        INSERT INTO tags (run_uuid, key, value) VALUES ('x', 'k', 'v'), ('y', 'k', 'v');
        INSERT INTO metrics (run_uuid, key, value, timestamp, step) VALUES ('x', 'k', 1, 1, 1), ('a', 'k', 1, 1, 1);
        INSERT INTO experiment_tags (experiment_id, key, value) VALUES (9, 'k', 'v');";
    let given = check_notes(
        OF_3_17,
        &(some_runs(1) + gone),
        &[
            "Skipped mlflow.db: 1 rows of table experiment_tags belong to experiments or runs that are not there",
            "Skipped mlflow.db: 1 rows of table metrics belong to experiments or runs that are not there",
            "Skipped mlflow.db: 1 rows of table params belong to experiments or runs that are not there",
            "Skipped mlflow.db: 2 rows of table tags belong to experiments or runs that are not there",
        ],
    );
    assert_eq!(given.histories.len(), 1);
}

#[test]
fn runs_whose_experiment_is_gone() {
    let sql = "INSERT INTO runs (run_uuid, experiment_id, name, status) VALUES ('a', 7, '', 'EXPLODED'), ('b', 7, '', 'KILLED');";
    let given = check_notes(
        OF_2_4,
        sql,
        &[
            "Repaired run a: its status \"EXPLODED\" is none of MLflow's and counts as RUNNING",
            "Repaired experiment 7: its row is missing; its runs are shown under its id",
        ],
    );
    let made_up = Experiment { id: "7".to_owned(), name: "7".to_owned(), ..Experiment::default() };
    assert_eq!(given.experiments, [made_up]);
    assert_eq!((given.run("a").status, given.run("b").status), (RunStatus::Running, RunStatus::Killed));
}

#[test]
fn rows_that_nothing_can_belong_to_or_that_fill_a_page() {
    let sql = format!(
        "INSERT INTO runs (run_uuid, experiment_id, status) VALUES ('', 1, 'FINISHED'), ('b', 1, '{}');",
        "é".repeat(3000)
    );
    let given = read(&store(OF_2_4, &(some_runs(1) + &sql)));
    assert_eq!(given.runs.iter().map(|run| run.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let notes = given.notes();
    assert!(notes.contains(&"Skipped mlflow.db: 1 rows of table runs have no id".to_owned()), "{notes:?}");
    let status = notes.iter().find(|note| note.starts_with("Repaired run b")).unwrap();
    assert!(status.len() < 1100 && status.ends_with('…'), "{} bytes", status.len());
}

#[test]
fn latest_value_without_points() {
    let sql = "INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan) VALUES ('a', 'k', 0.5, 2, 1, 0);";
    let given = check_notes(
        OF_2_4,
        &(some_runs(1) + sql),
        &["Info mlflow.db: 1 metrics have a latest value but no points"],
    );
    let metric = given.run("a").metric("k").unwrap();
    assert_eq!((metric.last.value, metric.last.step, metric.count), (0.5, 1, 0));
}

/// Before MLflow 1.0 a value could be NULL.
#[test]
fn null_values_are_nan() {
    let schema = OF_2_4.replace("value FLOAT NOT NULL", "value FLOAT");
    let sql = "INSERT INTO metrics (run_uuid, key, value, timestamp, step) VALUES ('a', 'k', NULL, 1, 1);";
    let given = check_notes(&schema, &(some_runs(1) + sql), &[]);
    assert!(given.histories[0].2[0].value.is_nan());
}

#[test]
fn models_of_one_name_in_two_workspaces() {
    let sql = "INSERT INTO registered_models (workspace, name) VALUES ('team', 'm'), ('default', 'm'), ('team', 'other');
        INSERT INTO model_versions (workspace, name, version) VALUES ('team', 'm', 1), ('default', 'm', 1), ('team', 'other', 1);
        INSERT INTO registered_model_tags (workspace, name, key, value) VALUES ('team', 'm', 'whose', 'team');";
    let given = check_notes(
        OF_3_17,
        sql,
        &[
            "Repaired registered model \"m\": another workspace has a model of this name; this one is shown as \"m (team)\"",
        ],
    );
    let names = |names: Vec<&String>| names.into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(names(given.registered_models.iter().map(|m| &m.name).collect()), ["m", "m (team)", "other"]);
    assert_eq!(names(given.versions.iter().map(|m| &m.name).collect()), ["m", "m (team)", "other"]);
    assert_eq!(given.registered_models[1].tags.len(), 1);
}

#[test]
fn traces_are_counted() {
    let sql = "CREATE TABLE trace_info (request_id TEXT, PRIMARY KEY (request_id)); INSERT INTO trace_info VALUES ('t1'), ('t2');";
    check_notes(OF_3_17, sql, &["Info mlflow.db: 2 traces are not read"]);
}

#[test]
fn sidecars_are_told() {
    let open = |sql: &str| {
        database(|connection| {
            connection.execute_batch("PRAGMA page_size = 512; PRAGMA cache_size = 2").unwrap();
            super::fill(connection, OF_2_4, &some_runs(20));
            connection.execute_batch(sql).unwrap();
        })
    };
    let check = |files: &Files, expected: &[&str]| {
        let given = read(files);
        assert_eq!(given.notes(), expected);
        assert!(given.runs.iter().all(|run| run.name.starts_with("run ")));
    };
    check(
        &open("BEGIN; UPDATE runs SET name = 'cut off ' || hex(zeroblob(300))"),
        &["Repaired mlflow.db-journal: a transaction was cut off while it wrote to this database; \
           this is the state before it, from the journal"],
    );
    let mut logged = open("PRAGMA journal_mode = WAL; UPDATE runs SET user_id = 'me'");
    check(&logged, &["Info mlflow.db-wal: the latest changes come from this log"]);
    logged.wal = None;
    check(
        &logged,
        &["Info mlflow.db: this database keeps its latest changes in a file that ends in -wal; \
           if there is one beside it, open both together"],
    );
    // An empty log is as good as none.
    let without = read(&logged).notes();
    logged.wal = Some(Vec::new());
    assert_eq!(read(&logged).notes(), without);
    logged.wal = Some(vec![7; 100]);
    check(
        &logged,
        &["Info mlflow.db-wal: this log holds no finished change of this database and was ignored"],
    );
}

#[test]
fn utf_16() {
    let files = database(|connection| {
        connection.execute_batch("PRAGMA encoding = 'UTF-16'").unwrap();
        let sql = "INSERT INTO metrics (run_uuid, key, value, timestamp, step) VALUES ('a', 'größe/🦀', 1, 1, 1);
                   INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan) VALUES ('a', 'größe/🦀', 1, 1, 1, 0);";
        super::fill(connection, OF_2_4, &(some_runs(2) + sql));
    });
    let given = read(&files);
    assert_eq!(given.notes(), [] as [&str; 0]);
    assert_eq!((given.histories[0].0.as_str(), given.histories[0].1.as_str()), ("a", "größe/🦀"));
    assert_eq!(given.run("a").metrics.len(), 1);
    assert_eq!(given.run("b").name, "run b");
}
