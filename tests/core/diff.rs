//! Tests of diff: what differs, deltas, lines, export.

mod files;
mod nested;
mod rules;
mod twins;

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use proptest::prelude::*;
use runatlas_core::{
    diff::{Diff, DiffFilter, DiffRow, Format, Lane, Line, RunFiles, SectionKind, Verdict, next_difference},
    format::Clock,
    model::{DatasetInput, Direction, MetricSummary, Point, RunStatus},
};

use crate::table::make::{Make, run};

/// Runs without files.
fn diff(runs: impl IntoIterator<Item = Make>) -> Diff {
    let diff = Diff::new(runs.into_iter().map(Make::done).collect(), 0);
    let files = vec![Some(Arc::new(RunFiles::default())); diff.runs().len()];
    diff.with_files(&files)
}

/// All rows of a section.
fn rows(diff: &Diff, kind: SectionKind) -> Vec<DiffRow> {
    let Some(index) = diff.sections().iter().position(|section| section.kind == kind) else {
        return Vec::new();
    };
    let row = |row| diff.row(index, row, &Clock::utc(0)).unwrap();
    (0..diff.sections()[index].rows()).map(row).collect()
}

fn row(diff: &Diff, kind: SectionKind, key: &str) -> DiffRow {
    rows(diff, kind).into_iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no {key}"))
}

fn texts(row: &DiffRow) -> Vec<&str> {
    row.cells.iter().map(|cell| cell.text.as_str()).collect()
}

#[test]
fn params_differ_by_their_exact_text() {
    let diff = diff([
        run("base").param("lr", "0.1").param("opt", "adam").param("cr", "1"),
        run("b").param("lr", "0.10").param("opt", "adam").param("cr", "1\r"),
        run("c").param("lr", "0.1").param("opt", "adam").param("ema", "0.9").param("cr", "1"),
    ]);
    let lr = row(&diff, SectionKind::Params, "lr");
    assert_eq!(texts(&lr), ["0.1", "0.10", "0.1"]);
    assert_eq!(lr.cells.iter().map(|cell| cell.differs).collect::<Vec<_>>(), [false, true, false]);
    assert!(!row(&diff, SectionKind::Params, "opt").differs);
    let ema = row(&diff, SectionKind::Params, "ema");
    assert_eq!(texts(&ema), ["not set", "not set", "0.9"]);
    assert!(ema.cells[0].missing && !ema.cells[1].differs && ema.cells[2].differs);
    // A difference that cannot be seen is made visible.
    let cr = row(&diff, SectionKind::Params, "cr");
    assert_eq!((texts(&cr), cr.cells[1].exact.as_str()), (vec!["1", "1␍", "1"], "1\r"));
    let section = diff.sections().iter().find(|section| section.kind == SectionKind::Params).unwrap();
    assert_eq!((section.differ_words(), section.len()), ("3 differ".to_owned(), 4));
    assert_eq!(section.differing_keys(2), "cr, ema, 1 more");
    assert_eq!(diff.count_words(), "3 of 8 keys differ");
}

