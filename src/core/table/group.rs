//! Runs with the same values in some columns, put together.

use std::{
    cmp::Ordering,
    collections::{BTreeSet, HashMap},
};

use super::{
    Column, Query, RunRef, Table, key,
    value::{quantity, value_with},
};
use crate::{board, stat::sample::Sample, table::text_of};

/// How runs are put together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Groups {
    /// Runs that have the same in all of these are one group; none: no groups.
    pub by: Vec<Column>,
    /// What a group shows of its runs' numbers, and what groups are sorted by.
    pub stat: Stat,
    /// Groups whose runs are listed.
    pub open: BTreeSet<GroupKey>,
}

/// What a group's runs have in the columns that they are grouped by, in the order of these; `None` for
/// nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct GroupKey(pub Vec<Option<String>>);

/// What a group shows of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Stat {
    /// The mean.
    #[default]
    Mean,
    /// The value in the middle.
    Median,
    /// The standard deviation, n - 1 in the denominator.
    Deviation,
    /// The least.
    Min,
    /// The greatest.
    Max,
    /// How many of the runs have a value.
    Count,
}

impl Stat {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Mean, Self::Median, Self::Deviation, Self::Min, Self::Max, Self::Count];

    /// The word that links keep.
    pub fn id(self) -> &'static str {
        match self {
            Self::Mean => "mean",
            Self::Median => "median",
            Self::Deviation => "sd",
            Self::Min => "min",
            Self::Max => "max",
            Self::Count => "count",
        }
    }

    /// Reads [`Self::id`].
    pub fn parse(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stat| stat.id() == id)
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Mean => "Mean",
            Self::Median => "Median",
            Self::Deviation => "Standard deviation",
            Self::Min => "Minimum",
            Self::Max => "Maximum",
            Self::Count => "Number of values",
        }
    }

    /// That of a sample; NaN for the deviation of a single value.
    pub fn of(self, sample: &Sample) -> f64 {
        match self {
            Self::Mean => sample.mean,
            Self::Median => sample.median,
            Self::Deviation => sample.deviation,
            Self::Min => sample.min,
            Self::Max => sample.max,
            Self::Count => (sample.count + sample.left_out) as f64,
        }
    }
}

/// A group of runs that a query leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What its runs have in common.
    pub key: GroupKey,
    /// The same for people, a part a column: what it is called, and the value.
    pub parts: Vec<(String, String)>,
    /// Its runs, by index in [`Table::runs`], in the order of the query; pinned ones among them.
    pub members: Vec<u32>,
    /// Whether they are listed.
    pub open: bool,
}

impl Group {
    /// `optimizer adam, seed 1`.
    pub fn name(&self) -> String {
        let parts: Vec<String> = self.parts.iter().map(|(key, value)| format!("{key} {value}")).collect();
        parts.join(", ")
    }

    /// Its runs.
    pub fn runs<'a>(&'a self, table: &'a Table) -> impl Iterator<Item = &'a RunRef> {
        self.members.iter().filter_map(|&index| table.runs.get(index as usize))
    }
}

/// The numbers that runs have in a column; `None` where none is finite.
pub(super) fn sample<'a>(
    runs: impl Iterator<Item = &'a RunRef>,
    column: &Column,
    query: &super::StepValues,
) -> Option<Sample> {
    Sample::new(runs.filter_map(|run| quantity(&value_with(run, column, query))))
}

/// The groups of runs that are `left`, in order, and the runs that have nothing in any of the columns.
pub(super) fn groups(table: &Table, left: &[u32], query: &Query) -> (Vec<Group>, Vec<u32>) {
    let by = &query.groups.by;
    let mut places: HashMap<GroupKey, usize> = HashMap::new();
    let mut found: Vec<Group> = Vec::new();
    let mut others = Vec::new();
    for &index in left {
        let Some(run) = table.runs.get(index as usize) else { continue };
        let key = GroupKey(by.iter().map(|column| text_of(run, column).map(Into::into)).collect());
        if key.0.iter().all(Option::is_none) {
            others.push(index);
            continue;
        }
        let place = *places.entry(key).or_insert_with_key(|key| {
            let part = |column: &Column| (board::label(column).into_owned(), board::value(run, column));
            found.push(Group {
                key: key.clone(),
                parts: by.iter().map(part).collect(),
                members: Vec::new(),
                open: query.groups.open.contains(key),
            });
            found.len() - 1
        });
        if let Some(group) = found.get_mut(place) {
            group.members.push(index);
        }
    }
    (sorted(table, found, query), others)
}

/// What a group is sorted by in one column.
#[derive(Clone, Copy)]
enum Place {
    Number(f64),
    /// The rank of the run that comes first in it.
    Rank(u32),
    Missing,
}

/// By the columns of the query, then by the groups' own values.
fn sorted(table: &Table, groups: Vec<Group>, query: &Query) -> Vec<Group> {
    let mut placed: Vec<(Vec<Place>, Group)> =
        groups.into_iter().map(|group| (places(table, &group, query), group)).collect();
    let own: Vec<_> =
        query.groups.by.iter().map(|column| table.ranks.of(&table.runs, column, &query.steps)).collect();
    let rank = |ranks: &[u32], group: &Group| {
        group.members.first().and_then(|&index| ranks.get(index as usize)).copied().unwrap_or(u32::MAX)
    };
    placed.sort_by(|(a, group_a), (b, group_b)| {
        let by = query.sort.iter().zip(a.iter().zip(b));
        by.map(|(by, (a, b))| compare(*a, *b, by.descending))
            .chain(own.iter().map(|ranks| rank(ranks, group_a).cmp(&rank(ranks, group_b))))
            .find(|order| order.is_ne())
            // Texts that sort alike, such as 0.1 and 0.10, are groups of their own.
            .unwrap_or_else(|| group_a.key.cmp(&group_b.key))
    });
    placed.into_iter().map(|(_, group)| group).collect()
}

fn places(table: &Table, group: &Group, query: &Query) -> Vec<Place> {
    let place = |by: &super::SortBy| {
        if by.column.is_numeric() {
            let sample = sample(group.runs(table), &by.column, &query.steps.0);
            let number = sample.map(|sample| query.groups.stat.of(&sample)).filter(|number| !number.is_nan());
            return number.map_or(Place::Missing, Place::Number);
        }
        let ranks = table.ranks.of(&table.runs, &by.column, &query.steps);
        let rank = |&index: &u32| Some(key::directed(*ranks.get(index as usize)?, by.descending));
        group.members.iter().filter_map(rank).min().map_or(Place::Missing, Place::Rank)
    };
    query.sort.iter().map(place).collect()
}

/// Ranks are directed already.
fn compare(a: Place, b: Place, descending: bool) -> Ordering {
    match (a, b) {
        (Place::Number(a), Place::Number(b)) if descending => b.total_cmp(&a),
        (Place::Number(a), Place::Number(b)) => a.total_cmp(&b),
        (Place::Rank(a), Place::Rank(b)) => a.cmp(&b),
        (a, b) => matches!(a, Place::Missing).cmp(&matches!(b, Place::Missing)),
    }
}
