//! What all cells of a column share, and its cells.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Cell, CellKind, Column, Group, Row, RunRef, SharedSteps, Stat, Table, Take,
    cell::{code, missing, nothing, words},
    group, take,
    value::{Value, quantity, value_with},
};
use crate::{
    format::{self, Clock, Precision},
    model::{Direction, MetricSummary, RunStatus},
    stat::sample::Sample,
    table::text_of,
};

/// A column with what all of its cells share: precision and range.
#[derive(Debug, Clone)]
pub struct ColumnView {
    /// The column.
    pub column: Column,
    /// One precision for the whole column.
    pub precision: Precision,
    /// Least and greatest finite value of a metric among the rows.
    pub range: Option<(f64, f64)>,
    steps: SharedSteps,
}

impl ColumnView {
    /// Looks over the column's values in `rows` (those that are in collapsed parents do not count).
    pub fn new(column: Column, table: &Table, rows: &[Row]) -> Self {
        let runs = rows.iter().filter_map(|row| table.run(row));
        Self::over(column, runs, SharedSteps::default())
    }

    /// Looks over the column's values in some runs, with what was read for columns at a step.
    pub fn over<'a>(
        column: Column,
        runs: impl Iterator<Item = &'a RunRef> + Clone,
        steps: SharedSteps,
    ) -> Self {
        let is_metric = column.metric_key().is_some() && column.take() != Some(Take::Count);
        let values = || {
            let found = runs.clone().filter_map(|run| quantity(&value_with(run, &column, &steps.0)));
            found.filter(|_| is_metric)
        };
        let precision = Precision::of(values());
        let range = values().filter(|v| v.is_finite()).fold(None, |range, v| match range {
            Some((least, greatest)) => Some((v.min(least), v.max(greatest))),
            None => Some((v, v)),
        });
        Self { column, precision, range, steps }
    }

    /// The column by itself, where no rows are compared.
    pub(crate) fn alone(column: Column) -> Self {
        Self { column, precision: Precision::of([]), range: None, steps: SharedSteps::default() }
    }

    /// The cell of one run.
    pub fn cell(&self, run: &RunRef, clock: &Clock) -> Cell {
        match value_with(run, &self.column, &self.steps.0) {
            Value::Missing => missing(&self.column, run),
            Value::Nothing(why) => nothing(why),
            Value::Unread => Cell {
                title: Some("being read from the history".to_owned()),
                muted: true,
                ..Cell::new("…".to_owned(), CellKind::Coming)
            },
            Value::Text(text) => words(&text, CellKind::Text),
            Value::Code(text) => code(&self.column, text),
            Value::Parent(name, id) => parent(name, id),
            Value::Logged(text) => Cell { number: text.trim().parse().ok(), ..words(text, CellKind::Mono) },
            Value::Time(at) => Cell {
                title: Some(clock.iso(at)),
                number: Some(at as f64),
                ..Cell::new(clock.age(at), CellKind::Time)
            },
            Value::Length(millis) => length(millis),
            Value::Status(status) => Cell {
                bad: status == RunStatus::Failed,
                ..Cell::new(format::status_word(status).to_owned(), CellKind::Status(status))
            },
            Value::Metric(metric) => {
                let step = format::integer(metric.last.step);
                self.number(metric.last.value, format!("{} at step {step}", format::exact(metric.last.value)))
            }
            Value::Number { value, step } => self.number(value, self.title(value, step)),
            Value::Count(count) => {
                Cell { number: Some(count as f64), ..Cell::new(format::unsigned(count), CellKind::Number) }
            }
            Value::Curve(metric) => curve(metric),
        }
    }

    /// The cell of a group: a statistic of numbers, what all its runs have, or how many values there are.
    pub fn group_cell(&self, table: &Table, group: &Group, stat: Stat, clock: &Clock) -> Cell {
        if self.column.take() == Some(Take::Curve) {
            return Cell::new(String::new(), CellKind::Missing);
        }
        if self.column.is_numeric() {
            return match group::sample(group.runs(table), &self.column, &self.steps.0) {
                Some(sample) => self.statistic(&sample, stat, group.members.len()),
                None => nothing("none of these runs has a finite value"),
            };
        }
        let values: BTreeSet<_> = group.runs(table).map(|run| text_of(run, &self.column)).collect();
        match (values.len(), group.runs(table).next()) {
            (0 | 1, Some(first)) => Cell { best: false, bar: None, ..self.cell(first, clock) },
            (many, _) => Cell {
                title: Some(listed(values.iter().map(|value| value.as_deref().unwrap_or("not set")))),
                muted: true,
                ..Cell::new(format::count(many as u64, "value", "values"), CellKind::Text)
            },
        }
    }

    fn statistic(&self, sample: &Sample, stat: Stat, runs: usize) -> Cell {
        let value = stat.of(sample);
        let is_time = self.column == Column::Duration;
        let written = |value: f64| match (value.is_nan(), is_time) {
            (true, _) => "–".to_owned(),
            (_, true) => format::duration(value.round() as i64),
            (_, false) if self.column.take() == Some(Take::Count) => format::metric(value),
            (_, false) => self.precision.format(value),
        };
        let text = if stat == Stat::Count { format::unsigned(value as u64) } else { written(value) };
        let exact = |value: f64| if is_time { written(value) } else { format::exact(value) };
        let mut title = format!(
            "{} of {}: mean {}, median {}, standard deviation {}, minimum {}, maximum {}",
            format::unsigned((sample.count + sample.left_out) as u64),
            format::count(runs as u64, "run", "runs"),
            exact(sample.mean),
            exact(sample.median),
            if sample.deviation.is_nan() { "unknown".to_owned() } else { exact(sample.deviation) },
            exact(sample.min),
            exact(sample.max)
        );
        if sample.left_out > 0 {
            let left_out = format::count(sample.left_out as u64, "value is", "values are");
            let _ = write!(title, "; {left_out} not finite and left out");
        }
        let is_value = !matches!(stat, Stat::Count | Stat::Deviation) && !is_time;
        Cell {
            title: Some(title),
            number: Some(value).filter(|value| !value.is_nan()),
            muted: value.is_nan(),
            bar: self.bar(value).filter(|_| is_value),
            ..Cell::new(text, CellKind::Number)
        }
    }

    fn number(&self, value: f64, title: String) -> Cell {
        Cell {
            title: Some(title),
            number: Some(value),
            bad: !value.is_finite(),
            bar: self.bar(value),
            best: self.best() == Some(value),
            ..Cell::new(self.precision.format(value), CellKind::Number)
        }
    }

    fn title(&self, value: f64, step: Option<i64>) -> String {
        let exact = format::exact(value);
        match (self.column.take(), step) {
            (Some(Take::At(asked)), Some(step)) if asked != step => {
                format!("{exact} at step {}, the last one before", format::integer(step))
            }
            (_, Some(step)) => format!("{exact} at step {}", format::integer(step)),
            (Some(Take::Mean), None) => format!("{exact}, mean of all finite points"),
            (_, None) => format!("{exact}: no value is finite"),
        }
    }

    /// The best value, where the metric's name tells its direction and not all are the same.
    fn best(&self) -> Option<f64> {
        let (least, greatest) = self.range.filter(|(least, greatest)| least < greatest)?;
        match take::direction_of(self.column.metric_key()?) {
            Direction::Higher => Some(greatest),
            Direction::Lower => Some(least),
            Direction::Unknown => None,
        }
    }

    /// One value alone, or all the same, fills its cell.
    fn bar(&self, value: f64) -> Option<f64> {
        let (least, greatest) = self.range.filter(|_| value.is_finite())?;
        // Halves first: the span of two finite numbers may be infinite.
        let span = greatest / 2.0 - least / 2.0;
        let fraction = if span > 0.0 { (value / 2.0 - least / 2.0) / span } else { 1.0 };
        Some(fraction.clamp(0.0, 1.0))
    }
}

fn length(millis: i64) -> Cell {
    Cell {
        title: Some(format::duration_long(millis)),
        number: Some(millis as f64),
        ..Cell::new(format::duration(millis), CellKind::Time)
    }
}

fn parent(name: Option<&str>, id: &str) -> Cell {
    let text = name.map_or_else(|| format::short_id(id).into_owned(), str::to_owned);
    let kind = if name.is_some() { CellKind::Text } else { CellKind::Mono };
    Cell { title: Some(id.to_owned()), ..words(&text, kind) }
}

fn curve(metric: &MetricSummary) -> Cell {
    let points = format::count(metric.count, "point", "points");
    Cell {
        title: Some(format!("{points}, latest {}", format::exact(metric.last.value))),
        number: Some(metric.last.value),
        ..Cell::new(String::new(), CellKind::Curve)
    }
}

/// Some of them, a line each.
fn listed<'a>(values: impl Iterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let mut lines: Vec<String> =
        values.take(MOST + 1).map(|value| format::one_line(value, 60).into_owned()).collect();
    if lines.len() > MOST {
        lines.truncate(MOST);
        lines.push("…".to_owned());
    }
    lines.join("\n")
}
