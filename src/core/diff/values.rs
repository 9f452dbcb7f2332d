use super::{MetricAt, Rules, SectionKind};
use crate::{
    model::{Direction, MetricSummary, Pairs, Point},
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
    /// None of its own.
    Nothing,
    /// Attributes, one a row.
    Columns(Vec<Column>),
    /// Positions in the params of the runs.
    Params(Vec<Position>),
    /// Positions in the tags.
    Tags(Vec<Position>),
    /// Positions in the metrics, and for each row which value counts.
    Metrics(Vec<Position>, Vec<Pick>),
    /// Positions in the metrics, and the points that count instead of the latest.
    Points(Vec<Position>, Vec<Option<Point>>),
}

/// Which value of a metric's summary counts.
#[derive(Debug, Clone, Copy)]
pub(super) enum Pick {
    Last,
    Least,
    Greatest,
}

/// One run's value of one key.
pub(super) enum Found<'a> {
    Missing,
    Attribute(Value<'a>),
    Text(&'a str),
    Metric(Measured<'a>),
}

/// A metric's value, with the summary of all of its points.
#[derive(Clone, Copy)]
pub(super) struct Measured<'a> {
    pub(super) value: f64,
    pub(super) step: i64,
    pub(super) summary: &'a MetricSummary,
}

impl Found<'_> {
    /// The value as a number: of a metric, of a text that is a finite number, of a length of time in
    /// milliseconds.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Self::Metric(measured) => Some(measured.value),
            Self::Text(text) => number(text),
            Self::Attribute(Value::Length(millis)) => Some(*millis as f64),
            _ => None,
        }
    }
}

/// A text that is a number, as people log them. `nan` and `inf` are words here.
fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let starts = text.bytes().next().is_some_and(|b| b.is_ascii_digit() || matches!(b, b'-' | b'+' | b'.'));
    if starts { text.parse().ok().filter(|number: &f64| number.is_finite()) } else { None }
}

/// An index into a run's own list, or [`NOWHERE`].
type Position = u32;
const NOWHERE: Position = u32::MAX;

const OUTCOME: [Column; 7] = [
    Column::Status,
    Column::StartTime,
    Column::Duration,
    Column::User,
    Column::Experiment,
    Column::Origin,
    Column::Lifecycle,
];

impl Values {
    /// The keys of a section, sorted (attributes: in their own order), and their values.
    pub(super) fn gather(kind: SectionKind, runs: &[RunRef], rules: &Rules) -> (Vec<String>, Self) {
        let pairs = |of: fn(&RunRef) -> &Pairs, wanted: fn(&str) -> bool| {
            positions(runs.iter().map(|run| of(run).iter().map(|(key, _)| key.as_str())), wanted)
        };
        let of_tags = |wanted: fn(&str) -> bool| with(pairs(|run| &run.run.tags, wanted), Self::Tags);
        match kind {
            SectionKind::Outcome => attributes(runs),
            SectionKind::Params => with(pairs(|run| &run.run.params, |_| true), Self::Params),
            SectionKind::Tags => of_tags(|key| !tags::is_system(key)),
            SectionKind::SystemTags => of_tags(|key| tags::is_system(key) && !is_shown_elsewhere(key)),
            SectionKind::Source => {
                let (names, values) = of_tags(is_source);
                (names.iter().map(|name| source_name(name).to_owned()).collect(), values)
            }
            SectionKind::Metrics => metrics(runs, rules, |key| !key.starts_with(SYSTEM_METRIC)),
            SectionKind::SystemMetrics => metrics(runs, rules, |key| key.starts_with(SYSTEM_METRIC)),
            // Put together in `inner`.
            SectionKind::Environment
            | SectionKind::Datasets
            | SectionKind::Models
            | SectionKind::Artifacts => (Vec::new(), Self::Nothing),
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
            Self::Nothing => return None,
            Self::Columns(columns) => match value(runs.get(run)?, columns.get(row)?) {
                Value::Missing => Found::Missing,
                set => Found::Attribute(set),
            },
            Self::Params(positions) => {
                Found::Text(entity.params.get(*positions.get(at)? as usize)?.1.as_str())
            }
            Self::Tags(positions) => Found::Text(entity.tags.get(*positions.get(at)? as usize)?.1.as_str()),
            Self::Metrics(positions, picks) => {
                let summary = entity.metrics.get(*positions.get(at)? as usize)?;
                Found::Metric(picks.get(row)?.of(summary))
            }
            Self::Points(positions, points) => {
                let summary = entity.metrics.get(*positions.get(at)? as usize)?;
                let point = (*points.get(at)?)?;
                Found::Metric(Measured { value: point.value, step: point.step, summary })
            }
        })
    }

    /// Whether two runs have the same in a row.
    pub(super) fn same(&self, runs: &[RunRef], row: usize, a: usize, b: usize) -> bool {
        match (self.get(runs, row, a), self.get(runs, row, b)) {
            (Found::Missing, Found::Missing) => true,
            (Found::Attribute(a), Found::Attribute(b)) => a.same(&b),
            (Found::Text(a), Found::Text(b)) => a == b,
            (Found::Metric(a), Found::Metric(b)) => same_number(a.value, b.value),
            _ => false,
        }
    }
}

