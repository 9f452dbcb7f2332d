//! The budget: filter or sort of 10,000 runs in 30 ms, measured in release:
//! `cargo test --release -p runatlas-core speed -- --ignored --nocapture`.

#![expect(clippy::print_stderr, reason = "a measurement is there to be read")]

use std::time::{Duration, Instant};

use runatlas_core::table::{Column, Query, SortBy, Table};

use super::make::{run, table};

fn big() -> Table {
    table((0..10_000_u32).map(|i| {
        let mut run = run(&format!("mixup-{}-seed-{i}", i % 7))
            .start(i64::from(i.wrapping_mul(2_654_435_761) % 1_000_000));
        for key in 0..25_u32 {
            let value = i.wrapping_mul(key + 1).wrapping_mul(2_654_435_761);
            run.0.params.push((format!("param_{key:02}"), format!("0.{value}")));
            run = run.metric(&format!("metric_{key:02}"), f64::from(value));
        }
        if i % 10 == 0 { run } else { run.parent(&format!("mixup-{}-seed-{}", i / 10 * 10 % 7, i / 10 * 10)) }
    }))
}

fn measure(what: &str, budget: Duration, mut act: impl FnMut() -> usize) {
    act();
    let mut times: Vec<Duration> = (0..7)
        .map(|_| {
            let start = Instant::now();
            assert!(act() > 0);
            start.elapsed()
        })
        .collect();
    times.sort();
    eprintln!("{what}: median {:?}", times[3]);
    assert!(times[3] < budget, "{what} took {:?}, budget {budget:?}", times[3]);
}

#[test]
#[ignore = "a measurement, meaningful in release only"]
fn speed_of_10_000_runs() {
    let budget = Duration::from_millis(30);
    let start = Instant::now();
    let table = big();
    eprintln!("made in {:?}", start.elapsed());
    let start = Instant::now();
    eprintln!("{} columns in {:?}", table.columns().len(), start.elapsed());
    let start = Instant::now();
    table.rows(&Query { search: "zz".to_owned(), ..Query::default() });
    eprintln!("first search in {:?}", start.elapsed());
    let sort = |column: Column| vec![SortBy { column, descending: true }];
    for column in [
        Column::Metric("metric_12".into()),
        Column::Param("param_07".into()),
        Column::Name,
        Column::StartTime,
    ] {
        let query = Query { sort: sort(column.clone()), ..Query::default() };
        let start = Instant::now();
        table.rows(&query);
        let first = start.elapsed();
        eprintln!("first sort by {column}: {first:?}");
        assert!(first < budget, "first sort by {column} took {first:?}");
        measure(&format!("sort by {column} again"), budget, || table.rows(&query).rows.len());
    }
    let three = [Column::Status, Column::Param("param_01".into()), Column::Metric("metric_03".into())];
    let query = Query { sort: three.into_iter().flat_map(sort).collect(), ..Query::default() };
    measure("sort by three", budget, || table.rows(&query).rows.len());
    let expanded = table.parent_keys().into_iter().collect();
    let query = Query { tree: true, expanded, sort: sort(Column::Name), ..Query::default() };
    measure("tree by name", budget, || table.rows(&query).rows.len());
    for search in ["seed-99", "0.1 mixup 77", "nowhere"] {
        let query = Query { search: search.to_owned(), ..Query::default() };
        measure(&format!("search {search:?}"), budget, || 1 + table.rows(&query).rows.len());
    }
}
