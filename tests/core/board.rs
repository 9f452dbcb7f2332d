//! Tests of board: every choice survives its link, cards stand where a person put them.

mod made;

use proptest::prelude::*;
use runatlas_core::{
    board::{Board, CardId, CardKind, CardRef, CardSize, Move, OwnLines, SectionId, Sheet, decode, encode},
    chart::ScaleKind,
    model::{MetricSummary, Run},
};

fn run(metrics: &[&str]) -> Run {
    let metric = |&key: &&str| MetricSummary { key: key.to_owned(), count: 9, ..MetricSummary::default() };
    Run { metrics: metrics.iter().map(metric).collect(), ..Run::default() }
}

fn runs() -> [Run; 2] {
    [
        run(&["lr", "system/cpu", "train/loss", "val/acc_10", "val/acc_2"]),
        run(&["train/loss", "train/sub/loss"]),
    ]
}

fn id(metric: &str) -> CardId {
    CardId::Metric(metric.to_owned())
}

fn name(card: &CardRef) -> String {
    let name = match &card.id {
        CardId::Metric(metric) => metric.clone(),
        CardId::Made(number) => format!("#{number}"),
    };
    card.facet.iter().fold(name, |name, facet| format!("{name}={facet}"))
}

#[track_caller]
fn shows(board: &Board, facets: &[&str], expected: &[&str]) {
    let facets: Vec<String> = facets.iter().map(|&facet| facet.to_owned()).collect();
    let sheet = Sheet::of(&runs(), board, &facets);
    let line = |section: &runatlas_core::board::Section| {
        let cards: Vec<String> = section.cards.iter().map(name).collect();
        format!("{}: {}", section.title(), cards.join(" "))
    };
    assert_eq!(sheet.sections.iter().map(line).collect::<Vec<_>>(), expected);
    assert_eq!(sheet.metrics, 6);
}

fn section(board: &Board, id: &SectionId) -> Vec<CardId> {
    Sheet::of(&runs(), board, &[]).sections.iter().find(|section| section.id == *id).unwrap().ids()
}

#[test]
fn metrics_stand_by_prefix_those_of_the_system_last() {
    shows(
        &Board::default(),
        &[],
        &[
            "Metrics: lr",
            "train: train/loss train/sub/loss",
            "val: val/acc_2 val/acc_10",
            "system: system/cpu",
        ],
    );
}

#[test]
fn a_search_leaves_cards_with_all_words_or_that_match() {
    let search = |text: &str, is_regex| Board { search: text.to_owned(), is_regex, ..Board::default() };
    shows(&search("LOSS train", false), &[], &["train: train/loss train/sub/loss"]);
    shows(&search("^train/[a-z]+$|acc_\\d\\d", true), &[], &["train: train/loss", "val: val/acc_10"]);
    shows(&search("nothing", false), &[], &[]);
    let broken = Sheet::of(&runs(), &search("acc_(", true), &[]);
    assert!(broken.trouble.as_ref().is_some_and(|why| why.contains("acc_(")), "{:?}", broken.trouble);
    assert_eq!(broken.len(), 6, "an expression that is being typed hides nothing");
}

#[test]
fn cards_are_moved_pinned_hidden_and_come_back() {
    let mut board = Board::default();
    let val = SectionId::of_prefix("val");
    let cards = section(&board, &val);
    board.layout.shift(&id("val/acc_10"), &cards, &Move::To(id("val/acc_2")));
    assert_eq!(section(&board, &val), [id("val/acc_10"), id("val/acc_2")]);
    let cards = section(&board, &val);
    board.layout.shift(&id("val/acc_10"), &cards, &Move::By(5));
    assert_eq!(section(&board, &val), [id("val/acc_2"), id("val/acc_10")]);

    board.layout.toggle_pin(&id("train/sub/loss"));
    board.layout.toggle_pin(&id("lr"));
    board.remove(&id("system/cpu"));
    let rest = ["train: train/loss", "val: val/acc_2 val/acc_10"];
    shows(&board, &[], &["Pinned: train/sub/loss lr", rest[0], rest[1]]);
    let pinned = section(&board, &SectionId::pinned());
    board.layout.shift(&id("lr"), &pinned, &Move::By(-1));
    shows(&board, &[], &["Pinned: lr train/sub/loss", rest[0], rest[1]]);
    assert_eq!(Sheet::of(&runs(), &board, &[]).hidden, 1);

    board.layout.toggle_pin(&id("lr"));
    board.layout.toggle_pin(&id("train/sub/loss"));
    board.layout.hidden.clear();
    shows(&board, &[], &["Metrics: lr", "train: train/loss train/sub/loss", rest[1], "system: system/cpu"]);
}

