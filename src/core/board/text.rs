//! The choices of a board as keys and values of a link.
//!
//! What differs from the defaults is written, each choice under a key of its own; what a release
//! does not know it leaves out. Lists are joined by `~`, the fields of an item by `,`, and a field's
//! name stands before a `:`: none of these occurs in escaped text.

mod cards;
mod fields;
mod lines;

use std::collections::BTreeSet;

use super::{Board, CardId, CardSize};
use crate::escape::{escape, join, split, unescape};
use fields::Fields;

/// Hands every choice that is not the default to `put`: its key, and its value, escaped already.
pub fn encode(board: &Board, put: &mut dyn FnMut(&'static str, String)) {
    let mut some = |key, value: String| {
        if !value.is_empty() {
            put(key, value);
        }
    };
    lines::encode(&board.lines, &mut some);
    some("own", list(board.own.iter().map(|(card, own)| lines::own_text(card, own))));
    some("cards", list(board.made.iter().map(cards::text)));
    let layout = &board.layout;
    some("pin", list(layout.pinned.iter().map(id_text)));
    some("hide", list(layout.hidden.iter().map(id_text)));
    some("order", list(layout.order.iter().map(id_text)));
    let size =
        |(card, size): (&CardId, &CardSize)| format!("{},{}x{}", id_text(card), size.columns, size.rows);
    some("size", list(layout.sizes.iter().map(size)));
    some("grid", layout.columns.map(|columns| columns.to_string()).unwrap_or_default());
    some("metric", escape(&board.search));
    some("re", if board.is_regex { "1" } else { "" }.to_owned());
    some("zoom", board.zoom.map(range_text).unwrap_or_default());
    some("cfold", join(&board.folded));
    some("full", board.full.as_ref().map(id_text).unwrap_or_default());
}

/// The board that a link's values tell; `get` gives what stands under a key.
pub fn decode<'a>(get: &dyn Fn(&str) -> Option<&'a str>) -> Board {
    let items =
        |key: &str| get(key).into_iter().flat_map(|text| text.split('~')).filter(|item| !item.is_empty());
    let ids = |key: &str| items(key).filter_map(id).collect::<Vec<CardId>>();
    let mut board = Board {
        lines: lines::decode(get),
        own: items("own").filter_map(lines::own).collect(),
        zoom: get("zoom").and_then(range),
        search: get("metric").and_then(unescape).unwrap_or_default(),
        is_regex: get("re") == Some("1"),
        folded: get("cfold").map(|text| split(text).into_iter().collect()).unwrap_or_default(),
        full: get("full").and_then(id),
        ..Board::default()
    };
    let mut numbers = BTreeSet::new();
    board.made = items("cards").filter_map(cards::card).filter(|card| numbers.insert(card.number)).collect();
    board.layout.pinned = unique(ids("pin"));
    board.layout.hidden = ids("hide").into_iter().collect();
    board.layout.order = unique(ids("order"));
    for item in items("size") {
        let fields = Fields::of(item);
        if let (Some(card), Some(size)) = (fields.first().and_then(id), fields.raw_at(1).and_then(size)) {
            board.layout.resize(&card, size);
        }
    }
    board.layout.columns =
        get("grid").and_then(|text| text.parse().ok()).filter(|columns| (1..=6).contains(columns));
    lines::decode_0_1(get, &mut board);
    board
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join("~")
}

fn unique(ids: Vec<CardId>) -> Vec<CardId> {
    let mut known = BTreeSet::new();
    ids.into_iter().filter(|id| known.insert(id.clone())).collect()
}

fn id_text(card: &CardId) -> String {
    match card {
        CardId::Metric(metric) => format!("m:{}", escape(metric)),
        CardId::Made(number) => format!("c:{number}"),
    }
}

/// Version 0.1 wrote the metric alone.
fn id(text: &str) -> Option<CardId> {
    let metric = |text: &str| unescape(text).filter(|metric| !metric.is_empty()).map(CardId::Metric);
    match text.split_once(':') {
        Some(("m", name)) => metric(name),
        Some(("c", number)) => number.parse().ok().map(CardId::Made),
        Some(_) => None,
        None => metric(text),
    }
}

fn size(text: &str) -> Option<CardSize> {
    let (columns, rows) = text.split_once('x')?;
    Some(CardSize::of(columns.parse().ok()?, rows.parse().ok()?))
}

fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

fn range_text((from, to): (f64, f64)) -> String {
    format!("{from}~{to}")
}

fn range(text: &str) -> Option<(f64, f64)> {
    let (from, to) = text.split_once('~')?;
    let (from, to) = (number(from)?, number(to)?);
    (from < to).then_some((from, to))
}
