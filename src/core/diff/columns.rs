//! Which runs stand in which column.

use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

use super::{Diff, RowId, RunsOfColumn, twins, values::Found};
use crate::table::natural;

/// How the columns beside the baseline are arranged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Arrange {
    /// By which row they are sorted; in the order of the runs without one.
    pub sort: Option<SortRuns>,
    /// Runs that are equal in all that went into them (params, environment, datasets, source code),
    /// except for these keys, stand in one column.
    pub group: Option<BTreeSet<RowId>>,
}

/// Runs sorted by a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SortRuns {
    /// The row.
    pub row: RowId,
    /// The greatest first. Missing values come last either way.
    pub descending: bool,
}

pub(super) fn columns(diff: &Diff, arrange: &Arrange) -> Vec<RunsOfColumn> {
    let others = (0..diff.runs.len()).filter(|run| *run != diff.baseline);
    let mut columns: Vec<RunsOfColumn> = match &arrange.group {
        None => others.map(|run| vec![run]).collect(),
        Some(except) => grouped(diff, others, except),
    };
    let sorted = arrange.sort.as_ref().and_then(|sort| Some((sort, diff.find(&sort.row)?)));
    if let Some((sort, (section, row))) = sorted {
        let key = |column: &RunsOfColumn| SortKey::of(diff, section, row, column);
        let mut keyed: Vec<(SortKey, RunsOfColumn)> =
            columns.into_iter().map(|column| (key(&column), column)).collect();
        keyed.sort_by(|(a, _), (b, _)| a.compare(b, sort.descending));
        columns = keyed.into_iter().map(|(_, column)| column).collect();
    }
    if !diff.runs.is_empty() {
        columns.insert(0, vec![diff.baseline]);
    }
    columns
}

fn grouped(diff: &Diff, runs: impl Iterator<Item = usize>, except: &BTreeSet<RowId>) -> Vec<RunsOfColumn> {
    let classes = twins::Classes::of(diff, except);
    let mut columns: Vec<RunsOfColumn> = Vec::new();
    let mut places: HashMap<Vec<u32>, usize> = HashMap::new();
    for run in runs {
        let place = *places.entry(classes.of_run(run)).or_insert(columns.len());
        match columns.get_mut(place) {
            Some(column) => column.push(run),
            None => columns.push(vec![run]),
        }
    }
    columns
}

/// What a column is sorted by: numbers before words before NaN before nothing.
enum SortKey {
    Number(f64),
    Text(String),
    NotANumber,
    Missing,
}

impl SortKey {
    fn of(diff: &Diff, section: usize, row: usize, column: &[usize]) -> Self {
        let Some(of) = diff.sections.get(section) else { return Self::Missing };
        let found: Vec<Found> = column.iter().map(|run| of.found(&diff.runs, row, *run)).collect();
        let numbers: Vec<f64> = found.iter().filter_map(Found::number).collect();
        let finite: Vec<f64> = numbers.iter().copied().filter(|number| !number.is_nan()).collect();
        if !finite.is_empty() {
            return Self::Number(finite.iter().sum::<f64>() / finite.len() as f64);
        }
        match found.first() {
            _ if !numbers.is_empty() => Self::NotANumber,
            Some(Found::Text(text)) => Self::Text((*text).to_owned()),
            Some(Found::Attribute(value)) => Self::of_attribute(value),
            _ => Self::Missing,
        }
    }

    fn of_attribute(value: &crate::table::value::Value<'_>) -> Self {
        use crate::table::value::Value;
        match value {
            Value::Time(at) => Self::Number(*at as f64),
            Value::Text(text) => Self::Text(text.clone().into_owned()),
            Value::Code(text) | Value::Logged(text) => Self::Text((*text).to_owned()),
            Value::Status(status) => Self::Text(status.as_str().to_owned()),
            // Numbers are taken as such before; nothing else is an attribute of the outcome.
            _ => Self::Missing,
        }
    }

    fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let turned = |order: Ordering| if descending { order.reverse() } else { order };
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => turned(a.total_cmp(b)),
            (Self::Text(a), Self::Text(b)) => turned(natural(a, b)),
            _ => self.rank().cmp(&other.rank()),
        }
    }

    fn rank(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::NotANumber => 2,
            Self::Missing => 3,
        }
    }
}
