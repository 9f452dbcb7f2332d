//! What columns take of a metric's history.

use std::sync::Arc;

use proptest::prelude::*;
use runatlas_core::{
    format::Clock,
    history::{History, compare_latest},
    model::Point,
    table::{Column, ColumnView, Query, RunRef, SharedSteps, SortBy, StepValues, Take, at_step},
};

use super::make::{names, run, table};

fn history(points: &[(i64, f64)]) -> History {
    let mut history: History =
        points.iter().zip(0..).map(|(&(step, value), timestamp)| Point { step, timestamp, value }).collect();
    history.sort();
    history
}

fn with(name: &str, key: &str, points: &[(i64, f64)]) -> RunRef {
    run(name).summary(history(points).summary(key).unwrap()).done()
}

fn taken(key: &str, take: Take) -> Column {
    Column::of_metric(key.to_owned(), Some(take))
}

/// Text and tooltip of a cell.
fn cell(column: Column, run: &RunRef) -> (String, String) {
    let view = ColumnView::over(column, std::iter::once(run), SharedSteps::default());
    let cell = view.cell(run, &Clock::utc(0));
    (cell.text, cell.title.unwrap_or_default())
}

#[test]
fn summaries_answer_without_histories() {
    let run = with("a", "val/loss", &[(0, 2.0), (10, 0.5), (20, f64::NAN), (30, 1.5)]);
    let check = |take: Take, text: &str, title: &str| {
        assert_eq!(cell(taken("val/loss", take), &run), (text.to_owned(), title.to_owned()), "{take}");
    };
    check(Take::Best, "0.5000", "0.5 at step 10");
    check(Take::Min, "0.5000", "0.5 at step 10");
    check(Take::Max, "2", "2.0 at step 0");
    check(Take::First, "2", "2.0 at step 0");
    check(Take::Mean, "1.3333", "1.3333333333333333, mean of all finite points");
    check(Take::Count, "4", "");
    check(Take::At(30), "1.5000", "1.5 at step 30");
    check(Take::At(31), "–", "the run ended before this step");
    check(Take::At(-1), "–", "the run logged nothing so early");
    check(Take::At(15), "…", "being read from the history");
    check(Take::Curve, "", "4 points, latest 1.5");
    assert_eq!(
        cell(taken("lr", Take::Best), &with("a", "lr", &[(0, 1.0)])).1,
        "the name does not tell whether more or less is better"
    );
    let nothing_finite = with("a", "acc", &[(0, f64::NAN), (1, f64::NEG_INFINITY)]);
    assert_eq!(cell(taken("acc", Take::Best), &nothing_finite).0, "NaN");
    assert_eq!(cell(taken("acc", Take::Mean), &nothing_finite).0, "NaN");
}

#[test]
fn ids_say_what_is_taken() {
    let golden = [
        (Take::Best, "metrics:best.val/a.b"),
        (Take::Min, "metrics:min.val/a.b"),
        (Take::Max, "metrics:max.val/a.b"),
        (Take::Mean, "metrics:mean.val/a.b"),
        (Take::First, "metrics:first.val/a.b"),
        (Take::Count, "metrics:count.val/a.b"),
        (Take::Curve, "metrics:curve.val/a.b"),
        (Take::At(-500), "metrics:at-500.val/a.b"),
        (Take::At(i64::MAX), "metrics:at9223372036854775807.val/a.b"),
    ];
    for (take, id) in golden {
        let column = taken("val/a.b", take);
        assert_eq!(column.to_string(), id);
        assert_eq!(Column::parse(id), Some(column));
    }
    assert_eq!(Column::of_metric("m".into(), None), Column::Metric("m".into()));
    for unknown in ["metrics:.m", "metrics:at.m", "metrics:atx.m", "metrics:last.m", "metrics:best"] {
        assert_eq!(Column::parse(unknown), None, "{unknown}");
    }
}

