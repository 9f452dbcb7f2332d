//! What counts as a filter in the field above the runs.

use runatlas_core::query::Typed;

#[test]
fn words_are_no_filter() {
    for text in [
        "",
        "loss",
        "lr=0.1",
        "a > b",
        "metrics",
        "metrics.loss",
        "it's",
        "in the",
        "run_name",
        "(",
        "not",
        "100%",
        "status quo",
    ] {
        assert_eq!(Typed::read(text), Typed::Words, "{text}");
    }
}

#[test]
fn keys_with_comparators_are() {
    for text in [
        "metrics.loss < 0.5",
        "metrics.loss<0.5 ",
        "params.`a b` = 'x' AND tags.team LIKE '%'",
        "status = 'FAILED'",
        "run_id IN ('a')",
        "run_id not in ('a')",
        "tags.team IS NULL",
        "(metrics.a > 1 OR metrics.b > 1)",
        "NOT params.opt =~ '^a'",
    ] {
        assert!(matches!(Typed::read(text), Typed::Filter(_)), "{text}");
    }
}

#[test]
fn faults_are_told_with_a_way_out() {
    for text in ["metrics.loss <", "params.opt = adam", "params.opt > 'a'", "metrics.a > 'x'"] {
        assert!(matches!(Typed::read(text), Typed::Broken(_)), "{text}");
    }
    let Typed::Broken(error) = Typed::read("params.opt = adam") else { panic!("a filter") };
    assert_eq!(error.advice(), Some("Put the value in quotes: 'value'."));
}
