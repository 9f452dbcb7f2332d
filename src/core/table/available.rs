use std::cmp::Reverse;

use super::{
    Column, RunRef,
    keys::Keys,
    value::{Value, same_number, value},
};
use crate::model::Direction;

/// What is known of a column before it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnInfo {
    /// The column.
    pub column: Column,
    /// How many runs have a value.
    pub runs: usize,
    /// Whether two of these values differ.
    pub differs: bool,
}

/// See [`super::Table::columns`].
pub fn available_columns(runs: &[RunRef]) -> Vec<ColumnInfo> {
    let mut columns: Vec<ColumnInfo> = Column::attributes().map(|column| attribute(runs, column)).collect();
    columns.retain(|info| info.runs > 0);
    let pairs = |of: fn(&RunRef) -> &crate::model::Pairs, column: fn(String) -> Column| {
        let values = runs.iter().map(|run| of(run).iter().map(|(key, value)| (key.as_str(), value.as_str())));
        counted(values, |a, b| a == b, column)
    };
    let metrics = runs.iter().map(|run| run.run.metrics.iter().map(|m| (m.key.as_str(), m.last.value)));
    columns.extend(counted(metrics, |a, b| same_number(*a, *b), Column::Metric));
    columns.extend(pairs(|run| &run.run.params, Column::Param));
    let (system, people): (Vec<_>, Vec<_>) = pairs(|run| &run.run.tags, Column::Tag)
        .into_iter()
        .partition(|info| info.column.group() == super::ColumnGroup::SystemTags);
    columns.extend(people);
    columns.extend(system);
    columns
}

/// The columns to begin with, beside status and name, which every row shows: start, duration, then
/// the few metrics most likely to be looked for and the params that differ. `runs` is how many
/// there are in all.
pub fn default_columns(columns: &[ColumnInfo], runs: usize) -> Vec<Column> {
    const METRICS: usize = 4;
    const PARAMS: usize = 4;
    let mut chosen = vec![Column::StartTime, Column::Duration];
    let places = columns.iter().filter(|info| matches!(info.column, Column::Experiment | Column::Origin));
    chosen.extend(places.filter(|info| info.differs).map(|info| info.column.clone()));
    let best = |score: fn(&ColumnInfo, usize) -> Option<i32>, at_most: usize| {
        let mut scored: Vec<(Reverse<i32>, &ColumnInfo)> =
            columns.iter().filter_map(|info| Some((Reverse(score(info, runs)?), info))).collect();
        // Stable: equals stay in the order of their keys.
        scored.sort_by_key(|(score, _)| *score);
        scored.into_iter().take(at_most).map(|(_, info)| info.column.clone())
    };
    chosen.extend(best(metric_score, METRICS));
    chosen.extend(best(param_score, PARAMS));
    chosen
}

/// Shared by many runs, measured on held-out data, with a direction, not always the same.
fn metric_score(info: &ColumnInfo, runs: usize) -> Option<i32> {
    let Column::Metric(key) = &info.column else { return None };
    let mut score = coverage(info, runs);
    score += if Direction::of_metric(key) == Direction::Unknown { 0 } else { 40 };
    score += if is_held_out(key) { 30 } else { 0 };
    score += if info.differs { 20 } else { 0 };
    score -= if key.starts_with("system/") { 200 } else { 0 };
    Some(score)
}

fn param_score(info: &ColumnInfo, runs: usize) -> Option<i32> {
    matches!(info.column, Column::Param(_)).then_some(())?;
    info.differs.then(|| coverage(info, runs))
}

/// In percent.
fn coverage(info: &ColumnInfo, runs: usize) -> i32 {
    (info.runs * 100).checked_div(runs).unwrap_or(0) as i32
}

/// Whether a metric's key speaks of data that was held out from training.
fn is_held_out(key: &str) -> bool {
    let lower = key.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word,
            "val" | "valid" | "validation" | "test" | "testing" | "eval" | "dev" | "cv" | "holdout"
        )
    })
}

fn attribute(runs: &[RunRef], column: Column) -> ColumnInfo {
    let mut first: Option<Value> = None;
    let (mut count, mut differs) = (0, false);
    for found in runs.iter().map(|run| value(run, &column)).filter(|v| !matches!(v, Value::Missing)) {
        count += 1;
        match &first {
            Some(first) => differs |= !first.same(&found),
            None => first = Some(found),
        }
    }
    ColumnInfo { column, runs: count, differs }
}

/// Counts keys over runs, by key.
fn counted<'a, V, R>(
    runs: impl Iterator<Item = R>,
    same: impl Fn(&V, &V) -> bool,
    column: impl Fn(String) -> Column,
) -> Vec<ColumnInfo>
where
    R: Iterator<Item = (&'a str, V)>,
{
    let mut keys = Keys::default();
    let mut found: Vec<(V, usize, bool)> = Vec::new();
    for run in runs {
        let mut before = None;
        for (key, value) in run {
            let id = keys.id(key, before);
            before = Some(id);
            match found.get_mut(id) {
                Some((first, count, differs)) => {
                    *count += 1;
                    *differs |= !same(first, &value);
                }
                None => found.push((value, 1, false)),
            }
        }
    }
    let infos = keys.into_keys().into_iter().zip(found);
    let mut infos: Vec<ColumnInfo> = infos
        .map(|(key, (_, runs, differs))| ColumnInfo { column: column(key.to_owned()), runs, differs })
        .collect();
    infos.sort_by(|a, b| a.column.cmp(&b.column));
    infos
}
