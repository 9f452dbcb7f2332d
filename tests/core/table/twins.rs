//! The same run in two sources.

use runatlas_core::{
    model::RunStatus,
    table::{Freshness, Query, RunRef, Table},
};

use super::make::{Make, run};

/// What the rows say of each run's twins, as "SOURCE: twin's source and how it stands".
fn check(runs: Vec<RunRef>, expected: &[&str]) {
    let table = Table::new(runs);
    let mut found = Vec::new();
    for row in table.rows(&Query::default()).rows {
        let source = table.run(&row).unwrap().source.to_string();
        found.extend(
            table.twins(&row).iter().map(|twin| format!("{source}: {} {:?}", twin.key.source, twin.is)),
        );
    }
    found.sort();
    assert_eq!(found, expected);
}

fn at(start: i64) -> Make {
    run("a").start(start).status(RunStatus::Finished).end(start + 10)
}

#[test]
fn the_same_run_of_two_sources_is_known() {
    check(vec![at(5).at("files"), at(5).at("server")], &["files: server Equal", "server: files Equal"]);
    check(
        vec![
            at(5).metric("loss", 1.0).at("files"),
            at(5).metric("loss", 1.0).metric("acc", 1.0).at("server"),
        ],
        &["files: server Newer", "server: files Older"],
    );
    let open = run("a").start(5).status(RunStatus::Running).metric("loss", 1.0);
    check(vec![open.at("files"), at(5).at("server")], &["files: server Newer", "server: files Older"]);
}

#[test]
fn others_are_not() {
    check(vec![at(5).at("files"), run("b").start(5).at("server")], &[]);
    // One id, but not one run: somebody made ids by hand.
    check(vec![at(5).at("files"), at(6).at("server")], &[]);
    check(vec![at(5).at("files"), run("b").start(5).at("files")], &[]);
    check(vec![], &[]);
}

#[test]
fn words_name_the_other_place() {
    let table = Table::new(vec![at(5).at("files"), at(5).metric("loss", 1.0).at("server")]);
    let rows = table.rows(&Query::default()).rows;
    let of_files = rows.iter().find(|row| table.run(row).unwrap().source.as_ref() == "files").unwrap();
    let twin = &table.twins(of_files)[0];
    assert_eq!(twin.is, Freshness::Newer);
    assert_eq!(twin.words(), "The same run is in SERVER, as of a later time");
}
