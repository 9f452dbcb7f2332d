use std::collections::BTreeMap;

use super::SectionKind;
use crate::{
    format,
    model::{DatasetInput, MetricSummary, Pairs},
    table::{
        Column, RunRef,
        keys::Keys,
        tags,
        value::{Value, same_number, value},
    },
};

/// The values of a section, row after row, one a run. Nothing is copied from the runs that can be
/// looked up in them again.
#[derive(Debug)]
pub(super) enum Values {
    /// Attributes, one a row.
    Columns(Vec<Column>),
    /// Positions in the params of the runs.
    Params(Vec<Position>),
    /// Positions in the tags.
    Tags(Vec<Position>),
    /// Positions in the metrics.
    Metrics(Vec<Position>),
    /// Texts put together here.
    Texts(Vec<Option<String>>),
}

/// One run's value of one key.
pub(super) enum Found<'a> {
    Missing,
    Attribute(Value<'a>),
    Text(&'a str),
    Metric(&'a MetricSummary),
}

/// An index into a run's own list, or [`NOWHERE`].
type Position = u32;
const NOWHERE: Position = u32::MAX;

const ATTRIBUTES: [Column; 8] = [
    Column::Status,
    Column::User,
    Column::Experiment,
    Column::Origin,
    Column::SourceName,
    Column::Commit,
    Column::Branch,
    Column::Lifecycle,
];

impl Values {
    /// The keys of a section, sorted (attributes: in their own order), and their values.
    pub(super) fn gather(kind: SectionKind, runs: &[RunRef]) -> (Vec<String>, Self) {
        let pairs = |of: fn(&RunRef) -> &Pairs, wanted: fn(&str) -> bool| {
            positions(runs.iter().map(|run| of(run).iter().map(|(key, _)| key.as_str())), wanted)
        };
        let people = |key: &str| !tags::is_system(key);
        let system = |key: &str| tags::is_system(key) && !tags::is_noise(key);
        match kind {
            SectionKind::Attributes => attributes(runs),
            SectionKind::Params => with(pairs(|run| &run.run.params, |_| true), Self::Params),
            SectionKind::Tags => with(pairs(|run| &run.run.tags, people), Self::Tags),
            SectionKind::SystemTags => with(pairs(|run| &run.run.tags, system), Self::Tags),
            SectionKind::Metrics => {
                let keys = runs.iter().map(|run| run.run.metrics.iter().map(|metric| metric.key.as_str()));
                with(positions(keys, |_| true), Self::Metrics)
            }
            SectionKind::Datasets => datasets(runs),
        }
    }

    /// The value in a row of a run.
    pub(super) fn get<'a>(&'a self, runs: &'a [RunRef], row: usize, run: usize) -> Found<'a> {
        self.find(runs, row, run).unwrap_or(Found::Missing)
    }

    fn find<'a>(&'a self, runs: &'a [RunRef], row: usize, run: usize) -> Option<Found<'a>> {
        let at = row * runs.len() + run;
        let entity = &runs.get(run)?.run;
        Some(match self {
            Self::Columns(columns) => match value(runs.get(run)?, columns.get(row)?) {
                Value::Missing => Found::Missing,
                set => Found::Attribute(set),
            },
            Self::Params(positions) => {
                Found::Text(entity.params.get(*positions.get(at)? as usize)?.1.as_str())
            }
            Self::Tags(positions) => Found::Text(entity.tags.get(*positions.get(at)? as usize)?.1.as_str()),
            Self::Metrics(positions) => Found::Metric(entity.metrics.get(*positions.get(at)? as usize)?),
            Self::Texts(texts) => Found::Text(texts.get(at)?.as_deref()?),
        })
    }

    /// Whether two runs have the same in a row.
    pub(super) fn same(&self, runs: &[RunRef], row: usize, a: usize, b: usize) -> bool {
        match (self.get(runs, row, a), self.get(runs, row, b)) {
            (Found::Missing, Found::Missing) => true,
            (Found::Attribute(a), Found::Attribute(b)) => a.same(&b),
            (Found::Text(a), Found::Text(b)) => a == b,
            (Found::Metric(a), Found::Metric(b)) => same_number(a.last.value, b.last.value),
            _ => false,
        }
    }
}

fn with<K, P>((keys, positions): (K, P), values: impl Fn(P) -> Values) -> (K, Values) {
    (keys, values(positions))
}

/// All keys, sorted, and where each run has them.
fn positions<'a>(
    runs: impl Iterator<Item = impl Iterator<Item = &'a str>>,
    wanted: impl Fn(&str) -> bool,
) -> (Vec<String>, Vec<Position>) {
    let mut keys = Keys::default();
    let mut found: Vec<Vec<(usize, Position)>> = Vec::new();
    for run in runs {
        let mut before = None;
        let mut here = Vec::new();
        for (position, key) in (0..).zip(run).filter(|(_, key)| wanted(key)) {
            let id = keys.id(key, before);
            before = Some(id);
            here.push((id, position));
        }
        found.push(here);
    }
    let keys = keys.into_keys();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|&id| keys.get(id));
    let mut row_of = vec![0; keys.len()];
    for (row, &id) in order.iter().enumerate() {
        if let Some(slot) = row_of.get_mut(id) {
            *slot = row;
        }
    }
    let width = found.len();
    let mut matrix = vec![NOWHERE; keys.len() * width];
    for (run, here) in found.into_iter().enumerate() {
        for (id, position) in here {
            let cell = row_of.get(id).and_then(|row| matrix.get_mut(row * width + run));
            if let Some(cell) = cell {
                *cell = position;
            }
        }
    }
    (order.into_iter().filter_map(|id| keys.get(id)).map(|key| (*key).to_owned()).collect(), matrix)
}

/// Those attributes that any of the runs has.
fn attributes(runs: &[RunRef]) -> (Vec<String>, Values) {
    let is_set = |column: &Column| runs.iter().any(|run| !matches!(value(run, column), Value::Missing));
    let columns: Vec<Column> = ATTRIBUTES.into_iter().filter(is_set).collect();
    (columns.iter().map(|column| column.label().into_owned()).collect(), Values::Columns(columns))
}

/// Datasets by name: their digests, with what they were used for.
fn datasets(runs: &[RunRef]) -> (Vec<String>, Values) {
    let mut rows: BTreeMap<&str, Vec<Option<String>>> = BTreeMap::new();
    for (at, run) in runs.iter().enumerate() {
        for input in &run.run.inputs {
            let row = rows.entry(&input.name).or_insert_with(|| vec![None; runs.len()]);
            let Some(cell) = row.get_mut(at) else { continue };
            let text = digest_words(input);
            *cell = Some(cell.take().map_or_else(|| text.clone(), |before| format!("{before}, {text}")));
        }
    }
    let (keys, texts): (Vec<_>, Vec<_>) = rows.into_iter().map(|(key, row)| (key.to_owned(), row)).unzip();
    (keys, Values::Texts(texts.concat()))
}

fn digest_words(input: &DatasetInput) -> String {
    let context = input.tags.iter().find(|(key, _)| key == "mlflow.data.context").map(|(_, value)| value);
    let digest = format::one_line(&input.digest, 80);
    match context {
        Some(context) if !context.is_empty() => format!("{digest} ({})", format::one_line(context, 80)),
        _ => digest.into_owned(),
    }
}
