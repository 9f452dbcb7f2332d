//! What Runatlas adds to MLflow's filters.

use runatlas_core::{
    model::{MetricSummary, Point, Run},
    query::{Filter, StoreKind},
};

fn run(id: &str, acc: f64, opt: &str) -> Run {
    let last = Point { value: acc, ..Point::default() };
    Run {
        id: id.to_owned(),
        params: vec![("opt".to_owned(), opt.to_owned())],
        metrics: vec![MetricSummary { key: "acc".to_owned(), last, ..MetricSummary::default() }],
        ..Run::default()
    }
}

#[track_caller]
fn finds(filter: &str, expected: &str) {
    let runs = [run("a", 0.1, "adam"), run("b", 0.5, "sgd"), run("c", 0.9, "adamw"), Run::default()];
    let filter = Filter::parse_extended(filter).unwrap();
    let found = runs.iter().filter(|run| filter.matches(run, StoreKind::Sql));
    assert_eq!(found.map(|run| if run.id.is_empty() { "-" } else { &run.id }).collect::<String>(), expected);
}

#[track_caller]
fn fails(filter: &str, at: &str, message: &str) {
    let error = Filter::parse_extended(filter).unwrap_err();
    assert_eq!((&filter[error.span.clone()], error.message.as_str()), (at, message));
}

#[test]
fn not_binds_before_and_before_or() {
    finds("metrics.acc < 0.2 OR metrics.acc > 0.8", "ac");
    finds("metrics.acc < 0.2 or params.opt = 'sgd' AND metrics.acc > 0.8", "a");
    finds("(metrics.acc < 0.2 OR params.opt = 'sgd') AND metrics.acc > 0.3", "b");
    finds("NOT params.opt = 'sgd'", "ac-");
    finds("NOT params.opt = 'sgd' AND metrics.acc > 0.2", "c");
    finds("NOT (params.opt = 'sgd' AND metrics.acc > 0.2)", "ac-");
    finds("not not params.opt = 'sgd'", "b");
    finds("run_id IN ('a', 'b') OR run_id NOT IN ('a', 'b', 'c')", "ab-");
    finds("NOT run_id IN ('a', 'b') AND (params.opt IS NULL OR run_id = 'c')", "c-");
}

#[test]
fn regular_expressions_match_anywhere_in_texts() {
    finds("params.opt =~ 'adam'", "ac");
    finds("params.opt =~ '^adam$'", "a");
    finds("params.opt !~ \"adam\"", "b");
    finds("params.opt=~'a.am' AND metrics.acc > 0.5", "c");
    finds("run_id =~ '[ab]' AND NOT params.opt =~ 'w$'", "ab");
}

#[test]
fn it_is_said_what_needs_us() {
    assert!(!Filter::parse_extended("metrics.acc > 0 AND params.opt = 'or'").unwrap().is_ours());
    assert!(!Filter::parse_extended("params.`or` = 'a'").unwrap().is_ours());
    assert!(Filter::parse_extended("metrics.acc > 0 OR metrics.acc < 0").unwrap().is_ours());
    assert!(Filter::parse_extended("(metrics.acc > 0)").unwrap().is_ours());
    assert!(Filter::parse("(metrics.acc > 0)").is_err());
    assert!(Filter::parse("params.opt =~ 'a'").unwrap().check().is_err(), "MLflow reads it and then refuses");
}

#[test]
fn errors_point_at_the_spot() {
    fails(
        "metrics.acc > 0 OR foo.bar = 'a'",
        "foo.bar",
        "Invalid entity type 'foo'. Valid values are ['metric', 'parameter', 'tag', 'attribute', 'dataset']",
    );
    fails("metrics.acc > 0 OR", "", "a comparison is expected here");
    fails("(metrics.acc > 0", "(", "this bracket is not closed");
    fails("(metrics.acc > 0) OR metrics.acc = 1)", ")", ") is not expected here");
    fails("metrics.acc =~ 'a'", "'a'", "Expected numeric value type for metric. Found 'a'");
    let error = Filter::parse_extended("params.opt =~ '('").unwrap_err();
    assert!(error.message.starts_with("this is no regular expression"), "{error}");
    // Without any of ours, the words are MLflow's.
    fails("metrics.acc > 'a'", "'a'", "Expected numeric value type for metric. Found 'a'");
}