#[test]
fn metrics_have_deltas_in_their_direction() {
    let values = [0.8214, 0.8506, 0.8214, 0.8220, 0.0102, f64::NAN];
    let runs = values
        .iter()
        .enumerate()
        .map(|(i, v)| run(&i.to_string()).metric("val/accuracy", *v).metric("val/loss", -v));
    let diff = diff(runs);
    let accuracy = row(&diff, SectionKind::Metrics, "val/accuracy");
    assert_eq!(accuracy.direction, Direction::Higher);
    assert_eq!(texts(&accuracy), ["0.8214", "0.8506", "0.8214", "0.8220", "0.0102", "NaN"]);
    let delta = |run: usize| accuracy.cells[run].delta.as_ref();
    assert_eq!((delta(0), delta(2), delta(5)), (None, None, None), "baseline, equal, NaN");
    let better = delta(1).unwrap();
    assert_eq!((better.text.as_str(), better.percent.as_deref()), ("+0.0292", Some("+3.6%")));
    assert_eq!((better.sign, better.verdict), (Ordering::Greater, Verdict::Better));
    assert_eq!(delta(3).unwrap().verdict, Verdict::Neutral, "under 0.6 %");
    assert_eq!((delta(4).unwrap().verdict, delta(4).unwrap().bar), (Verdict::Worse, -1.0));
    let best: Vec<_> = accuracy.cells.iter().map(|cell| cell.best).collect();
    assert_eq!(best, [false, true, false, false, false, false]);
    assert!(!accuracy.cells[2].differs && accuracy.cells[5].differs);
    // Less of a negative loss is better still.
    let loss = row(&diff, SectionKind::Metrics, "val/loss");
    assert_eq!(loss.cells[1].delta.as_ref().unwrap().verdict, Verdict::Better);
}

#[test]
fn one_outlier_does_not_flatten_the_bars() {
    let bars = |values: &[f64]| {
        let diff = diff(values.iter().enumerate().map(|(i, v)| run(&i.to_string()).metric("m", *v)));
        let row = row(&diff, SectionKind::Metrics, "m");
        row.cells.iter().map(|cell| cell.delta.as_ref().map_or(0.0, |delta| delta.bar)).collect::<Vec<_>>()
    };
    let found = bars(&[1.0, 1.5, 0.0, -99.0]);
    assert_eq!(found, [0.0, 0.5, -1.0, -1.0]);
    assert_eq!(bars(&[0.0, f64::MAX, f64::MIN]), [0.0, 1.0, -1.0]);
    assert_eq!(bars(&[f64::MIN, f64::MAX]), [0.0, 1.0]);
}

#[test]
fn diverged_runs_say_since_when() {
    let point = |value| Point { step: 20_000, timestamp: 0, value };
    let summary = |value, first, non_finite| MetricSummary {
        key: "loss".to_owned(),
        last: point(value),
        count: 10,
        non_finite,
        first_non_finite_step: first,
        ..MetricSummary::default()
    };
    let diff = diff([
        run("a").metric("loss", 0.5),
        run("b").summary(summary(f64::NAN, Some(13_300), 3)),
        run("c").summary(summary(f64::NEG_INFINITY, Some(0), 10)),
        run("d").summary(summary(0.4, Some(100), 1)),
    ]);
    let row = row(&diff, SectionKind::Metrics, "loss");
    assert_eq!(texts(&row), ["0.5000", "NaN", "−∞", "0.4000"]);
    let bad: Vec<_> = row.cells.iter().map(|cell| cell.bad.as_deref()).collect();
    assert_eq!(bad, [None, Some("diverged at 13.3k"), Some("never a number"), None]);
    assert!(row.cells[3].best);
}

#[test]
fn the_best_takes_another_that_is_worse() {
    let best = |values: &[f64]| {
        let diff = diff(
            values
                .iter()
                .enumerate()
                .map(|(i, v)| run(&i.to_string()).metric("acc", *v))
                .chain([run("none")]),
        );
        row(&diff, SectionKind::Metrics, "acc").cells.iter().map(|cell| cell.best).collect::<Vec<_>>()
    };
    assert_eq!(best(&[0.5]), [false, false]);
    assert_eq!(best(&[0.5, 0.5, f64::NAN]), [false; 4]);
    assert_eq!(best(&[0.9, 0.5, 0.9, f64::INFINITY]), [true, false, true, false, false]);
}

#[test]
fn equal_numbers_are_equal_however_written() {
    let diff = diff([
        run("a").metric("nan", f64::NAN).metric("zero", 0.0).metric("one", 1.0),
        run("b").metric("nan", -f64::NAN).metric("zero", -0.0),
    ]);
    let differs: Vec<_> =
        rows(&diff, SectionKind::Metrics).iter().map(|row| (row.key.clone(), row.differs)).collect();
    assert_eq!(
        differs,
        [("nan", false), ("one", true), ("zero", false)].map(|(key, differs)| (key.to_owned(), differs))
    );
}

