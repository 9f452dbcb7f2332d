//! What the menu of columns offers, and how wide columns are.

use runatlas_core::table::{Column, column_choices, fitting_width};

use super::make::{run, table};

fn check(search: &str, most: usize, expected: &[(&str, usize, &[&str])]) {
    let table = table((0..3).map(|i| {
        let run = run(&format!("r{i}")).start(0).param("optimizer.lr", "0.1").tag("mlflow.source.type", "x");
        (0..4).fold(run, |run, m| run.metric(&format!("val/m{m}"), f64::from(m)))
    }));
    let found: Vec<(String, usize, Vec<String>)> = column_choices(table.columns(), search, most)
        .into_iter()
        .map(|choices| {
            let labels = choices.columns.iter().map(|info| info.column.label().into_owned()).collect();
            (choices.group.label().to_owned(), choices.matched, labels)
        })
        .collect();
    let found: Vec<(&str, usize, Vec<&str>)> = found
        .iter()
        .map(|(group, matched, labels)| {
            (group.as_str(), *matched, labels.iter().map(String::as_str).collect())
        })
        .collect();
    let expected: Vec<_> =
        expected.iter().map(|(group, matched, labels)| (*group, *matched, labels.to_vec())).collect();
    assert_eq!(found, expected, "{search:?} {most}");
}

#[test]
fn choices_are_grouped_searched_and_capped() {
    check("M1", 9, &[("Metrics", 1, &["val/m1"])]);
    check("val", 2, &[("Metrics", 4, &["val/m0", "val/m1"])]);
    check("lr opt", 2, &[("Params", 1, &["optimizer.lr"])]);
    check("type", 2, &[("Attributes", 1, &["Source type"]), ("MLflow's tags", 1, &["mlflow.source.type"])]);
    check("start", 2, &[("Attributes", 1, &["Started"])]);
    check("nothing such", 2, &[]);
    // The name is in every row and no choice: "Run ID" only.
    check("run", 2, &[("Attributes", 1, &["Run ID"])]);
}

fn check_width(column: Column, value: &str, expected: usize) {
    let table = table([run("a").param("lr", value).param("a long key of a param", "1")]);
    assert_eq!(fitting_width(&column, &table, 200), expected, "{column} {value:?}");
}

#[test]
fn widths_suit_heading_and_values_within_bounds() {
    let lr = || Column::Param("lr".into());
    check_width(lr(), "1", 6);
    check_width(lr(), "0.00123456", 11);
    check_width(lr(), &"x".repeat(500), 28);
    check_width(Column::Param("a long key of a param".into()), "", 21);
    check_width(Column::Metric("absent".into()), "", 6);
}
