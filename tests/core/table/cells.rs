//! Cells.

use runatlas_core::{
    format::Clock,
    model::{DatasetInput, RunStatus},
    table::{Cell, CellKind, Column, ColumnView, Query, Table},
};

use super::make::{Make, run, table};

const NOW: i64 = 1_795_077_667_120; // 2026-11-19T08:41:07.120Z

fn column(table: &Table, column: Column) -> Vec<Cell> {
    let rows = table.rows(&Query::default()).rows;
    let view = ColumnView::new(column, table, &rows);
    rows.iter().map(|row| view.cell(table.run(row).unwrap(), &Clock::utc(NOW))).collect()
}

fn check(run: Make, of: Column, text: &str, title: Option<&str>, kind: CellKind) {
    let cells = column(&table([run]), of.clone());
    let cell = cells.first().unwrap();
    assert_eq!((cell.text.as_str(), cell.title.as_deref(), cell.kind), (text, title, kind), "{of}");
}

#[test]
fn cells_are_short_and_titles_exact() {
    let sha = "9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b";
    check(
        run("a").tag("mlflow.source.git.commit", sha),
        Column::Commit,
        "9f3c2e1",
        Some(sha),
        CellKind::Mono,
    );
    let path = "C:\\work\\train.py";
    check(
        run("a").tag("mlflow.source.name", path),
        Column::SourceName,
        "train.py",
        Some(path),
        CellKind::Mono,
    );
    check(
        run("a").start(NOW - 12_000),
        Column::StartTime,
        "12 s ago",
        Some("2026-11-19T08:40:55.120Z"),
        CellKind::Time,
    );
    check(run("a").start(0).end(14_760_000), Column::Duration, "4h 06m", Some("4h 06m 00s"), CellKind::Time);
    check(run("a").tag("mlflow.user", "kim"), Column::User, "kim", None, CellKind::Text);
    check(run("a").param("lr", "1e-3"), Column::Param("lr".into()), "1e-3", None, CellKind::Mono);
    check(
        run("a").param("s", "two\nlines"),
        Column::Param("s".into()),
        "two lines",
        Some("two\nlines"),
        CellKind::Mono,
    );
    check(run("a").param("s", ""), Column::Param("s".into()), "", None, CellKind::Mono);
    check(run("a"), Column::Tag("t".into()), "–", Some("not set"), CellKind::Missing);
    check(run("a"), Column::Origin, "SOURCE", None, CellKind::Text);
    check(run("a"), Column::Status, "Finished", None, CellKind::Status(RunStatus::Finished));
    let dataset = |name: &str| DatasetInput { name: name.to_owned(), ..DatasetInput::default() };
    check(
        run("a").dataset(dataset("x")).dataset(dataset("y")),
        Column::Datasets,
        "x, y",
        None,
        CellKind::Text,
    );
    let running = run("a").start(0).status(RunStatus::Running);
    let title = Some("still running, or stopped without saying so");
    check(running, Column::Duration, "–", title, CellKind::Missing);
}

#[test]
fn metrics_share_precision_and_range() {
    let values = [("a", 0.25), ("b", 0.75), ("c", 0.5), ("d", f64::NAN), ("e", f64::INFINITY)];
    let table = table(values.map(|(name, value)| run(name).metric("m", value)).into_iter().chain([run("f")]));
    let cells = column(&table, Column::Metric("m".into()));
    let texts: Vec<_> = cells.iter().map(|cell| cell.text.as_str()).collect();
    assert_eq!(texts, ["0.2500", "0.7500", "0.5000", "NaN", "∞", "–"]);
    let bars: Vec<_> = cells.iter().map(|cell| cell.bar).collect();
    assert_eq!(bars, [Some(0.0), Some(1.0), Some(0.5), None, None, None]);
    let bad: Vec<_> = cells.iter().map(|cell| cell.bad).collect();
    assert_eq!(bad, [false, false, false, true, true, false]);
    assert_eq!(cells[0].title.as_deref(), Some("0.25 at step 100"));
    assert_eq!((cells[5].muted, cells[0].number), (true, Some(0.25)));
}

#[test]
fn bars_survive_extremes() {
    let column_of = |values: &[f64]| {
        let runs = values.iter().enumerate().map(|(i, v)| run(&i.to_string()).metric("m", *v));
        column(&table(runs), Column::Metric("m".into())).iter().map(|cell| cell.bar).collect::<Vec<_>>()
    };
    assert_eq!(column_of(&[f64::MIN, 0.0, f64::MAX]), [Some(0.0), Some(0.5), Some(1.0)]);
    assert_eq!(column_of(&[3.0, 3.0]), [Some(1.0), Some(1.0)]);
}

#[test]
fn the_best_value_is_marked_where_the_name_tells() {
    let best = |key: &str, values: &[f64]| -> Vec<bool> {
        let runs = values.iter().enumerate().map(|(i, v)| run(&format!("{i}")).metric(key, *v));
        let mut cells = column(&table(runs), Column::Metric(key.to_owned()));
        // By name, as the runs were made: without a start the lesser id comes first.
        cells.drain(..).map(|cell| cell.best).collect()
    };
    assert_eq!(best("val/accuracy", &[0.5, 0.7, f64::NAN, 0.7]), [false, true, false, true]);
    assert_eq!(best("val/loss", &[0.5, 0.7, f64::INFINITY]), [true, false, false]);
    assert_eq!(best("epoch", &[1.0, 2.0]), [false, false]);
    assert_eq!(best("val/loss", &[0.5, 0.5]), [false, false], "all the same: none is best");
    assert_eq!(best("val/loss", &[0.5]), [false]);
}
