//! Which value of a metric counts, when numbers are equal, which way is better, in which order runs stand.

use std::{collections::BTreeMap, sync::Arc};

use proptest::prelude::*;
use runatlas_core::{
    diff::{Arrange, Diff, MetricAt, RowId, Rules, SectionKind, SortRuns, Tolerance, Verdict},
    model::{Direction, Directions, MetricSummary, Point},
};

use super::{diff, row, texts};
use crate::table::make::{Make, run};

fn by(runs: impl IntoIterator<Item = Make>, rules: Rules) -> Diff {
    Diff::of(runs.into_iter().map(Make::done).collect(), 0, rules)
}

fn summary(key: &str, last: f64, min: f64, max: f64) -> MetricSummary {
    MetricSummary {
        key: key.to_owned(),
        last: Point { step: 100, timestamp: 0, value: last },
        count: 3,
        min: Some((min, 7)),
        max: Some((max, 9)),
        ..MetricSummary::default()
    }
}

#[test]
fn the_best_value_is_that_of_the_direction() {
    let runs = || {
        [
            run("a").summary(summary("acc", 0.5, 0.1, 0.9)).summary(summary("loss", 3.0, 1.0, 9.0)),
            run("b").summary(summary("acc", 0.6, 0.2, 0.8)).summary(summary("loss", 3.0, 2.0, 9.0)),
        ]
    };
    let best = Rules { at: MetricAt::Best, ..Rules::default() };
    let found = by(runs(), best.clone());
    assert_eq!(texts(&row(&found, SectionKind::Metrics, "acc")), ["0.9000", "0.8000"]);
    let loss = row(&found, SectionKind::Metrics, "loss");
    assert_eq!(texts(&loss), ["1", "2"]);
    assert_eq!(loss.cells[1].title.as_deref(), Some("2.0 at step 7"));
    assert!(!row(&diff(runs()), SectionKind::Metrics, "loss").differs, "the latest are equal");
    let mut directions = Directions::default();
    directions.choose("loss", Direction::Higher);
    let turned = by(runs(), Rules { directions: Arc::new(directions), ..best });
    assert_eq!(texts(&row(&turned, SectionKind::Metrics, "loss")), ["9", "9"]);
}

#[test]
fn a_step_shows_what_was_logged_by_then() {
    let at = |value, step| BTreeMap::from([("acc".to_owned(), Point { value, step, timestamp: 0 })]);
    let rules = Rules {
        at: MetricAt::Step(50),
        at_step: Some(Arc::new(vec![at(0.25, 50), at(0.5, 40), BTreeMap::new()])),
        ..Rules::default()
    };
    let found = by(["a", "b", "c"].map(|name| run(name).metric("acc", 0.9)), rules);
    let acc = row(&found, SectionKind::Metrics, "acc");
    assert_eq!(texts(&acc), ["0.2500", "0.5000", "not logged"]);
    assert_eq!(acc.cells[1].title.as_deref(), Some("0.5 at step 40"));
    assert!(acc.differs);
}

#[test]
fn a_direction_is_chosen_once_and_kept() {
    let mut directions = Directions::default();
    assert_eq!((directions.of("val_loss"), directions.of("xyz")), (Direction::Lower, Direction::Unknown));
    for expected in [Direction::Unknown, Direction::Higher, Direction::Lower] {
        directions.turn("val_loss");
        assert_eq!(directions.of("val_loss"), expected);
    }
    assert_eq!(directions, Directions::default(), "what the name says is not kept");
    directions.choose("a\n\\b é", Direction::Higher);
    directions.choose("acc", Direction::Unknown);
    assert_eq!(Directions::parse(&directions.to_text()), directions);
    assert_eq!(Directions::parse("?x\n\n+\\"), Directions::default());
    let rules = Rules { directions: Arc::new(directions), ..Rules::default() };
    let found = by([run("a").metric("acc", 0.5), run("b").metric("acc", 0.9)], rules);
    let acc = row(&found, SectionKind::Metrics, "acc");
    assert_eq!((acc.direction, acc.cells[1].best), (Direction::Unknown, false));
    assert_eq!(acc.cells[1].delta.as_ref().map(|delta| delta.verdict), Some(Verdict::Neutral));
}

#[test]
fn numbers_within_the_tolerance_are_equal() {
    let runs = || {
        [
            run("a").metric("m", 1.0).param("lr", "0.10").param("n", "x"),
            run("b").metric("m", 1.001).param("lr", "0.1").param("n", "y"),
            run("c").metric("m", 1.009).param("lr", "0.1001").param("n", "x"),
        ]
    };
    let found = |absolute, relative| {
        let found = by(runs(), Rules { tolerance: Tolerance { absolute, relative }, ..Rules::default() });
        ["m", "lr", "n"].map(|key| {
            let kind = if key == "m" { SectionKind::Metrics } else { SectionKind::Params };
            let row = row(&found, kind, key);
            (row.differs, row.cells.iter().map(|cell| cell.differs).collect::<Vec<_>>())
        })
    };
    let n = (true, vec![false, true, false]);
    let all = |differs| (differs, vec![false, differs, differs]);
    assert_eq!(found(0.0, 0.0), [all(true), all(true), n.clone()]);
    assert_eq!(found(0.01, 0.0), [all(false), all(false), n.clone()]);
    assert_eq!(found(0.0, 0.002), [(true, vec![false, false, true]), all(false), n]);
    let equal =
        by(runs(), Rules { tolerance: Tolerance { absolute: 0.01, relative: 0.0 }, ..Rules::default() });
    assert!(row(&equal, SectionKind::Metrics, "m").cells.iter().all(|cell| cell.delta.is_none()));
}

