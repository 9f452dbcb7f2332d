//! Sorting.

use proptest::prelude::*;
use runatlas_core::table::{Column, Query, SortBy};

use super::make::{Make, names, run, table};

fn query(by: &[(Column, bool)]) -> Query {
    let sort =
        by.iter().map(|(column, descending)| SortBy { column: column.clone(), descending: *descending });
    Query { sort: sort.collect(), ..Query::default() }
}

/// Sorts runs called by their value (and `-` for none) up and down.
fn check(column: Column, with: impl Fn(Make, &str) -> Make, up: &[&str], down: &[&str]) {
    let runs = up.iter().rev().map(|value| if *value == "-" { run("-") } else { with(run(value), value) });
    let table = table(runs);
    let sorted = |descending| names(&table, &table.rows(&query(&[(column.clone(), descending)])));
    assert_eq!(sorted(false), up, "{column} up");
    assert_eq!(sorted(true), down, "{column} down");
}

#[test]
fn nan_and_missing_are_last_both_ways() {
    check(
        Column::Metric("m".into()),
        |run, value| run.metric("m", value.parse().unwrap()),
        &["-inf", "-1", "0.5", "10", "9e9", "inf", "NaN", "-"],
        &["inf", "9e9", "10", "0.5", "-1", "-inf", "NaN", "-"],
    );
}

#[test]
fn params_that_look_like_numbers_are_numbers() {
    check(
        Column::Param("p".into()),
        |run, value| run.param("p", value),
        &["-3", "1e-4", "0.5", "5", "10", "adam", "Lion", "nan", "-"],
        &["Lion", "adam", "10", "5", "0.5", "1e-4", "-3", "nan", "-"],
    );
}

#[test]
fn names_are_sorted_as_people_count() {
    let up = ["run", "Run-2", "run-010", "run-10x", "run-99999999999999999999", "Änd"];
    let down: Vec<_> = up.iter().rev().copied().collect();
    check(Column::Name, |run, _| run, &up, &down);
}

#[test]
fn ties_go_to_the_later_start_then_the_id() {
    let runs = [run("b"), run("a"), run("old").start(1), run("new").start(9)].map(|run| run.param("p", "1"));
    let table = table(runs);
    let expected = ["new", "old", "a", "b"];
    assert_eq!(names(&table, &table.rows(&Query::default())), expected);
    for descending in [false, true] {
        assert_eq!(names(&table, &table.rows(&query(&[(Column::Param("p".into()), descending)]))), expected);
    }
}

#[test]
fn later_columns_break_ties_of_earlier_ones() {
    let made = [("a", "1", 0.3), ("b", "2", 0.1), ("c", "1", 0.2), ("d", "2", 0.4)];
    let table = table(made.map(|(name, p, m)| run(name).param("p", p).metric("m", m)));
    let by = [(Column::Param("p".into()), true), (Column::Metric("m".into()), false)];
    assert_eq!(names(&table, &table.rows(&query(&by))), ["b", "d", "c", "a"]);
}

#[test]
fn times_and_status_have_their_own_order() {
    let hour = |name, hours: i64| run(name).start(0).end(hours * 3_600_000);
    let table = table([hour("short", 2), hour("long", 10), run("running").start(5)]);
    assert_eq!(
        names(&table, &table.rows(&query(&[(Column::Duration, false)]))),
        ["short", "long", "running"]
    );
    assert_eq!(
        names(&table, &table.rows(&query(&[(Column::StartTime, false)]))),
        ["long", "short", "running"]
    );
}

fn value() -> impl Strategy<Value = Option<String>> {
    prop_oneof![
        Just(None),
        any::<f64>().prop_map(|v| Some(v.to_string())),
        (-3..3_i32).prop_map(|v| Some(v.to_string())),
        "[ab0-9]{0,4}".prop_map(Some),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// Whatever the order in which runs come in, the same order comes out: nothing depends on
    /// where a comparison happens to start, so the comparison is a total order.
    #[test]
    fn order_does_not_depend_on_the_order_of_input(
        values in prop::collection::vec((value(), value(), 0..3_i64), 0..14),
        seed: u64,
        descending: bool,
    ) {
        let runs = || values.iter().enumerate().map(|(i, (p, q, start))| {
            let mut run = run(&format!("r{i}")).start(*start);
            for (key, value) in [("p", p), ("q", q)] {
                if let Some(value) = value { run = run.param(key, value); }
            }
            run
        });
        let by = query(&[(Column::Param("p".into()), descending), (Column::Param("q".into()), !descending)]);
        let straight = table(runs());
        let mut shuffled: Vec<Make> = runs().collect();
        for i in (1..shuffled.len()).rev() {
            shuffled.swap(i, (seed.rotate_left(i as u32) % (i as u64 + 1)) as usize);
        }
        let shuffled = table(shuffled);
        let order = names(&straight, &straight.rows(&by));
        prop_assert_eq!(&order, &names(&shuffled, &shuffled.rows(&by)));
        let mut all = order.clone();
        all.sort();
        all.dedup();
        prop_assert_eq!(all.len(), values.len());
        // Missing values are at the end, both ways.
        let has = |name: &String| values[name[1..].parse::<usize>().unwrap()].0.is_some();
        prop_assert!(order.iter().skip_while(|name| has(name)).all(|name| !has(name)));
    }
}
