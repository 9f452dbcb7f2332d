//! Tests of link: every view survives its link, and links of released versions open for ever.

mod saved;
mod steps;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use runatlas_core::{
    board::{Board, CardId, Lines, OwnLines},
    chart::{Fit, ScaleKind, Slot, XAxis},
    compare::{Lens, RowKey, Subject, TextOptions},
    diff::{Arrange, MetricAt, RowId, SectionKind, SortRuns, Tolerance},
    history::smooth::Smoothing,
    link::{
        CompareChoices, CompareView, DiffView, DrawerView, ExperimentKey, Page, PictureLayout, RunKey,
        RunView, RunsView, Tab, TableView, View, decode, encode,
    },
    table::{Column, GroupKey, Groups, LifecycleView, SortBy, Stat, Take},
};

fn check(link: &str, page: Page) {
    let view = View { page };
    assert_eq!(decode(link), view, "{link}");
    assert_eq!(decode(&encode(&view)), view, "round trip of {link}");
}

fn scope(source: &str, experiment: &str) -> Vec<ExperimentKey> {
    vec![ExperimentKey { source: source.into(), experiment: experiment.into() }]
}

fn key(source: &str, run: &str) -> RunKey {
    RunKey { source: source.into(), run: run.into() }
}

/// Links as version 0.1 wrote them. Never edit a line: add new ones.
#[test]
fn golden_links_of_0_1() {
    check("#1/home", Page::Home);
    check("1/demo", Page::Demo);
    check("#1/source/s1", Page::Source { source: "s1".into() });
    check(
        "#1/models/s1?model=churn%20model",
        Page::Models { source: "s1".into(), model: Some("churn model".into()) },
    );
    check(
        "#1/run/s1/e83f4b21?file=figures%2Froc.png",
        Page::Run(RunView { run: key("s1", "e83f4b21"), artifact: Some("figures/roc.png".into()) }),
    );
    check("#1/compare/s1/a/s2/b", Page::Compare(CompareView::new(key("s1", "a"), key("s2", "b"))));
    check(
        "#1/compare/s1/a/s1/b?file=models%3A%2Fm-2%2FMLmodel&with=models%3A%2Fm-1%2FMLmodel&as=lines&pic=swipe&unified=1\
         &all=1&wrap=1&space=1&case=1&equal=1&by=id&q=ml",
        Page::Compare(CompareView {
            subject: Some(Subject::File {
                left: "models:/m-1/MLmodel".into(),
                right: "models:/m-2/MLmodel".into(),
            }),
            choices: CompareChoices {
                lens: Some(Lens::Lines),
                unified: true,
                unfolded: true,
                wrap: true,
                text: TextOptions { ignore_whitespace: true, ignore_case: true },
                key: RowKey::Column("id".into()),
                pictures: PictureLayout::Swipe,
            },
            search: "ml".into(),
            equal_entries: true,
            ..CompareView::new(key("s1", "a"), key("s1", "b"))
        }),
    );
    for (query, subject) in [
        ("of=note", Subject::Note),
        ("of=params", Subject::Params),
        ("param=a.b", Subject::Param("a.b".into())),
        ("tag=mlflow.log-model.history", Subject::Tag("mlflow.log-model.history".into())),
    ] {
        let view = CompareView { subject: Some(subject), ..CompareView::new(key("s1", "a"), key("s1", "b")) };
        check(&format!("#1/compare/s1/a/s1/b?{query}"), Page::Compare(view));
    }
    check("#1/runs/table/s1:0", Page::Runs(RunsView { scope: scope("s1", "0"), ..RunsView::default() }));
    check(
        "#1/runs/charts/s1:826374?q=adam&life=all&cols=attributes.run_name~metrics.val%2Floss&sort=dmetrics.val%2Floss\
         &open=s1:p1&shown=s1:a~s1:b&base=s1:a&x=wall&metric=val&smooth=0.6&log=val%2Floss&zoom=10~250.5&cfold=train\
         &full=val%2Floss&equal=1&rel=1&key=lr&closed=params",
        Page::Runs(RunsView {
            scope: scope("s1", "826374"),
            tab: Tab::Charts,
            saved: None,
            search: "adam".into(),
            lifecycle: LifecycleView::All,
            columns: Some(vec![Column::Name, Column::Metric("val/loss".into())]),
            sort: vec![SortBy { column: Column::Metric("val/loss".into()), descending: true }],
            expanded: BTreeSet::from([key("s1", "p1")]),
            shown: Some(BTreeSet::from([key("s1", "a"), key("s1", "b")])),
            baseline: Some(key("s1", "a")),
            charts: Board {
                lines: Lines { x: XAxis::WallTime, smoothing: Smoothing::Ema(0.6), ..Lines::default() },
                own: BTreeMap::from([(CardId::Metric("val/loss".into()), y_scale(ScaleKind::Log))]),
                search: "val".into(),
                zoom: Some((10.0, 250.5)),
                folded: BTreeSet::from(["train".into()]),
                full: Some(CardId::Metric("val/loss".into())),
                ..Board::default()
            },
            diff: DiffView {
                equal_rows: true,
                relative: true,
                search: "lr".into(),
                closed: SectionKind::parse("params").into_iter().collect(),
                ..DiffView::default()
            },
            ..RunsView::default()
        }),
    );
}