#[test]
fn sections_keep_people_and_machinery_apart() {
    let dataset = |digest: &str, context: &str| DatasetInput {
        name: "train.csv".to_owned(),
        digest: digest.to_owned(),
        tags: vec![("mlflow.data.context".to_owned(), context.to_owned())],
        ..DatasetInput::default()
    };
    let base = || {
        run("a")
            .tag("mlflow.log-model.history", "[]")
            .tag("mlflow.note.content", "text")
            .tag("mlflow.source.git.commit", "9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b9f3c2e1b")
            .tag("mlflow.docker.image.name", "x")
            .tag("mlflow.autologging", "sklearn")
            .tag("team", "vision")
    };
    let diff = diff([
        base().dataset(dataset("a1", "training")).dataset(dataset("b2", "")),
        base().dataset(dataset("a1", "training")).status(RunStatus::Failed),
    ]);
    let keys = |kind| rows(&diff, kind).into_iter().map(|row| row.key).collect::<Vec<_>>();
    assert_eq!(keys(SectionKind::Tags), ["mlflow.note.content", "team"]);
    assert_eq!(keys(SectionKind::SystemTags), ["mlflow.autologging"]);
    assert_eq!(keys(SectionKind::Environment), ["docker.image.name"]);
    assert_eq!(keys(SectionKind::Outcome), ["Status", "Experiment", "Source", "Lifecycle"]);
    assert_eq!(texts(&row(&diff, SectionKind::Outcome, "Status")), ["Finished", "Failed"]);
    assert_eq!(keys(SectionKind::Source), ["git.commit"]);
    assert_eq!(
        texts(&row(&diff, SectionKind::Datasets, "train.csv")),
        ["a1 (training), b2", "a1 (training)"]
    );
    assert!(
        keys(SectionKind::Params).is_empty() && diff.sections().len() == 6,
        "empty sections are left out"
    );
    for kind in SectionKind::ALL {
        assert_eq!(SectionKind::parse(kind.id()), Some(kind));
    }
}

#[test]
fn lines_follow_the_filter() {
    let diff = diff([
        run("a").param("x", "1").param("Y", "1").tag("t", "1"),
        run("b").param("x", "2").param("Y", "1").tag("t", "1"),
    ]);
    let lines = |filter: DiffFilter| {
        let word = |line: Line| match line {
            Line::Head { section, open, rows } => {
                format!("{} {open} {rows}", diff.sections()[section].kind.id())
            }
            Line::Row { section, row, differs, .. } => {
                format!("{} {differs}", diff.row(section, row, &Clock::utc(0)).unwrap().key)
            }
            Line::Pins { rows } => format!("pins {rows}"),
        };
        let of = diff.lines(&filter).into_iter().map(word).collect::<Vec<_>>();
        of.into_iter().take_while(|line| !line.starts_with("outcome")).collect::<Vec<_>>()
    };
    assert_eq!(
        lines(DiffFilter::default()),
        ["params true 2", "Y false", "x true", "tags true 1", "t false"]
    );
    let only = DiffFilter { differences_only: true, ..DiffFilter::default() };
    assert_eq!(lines(only), ["params true 1", "x true", "tags true 0"]);
    let search = DiffFilter { search: "y".to_owned(), ..DiffFilter::default() };
    assert_eq!(lines(search), ["params true 1", "Y false", "tags true 0"]);
    let closed = DiffFilter { closed: BTreeSet::from([SectionKind::Params]), ..DiffFilter::default() };
    assert_eq!(lines(closed), ["params false 2", "tags true 1", "t false"]);
}