impl Pick {
    fn of(self, summary: &MetricSummary) -> Measured<'_> {
        let extreme = match self {
            Self::Last => None,
            Self::Least => summary.min,
            Self::Greatest => summary.max,
        };
        let (value, step) = extreme.unwrap_or((summary.last.value, summary.last.step));
        Measured { value, step, summary }
    }
}

/// How MLflow names the metrics of the machine (`mlflow/system_metrics`).
const SYSTEM_METRIC: &str = "system/";

fn metrics(runs: &[RunRef], rules: &Rules, wanted: fn(&str) -> bool) -> (Vec<String>, Values) {
    let keys = runs.iter().map(|run| run.run.metrics.iter().map(|metric| metric.key.as_str()));
    let (names, positions) = positions(keys, wanted);
    let pick = |name: &String| match (rules.at, rules.directions.of(name)) {
        (MetricAt::Best, Direction::Higher) => Pick::Greatest,
        (MetricAt::Best, Direction::Lower) => Pick::Least,
        _ => Pick::Last,
    };
    if let (MetricAt::Step(_), Some(at_step)) = (rules.at, &rules.at_step) {
        let point = |name: &String, run: usize| at_step.get(run)?.get(name).copied();
        let points = names.iter().flat_map(|name| (0..runs.len()).map(move |run| point(name, run)));
        let points = points.collect();
        (names, Values::Points(positions, points))
    } else {
        let picks = names.iter().map(pick).collect();
        (names, Values::Metrics(positions, picks))
    }
}

/// What the program was, and where it is from: `mlflow.source.…`, `mlflow.project.…`, notebooks and
/// repositories of Databricks, and the names of MLflow before 1.0.
fn is_source(key: &str) -> bool {
    const PREFIXES: [&str; 6] = [
        "mlflow.source.",
        "mlflow.project.",
        "mlflow.git",
        "mlflow.databricks.notebook",
        "mlflow.databricks.gitRepo",
        "mlflow.databricks.job",
    ];
    PREFIXES.iter().any(|prefix| key.starts_with(prefix))
}

fn source_name(key: &str) -> &str {
    key.strip_prefix("mlflow.source.").or_else(|| key.strip_prefix("mlflow.")).unwrap_or(key)
}

/// What it ran on.
pub(super) fn is_machine(key: &str) -> bool {
    ["mlflow.docker.", "mlflow.databricks.cluster", "mlflow.databricks.workspace", "mlflow.kubernetes."]
        .iter()
        .any(|prefix| key.starts_with(prefix))
}

fn is_shown_elsewhere(key: &str) -> bool {
    tags::is_noise(key) || is_source(key) || is_machine(key)
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
    let columns: Vec<Column> = OUTCOME.into_iter().filter(is_set).collect();
    (columns.iter().map(|column| column.label().into_owned()).collect(), Values::Columns(columns))
}
