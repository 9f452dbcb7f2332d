use runatlas_core::chart::Deck;
use runatlas_core::model::{MetricSummary, Run};

fn run(metrics: &[(&str, u64)]) -> Run {
    let metric = |&(key, count): &(&str, u64)| MetricSummary {
        key: key.to_owned(),
        count,
        ..MetricSummary::default()
    };
    Run { metrics: metrics.iter().map(metric).collect(), ..Run::default() }
}

fn deck(search: &str) -> Deck {
    let runs = [
        run(&[("lr", 1), ("system/cpu", 9), ("train/loss", 100), ("val/acc_10", 2), ("val/acc_2", 2)]),
        run(&[("train/loss", 50), ("train/sub/loss", 1)]),
    ];
    Deck::of(&runs, search)
}

fn shown(deck: &Deck) -> Vec<String> {
    let line = |group: &runatlas_core::chart::DeckGroup| {
        let charts: Vec<&str> = group.charts.iter().map(|chart| chart.metric.as_str()).collect();
        format!("{}: {}", group.title(), charts.join(" "))
    };
    deck.groups.iter().map(line).collect()
}

#[test]
fn metrics_stand_by_prefix_those_of_the_system_last() {
    let deck = deck("");
    assert_eq!(
        shown(&deck),
        [
            "Metrics: lr",
            "train: train/loss train/sub/loss",
            "val: val/acc_2 val/acc_10",
            "system: system/cpu"
        ]
    );
    assert_eq!((deck.len(), deck.metrics), (6, 6));
    let loss = deck.chart("train/loss").unwrap();
    assert_eq!((loss.runs, loss.points), (2, 150));
    assert_eq!(deck.chart("train"), None);
}

#[test]
fn a_search_leaves_metrics_with_all_words() {
    let found = deck("LOSS train");
    assert_eq!(shown(&found), ["train: train/loss train/sub/loss"]);
    assert_eq!((found.len(), found.metrics), (2, 6));
    assert!(deck("nothing").is_empty());
}

#[test]
fn neighbors_go_over_the_ends_of_groups() {
    let deck = deck("");
    assert_eq!(deck.neighbor("lr", 1), Some("train/loss"));
    assert_eq!(deck.neighbor("train/loss", -1), Some("lr"));
    assert_eq!(deck.neighbor("lr", -1), None);
    assert_eq!(deck.neighbor("system/cpu", 1), None);
    assert_eq!(deck.neighbor("gone", 1), None);
}