#[test]
fn added_cards_have_numbers_of_their_own() {
    let mut board = Board::default();
    let first = board.duplicate(&id("lr")).unwrap();
    board.edit_own(&first, |own| own.y_scale = Some(ScaleKind::Log));
    board.layout.resize(&first, CardSize::of(2, 9));
    let second = board.duplicate(&first).unwrap();
    assert_eq!((&first, &second), (&CardId::Made(1), &CardId::Made(2)));
    assert_eq!(board.layout.size(&second), CardSize { columns: 2, rows: 4 });
    assert_eq!(board.lines_of(&second).y_scale, ScaleKind::Log);
    assert_eq!(board.made(&second).unwrap().heading(), "lr");
    shows(&Board { search: "lr".into(), ..board.clone() }, &[], &["Added charts: #1 #2", "Metrics: lr"]);
    board.remove(&first);
    assert_eq!((board.kind(&first), board.own.contains_key(&first)), (None, false));
    assert_eq!(board.add(CardKind::of_metric("lr")), CardId::Made(3));
}

#[test]
fn line_cards_are_split_by_facets_others_are_not() {
    let mut board = Board { search: "lr".into(), ..Board::default() };
    board.add(CardKind::Importance { value: runatlas_core::table::Column::Metric("lr".into()) });
    shows(&board, &["adam", "sgd"], &["Added charts: #1", "Metrics: lr=adam lr=sgd"]);
    let sheet = Sheet::of(&runs(), &board, &["adam".to_owned(), "sgd".to_owned()]);
    assert_eq!(sheet.neighbor(&CardId::Made(1), 1), Some(id("lr")));
    assert_eq!(sheet.neighbor(&id("lr"), 1), None);
}

#[test]
fn neighbors_go_over_the_ends_of_sections() {
    let sheet = Sheet::of(&runs(), &Board::default(), &[]);
    assert_eq!(sheet.neighbor(&id("lr"), 1), Some(id("train/loss")));
    assert_eq!(sheet.neighbor(&id("train/loss"), -1), Some(id("lr")));
    assert_eq!(sheet.neighbor(&id("lr"), -1), None);
    assert_eq!(sheet.neighbor(&id("gone"), 1), None);
}

#[test]
fn a_card_with_another_x_does_not_share_the_zoom() {
    let mut board = Board { zoom: Some((1.0, 2.0)), ..Board::default() };
    assert_eq!(board.zoom_of(&id("lr")), Some((1.0, 2.0)));
    board.edit_own(&id("lr"), |own| own.x = Some((runatlas_core::chart::XAxis::WallTime, String::new())));
    assert_eq!(board.zoom_of(&id("lr")), None);
    board.edit_own(&id("lr"), |own| own.x_range = Some((5.0, 6.0)));
    assert_eq!(board.zoom_of(&id("lr")), Some((5.0, 6.0)));
    board.edit_own(&id("lr"), |own| *own = OwnLines::default());
    assert!(board.own.is_empty());
}

fn link(board: &Board) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    encode(board, &mut |key, value| values.push((key, value)));
    values
}

