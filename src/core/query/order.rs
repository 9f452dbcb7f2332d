use std::cmp::Ordering;

use super::{
    StoreKind,
    clause::{Entity, Subject},
    error::QueryError,
    parse::{self, ORDERABLE},
    python::{repr_list, split},
    subject::{Stored, stored},
};
use crate::model::Run;

/// One key that runs are ordered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderBy {
    /// What is compared.
    pub subject: Subject,
    /// Greatest first. NaN comes after all numbers and missing values last in both directions.
    pub descending: bool,
}

impl OrderBy {
    /// Reads `metrics.loss DESC`: MLflow's `parse_order_by_for_search_runs`.
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        let fail = |message: String| QueryError::new(message, 0..text.len());
        let mut token = parse::order_token(text)?;
        let words = split(&token.replace('`', "\"")).map_err(|reason| fail(reason.to_owned()))?;
        let mut descending = false;
        match words.as_slice() {
            [key, direction] => {
                let direction = direction.to_lowercase();
                if direction != "asc" && direction != "desc" {
                    return Err(fail(format!("Invalid ordering key in order_by clause '{text}'.")));
                }
                descending = direction == "desc";
                token.clone_from(key);
            }
            words if words.len() > 2 => {
                return Err(fail(format!("Invalid order_by clause '{text}'. Could not be parsed.")));
            }
            _ => {}
        }
        let key = token.trim_matches(super::sql::chars::is_space);
        Ok(Self { subject: parse::identifier(key, ORDERABLE, &(0..text.len()))?, descending })
    }
}

/// Reads all keys as the database store does: in order, none twice.
pub(super) fn parse_all(texts: &[String]) -> Result<Vec<OrderBy>, QueryError> {
    let mut keys: Vec<OrderBy> = Vec::new();
    for text in texts {
        let key = OrderBy::parse(text)?;
        if key.subject.entity == Entity::Dataset {
            return Err(QueryError::new("Invalid identifier type 'dataset'", 0..text.len()));
        }
        let same = |other: &OrderBy| {
            other.subject.entity == key.subject.entity
                && other.subject.translated() == key.subject.translated()
        };
        if keys.iter().any(same) {
            let message = format!("`order_by` contains duplicate fields: {}", repr_list(texts));
            return Err(QueryError::new(message, 0..text.len()));
        }
        keys.push(key);
    }
    Ok(keys)
}

/// Reads all keys as the file store does: from the last one on, and what cannot be ordered by is an
/// error only where there is something to order.
pub(super) fn parse_reversed(texts: &[String], any_runs: bool) -> Result<Vec<OrderBy>, QueryError> {
    let mut keys = Vec::new();
    for text in texts.iter().rev() {
        let key = OrderBy::parse(text)?;
        if key.subject.entity == Entity::Dataset && any_runs {
            return Err(QueryError::new("Invalid order_by entity type 'dataset'", 0..text.len()));
        }
        keys.push(key);
    }
    keys.reverse();
    Ok(keys)
}

/// Puts runs in order: by the keys, then the latest start first, then by id.
///
/// A run that was asked for twice, as only the file store can be, stays in there twice.
pub(super) fn sort(runs: &mut Vec<&Run>, keys: &[OrderBy], store: StoreKind) {
    let mut rows: Vec<(Vec<Stored<'_>>, &Run)> =
        runs.iter().map(|&run| (keys.iter().map(|key| value(run, key, store)).collect(), run)).collect();
    rows.sort_by(|(a, run), (b, other)| {
        let by_keys = keys.iter().zip(a.iter().zip(b)).map(|(key, (a, b))| compare(a, b, key.descending));
        by_keys
            .fold(Ordering::Equal, Ordering::then)
            .then_with(|| by_start(run, other))
            .then_with(|| run.id.cmp(&other.id))
    });
    *runs = rows.into_iter().map(|(_, run)| run).collect();
}

/// The database orders by the column of names, which is what a run's name is read from.
fn value<'r>(run: &'r Run, key: &OrderBy, store: StoreKind) -> Stored<'r> {
    match key.subject.translated() {
        "run_name" if key.subject.entity == Entity::Attribute && store == StoreKind::Sql => {
            Stored::Text(&run.name)
        }
        _ => stored(run, &key.subject, store),
    }
}

fn by_start(run: &Run, other: &Run) -> Ordering {
    // `None` is less than any start.
    other.start_time.cmp(&run.start_time)
}

fn compare(a: &Stored<'_>, b: &Stored<'_>, descending: bool) -> Ordering {
    rank(a).cmp(&rank(b)).then_with(|| {
        let order = match (a, b) {
            (Stored::Metric(a), Stored::Metric(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (Stored::Time(a), Stored::Time(b)) => a.cmp(b),
            (Stored::Text(a), Stored::Text(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        if descending { order.reverse() } else { order }
    })
}

/// Values, then NaN, then nothing.
fn rank(value: &Stored<'_>) -> u8 {
    match value {
        Stored::Metric(value) if value.is_nan() => 1,
        Stored::None => 2,
        _ => 0,
    }
}