#[test]
fn the_drawer_stands_beside_the_choices_of_the_runs_page() {
    let drawer = DrawerView {
        run: Some(key("s1", "b")),
        subject: Some(Subject::File { left: "requirements.txt".into(), right: "requirements.txt".into() }),
        choices: CompareChoices { unified: true, ..CompareChoices::default() },
    };
    check(
        "#1/runs/diff/s1:0?equal=1&f-run=s1:b&f-file=requirements.txt&f-unified=1",
        Page::Runs(RunsView {
            scope: scope("s1", "0"),
            tab: Tab::Diff,
            diff: DiffView { equal_rows: true, ..DiffView::default() },
            drawer: Some(drawer),
            ..RunsView::default()
        }),
    );
    let open = RunsView {
        scope: scope("s1", "0"),
        tab: Tab::Diff,
        drawer: Some(DrawerView::default()),
        ..RunsView::default()
    };
    check("#1/runs/diff/s1:0?f-run=", Page::Runs(open));
}

#[test]
fn golden_links_of_tables_of_0_1() {
    let (a, b) = (key("s1", "a"), key("s2", "b c"));
    let group = |values: &[Option<&str>]| GroupKey(values.iter().map(|v| v.map(str::to_owned)).collect());
    check(
        "#1/runs/table/s1:0?cols=metrics%3Abest.val%2Floss~metrics%3Aat500.acc&group=params.opt~tags.mlflow.parentRunId&stat=sd\
         &gopen=%3Dadam~-%7E%3Da%2525b&cpin=metrics%3Abest.val%2Floss&width=120params.lr~96attributes.duration&differ=1\
         &top=s1:a~s2:b%20c&color=s1:a:1~s2:b%20c:16",
        Page::Runs(RunsView {
            scope: scope("s1", "0"),
            columns: Some(vec![
                Column::Taken("val/loss".into(), Take::Best),
                Column::Taken("acc".into(), Take::At(500)),
            ]),
            table: TableView {
                groups: Groups {
                    by: vec![Column::Param("opt".into()), Column::parent()],
                    stat: Stat::Deviation,
                    open: BTreeSet::from([group(&[Some("adam")]), group(&[None, Some("a%b")])]),
                },
                pinned_columns: BTreeSet::from([Column::Taken("val/loss".into(), Take::Best)]),
                widths: BTreeMap::from([(Column::Param("lr".into()), 120), (Column::Duration, 96)]),
                differing: true,
            },
            pinned: BTreeSet::from([a.clone(), b.clone()]),
            colors: BTreeMap::from([(a, Slot::new(0)), (b, Slot::new(15))]),
            ..RunsView::default()
        }),
    );
}

#[test]
fn broken_choices_of_a_table_are_left_out() {
    let broken = decode(
        "#1/runs/table/s:1?group=nope~params.a&stat=nope&gopen=~%3Dx&cpin=&width=9params.a~xparams.b~99999params.c~60params.d&color=s:a:0~s:b:17~s:c~s:d:2&top=x",
    );
    check("#1/runs/table/s:1?group=params.a&gopen=%3Dx&width=60params.d&color=s:d:2", broken.page);
}

#[test]
fn nothing_shown_differs_from_no_choice() {
    let none =
        Page::Runs(RunsView { scope: scope("s", "1"), shown: Some(BTreeSet::new()), ..RunsView::default() });
    check("#1/runs/table/s:1?shown=", none);
}

