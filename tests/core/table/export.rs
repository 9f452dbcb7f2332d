//! The table to take away.

use std::sync::Arc;

use runatlas_core::{
    export::Dialect,
    format::Clock,
    table::{Column, Query, SortBy, Table, TableExport},
};

use super::make::run;

fn table() -> Arc<Table> {
    Arc::new(Table::new(vec![
        run("=evil").metric("loss", -0.25).param("lr", "1e-3").done(),
        run("b").metric("loss", f64::NAN).param("lr", "-0.5").done(),
        run("c").param("lr", "@x").done(),
    ]))
}

/// All of it, in steps of so many cells.
fn written(dialect: Dialect, columns: &[Column], cells: usize) -> String {
    let table = table();
    let sort = vec![SortBy { column: Column::Name, descending: false }];
    let rows = table.rows(&Query { sort, ..Query::default() }).rows;
    let mut export = TableExport::new(table, rows, columns.to_vec(), dialect);
    let mut out = String::new();
    while let Some(piece) = export.step(cells, &Clock::utc(0)) {
        out.push_str(&piece);
        assert!(out.len() < 10_000, "it ends");
    }
    assert!(export.progress().0 >= 3);
    out
}

fn columns() -> Vec<Column> {
    vec![Column::Name, Column::Metric("loss".into()), Column::Param("lr".into())]
}

#[test]
fn rows_come_sorted_with_the_columns_chosen() {
    assert_eq!(
        written(Dialect::Csv, &columns(), 100),
        "run_name,metrics.loss,params.lr\n'=evil,-0.25,1e-3\nb,nan,-0.5\nc,,'@x\n"
    );
    assert_eq!(
        written(Dialect::Markdown, &columns(), 100),
        "| Run | loss | lr |\n| --- | ---: | --- |\n| \\=evil | −0.2500 | 1e-3 |\n| b | NaN | -0.5 |\n| c | – | \\@x |\n"
    );
    let json: serde_json::Value = serde_json::from_str(&written(Dialect::Json, &columns(), 100)).unwrap();
    assert_eq!(
        json,
        serde_json::json!([
            { "run_name": "=evil", "metrics.loss": -0.25, "params.lr": "1e-3" },
            { "run_name": "b", "metrics.loss": "NaN", "params.lr": "-0.5" },
            { "run_name": "c", "metrics.loss": null, "params.lr": "@x" },
        ])
    );
}

#[test]
fn pieces_of_any_size_are_the_same_table() {
    let all: Vec<Column> = table().columns().iter().map(|info| info.column.clone()).collect();
    for dialect in Dialect::ALL {
        let whole = written(dialect, &all, usize::MAX);
        for cells in [0, 1, 2, 7, 50] {
            assert_eq!(written(dialect, &all, cells), whole, "{dialect:?} by {cells}");
        }
    }
}

#[test]
fn an_empty_table_has_a_head() {
    let mut export = TableExport::new(Arc::default(), Vec::new(), columns(), Dialect::Csv);
    assert_eq!(export.step(10, &Clock::utc(0)).as_deref(), Some("run_name,metrics.loss,params.lr\n"));
    assert_eq!(export.step(10, &Clock::utc(0)), None);
}
