use std::{
    cmp::{Ordering, Reverse},
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    Column, RunRef, SharedSteps, StepValues,
    value::{Value, value_with},
};

/// What a run is sorted by in one column.
#[derive(Debug)]
enum SortKey {
    Number(f64),
    /// In lower case.
    Text(String),
    Nan,
    Missing,
}

impl SortKey {
    fn new(run: &RunRef, column: &Column, steps: &StepValues) -> Self {
        match value_with(run, column, steps) {
            Value::Missing | Value::Unread | Value::Nothing(_) => Self::Missing,
            Value::Text(text) => Self::Text(text.to_lowercase()),
            Value::Code(text) => Self::Text(text.to_lowercase()),
            Value::Logged(text) => match text.trim().parse() {
                Ok(number) => Self::number(number),
                Err(_) => Self::Text(text.to_lowercase()),
            },
            Value::Time(millis) | Value::Length(millis) => Self::Number(millis as f64),
            Value::Status(status) => Self::Number(f64::from(status as u8)),
            Value::Metric(metric) | Value::Curve(metric) => Self::number(metric.last.value),
            Value::Number { value, .. } => Self::number(value),
            Value::Count(count) => Self::Number(count as f64),
            Value::Parent(name, id) => Self::Text(name.unwrap_or(id).to_lowercase()),
        }
    }

    fn number(number: f64) -> Self {
        if number.is_nan() { Self::Nan } else { Self::Number(number) }
    }

    fn compare(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.partial_cmp(b).unwrap_or(Ordering::Equal),
            (Self::Text(a), Self::Text(b)) => natural(a, b),
            _ => self.class().cmp(&other.class()),
        }
    }

    fn class(&self) -> u8 {
        match self {
            Self::Number(_) => 0,
            Self::Text(_) => 1,
            Self::Nan => 2,
            Self::Missing => 3,
        }
    }
}

/// The order of all runs by one column, worked out once a column: typing a search or turning the
/// direction then only compares whole numbers.
#[derive(Debug, Default)]
pub(super) struct Ranks(Mutex<BTreeMap<Column, Known>>);

/// Ranks of a column, and the values at steps that they were worked out with.
#[derive(Debug)]
struct Known {
    ranks: Arc<[u32]>,
    steps: SharedSteps,
}

const NAN: u32 = u32::MAX - 1;
const MISSING: u32 = u32::MAX;

impl Ranks {
    /// The rank of every run: equal values have equal ranks.
    pub(super) fn of(&self, runs: &[RunRef], column: &Column, steps: &SharedSteps) -> Arc<[u32]> {
        // Other columns do not depend on them.
        let steps = if column.is_at_step() { steps.clone() } else { SharedSteps::default() };
        // A thread that panicked here left a whole map behind.
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known.get(column).filter(|known| !column.is_at_step() || known.steps == steps) {
            return known.ranks.clone();
        }
        let ranks: Arc<[u32]> = ranks(runs, column, &steps.0).into();
        known.insert(column.clone(), Known { ranks: ranks.clone(), steps });
        ranks
    }
}

/// A rank to sort by: NaN and missing values stay last, whatever the direction.
pub(super) fn directed(rank: u32, descending: bool) -> u32 {
    if descending && rank < NAN { NAN - 1 - rank } else { rank }
}

fn ranks(runs: &[RunRef], column: &Column, steps: &StepValues) -> Vec<u32> {
    let mut keys: Vec<(SortKey, usize)> =
        runs.iter().map(|run| SortKey::new(run, column, steps)).zip(0..).collect();
    keys.sort_unstable_by(|(a, _), (b, _)| a.compare(b));
    let mut ranks = vec![MISSING; runs.len()];
    let mut rank = 0;
    let mut before: Option<&SortKey> = None;
    for (key, index) in &keys {
        rank += u32::from(before.is_some_and(|before| before.compare(key).is_ne()));
        before = Some(key);
        if let Some(slot) = ranks.get_mut(*index) {
            *slot = match key {
                SortKey::Number(_) | SortKey::Text(_) => rank,
                SortKey::Nan => NAN,
                SortKey::Missing => MISSING,
            };
        }
    }
    ranks
}

/// The place of each run in the order of ties: the later start first, then the lesser id and source.
pub(super) fn tie_ranks(runs: &[RunRef]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..runs.len() as u32).collect();
    order.sort_by_cached_key(|&index| {
        runs.get(index as usize)
            .map(|run| (Reverse(run.run.start_time), run.run.id.as_str(), run.source.as_ref()))
    });
    let mut ranks = vec![0; runs.len()];
    for (rank, index) in order.into_iter().enumerate() {
        if let Some(slot) = ranks.get_mut(index as usize) {
            *slot = rank as u32;
        }
    }
    ranks
}

/// Text order in which runs of digits count as numbers: `seed-2` before `seed-10`.
pub(crate) fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.as_bytes(), b.as_bytes());
    while let (Some(x), Some(y)) = (a.first(), b.first()) {
        let (digits_a, digits_b) = (leading_digits(a), leading_digits(b));
        let order =
            if digits_a.is_empty() || digits_b.is_empty() { x.cmp(y) } else { by_value(digits_a, digits_b) };
        if order != Ordering::Equal {
            return order;
        }
        // Here either both begin with digits or neither does.
        a = a.get(digits_a.len().max(1)..).unwrap_or_default();
        b = b.get(digits_b.len().max(1)..).unwrap_or_default();
    }
    a.len().cmp(&b.len())
}

fn leading_digits(text: &[u8]) -> &[u8] {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or_default()
}

/// Digits of any length by the number they write.
fn by_value(a: &[u8], b: &[u8]) -> Ordering {
    let (a, b) = (without_zeros(a), without_zeros(b));
    a.len().cmp(&b.len()).then_with(|| a.cmp(b))
}

fn without_zeros(digits: &[u8]) -> &[u8] {
    let zeros = digits.iter().take_while(|byte| **byte == b'0').count();
    digits.get(zeros..).unwrap_or_default()
}