#[test]
fn broken_links_open_something() {
    for link in [
        "",
        "#",
        "#/",
        "#1/nowhere",
        "#1/run/only-one-part",
        "#1/run/%zz/%",
        "#9/home",
        "#1/runs",
        "#1/compare/a/b/c",
        "#1/compare/a/%zz/c/d",
    ] {
        assert_eq!(decode(link).page, Page::Home, "{link}");
    }
    let zoomed = decode("#1/runs/charts/s:1?zoom=5~1&smooth=NaN&sort=x~&cols=bogus&shown=nocolon&x=9");
    check("#1/runs/charts/s:1?cols=&shown=", zoomed.page);
}

prop_compose! {
    fn text()(text in "\\PC{0,12}") -> String { text }
}

fn y_scale(kind: ScaleKind) -> OwnLines {
    OwnLines { y_scale: Some(kind), ..OwnLines::default() }
}

/// The diff's choices since they are more than four.
#[test]
fn links_of_the_diff() {
    let row = |section, key: &str, inner: Option<&str>| RowId {
        section,
        key: key.into(),
        inner: inner.map(Into::into),
    };
    let seed = row(SectionKind::Params, "seed", None);
    let inner = row(SectionKind::Params, "cfg ~!", Some("opt.lr"));
    let diff = DiffView {
        at: MetricAt::Step(-5),
        tolerance: Tolerance { absolute: 0.001, relative: 0.05 },
        arrange: Arrange {
            sort: Some(SortRuns { row: row(SectionKind::Metrics, "val/loss", None), descending: true }),
            group: Some(BTreeSet::from([seed.clone()])),
        },
        pinned: vec![inner, seed.clone()],
        toggled: BTreeSet::from([seed]),
        metric: Some("val/loss".into()),
        explain: true,
        ..DiffView::default()
    };
    check(
        "#1/runs/diff/s:1?dat=-5&dtol=0.001~0.05&dsort=dmetrics%21val%252Floss&dgroup=params%21seed\
         &dpin=params%21cfg%2520%257E%2521%21opt.lr~params%21seed&dopen=params%21seed&dmetric=val%2Floss&dwhy=1",
        Page::Runs(RunsView { scope: scope("s", "1"), tab: Tab::Diff, diff, ..RunsView::default() }),
    );
    let best = DiffView { at: MetricAt::Best, ..DiffView::default() };
    check(
        "#1/runs/diff/s:1?dat=best&dtol=x~-1&dsort=d&dpin=nowhere",
        Page::Runs(RunsView { scope: scope("s", "1"), tab: Tab::Diff, diff: best, ..RunsView::default() }),
    );
}

/// Version 0.1 named the exceptions.
#[test]
fn log_scales_of_0_1_are_understood() {
    let Page::Runs(runs) = decode("#1/runs/charts/s:1?logall=1&log=val%2Floss&fit=all").page else {
        panic!()
    };
    assert_eq!(runs.charts.lines.y_scale, ScaleKind::Log);
    assert_eq!(runs.charts.lines_of(&CardId::Metric("val/loss".into())).y_scale, ScaleKind::Linear);
    assert_eq!(runs.charts.lines.fit, Fit::All);
    let view = View { page: Page::Runs(runs) };
    assert_eq!(decode(&encode(&view)), view);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_text_survives(search in text(), metric in text(), run in "\\PC{1,12}", source in "\\PC{1,6}", from in -1e9..1e9f64, width in 1e-6..1e9f64) {
        let view = View { page: Page::Runs(RunsView {
            scope: scope(&source, &run),
            saved: Some(metric.clone()).filter(|text| !text.is_empty()),
            search,
            sort: vec![SortBy { column: Column::Param(metric.clone()), descending: false }],
            table: TableView {
                groups: Groups {
                    by: vec![Column::Tag(metric.clone())],
                    open: BTreeSet::from([GroupKey(vec![None, Some(run.clone())]), GroupKey(vec![Some(String::new())])]),
                    ..Groups::default()
                },
                widths: BTreeMap::from([(Column::Param(metric.clone()), 77)]),
                ..TableView::default()
            },
            colors: BTreeMap::from([(key(&source, &run), Slot::new(3))]),
            shown: Some(BTreeSet::from([key(&source, &run)])),
            charts: Board { zoom: Some((from, from + width)), search: metric, ..Board::default() },
            ..RunsView::default()
        }) };
        let link = encode(&view);
        prop_assert!(link.is_ascii());
        prop_assert_eq!(decode(&link), view);
    }

    #[test]
    fn no_text_panics(link in "\\PC{0,60}") {
        let view = decode(&link);
        prop_assert_eq!(decode(&encode(&view)), view);
    }
}
