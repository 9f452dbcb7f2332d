//! The cells of a row.

mod text;

use super::{
    Diff, Tolerance,
    delta::{self, Delta, Verdict},
    section::Section,
    tolerant,
    values::{Found, Measured, Values},
};
use crate::{
    format::{self, Clock, Precision},
    model::Direction,
    table::{CellKind, ColumnView},
};

/// One key across the columns.
#[derive(Debug, Clone, PartialEq)]
pub struct DiffRow {
    /// The key: of a param, metric or tag, or a word such as `Status`; the place inside of a value.
    pub key: String,
    /// Whether it is inside of the value of the key above.
    pub is_inner: bool,
    /// One a column.
    pub cells: Vec<DiffCell>,
    /// Whether any two runs differ.
    pub differs: bool,
    /// Which way a metric gets better.
    pub direction: Direction,
}

/// What the cells of one row share.
#[derive(Debug, Clone, PartialEq)]
pub struct Facts {
    /// Index of the section.
    pub section: usize,
    /// Index in the section.
    pub row: usize,
    /// See [`DiffRow::key`].
    pub key: String,
    /// Whether it is inside of the value of the key above.
    pub is_inner: bool,
    /// Whether its value has rows inside of it.
    pub children: usize,
    /// Whether any two runs differ.
    pub differs: bool,
    /// Which way a metric gets better.
    pub direction: Direction,
    /// Whether its values are metrics.
    pub is_metric: bool,
    numbers: Option<Numbers>,
}

/// What the numbers of a row have in common.
#[derive(Debug, Clone, PartialEq)]
struct Numbers {
    precision: Precision,
    base: Option<f64>,
    /// What fills the bar.
    full: f64,
    best: Option<f64>,
    kind: NumberKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NumberKind {
    Metric,
    /// A param or the like, shown as it was logged.
    Logged,
    /// Milliseconds.
    Length,
}

/// One column's value of one key.
#[derive(Debug, Clone, PartialEq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "four independent marks of a cell")]
pub struct DiffCell {
    /// The value on one line; `not set` when it is missing.
    pub text: String,
    /// The exact value, where `text` is shortened or rounded.
    pub title: Option<String>,
    /// The value as logged, or the shortest text of the exact number: for copying and export.
    pub exact: String,
    /// Not set.
    pub missing: bool,
    /// Set, but to nothing.
    pub empty: bool,
    /// Differs from the baseline's.
    pub differs: bool,
    /// The best of the row, where the metric's direction is known and another is worse.
    pub best: bool,
    /// Numbers on both sides that differ.
    pub delta: Option<Delta>,
    /// NaN or ∞, and since when: `diverged at 13.3k`.
    pub bad: Option<String>,
}

impl Facts {
    /// `↑ better`, if the metric's direction is known.
    pub fn direction_words(&self) -> Option<&'static str> {
        direction_words(self.direction)
    }
}

impl DiffRow {
    /// `↑ better`, if the metric's direction is known.
    pub fn direction_words(&self) -> Option<&'static str> {
        direction_words(self.direction)
    }
}

fn direction_words(direction: Direction) -> Option<&'static str> {
    match direction {
        Direction::Higher => Some("↑ better"),
        Direction::Lower => Some("↓ better"),
        Direction::Unknown => None,
    }
}

/// A row with all of its cells.
pub(super) fn whole(
    diff: &Diff,
    section: usize,
    row: usize,
    columns: &[Vec<usize>],
    clock: &Clock,
) -> Option<DiffRow> {
    let facts = facts(diff, section, row, columns)?;
    let cells = columns.iter().map(|column| cell(diff, &facts, column, clock)).collect();
    let Facts { key, is_inner, differs, direction, .. } = facts;
    Some(DiffRow { key, is_inner, cells, differs, direction })
}

pub(super) fn facts(diff: &Diff, section: usize, row: usize, columns: &[Vec<usize>]) -> Option<Facts> {
    let of = diff.sections.get(section)?;
    let key = of.keys.get(row)?;
    let is_metric = of.kind.is_metrics();
    let direction = if is_metric { diff.rules.directions.of(&key.name) } else { Direction::Unknown };
    let this = Row { diff, section: of, index: row };
    Some(Facts {
        section,
        row,
        key: key.name.clone(),
        is_inner: key.parent.is_some(),
        children: key.children,
        differs: key.differs,
        direction,
        is_metric,
        numbers: this.numbers(columns, direction),
    })
}

