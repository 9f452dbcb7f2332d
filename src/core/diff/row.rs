use std::{borrow::Cow, cmp::Ordering};

use super::{
    Delta, Diff, Verdict,
    delta::scale,
    section::Section,
    values::{Found, Values},
};
use crate::{
    format::{self, Clock, Precision},
    model::{Direction, MetricSummary},
    table::{CellKind, ColumnView},
};

/// One key across the runs.
#[derive(Debug, Clone, PartialEq)]
pub struct DiffRow {
    /// The key: of a param, metric or tag, or a word such as `Status`.
    pub key: String,
    /// One a run, in the order of [`Diff::runs`].
    pub cells: Vec<DiffCell>,
    /// Whether any two of them differ.
    pub differs: bool,
    /// Which way a metric gets better.
    pub direction: Direction,
}

/// One run's value of one key.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DiffCell {
    /// The value on one line; `not set` when it is missing.
    pub text: String,
    /// The exact value, where `text` is shortened or rounded.
    pub title: Option<String>,
    /// The value as logged, or the shortest text of the exact number: for copying and export.
    pub exact: String,
    /// Not set.
    pub missing: bool,
    /// Differs from the baseline's.
    pub differs: bool,
    /// The best of the row, where the metric's direction is known and another is worse.
    pub best: bool,
    /// Metrics that are numbers on both sides and differ.
    pub delta: Option<Delta>,
    /// NaN or ∞, and since when: `diverged at 13.3k`.
    pub bad: Option<String>,
}

impl DiffRow {
    /// `↑ better`, if the metric's direction is known.
    pub fn direction_words(&self) -> Option<&'static str> {
        match self.direction {
            Direction::Higher => Some("↑ better"),
            Direction::Lower => Some("↓ better"),
            Direction::Unknown => None,
        }
    }
}

impl DiffCell {
    /// All there is to say about the cell, for a closer look: the exact value, then the change.
    pub fn hint(&self) -> String {
        let value = self.title.as_deref().unwrap_or(&self.text);
        let more = self.change().or_else(|| self.bad.clone());
        more.map_or_else(|| value.to_owned(), |more| format!("{value}\n{more}"))
    }

    /// The cell for ears: `0.85, +0.02 (+2.4%), better than the baseline`.
    pub fn spoken(&self, is_baseline: bool) -> String {
        let compared = match (is_baseline, self.differs) {
            (true, _) => "baseline".to_owned(),
            (false, false) => "same as the baseline".to_owned(),
            (false, true) => self
                .change()
                .or_else(|| self.bad.clone())
                .unwrap_or_else(|| "differs from the baseline".to_owned()),
        };
        format!("{}, {compared}", self.text)
    }

    /// `+0.0292 (+3.6%), better than the baseline`.
    fn change(&self) -> Option<String> {
        let delta = self.delta.as_ref()?;
        let percent = delta.percent.as_ref().map(|percent| format!(" ({percent})")).unwrap_or_default();
        let verdict = match (delta.verdict, delta.sign) {
            (Verdict::Better, _) => "better than",
            (Verdict::Worse, _) => "worse than",
            (Verdict::Neutral, Ordering::Less) => "below",
            (Verdict::Neutral, _) => "above",
        };
        Some(format!("{}{percent}, {verdict} the baseline", delta.text))
    }
}

/// The longest line of a cell, in characters.
const LINE: usize = 300;

pub(super) fn row(diff: &Diff, section: usize, row: usize, clock: &Clock) -> Option<DiffRow> {
    let section = diff.sections.get(section)?;
    let key = section.keys.get(row)?;
    let this = Row { diff, section, index: row };
    let metrics = this.metrics();
    let direction = if metrics.is_empty() { Direction::Unknown } else { Direction::of_metric(&key.name) };
    let mut cells: Vec<DiffCell> = (0..diff.runs.len()).map(|run| this.cell(run, clock)).collect();
    if !metrics.is_empty() {
        fill_metrics(&mut cells, &metrics, diff.baseline, direction);
    }
    let base = cells.get(diff.baseline).cloned().unwrap_or_default();
    for (run, cell) in cells.iter_mut().enumerate() {
        cell.differs = !section.values.same(&diff.runs, row, diff.baseline, run);
        let looks_the_same = cell.text == base.text && cell.missing == base.missing;
        if let (true, true, Found::Text(text)) = (cell.differs, looks_the_same, this.found(run)) {
            cell.text = visible(text);
        }
    }
    Some(DiffRow { key: key.name.clone(), cells, differs: key.differs, direction })
}

