use std::sync::Arc;

use proptest::prelude::*;
use runatlas_core::compare::{CompareOptions, RowKey, Side, TableDiff, compare};

use super::files;

fn table(left: &str, right: &str) -> Arc<TableDiff> {
    files("table.csv", left, right).table.expect("both are tables")
}

fn by(key: RowKey, left: &str, right: &str) -> Arc<TableDiff> {
    let options = CompareOptions { key, ..CompareOptions::default() };
    let side = |text| Side { path: "table.csv", bytes: text };
    compare(Some(side(left.as_bytes())), Some(side(right.as_bytes())), &options)
        .table
        .expect("both are tables")
}

/// The places of the rows that belong together, with a mark for those that differ.
fn rows(diff: &TableDiff) -> Vec<(Option<u32>, Option<u32>, bool)> {
    diff.rows.iter().map(|row| (row.left, row.right, row.differs)).collect()
}

#[test]
fn rows_belong_together_by_a_column_that_names_them() {
    let left = "id,score\n1,0.5\n2,0.6\n3,0.7\n";
    let right = "id,score\n3,0.7\n1,0.9\n4,0.1\n";
    let diff = table(left, right);
    assert_eq!(diff.key.as_deref(), Some("id"));
    assert_eq!(diff.words(), "1 row changed, 1 added, 1 removed, 1 equal");
    assert_eq!(
        rows(&diff),
        [(Some(0), Some(1), true), (Some(1), None, true), (Some(2), Some(0), false), (None, Some(2), true)]
    );
    assert_eq!(diff.columns.iter().map(|column| column.differing).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn without_such_a_column_most_rows_are_equal() {
    let left = "x,y\na,1\nb,2\nc,3\n";
    let right = "x,y\na,1\nc,3\nd,4\n";
    let diff = table(left, right);
    assert_eq!(diff.key, None);
    assert_eq!(
        rows(&diff),
        [(Some(0), Some(0), false), (Some(1), None, true), (Some(2), Some(1), false), (None, Some(2), true),]
    );
}

#[test]
fn a_column_that_does_not_name_rows_is_no_key() {
    let (left, right) = ("x,y\na,1\na,2\n", "x,y\na,1\na,3\n");
    assert_eq!(by(RowKey::Column("x".into()), left, right).key, None);
    assert_eq!(by(RowKey::Column("y".into()), left, right).key.as_deref(), Some("y"));
    assert_eq!(by(RowKey::Content, "id\n1\n", "id\n2\n").key, None);
}

#[test]
fn columns_are_known_by_name() {
    let diff = table("a,b\n1,2\n", "b,c\n2,3\n");
    let found: Vec<_> = diff.columns.iter().map(|c| (c.name.as_str(), c.left, c.right)).collect();
    assert_eq!(found, [("a", Some(0), None), ("b", Some(1), Some(0)), ("c", None, Some(1))]);
    assert!(!diff.is_equal());
    assert_eq!(diff.words(), "1 row equal; 1 column added; 1 column removed");
}

#[test]
fn tables_of_mlflow_are_read() {
    let left = r#"{"columns": ["id", "answer"], "data": [[1, "yes"], [2, null]]}"#;
    let right = r#"{"columns": ["id", "answer"], "data": [[1, "yes"], [2, "no"]]}"#;
    let diff = files("eval_results_table.json", left, right).table.expect("both are tables");
    let row = diff.rows[1];
    assert_eq!(diff.cell(&row, &diff.columns[1]), (Some(""), Some("no")));
    assert_eq!(diff.words(), "1 row changed, 1 equal");
}

#[test]
fn ragged_rows_and_unnamed_columns_have_a_place() {
    let diff = table("a,b\n1\n1,2,3\n", "a,b\n1\n1,2,4\n");
    assert_eq!(diff.columns[2].name, "column 3");
    assert_eq!(diff.columns[2].differing, 1);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_row_has_one_place(left in prop::collection::vec(0..9u8, 0..20), right in prop::collection::vec(0..9u8, 0..20), key in 0..3_usize) {
        let text = |rows: &[u8]| rows.iter().enumerate().fold("id,v\n".to_owned(), |text, (at, v)| text + &format!("{},{v}\n", at * 7 % 23));
        let key = [RowKey::Auto, RowKey::Content, RowKey::Column("id".into())][key].clone();
        let diff = by(key, &text(&left), &text(&right));
        let mut lefts: Vec<u32> = diff.rows.iter().filter_map(|row| row.left).collect();
        let mut rights: Vec<u32> = diff.rows.iter().filter_map(|row| row.right).collect();
        lefts.sort_unstable();
        rights.sort_unstable();
        prop_assert_eq!(lefts, (0..left.len() as u32).collect::<Vec<_>>());
        prop_assert_eq!(rights, (0..right.len() as u32).collect::<Vec<_>>());
        prop_assert!(by(RowKey::Auto, &text(&left), &text(&left)).is_equal());
    }
}