#[test]
fn exports_are_read_back_and_never_run() {
    let diff = diff([
        run("=base")
            .param("cmd", "=1+1")
            .param("_a_b_", "_x_")
            .param("text", "a,\"b\"\n|c|")
            .metric("loss", -0.5),
        run("b|<script>").param("cmd", "-2").metric("loss", -0.123_456_789),
    ]);
    let filter = DiffFilter { closed: SectionKind::ALL.into_iter().collect(), ..DiffFilter::default() };
    let text = |format| diff.export(&filter, &diff.alone(), format, &Clock::utc(0));
    let read = |text: &str, delimiter| {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(text.as_bytes());
        let records: Vec<Vec<String>> =
            reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect();
        records
    };
    let csv = read(&text(Format::Csv), b',');
    assert_eq!(csv[0], ["Section", "Key", "'=base", "b|<script>"]);
    assert!(csv.contains(&["Parameters", "cmd", "'=1+1", "-2"].map(str::to_owned).to_vec()));
    assert!(csv.contains(&["Parameters", "text", "a,\"b\"\n|c|", ""].map(str::to_owned).to_vec()));
    assert!(csv.contains(&["Metrics", "loss", "-0.5", "-0.123456789"].map(str::to_owned).to_vec()));
    let tsv = read(&text(Format::Tsv), b'\t');
    assert!(tsv.contains(&["Parameters", "text", "a,\"b\" |c|", ""].map(str::to_owned).to_vec()));
    assert_eq!(text(Format::Tsv).lines().count(), tsv.len());
    let markdown = text(Format::Markdown);
    assert!(
        markdown.contains(
            "### Metrics\n\n| Key | \\=base (baseline) | b\\|\\<script\\> |\n| --- | --- | --- |\n"
        ),
        "{markdown}"
    );
    assert!(markdown.contains("| loss | **−0.5000** | −0.1235 (+0.3765) |"), "{markdown}");
    assert!(markdown.contains("| \\_a_b\\_ | \\_x\\_ | *not set* |"), "{markdown}");
    assert!(markdown.contains("| text | a,\"b\" \\|c\\| | *not set* |"), "{markdown}");
}

#[test]
fn nothing_and_nonsense_are_survived() {
    let empty = Diff::new(Vec::new(), 3);
    assert!(empty.sections().is_empty() && empty.lines(&DiffFilter::default()).is_empty());
    assert_eq!(empty.count_words(), "0 of 0 keys differ");
    assert_eq!(empty.row(0, 0, &Clock::utc(0)), None);
    let one = Diff::new(vec![run("a").param("x", "1").done()], 9);
    assert_eq!(
        (one.baseline(), one.sections().iter().map(|section| section.differing).sum::<usize>()),
        (0, 0)
    );
    assert_eq!(one.row(0, 99, &Clock::utc(0)), None);
}

fn any_run() -> impl Strategy<Value = Make> {
    let value = prop_oneof![Just(f64::NAN), Just(0.0), Just(-0.0), Just(1.0), any::<f64>()];
    let params = prop::collection::btree_map("[a-d]", "[01 ]{0,2}", 0..5);
    (params, prop::collection::btree_map("[a-d]", value, 0..5)).prop_map(|(params, metrics)| {
        let made = params.iter().fold(run("r"), |made, (key, value)| made.param(key, value));
        metrics.iter().fold(made, |made, (key, value)| made.metric(key, *value))
    })
}

