//! Which columns are in sight, and how wide they are.

use std::{collections::BTreeMap, sync::Arc};

use runatlas_core::table::{Column, Columns, Query, Shape, SharedSteps};

use super::make::{run, table};

fn params(count: usize) -> Vec<Column> {
    (0..count).map(|at| Column::Param(format!("p{at:04}"))).collect()
}

#[test]
fn only_columns_in_sight_are_made() {
    let columns = params(2_000);
    let table = table([run("a").param("p0000", "1")]);
    let widths: BTreeMap<Column, u32> = columns.iter().map(|column| (column.clone(), 100)).collect();
    let shape = Shape::new(&table, &columns, 2, &widths);
    assert_eq!((shape.pinned_width(), shape.total()), (200.0, 200_000.0));
    assert_eq!((shape.start(1), shape.start(2), shape.start(12)), (100.0, 0.0, 1_000.0));
    let mut last = 0;
    for left in (0..200_000).step_by(7_777) {
        let range = shape.in_sight(f64::from(left), 800.0);
        assert!(range.len() <= 20, "{range:?}");
        assert!(range.start >= 2 && range.end <= 2_000 && range.start >= last);
        last = range.start;
        // Nothing in sight is left out.
        let first = 2 + left as usize / 100;
        assert!((first..(first + 8).min(2_000)).all(|at| range.contains(&at)), "{left}: {range:?}");
    }
}

#[test]
fn a_width_that_a_person_chose_holds() {
    let table = table([run("a").param("p0000", "a value of some length").param("p0001", "1")]);
    let columns = params(2);
    let shape = Shape::new(&table, &columns, 0, &BTreeMap::from([(columns[0].clone(), 61)]));
    assert_eq!((shape.width(0), shape.width(1)), (61.0, 70.0));
    let pinned = Shape::new(&table, &columns, 9, &BTreeMap::new());
    assert_eq!(pinned.pinned, 2);
    assert_eq!(pinned.in_sight(0.0, 500.0), 2..2);
}

#[test]
fn a_column_is_looked_over_when_it_is_asked_for() {
    let table = Arc::new(table([run("a").metric("m", 1.0), run("b").metric("m", 3.0)]));
    let rows = Arc::new(table.rows(&Query::default()));
    let columns = Columns::new(table, rows, vec![Column::Metric("m".into())], SharedSteps::default());
    assert_eq!(columns.view(0).and_then(|view| view.range), Some((1.0, 3.0)));
    assert!(columns.view(1).is_none());
}
