//! Tests of table: columns, cells, order, search, trees.

mod cells;
mod choices;
mod export;
mod groups;
pub(crate) mod make;
mod order;
mod shape;
mod speed;
mod takes;
mod trees;
mod twins;

use make::{names, run, table};
use proptest::prelude::*;
use runatlas_core::{
    model::Lifecycle,
    table::{Column, ColumnGroup, LifecycleView, Query},
};

#[test]
fn column_ids_are_stable_and_read_back() {
    let golden = [
        (Column::Name, "attributes.run_name"),
        (Column::Status, "attributes.status"),
        (Column::StartTime, "attributes.start_time"),
        (Column::EndTime, "attributes.end_time"),
        (Column::Duration, "attributes.duration"),
        (Column::User, "attributes.user_id"),
        (Column::SourceName, "attributes.source_name"),
        (Column::Commit, "attributes.source_version"),
        (Column::Branch, "attributes.branch"),
        (Column::Experiment, "attributes.experiment"),
        (Column::Origin, "attributes.origin"),
        (Column::Lifecycle, "attributes.lifecycle"),
        (Column::RunId, "attributes.run_id"),
        (Column::Datasets, "attributes.datasets"),
        (Column::SourceType, "attributes.source_type"),
        (Column::Models, "attributes.models"),
        (Column::ArtifactUri, "attributes.artifact_uri"),
        (Column::Metric("val/loss".into()), "metrics.val/loss"),
        (Column::Param("a.b c".into()), "params.a.b c"),
        (Column::Tag(String::new()), "tags."),
    ];
    for (column, id) in &golden {
        assert_eq!(column.to_string(), *id);
        assert_eq!(Column::parse(id).as_ref(), Some(column));
        assert!(!column.label().is_empty() || id.ends_with('.'));
    }
    assert_eq!(Column::attributes().count(), golden.len() - 3, "every attribute has its golden id");
    for unknown in ["", "name", "attributes.", "attributes.nope", "Metrics.x", "metrics"] {
        assert_eq!(Column::parse(unknown), None, "{unknown}");
    }
    assert_eq!(Column::Tag("mlflow.user".into()).group(), ColumnGroup::SystemTags);
}

#[test]
fn columns_count_runs_and_differences() {
    let table = table([
        run("a").param("lr", "0.1").param("opt", "adam").metric("loss", f64::NAN).tag("mlflow.user", "x"),
        run("b").param("lr", "0.2").metric("loss", f64::NAN).tag("team", "y"),
        run("c").param("lr", "0.2").metric("acc", 0.5).metric("loss", f64::NAN),
    ]);
    let found: Vec<_> = table
        .columns()
        .iter()
        .filter(|info| info.column.group() != ColumnGroup::Attributes)
        .map(|info| (info.column.to_string(), info.runs, info.differs))
        .collect();
    let expected = [
        ("metrics.acc", 1, false),
        ("metrics.loss", 3, false),
        ("params.lr", 3, true),
        ("params.opt", 1, false),
        ("tags.team", 1, false),
        ("tags.mlflow.user", 1, false),
    ];
    assert_eq!(found, expected.map(|(id, runs, differs)| (id.to_owned(), runs, differs)));
    let name = table.columns().iter().find(|info| info.column == Column::Name).unwrap();
    assert!(name.runs == 3 && name.differs);
    assert!(table.columns().iter().all(|info| info.column != Column::EndTime), "nobody has an end");
}

#[test]
fn default_columns_are_the_telling_ones() {
    let table = table((0..10).map(|i| {
        let run = run(&format!("r{i}")).param("lr", &i.to_string()).param("epochs", "3").param("seed", "1");
        let run = run.metric("train/loss", 1.0 + f64::from(i)).metric("val/loss", f64::from(i));
        let run = run
            .metric("lr", f64::from(i))
            .metric("epoch", 3.0)
            .metric("system/cpu_utilization", f64::from(i));
        if i == 0 { run.metric("val/accuracy", 0.1) } else { run }
    }));
    let ids: Vec<_> = table.default_columns().iter().map(ToString::to_string).collect();
    assert_eq!(
        ids,
        [
            "attributes.start_time",
            "attributes.duration",
            "metrics.val/loss",
            "metrics.train/loss",
            "metrics.lr",
            "metrics.epoch",
            "params.lr",
        ]
    );
}

#[test]
fn search_wants_all_words_anywhere() {
    let table = table([
        run("alpha").param("optimizer", "AdamW").user("Zoë"),
        run("beta").param("optimizer", "sgd").tag("note", "two words\nand lines"),
        run("gamma").tag("mlflow.log-model.history", "adamw everywhere"),
    ]);
    let found = |search: &str| {
        let query = Query { search: search.to_owned(), ..Query::default() };
        names(&table, &table.rows(&query))
    };
    assert_eq!(found("adamw"), ["alpha"]);
    assert_eq!(found("ZOË alp"), ["alpha"]);
    assert_eq!(found("words LINES"), ["beta"]);
    assert_eq!(found("id-gamma"), ["gamma"]);
    assert_eq!(found("alpha sgd"), [""; 0]);
    assert_eq!(found("  "), ["alpha", "beta", "gamma"]);
    assert_eq!(found("optimizer"), [""; 0], "keys are not searched");
}

#[test]
fn lifecycle_views_divide_the_runs() {
    let table = table([run("kept"), run("gone").lifecycle(Lifecycle::Deleted)]);
    let rows = |lifecycle| table.rows(&Query { lifecycle, ..Query::default() });
    assert_eq!(names(&table, &rows(LifecycleView::Active)), ["kept"]);
    assert_eq!(names(&table, &rows(LifecycleView::Deleted)), ["gone"]);
    assert_eq!(names(&table, &rows(LifecycleView::All)), ["gone", "kept"]);
    assert_eq!(rows(LifecycleView::All).count_words(), "2 runs");
    let searched =
        table.rows(&Query { search: "kept".to_owned(), lifecycle: LifecycleView::All, ..Query::default() });
    assert_eq!(searched.count_words(), "1 of 2 runs");
    assert_eq!(
        table.rows(&Query { search: "zz".to_owned(), ..Query::default() }).count_words(),
        "0 of 1 run"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn column_ids_round_trip(key in "\\PC*") {
        for column in [Column::Metric(key.clone()), Column::Param(key.clone()), Column::Tag(key.clone())] {
            prop_assert_eq!(Column::parse(&column.to_string()), Some(column));
        }
        if let Some(column) = Column::parse(&key) {
            prop_assert_eq!(column.to_string(), key);
        }
    }

    #[test]
    fn a_longer_search_finds_a_subset(values in prop::collection::vec("[a-cA-C ]{0,6}", 0..12), first in "[a-c]{0,2}", more in "[a-c]{1,2}") {
        let table = table(values.iter().enumerate().map(|(i, value)| run(&format!("r{i}")).param("p", value)));
        let found = |search: String| names(&table, &table.rows(&Query { search, ..Query::default() }));
        let wide = found(first.clone());
        for narrow in [found(format!("{first} {more}")), found(format!("{first}{more}"))] {
            prop_assert!(narrow.iter().all(|name| wide.contains(name)));
        }
        for name in &wide {
            let at: usize = name[1..].parse().unwrap();
            prop_assert!(first.is_empty() || values[at].to_lowercase().contains(&first) || "id-r".contains(&first) || "experiment".contains(&first));
        }
    }
}
