use std::collections::BTreeSet;

use super::{
    Figure, FigureRun, Ink,
    bars::{Bar, across},
    frame::Frame,
    values::Values,
};
use crate::{
    chart::Slot,
    format,
    stat::{
        factor::Factor,
        importance::{Caution, Importance, METHOD, Param, Row, importance},
    },
    table::{Column, number_of},
};

/// What a metric goes with, among the params that differ.
pub(super) fn of(value: &Column, runs: &[FigureRun<'_>]) -> Importance {
    let metric: Vec<f64> = runs.iter().map(|run| number_of(run.run, value).unwrap_or(f64::NAN)).collect();
    let factors: Vec<(&str, Factor)> = names(runs)
        .into_iter()
        .filter_map(|name| {
            let texts: Vec<Option<&str>> = runs.iter().map(|run| run.run.run.param(name)).collect();
            let first = texts.first().copied().flatten();
            // The same in all runs: nothing can be known of it.
            texts.iter().any(|text| *text != first).then(|| (name, Factor::of(texts)))
        })
        .collect();
    let params: Vec<Param<'_>> = factors.iter().map(|(name, factor)| Param { name, factor }).collect();
    importance(&params, &metric)
}

/// The params of the runs, by name.
pub(super) fn names<'a>(runs: &[FigureRun<'a>]) -> BTreeSet<&'a str> {
    runs.iter().flat_map(|run| run.run.run.params.iter().map(|(name, _)| name.as_str())).collect()
}

pub(super) fn build(value: &Column, found: &Importance, runs: &[FigureRun<'_>], frame: &Frame) -> Figure {
    let values = Values::numbers(value, runs, frame.utc_offset_minutes);
    let mut notes: Vec<String> = found.cautions.iter().map(Caution::words).collect();
    notes.extend(values.lacks());
    if found.params.is_empty() {
        return frame.empty("No param differs between these runs.", notes);
    }
    let bars: Vec<Bar> = found.params.iter().filter_map(bar).collect();
    if bars.is_empty() {
        let why = notes.first().map(|note| format::sentence(note)).unwrap_or_default();
        return frame.empty(why, notes);
    }
    let shares = Values::plain("Share of importance", runs.len());
    let mut figure = across(bars, ["Param, correlation", &shares.label], &shares, &mut notes, frame);
    notes.push(METHOD.to_owned());
    figure.notes = notes;
    figure
}

/// The importance as a bar, the correlation beside the name.
fn bar(row: &Row) -> Option<Bar> {
    let share = row.importance?;
    let signed = |r: f64| format!("{r:+.2}").replace('-', "\u{2212}");
    let r = row.correlation.map(|found| signed(found.r));
    let percent = format!("{:.0} %", share * 100.0);
    let mut rows = vec![("importance".to_owned(), percent.clone())];
    rows.push(match row.correlation {
        Some(found) => {
            ("Spearman's correlation".to_owned(), format!("{} (n = {})", signed(found.r), found.n))
        }
        None => ("correlation".to_owned(), "none over categories".to_owned()),
    });
    let falls = row.correlation.is_some_and(|found| found.r < 0.0);
    Some(Bar {
        label: row.name.clone(),
        value: share,
        words: r.map_or_else(|| percent.clone(), |r| format!("{percent}, r {r}")),
        ink: match row.correlation {
            None => Ink::Plain,
            Some(_) => Ink::Slot(Slot::new(usize::from(falls))),
        },
        runs: Vec::new(),
        rows,
    })
}
