//! The table behind a figure, its CSV, and its picture for paper.

use super::*;
use runatlas_core::{board::Form, figure::FigureTable};

fn table(kind: &CardKind, runs: &[RunRef]) -> FigureTable {
    let runs = with_slots(runs);
    FigureTable::of(kind, &runs, &Prepared::of(kind, &runs), 0).unwrap()
}

fn with_slots(runs: &[RunRef]) -> Vec<FigureRun<'_>> {
    runs.iter().enumerate().map(|(at, run)| FigureRun { run, slot: Some(Slot::new(at)) }).collect()
}

fn rows(table: &FigureTable) -> Vec<Vec<&str>> {
    table
        .rows
        .iter()
        .map(|row| {
            std::iter::once(row.name.as_str())
                .chain(row.cells.iter().map(|cell| cell.exact.as_str()))
                .collect()
        })
        .collect()
}

fn scatter(x: AxisColumn, y: AxisColumn, color: Option<AxisColumn>) -> CardKind {
    CardKind::Scatter { x, y, color, trend: true }
}

#[test]
fn the_table_of_a_scatter_has_the_runs_that_are_drawn_and_all_has_the_others_too() {
    let mut runs = sweep();
    runs.push(run("text").param("lr", "auto").metric("loss", 0.4).done());
    runs.push(run("nan").param("lr", "0.1").metric("loss", f64::NAN).done());
    let kind = scatter(log(param("lr")), axis(metric("loss")), Some(axis(param("optimizer"))));
    let shown = table(&kind, &runs);
    assert_eq!(shown.head, ["Run", "lr", "loss", "optimizer"]);
    assert_eq!(shown.rows.len(), build(&kind, &runs).items.len());
    assert_eq!(rows(&shown)[0], ["a", "0.1", "0.9", "sgd"]);
    let all = FigureTable::of_all(&kind, &with_slots(&runs), 0).unwrap();
    assert_eq!(rows(&all)[4], ["text", "auto", "0.4", ""]);
    assert_eq!(rows(&all)[5], ["nan", "0.1", "NaN", ""]);
}

#[test]
fn tables_of_groups_have_their_statistics() {
    let by = Some(param("optimizer"));
    let bars = table(&CardKind::Bar { value: metric("loss"), by: by.clone() }, &sweep());
    assert_eq!(bars.head, ["optimizer", "runs", "mean loss", "standard deviation"]);
    assert_eq!(rows(&bars)[0][..3], ["adam", "2", "0.4"]);
    let boxes = CardKind::Distribution { value: metric("loss"), by, form: Form::Box };
    let boxes = table(&boxes, &sweep());
    assert_eq!(rows(&boxes)[1][..3], ["sgd", "2", "0.2"]);
    assert_eq!(boxes.rows[1].cells.len() + 1, boxes.head.len());
}

#[test]
fn a_histogram_has_every_run_in_one_bin_and_a_map_in_one_cell() {
    let kind = CardKind::Distribution { value: metric("loss"), by: None, form: Form::Histogram };
    let bins = table(&kind, &sweep());
    let counted: usize = bins.rows.iter().map(|row| row.cells[2].exact.parse::<usize>().unwrap()).sum();
    assert_eq!(counted, 4);
    let heat = CardKind::Heat {
        x: axis(param("lr")),
        y: axis(param("optimizer")),
        value: metric("loss"),
        smooth: false,
    };
    let cells = table(&heat, &sweep());
    assert_eq!(cells.head, ["lr", "optimizer", "runs", "mean loss", "least", "greatest"]);
    assert_eq!(cells.rows.len(), build(&heat, &sweep()).items.len());
    assert!(rows(&cells).contains(&vec!["0.01", "adam", "1", "0.5", "0.5", "0.5"]), "{:?}", rows(&cells));
}

#[test]
fn csv_is_exact_and_no_cell_is_a_formula() {
    let runs = [("=1+1", -0.1), ("b", 1.0 / 3.0)].map(|(name, x)| {
        run(name).param("p", if x < 0.0 { "@x" } else { "-2" }).metric("x", x).metric("-y", x).done()
    });
    let kind = scatter(axis(metric("x")), axis(metric("-y")), Some(axis(param("p"))));
    let csv = table(&kind, &runs).csv();
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines.len(), 3, "{csv}");
    assert!(lines[0].starts_with("run,run_id,x,'-y,p"), "{csv}");
    assert!(lines[1].starts_with("'=1+1,") && lines[1].ends_with(",-0.1,-0.1,'@x"), "{csv}");
    assert!(lines[2].contains(",0.3333333333333333,"), "{csv}");
}

#[test]
fn a_figure_on_paper_has_title_marks_with_words_legend_and_notes() {
    let kind = scatter(log(param("lr")), axis(metric("loss")), None);
    let figure = build(&kind, &sweep());
    let paper = figure.paper("loss <by> lr", &palette());
    let count = |part: &str| paper.svg.matches(part).count();
    assert_eq!(count("<title>loss &lt;by&gt; lr</title>"), 1);
    assert_eq!(count("<g class=\"mark\">"), 4);
    assert!(paper.svg.contains("<title>b: lr 0.01, loss 0.5000</title>"), "{}", paper.svg);
    for name in ["a", "b", "c", "d"] {
        assert_eq!(count(&format!(">{name}</text>")), 1, "{name} is in the legend");
    }
    assert!(paper.svg.contains("r = 0.96, p = 0.041, n = 4"), "{}", paper.svg);
    assert!(paper.svg.contains(">loss</text>") && paper.svg.contains(">lr</text>"), "the axes have titles");
    assert_eq!(paper.width, 400.0);
    assert!(paper.height > 240.0 + 34.0 + 18.0);
}

#[test]
fn an_empty_figure_says_so_on_paper() {
    let kind = scatter(axis(metric("none")), axis(metric("loss")), None);
    let paper = build(&kind, &sweep()).paper("nothing", &palette());
    assert!(paper.svg.contains("No run has usable values of both none and loss."), "{}", paper.svg);
}

#[test]
fn bars_on_paper_have_room_for_every_run() {
    let runs: Vec<RunRef> =
        (0..200).map(|at| run(&format!("run-{at}")).metric("x", f64::from(at)).done()).collect();
    let kind = CardKind::Bar { value: metric("x"), by: None };
    let runs = with_slots(&runs);
    let prepared = Prepared::default();
    let (width, height) = figure::paper_size(&kind, &runs, &prepared);
    let figure = figure::build(&kind, &runs, &prepared, &FigureSpec { width, height, ..SPEC }).unwrap();
    assert_eq!(figure.items.len(), 200);
}