struct Row<'a> {
    diff: &'a Diff,
    section: &'a Section,
    index: usize,
}

impl<'a> Row<'a> {
    fn found(&self, run: usize) -> Found<'a> {
        self.section.found(&self.diff.runs, self.index, run)
    }

    /// What the row's numbers share; `None` unless all of its values are numbers, and some are there.
    fn numbers(&self, columns: &[Vec<usize>], direction: Direction) -> Option<Numbers> {
        let mut kind = None;
        for run in columns.iter().flatten() {
            let here = match self.found(*run) {
                Found::Missing => continue,
                Found::Metric(_) => NumberKind::Metric,
                Found::Attribute(crate::table::value::Value::Length(_)) => NumberKind::Length,
                text @ Found::Text(_) if text.number().is_some() => NumberKind::Logged,
                _ => return None,
            };
            kind = Some(here);
        }
        let values: Vec<f64> = columns.iter().filter_map(|column| self.number(column)).collect();
        let base = self.found(self.diff.baseline).number();
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let best = finite().reduce(|a, b| if direction.prefers(b, a) { b } else { a });
        Some(Numbers {
            precision: Precision::of(values.iter().copied()),
            full: base.map_or(0.0, |base| delta::scale(base, values.iter().copied())),
            // To be the best takes another that is worse.
            best: best.filter(|best| finite().any(|value| direction.prefers(*best, value))),
            base,
            kind: kind?,
        })
    }

    /// The number of a column: the run's, or the mean of those runs that have a finite one.
    fn number(&self, column: &[usize]) -> Option<f64> {
        match column {
            [run] => self.found(*run).number(),
            runs => mean(runs.iter().filter_map(|run| self.found(*run).number())),
        }
    }

    /// Whether a run counts as equal to the baseline.
    fn is_equal(&self, run: usize, tolerance: Tolerance) -> bool {
        let base = self.diff.baseline;
        self.section.same(&self.diff.runs, self.index, base, run)
            || (!tolerance.is_exact() && tolerant::same(&self.found(base), &self.found(run), tolerance))
    }

    fn single(&self, run: usize, facts: &Facts, clock: &Clock) -> DiffCell {
        let found = self.found(run);
        let mut cell = match &found {
            Found::Missing => self.missing(),
            Found::Text(text) => text::cell(text),
            Found::Metric(metric) => metric_cell(metric, facts),
            Found::Attribute(..) => self.attribute(run, clock).unwrap_or_else(|| self.missing()),
        };
        cell.differs = !self.is_equal(run, self.diff.rules.tolerance);
        if let (true, Found::Text(text), false) = (cell.differs, &found, run == self.diff.baseline) {
            let looks_the_same = match self.found(self.diff.baseline) {
                Found::Text(base) => format::one_line(base, text::LINE) == cell.text.as_str(),
                _ => false,
            };
            if looks_the_same {
                cell.text = text::visible(text);
            }
        }
        cell
    }

    fn missing(&self) -> DiffCell {
        let text = self.section.kind.missing_words().to_owned();
        DiffCell { text, missing: true, ..DiffCell::default() }
    }

    fn attribute(&self, run: usize, clock: &Clock) -> Option<DiffCell> {
        let (Values::Columns(columns), Some(of)) = (self.section.values(), self.diff.runs.get(run)) else {
            return None;
        };
        let cell = ColumnView::alone(columns.get(self.index)?.clone()).cell(of, clock);
        let exact = cell.title.clone().unwrap_or_else(|| cell.text.clone());
        let set = cell.kind != CellKind::Missing;
        set.then(|| DiffCell { text: cell.text, title: cell.title, exact, ..DiffCell::default() })
    }
}

