//! How runs are told apart on line cards.

use std::{borrow::Cow, cmp::Ordering, collections::BTreeSet};

use super::Grouping;
use crate::{
    chart::{Dash, Slot},
    format,
    model::PARENT_TAG,
    table::{Column, RunRef, natural, text_of},
};

/// What is said of a run that has nothing in a column.
pub const NOT_SET: &str = "not set";

/// How the curves of a run look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Their colour.
    pub slot: Slot,
    /// Their dashes.
    pub dash: Dash,
    /// The group that the run is in, for people: `optimizer adam, seed 1`; empty where runs stand for themselves.
    pub group: String,
}

impl Grouping {
    /// The looks of these runs, each with its own colour. Values of columns are told apart in their
    /// natural order, so that neither sorting nor hiding runs of other values changes more than it must.
    pub fn looks(&self, runs: &[(&RunRef, Slot)]) -> Vec<Look> {
        let all = || runs.iter().map(|(run, _)| *run);
        let colors = self.color.as_ref().map(|column| values(all(), column));
        let dashes = self.dash.as_ref().map(|column| values(all(), column));
        let look = |&(run, slot): &(&RunRef, Slot)| {
            let place = |column: &Option<Column>, values: &Option<Vec<String>>| {
                let value = value(run, column.as_ref()?);
                values.as_ref()?.iter().position(|other| *other == value)
            };
            let color = place(&self.color, &colors);
            let dash = place(&self.dash, &dashes);
            Look {
                slot: color.map_or(slot, Slot::new),
                dash: match (dash, color) {
                    (Some(dash), _) => Dash::new(dash),
                    (None, Some(color)) => Slot::new(color).dash(),
                    (None, None) => slot.dash(),
                },
                group: self.name(run),
            }
        };
        runs.iter().map(look).collect()
    }

    /// The group of a run, for people.
    fn name(&self, run: &RunRef) -> String {
        let columns = [&self.color, &self.dash].into_iter().flatten();
        let part = |column: &Column| format!("{} {}", label(column), value(run, column));
        let mut parts: Vec<String> = columns.map(part).collect();
        parts.dedup();
        parts.join(", ")
    }
}

/// The values that runs have in a column, each once: numbers by value, then text in natural order; [`NOT_SET`]
/// last.
pub fn values<'a>(runs: impl IntoIterator<Item = &'a RunRef>, column: &Column) -> Vec<String> {
    let found: BTreeSet<String> = runs.into_iter().map(|run| value(run, column)).collect();
    let mut found: Vec<String> = found.into_iter().collect();
    found.sort_by(|a, b| (a == NOT_SET).cmp(&(b == NOT_SET)).then_with(|| by_number(a, b)));
    found
}

/// Numbers by value, before other text in natural order: 0.02 lies below 0.1, which no natural order knows.
fn by_number(a: &str, b: &str) -> Ordering {
    match (number(a), number(b)) {
        (Some(x), Some(y)) => x.total_cmp(&y).then_with(|| natural(a, b)),
        (x, y) => y.is_some().cmp(&x.is_some()).then_with(|| natural(a, b)),
    }
}

fn number(text: &str) -> Option<f64> {
    // Values of metrics have the typographic sign.
    text.trim().replace('\u{2212}', "-").parse().ok().filter(|number: &f64| number.is_finite())
}

/// What a column is called where runs are told apart by it.
pub fn label(column: &Column) -> Cow<'_, str> {
    if is_parent(column) { Cow::Borrowed("Parent run") } else { column.label() }
}

/// What a run has in a column, for people: of its parent the name, or a short id where that is not in the table.
pub fn value(run: &RunRef, column: &Column) -> String {
    match (text_of(run, column), &run.parent) {
        (None, _) => NOT_SET.to_owned(),
        (Some(_), Some(parent)) if is_parent(column) => parent.to_string(),
        (Some(id), None) if is_parent(column) => format::short_id(&id).into_owned(),
        (Some(text), _) => text.into_owned(),
    }
}

fn is_parent(column: &Column) -> bool {
    matches!(column, Column::Tag(key) if key == PARENT_TAG)
}