#[test]
fn params_that_are_numbers_have_deltas() {
    let found = diff([
        run("a").param("lr", "0.1").param("depth", "3").param("opt", "adam").param("mix", "1"),
        run("b").param("lr", "0.3").param("depth", "12").param("opt", "sgd").param("mix", "none"),
    ]);
    let delta = |key: &str| {
        let cell = row(&found, SectionKind::Params, key).cells[1].clone();
        cell.delta.map(|delta| (delta.text, delta.percent.unwrap_or_default(), delta.verdict))
    };
    let neutral = |text: &str, percent: &str| Some((text.to_owned(), percent.to_owned(), Verdict::Neutral));
    assert_eq!(delta("lr"), neutral("+0.2", "+200.0%"));
    assert_eq!(delta("depth"), neutral("+9", "+300.0%"));
    assert_eq!((delta("opt"), delta("mix")), (None, None));
    let empty = diff([run("a").param("p", ""), run("b")]);
    let cells = row(&empty, SectionKind::Params, "p").cells;
    assert!(cells[0].empty && !cells[0].missing && cells[1].missing && cells[1].differs);
    assert_eq!((cells[0].text.as_str(), cells[0].exact.as_str()), ("empty", ""));
}

#[test]
fn runs_are_sorted_by_any_row() {
    let found = diff([
        run("base").metric("acc", 0.5).param("n", "a10"),
        run("nan").metric("acc", f64::NAN).param("n", "a2"),
        run("low").metric("acc", 0.1),
        run("none").param("n", "a10"),
        run("high").metric("acc", 0.9).param("n", "7"),
    ]);
    let names = |kind, key: &str, descending| -> Vec<String> {
        let id = RowId { section: kind, key: key.to_owned(), inner: None };
        let arrange = Arrange { sort: Some(SortRuns { row: id, descending }), group: None };
        let columns = found.columns(&arrange);
        columns.iter().map(|column| found.runs()[column[0]].run.name.clone()).collect()
    };
    assert_eq!(names(SectionKind::Metrics, "acc", true), ["base", "high", "low", "nan", "none"]);
    assert_eq!(names(SectionKind::Metrics, "acc", false), ["base", "low", "high", "nan", "none"]);
    assert_eq!(names(SectionKind::Params, "n", false), ["base", "high", "nan", "none", "low"]);
    assert_eq!(names(SectionKind::Params, "gone", false), ["base", "nan", "low", "none", "high"]);
}

#[test]
fn a_summary_says_what_matters() {
    let found = diff([
        run("base").param("lr", "1").param("x", "1").metric("val_loss", 0.5).metric("train_loss", 0.1),
        run("better").param("lr", "2").param("x", "1").metric("val_loss", 0.38).metric("train_loss", 0.2),
    ]);
    assert_eq!(found.main_metric().as_deref(), Some("val_loss"));
    assert_eq!(
        found.summary(None),
        "1 of 2 params differs. val_loss is lowest in better: 0.3800, −0.1200 against the baseline."
    );
    assert_eq!(
        found.summary(Some("train_loss")),
        "1 of 2 params differs. train_loss is lowest in the baseline: 0.1000."
    );
    assert_eq!(diff([run("a"), run("b")]).summary(None), "These runs have no params.");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_tolerance_is_symmetric(a in any::<f64>(), b in any::<f64>(), near in -1e-3..1e-3_f64, absolute in 0.0..1.0_f64, relative in 0.0..2.0_f64) {
        let tolerance = Tolerance { absolute, relative };
        for b in [b, a + near, a * (1.0 + near)] {
            prop_assert_eq!(tolerance.allows(a, b), tolerance.allows(b, a));
        }
        prop_assert!(tolerance.allows(a, a));
    }

    #[test]
    fn with_a_tolerance_the_order_does_not_matter_either(values in prop::collection::vec(prop_oneof![-2.0..2.0_f64, Just(f64::NAN), Just(f64::INFINITY)], 2..6), absolute in 0.0..1.0_f64, relative in 0.0..1.0_f64) {
        let rules = Rules { tolerance: Tolerance { absolute, relative }, ..Rules::default() };
        let named = |values: &[f64]| {
            let runs = values.iter().enumerate().map(|(at, value)| run(&at.to_string()).metric("m", *value));
            row(&by(runs, rules.clone()), SectionKind::Metrics, "m")
        };
        let forward = named(&values);
        let mut turned = values.clone();
        turned.reverse();
        prop_assert_eq!(forward.differs, named(&turned).differs);
        // A row differs exactly where two of its values do.
        let any_two = values.iter().any(|a| values.iter().any(|b| !rules.tolerance.allows(*a, *b)));
        prop_assert_eq!(forward.differs, any_two, "{:?}", values);
    }
}