pub(super) fn cell(diff: &Diff, facts: &Facts, column: &[usize], clock: &Clock) -> DiffCell {
    let Some(section) = diff.sections.get(facts.section) else { return DiffCell::default() };
    let row = Row { diff, section, index: facts.row };
    let mut cell = match column {
        [run] => row.single(*run, facts, clock),
        runs => group(&row, runs, facts, clock),
    };
    let is_base = column.first() == Some(&diff.baseline);
    if let (Some(numbers), Some(value)) = (&facts.numbers, row.number(column)) {
        cell.best = numbers.best == Some(value);
        // What counts as equal has no delta either.
        let base = numbers.base.filter(|_| !is_base && cell.differs);
        cell.delta = base.and_then(|base| delta_of(facts, numbers, base, value));
    }
    cell
}

fn delta_of(facts: &Facts, numbers: &Numbers, base: f64, value: f64) -> Option<Delta> {
    let precision = match numbers.kind {
        // The difference of two params as exact as they are.
        NumberKind::Logged => Precision::of([value - base]),
        _ => numbers.precision,
    };
    let mut delta = Delta::new(base, value, facts.direction, precision, numbers.full)?;
    match numbers.kind {
        NumberKind::Length => {
            let sign = if value > base { "+" } else { "−" };
            delta.text = format!("{sign}{}", format::duration((value - base).abs() as i64));
        }
        NumberKind::Logged => delta.text = text::short_delta(base, value).unwrap_or(delta.text),
        NumberKind::Metric => {}
    }
    if !facts.is_metric {
        delta.verdict = Verdict::Neutral;
    }
    Some(delta)
}

/// Several runs in one cell: their mean, the value they share, or how many different ones there are.
fn group(row: &Row, runs: &[usize], facts: &Facts, clock: &Clock) -> DiffCell {
    let cells: Vec<DiffCell> = runs.iter().map(|run| row.single(*run, facts, clock)).collect();
    let Some(first) = cells.first().cloned() else { return DiffCell::default() };
    let differs = cells.iter().any(|cell| cell.differs);
    let same = |a: &DiffCell| a.exact == first.exact && a.missing == first.missing;
    if cells.iter().all(same) {
        return DiffCell { differs, ..first };
    }
    if facts.is_metric {
        return DiffCell { differs, ..mean_cell(row, runs, facts) };
    }
    let mut texts: Vec<&str> = cells.iter().map(|cell| cell.text.as_str()).collect();
    let mut seen = std::collections::HashSet::new();
    texts.retain(|text| seen.insert(*text));
    let listed = texts.join("\n");
    DiffCell {
        text: format::count(texts.len() as u64, "value", "values"),
        title: Some(listed),
        exact: texts.join("; "),
        differs,
        ..DiffCell::default()
    }
}

/// Mean, spread and range of a metric over several runs; NaN and missing values are counted apart.
fn mean_cell(row: &Row, runs: &[usize], facts: &Facts) -> DiffCell {
    let numbers: Vec<f64> =
        runs.iter().filter_map(|run| row.found(*run).number()).filter(|value| value.is_finite()).collect();
    let precision =
        facts.numbers.as_ref().map_or_else(|| Precision::of(numbers.iter().copied()), |n| n.precision);
    let Some(mean) = mean(numbers.iter().copied()) else {
        return DiffCell { bad: Some("never a number".to_owned()), text: "NaN".to_owned(), ..row.missing() };
    };
    let n = numbers.len() as f64;
    let variance = numbers.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0);
    let spread =
        if numbers.len() > 1 { format!(" ± {}", format::metric(variance.sqrt())) } else { String::new() };
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let title = format!(
        "mean of {} of {} runs{spread}, from {} to {}",
        numbers.len(),
        runs.len(),
        format::exact(low),
        format::exact(high)
    );
    DiffCell {
        text: precision.format(mean),
        title: Some(title),
        exact: format::exact(mean),
        ..DiffCell::default()
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) =
        values.filter(|value| value.is_finite()).fold((0_u32, 0.0), |(n, sum), v| (n + 1, sum + v));
    (count > 0).then(|| sum / f64::from(count))
}

fn metric_cell(metric: &Measured<'_>, facts: &Facts) -> DiffCell {
    let precision = facts.numbers.as_ref().map_or_else(|| Precision::of([metric.value]), |n| n.precision);
    let step = format::integer(metric.step);
    DiffCell {
        text: precision.format(metric.value),
        title: Some(format!("{} at step {step}", format::exact(metric.value))),
        exact: format::exact(metric.value),
        bad: text::bad_words(metric),
        ..DiffCell::default()
    }
}