#[test]
fn values_at_a_step_come_with_the_histories() {
    let points: [&[(i64, f64)]; 3] =
        [&[(0, 1.0), (10, 5.0), (20, 0.0)], &[(0, 2.0), (9, 7.0), (30, 0.0)], &[(0, 3.0), (10, 9.0)]];
    let runs: Vec<RunRef> =
        points.iter().zip(["a", "b", "c"]).map(|(points, name)| with(name, "m", points)).collect();
    let column = taken("m", Take::At(10));
    let mut steps = StepValues::default();
    let wanted: Vec<bool> = runs.iter().map(|run| steps.wants(&column, run)).collect();
    assert_eq!(wanted, [true, true, false], "the summary of c tells its value at its last step");
    let table = runatlas_core::table::Table::new(runs.clone());
    let sorted = |steps: &StepValues| {
        let sort = vec![SortBy { column: column.clone(), descending: true }];
        let query = Query { sort, steps: SharedSteps(Arc::new(steps.clone())), ..Query::default() };
        names(&table, &table.rows(&query))
    };
    assert_eq!(sorted(&steps)[0], "c", "what is not read yet comes last");
    for (run, points) in runs.iter().zip(points).take(2) {
        steps.put(&column, run, Some(&history(points)));
        assert!(!steps.wants(&column, run));
    }
    assert_eq!(sorted(&steps), ["c", "b", "a"]);
    let view = ColumnView::over(column.clone(), runs.iter(), SharedSteps(Arc::new(steps.clone())));
    assert_eq!(
        view.cell(&runs[1], &Clock::utc(0)).title.as_deref(),
        Some("7.0 at step 9, the last one before")
    );
    // A run that went on is read again.
    let more = with("a", "m", &[(0, 1.0), (10, 5.0), (15, 1.0), (20, 0.0)]);
    assert!(steps.wants(&column, &more));
    steps.put(&column, &more, None);
    let view = ColumnView::over(column, std::iter::once(&more), SharedSteps(Arc::new(steps)));
    assert_eq!(view.cell(&more, &Clock::utc(0)).title.as_deref(), Some("its history could not be read"));
}

#[test]
fn new_attributes_have_their_cells() {
    let mut with_model = run("a").tag("mlflow.source.type", "LOCAL");
    with_model.0.outputs.push(runatlas_core::model::ModelLink { model_id: "m-1".into(), step: 3 });
    let table = table([run("p"), with_model.parent("p")]);
    let child = table.runs().iter().find(|run| run.run.name == "a").unwrap();
    assert_eq!(cell(Column::Models, child).0, "m-1");
    assert_eq!(cell(Column::SourceType, child).0, "LOCAL");
    assert_eq!(cell(Column::parent(), child), ("p".to_owned(), "id-p".to_owned()));
    assert_eq!(Column::parent().label(), "Parent run");
}

proptest! {
    #[test]
    fn the_value_at_a_step_is_the_latest_until_then(
        points in prop::collection::vec((-5..6i64, 0..4i64, prop_oneof![Just(f64::NAN), -9.0..9.0f64]), 0..30),
        step in -7..8i64,
    ) {
        let mut history: History =
            points.iter().map(|&(step, timestamp, value)| Point { step, timestamp, value }).collect();
        history.sort();
        let naive = history.iter().filter(|point| point.step <= step).max_by(compare_latest);
        let found = at_step(&history, step);
        prop_assert_eq!(found.map(|p| (p.step, p.timestamp, p.value.to_bits())), naive.map(|p| (p.step, p.timestamp, p.value.to_bits())));
    }

    #[test]
    fn taken_columns_round_trip(key in "\\PC*", step: i64) {
        for take in Take::PLAIN.into_iter().chain([Take::At(step)]) {
            let column = Column::Taken(key.clone(), take);
            prop_assert_eq!(Column::parse(&column.to_string()), Some(column));
        }
    }
}