/// (section, key, whether it differs)
fn verdicts(diff: &Diff) -> Vec<(SectionKind, String, bool)> {
    let kinds = diff.sections().iter().map(|section| section.kind);
    kinds.flat_map(|kind| rows(diff, kind).into_iter().map(move |row| (kind, row.key, row.differs))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn differing_does_not_depend_on_order_or_baseline(runs in prop::collection::vec(any_run(), 1..5), baseline in 0..5_usize) {
        let refs: Vec<_> = runs.into_iter().map(Make::done).collect();
        let forward = Diff::new(refs.clone(), 0);
        let backward = Diff::new(refs.iter().rev().cloned().collect(), baseline);
        prop_assert_eq!(verdicts(&forward), verdicts(&backward));
        // A run does not differ from itself.
        let twice = Diff::new(vec![refs[0].clone(), refs[0].clone()], 0);
        prop_assert!(verdicts(&twice).iter().all(|(_, _, differs)| !differs));
    }

    #[test]
    fn cells_agree_with_rows(runs in prop::collection::vec(any_run(), 1..5), baseline in 0..5_usize) {
        let diff = Diff::new(runs.into_iter().map(Make::done).collect(), baseline);
        for section in diff.sections() {
            let rows = rows(&diff, section.kind);
            prop_assert_eq!(section.differing, rows.iter().filter(|row| row.differs).count());
            for row in rows {
                prop_assert_eq!(row.differs, row.cells.iter().any(|cell| cell.differs));
                prop_assert!(!row.cells[diff.baseline()].differs);
                for delta in row.cells.iter().filter_map(|cell| cell.delta.as_ref()) {
                    prop_assert!((-1.0..=1.0).contains(&delta.bar));
                    prop_assert!(delta.bar == 0.0 || (delta.bar > 0.0) == (delta.sign == Ordering::Greater));
                }
            }
        }
    }

    #[test]
    fn a_delta_turns_round_with_its_runs(a in -1e3..1e3_f64, b in -1e3..1e3_f64) {
        let delta = |from: f64, to: f64| {
            let diff = diff([run("a").metric("acc", from), run("b").metric("acc", to)]);
            row(&diff, SectionKind::Metrics, "acc").cells[1].delta.clone()
        };
        match (delta(a, b), delta(b, a)) {
            (None, None) => prop_assert!(a == b),
            (Some(there), Some(back)) => {
                prop_assert_eq!(there.sign, back.sign.reverse());
                let size = |text: &str| text.trim_start_matches(['+', '−']).to_owned();
                prop_assert_eq!(size(&there.text), size(&back.text));
            }
            other => prop_assert!(false, "{:?}", other),
        }
    }
}

#[test]
#[ignore = "a measurement, meaningful in release only: 200 runs x 2,000 keys in 50 ms"]
#[expect(clippy::print_stderr, reason = "a measurement is there to be read")]
fn speed_of_a_large_diff() {
    let runs: Vec<_> = (0..200_u32)
        .map(|i| {
            let mut run = run(&i.to_string());
            for key in 0..1000_u32 {
                run.0.params.push((
                    format!("group_{:02}/param_{key:04}", key / 100),
                    (i % (key % 7 + 1)).to_string(),
                ));
                run.0.metrics.push(MetricSummary {
                    key: format!("group_{:02}/metric_{key:04}", key / 100),
                    last: Point { step: 1, timestamp: 1, value: f64::from(i % (key % 5 + 1)) },
                    ..MetricSummary::default()
                });
            }
            run.done()
        })
        .collect();
    let mut times: Vec<_> = (0..7)
        .map(|_| {
            let start = std::time::Instant::now();
            let diff = Diff::new(runs.clone(), 0);
            let lines = diff.lines(&DiffFilter { differences_only: true, ..DiffFilter::default() });
            let shown = lines.iter().filter_map(|line| match *line {
                Line::Row { section, row, .. } => diff.row(section, row, &Clock::utc(0)),
                Line::Head { .. } | Line::Pins { .. } => None,
            });
            assert_eq!(shown.take(60).count(), 60);
            start.elapsed()
        })
        .collect();
    times.sort();
    eprintln!("diff of 200 runs x 2,000 keys and 60 rows of it: median {:?}", times[3]);
    assert!(times[3].as_millis() < 50, "{times:?}");
}

#[test]
fn a_cell_says_what_it_is_compared_with() {
    let diff = diff([
        run("base").metric("acc", 0.8).metric("loss", 0.5).metric("x", 1.0).param("p", "1").param("q", "1"),
        run("b").metric("acc", 0.9).metric("loss", 0.6).metric("x", 0.0).param("p", "2").param("q", "1"),
        run("c").metric("acc", f64::NAN),
    ]);
    let spoken = |kind, key| -> Vec<String> {
        let row = row(&diff, kind, key);
        row.cells.iter().enumerate().map(|(run, cell)| cell.spoken(run == 0)).collect()
    };
    assert_eq!(
        spoken(SectionKind::Metrics, "acc"),
        [
            "0.8000, baseline",
            "0.9000, +0.1000 (+12.5%), better than the baseline, best",
            "NaN, never a number"
        ]
    );
    assert_eq!(spoken(SectionKind::Metrics, "loss")[1], "0.6000, +0.1000 (+20.0%), worse than the baseline");
    assert_eq!(spoken(SectionKind::Metrics, "x")[1], "0.0000, −1.0000 (−100.0%), below the baseline");
    assert_eq!(
        spoken(SectionKind::Params, "p"),
        ["1, baseline", "2, +1 (+100.0%), above the baseline", "not set, differs from the baseline"]
    );
    assert_eq!(spoken(SectionKind::Params, "q")[1], "1, same as the baseline");
    let acc = row(&diff, SectionKind::Metrics, "acc");
    assert_eq!(acc.cells[1].hint(), "0.9 at step 100\n+0.1000 (+12.5%), better than the baseline");
    assert_eq!(acc.direction_words(), Some("↑ better"));
    assert_eq!(row(&diff, SectionKind::Params, "p").direction_words(), None);
}

#[test]
fn steps_go_from_difference_to_difference_and_round() {
    let row = |row, differs| Line::Row { section: 0, row, differs, open: None };
    let head = Line::Head { section: 0, open: true, rows: 4 };
    let lines = [head, row(0, true), row(1, false), row(2, true), head, row(0, false)];
    let check = |from, forward, expected| assert_eq!(next_difference(&lines, from, forward), expected);
    check(None, true, Some(1));
    check(Some(1), true, Some(3));
    check(Some(3), true, Some(1));
    check(None, false, Some(3));
    check(Some(3), false, Some(1));
    check(Some(1), false, Some(3));
    check(Some(99), true, Some(1));
    assert_eq!(next_difference(&lines[4..], None, true), None);
}

#[test]
fn a_lane_knows_its_sizes() {
    let lane = Lane::new([26.0, 24.0, 32.0, f64::NAN, -1.0]);
    assert_eq!((lane.start(0), lane.start(2), lane.start(99)), (0.0, 50.0, 82.0));
    assert_eq!((lane.size(2), lane.size(3), lane.size(9), lane.total()), (32.0, 0.0, 0.0, 82.0));
    assert_eq!((Lane::default().total(), Lane::default().in_sight(0.0, 900.0, 3)), (0.0, 0..0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn all_that_touch_the_view_are_in_sight(
        sizes in prop::collection::vec(1.0..60.0_f64, 0..80),
        from in 0.0..3000.0_f64,
        height in 1.0..900.0_f64,
        spare in 0..4_usize,
    ) {
        let lane = Lane::new(sizes.iter().copied());
        let range = lane.in_sight(from, from + height, spare);
        prop_assert!(range.start <= range.end && range.end <= sizes.len());
        for index in 0..sizes.len() {
            let touches = lane.start(index + 1) > from && lane.start(index) < from + height;
            prop_assert!(!touches || range.contains(&index), "{index} of {range:?}");
        }
        // Not many more than what fits.
        let fits = sizes.iter().enumerate().filter(|(index, _)| {
            lane.start(index + 1) > from && lane.start(*index) < from + height
        });
        prop_assert!(range.len() <= fits.count() + 2 * spare + 2);
    }
}
