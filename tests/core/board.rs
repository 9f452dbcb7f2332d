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