struct Row<'a> {
    diff: &'a Diff,
    section: &'a Section,
    index: usize,
}

impl<'a> Row<'a> {
    fn found(&self, run: usize) -> Found<'a> {
        self.section.values.get(&self.diff.runs, self.index, run)
    }

    /// The row's metrics, one a run; empty if it is no row of metrics.
    fn metrics(&self) -> Vec<Option<&'a MetricSummary>> {
        let found = (0..self.diff.runs.len()).map(|run| match self.found(run) {
            Found::Metric(metric) => Some(metric),
            _ => None,
        });
        let metrics: Vec<_> = found.collect();
        if metrics.iter().all(Option::is_none) { Vec::new() } else { metrics }
    }

    fn cell(&self, run: usize, clock: &Clock) -> DiffCell {
        match self.found(run) {
            Found::Missing => missing(),
            Found::Text(text) => {
                let line = format::one_line(text, LINE);
                let title = (line != text).then(|| text.to_owned());
                DiffCell { text: line.into_owned(), title, exact: text.to_owned(), ..DiffCell::default() }
            }
            Found::Metric(metric) => {
                DiffCell { exact: format::exact(metric.last.value), ..DiffCell::default() }
            }
            Found::Attribute(..) => self.attribute(run, clock).unwrap_or_else(missing),
        }
    }

    fn attribute(&self, run: usize, clock: &Clock) -> Option<DiffCell> {
        let (Values::Columns(columns), Some(of)) = (&self.section.values, self.diff.runs.get(run)) else {
            return None;
        };
        let cell = ColumnView::alone(columns.get(self.index)?.clone()).cell(of, clock);
        let exact = cell.title.clone().unwrap_or_else(|| cell.text.clone());
        let set = cell.kind != CellKind::Missing;
        set.then(|| DiffCell { text: cell.text, title: cell.title, exact, ..DiffCell::default() })
    }
}

fn missing() -> DiffCell {
    DiffCell { text: "not set".to_owned(), missing: true, ..DiffCell::default() }
}

fn fill_metrics(
    cells: &mut [DiffCell],
    metrics: &[Option<&MetricSummary>],
    baseline: usize,
    direction: Direction,
) {
    let values = || metrics.iter().flatten().map(|metric| metric.last.value);
    let precision = Precision::of(values());
    let base = metrics.get(baseline).copied().flatten().map(|metric| metric.last.value);
    let full = base.map_or(0.0, |base| scale(base, values()));
    let finite = || values().filter(|v| v.is_finite());
    let best = finite().reduce(|a, b| if direction.prefers(b, a) { b } else { a });
    // To be the best takes another that is worse.
    let best = best.filter(|best| finite().any(|v| direction.prefers(*best, v)));
    for (run, (cell, metric)) in cells.iter_mut().zip(metrics).enumerate() {
        let Some(metric) = metric else { continue };
        let value = metric.last.value;
        let step = format::integer(metric.last.step);
        cell.text = precision.format(value);
        cell.title = Some(format!("{} at step {step}", format::exact(value)));
        cell.best = best == Some(value);
        cell.bad = bad_words(metric);
        let other = base.filter(|_| run != baseline);
        cell.delta = other.and_then(|base| Delta::new(base, value, direction, precision, full));
    }
}

/// Since when the latest value is no number.
fn bad_words(metric: &MetricSummary) -> Option<String> {
    if metric.last.value.is_finite() {
        return None;
    }
    Some(match metric.first_non_finite_step {
        _ if metric.non_finite >= metric.count => "never a number".to_owned(),
        Some(step) => format!("diverged at {}", format::compact(step)),
        None => "diverged".to_owned(),
    })
}

/// Text whose blanks show, for values that differ in nothing else.
fn visible(text: &str) -> String {
    let mark = |c: char| match c {
        ' ' => '·',
        '\n' => '␊',
        '\r' => '␍',
        '\t' => '␉',
        c if c.is_whitespace() || c.is_control() => '␣',
        c => c,
    };
    let marked: String = text.chars().map(mark).collect();
    let line: Cow<str> = format::one_line(&marked, LINE);
    line.into_owned()
}