fn back(values: &[(&'static str, String)]) -> Board {
    decode(&|key| values.iter().find(|(known, _)| *known == key).map(|(_, value)| value.as_str()))
}

#[test]
fn an_untouched_board_says_nothing() {
    assert_eq!(link(&Board::default()), []);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_board_survives_its_link(board in made::board()) {
        let values = link(&board);
        for (key, value) in &values {
            prop_assert!(value.is_ascii() && !value.contains(['&', '#', ' ']), "{key}={value}");
        }
        prop_assert_eq!(back(&values), board);
    }

    #[test]
    fn no_text_panics(key in prop::sample::select(vec!["own", "cards", "size", "pin", "order", "agg", "mark", "x", "zoom", "grid"]), text in "[a-z0-9:,~x.%-]{0,40}") {
        let board = back(&[(key, text)]);
        prop_assert_eq!(back(&link(&board)), board);
    }
}

fn history(points: &[(i64, i64, f64)]) -> runatlas_core::history::History {
    let point = |&(step, timestamp, value)| runatlas_core::model::Point { step, timestamp, value };
    points.iter().map(point).collect()
}

#[test]
fn an_expression_has_a_point_at_every_step_that_all_its_metrics_have() {
    use runatlas_core::board::{Y, derived};
    let Ok(Y::Derived(expr)) = Y::parse("${val loss} - train") else { panic!() };
    let val = history(&[(0, 10, 5.0), (2, 30, 4.0), (2, 31, 3.0), (3, 40, 1.0)]);
    let train = history(&[(0, 11, 1.0), (1, 20, 1.0), (2, 29, 0.5)]);
    let found = derived(&expr, &[&val, &train]);
    assert_eq!((found.steps, found.values), (vec![0, 2], vec![4.0, 2.5]));
    assert_eq!(found.timestamps, [11, 31], "when the later of both was logged");
    assert_eq!(Y::parse("${a}"), Ok(Y::Metric("a".into())));
    assert_eq!(Y::parse("a / b").unwrap().metrics(), ["a", "b"]);
    assert!(Y::parse("a +").is_err());
    assert_eq!(CardKind::of_metric("odd } name\\").title(), "odd } name\\");
}

#[test]
fn runs_of_a_group_become_one_curve() {
    use runatlas_core::{
        board::{Aggregate, Band, Centre, gather},
        chart::{Dash, Series, Slot, Trace, XAxis},
    };
    use std::sync::Arc;
    let series = |slot, points: &[(i64, i64, f64)]| Series {
        id: format!("run {slot}"),
        label: String::new(),
        slot: Slot::new(slot),
        dash: Dash::Whole,
        running: true,
        trace: Arc::new(Trace::new(Arc::new(history(points)), None)),
        band: None,
    };
    let all = [
        series(1, &[(0, 0, 1.0), (1, 0, 2.0)]),
        series(2, &[(0, 0, 8.0), (1, 0, 9.0)]),
        series(3, &[(0, 0, 3.0), (1, 0, 6.0), (2, 0, 7.0)]),
    ];
    let groups = ["adam", "sgd", "adam"].map(str::to_owned);
    let aggregate = Aggregate { centre: Centre::Mean, band: Band::MinMax };
    let found = gather(&all, &groups, XAxis::Step, aggregate);
    let labels: Vec<&str> = found.iter().map(|it| it.series.label.as_str()).collect();
    assert_eq!(labels, ["adam (2)", "sgd (1)"]);
    let adam = &found[0];
    assert_eq!((adam.members.as_slice(), adam.series.slot), (&[0, 2][..], Slot::new(1)));
    assert_eq!(adam.series.trace.curve(XAxis::Step).raw().values(), [2.0, 4.0, 7.0]);
    let band = adam.series.band.as_ref().unwrap();
    assert_eq!((band.low.as_slice(), band.high.as_slice()), (&[1.0, 2.0, 7.0][..], &[3.0, 6.0, 7.0][..]));
    assert!(
        adam.words(aggregate, XAxis::Step).contains("mean of 2 runs, min to max; exact"),
        "{}",
        adam.words(aggregate, XAxis::Step)
    );
    assert!(!adam.series.running, "a group is no run");
}

#[test]
fn runs_are_told_apart_by_their_values() {
    use runatlas_core::{
        board::{Grouping, NOT_SET, values},
        chart::{Dash, Slot},
        table::{Column, RunRef},
    };
    use std::sync::Arc;
    let run = |params: &[(&str, &str)]| RunRef {
        source: "s".into(),
        source_name: "s".into(),
        experiment: "e".into(),
        run: Arc::new(Run {
            params: params.iter().map(|&(key, value)| (key.to_owned(), value.to_owned())).collect(),
            ..Run::default()
        }),
        parent: None,
    };
    let runs = [run(&[("lr", "0.10")]), run(&[("lr", "0.9"), ("seed", "1")]), run(&[("seed", "10")])];
    let lr = Column::Param("lr".into());
    assert_eq!(values(&runs, &lr), ["0.10", "0.9", NOT_SET], "numbers are in their own order");
    let grouping =
        Grouping { color: Some(lr), dash: Some(Column::Param("seed".into())), ..Grouping::default() };
    let own: Vec<(&RunRef, Slot)> = runs.iter().map(|run| (run, Slot::new(9))).collect();
    let looks = grouping.looks(&own);
    let told: Vec<_> = looks.iter().map(|look| (look.slot, look.dash, look.group.as_str())).collect();
    assert_eq!(
        told,
        [
            (Slot::new(0), Dash::Dots, "lr 0.10, seed not set"),
            (Slot::new(1), Dash::Whole, "lr 0.9, seed 1"),
            (Slot::new(2), Dash::Dashes, "lr not set, seed 10"),
        ]
    );
    assert_eq!(Grouping::default().looks(&own)[0].slot, Slot::new(9));
}

#[test]
fn runs_of_a_parent_are_told_apart_by_its_name() {
    use runatlas_core::{
        board::{Grouping, NOT_SET, values},
        chart::Slot,
        model::PARENT_TAG,
        table::{Column, RunRef, Table},
    };
    use std::sync::Arc;
    let run = |id: &str, name: &str, parent: Option<&str>| RunRef {
        source: "s".into(),
        source_name: "s".into(),
        experiment: "e".into(),
        run: Arc::new(Run {
            id: id.to_owned(),
            name: name.to_owned(),
            tags: parent.map(|parent| (PARENT_TAG.to_owned(), parent.to_owned())).into_iter().collect(),
            ..Run::default()
        }),
        parent: None,
    };
    let check = |runs: Vec<RunRef>, expected: &[&str]| {
        let table = Table::new(runs);
        let column = Column::Tag(PARENT_TAG.into());
        assert_eq!(values(table.runs(), &column), expected);
        let grouping = Grouping { color: Some(column), ..Grouping::default() };
        let own: Vec<(&RunRef, Slot)> = table.runs().iter().map(|run| (run, Slot::new(0))).collect();
        let mut groups: Vec<String> = grouping.looks(&own).into_iter().map(|look| look.group).collect();
        groups.sort();
        groups.dedup();
        let mut named: Vec<String> = expected.iter().map(|name| format!("Parent run {name}")).collect();
        named.sort();
        assert_eq!(groups, named);
    };
    let (a, b) = ("0123456789abcdef0123456789abcdef", "f123456789abcdef0123456789abcde0");
    check(
        vec![
            run(a, "search", None),
            run(b, "again", None),
            run("1", "x", Some(a)),
            run("2", "y", Some(b)),
            run("3", "z", Some(a)),
        ],
        &["again", "search", NOT_SET],
    );
    // Two parents of one name stay two groups.
    check(
        vec![
            run(a, "search", Some("1")),
            run(b, "search", Some("1")),
            run("1", "x", Some(a)),
            run("2", "y", Some(b)),
        ],
        &["search (01234567…cdef)", "search (f1234567…cde0)", "x"],
    );
    // One that is not in the table is told by its id.
    check(vec![run("1", "x", Some(a)), run("2", "y", Some("short"))], &["01234567…cdef", "short"]);
}
