//! The run-diff matrix: what differs between runs, against a baseline.
//!
//! [`Diff::of`] decides once, for every key of every section, whether it differs; the texts,
//! deltas and bars of a row are made when the row is shown ([`Diff::row`], or [`Diff::facts`] and
//! [`Diff::cell`] for those columns that are in sight).
//!
//! Equality: params, tags and the rest by their exact text; metrics by value, NaN equal to NaN and
//! 0 to −0; numbers with a [`Tolerance`], if a person sets one. A missing value differs from every
//! value. So whether a key differs does not depend on the baseline or on the order of the runs.
//!
//! A nested value (JSON, Python's `repr`, YAML) has rows inside of it, which are compared by
//! themselves; they do not count as keys.

mod columns;
mod delta;
mod export;
mod extras;
mod inner;
mod lane;
mod row;
mod row_id;
mod rules;
mod section;
mod summary;
mod texts;
mod tolerant;
mod twins;
mod values;
mod view;

use std::sync::Arc;

pub use columns::{Arrange, SortRuns};
pub(crate) use delta::scale as delta_scale;
pub use delta::{Delta, Verdict};
pub use export::Format;
pub use extras::{
    ArtifactOf, FileKey, Files, ModelOf, ReadOfRun, RunFiles, hash, is_read, models_of, to_hash,
};
pub use lane::Lane;
pub use row::{DiffCell, DiffRow, Facts};
pub use row_id::RowId;
pub use rules::{MetricAt, Rules, StepValues, Tolerance, at_step};
pub use section::{Section, SectionKind};
pub use twins::NothingBut;
pub use view::{DiffFilter, Line, next_difference};

use crate::{format::Clock, table::RunRef};

/// Runs that stand in one column, by their places; most often one.
pub type RunsOfColumn = Vec<usize>;

/// A comparison of runs.
#[derive(Debug, Clone)]
pub struct Diff {
    runs: Arc<Vec<RunRef>>,
    baseline: usize,
    rules: Rules,
    sections: Vec<Arc<Section>>,
}

impl Diff {
    /// Compares the runs by the usual rules; `baseline` is an index among them (the first, if it is
    /// out of range).
    pub fn new(runs: Vec<RunRef>, baseline: usize) -> Self {
        Self::of(runs, baseline, Rules::default())
    }

    /// Compares the runs. Sections that come from files are pending until [`Self::with_files`].
    pub fn of(runs: Vec<RunRef>, baseline: usize, rules: Rules) -> Self {
        let baseline = if baseline < runs.len() { baseline } else { 0 };
        let section = |kind| match kind {
            SectionKind::Datasets => Section::of_texts(kind, inner::datasets(&runs), &runs, &rules, false),
            SectionKind::Environment | SectionKind::Models | SectionKind::Artifacts => {
                let nothing = inner::nothing(runs.len());
                Section::of_texts(kind, nothing, &runs, &rules, !runs.is_empty())
            }
            // What they are at a step is still being read.
            _ if kind.is_metrics() && matches!(rules.at, MetricAt::Step(_)) && rules.at_step.is_none() => {
                Section::of_texts(kind, inner::nothing(runs.len()), &runs, &rules, true)
            }
            _ => Section::of_runs(kind, &runs, &rules),
        };
        let sections = SectionKind::ALL.into_iter().map(section).map(Arc::new).collect();
        Self { runs: Arc::new(runs), baseline, rules, sections }.without_empty()
    }

    /// The same with what the runs' files say. `files` are in the order of the runs.
    #[must_use]
    pub fn with_files(&self, files: &Files) -> Self {
        let of_files = |section: &Arc<Section>| {
            let made = match section.kind {
                SectionKind::Environment => inner::environment(&self.runs, files),
                SectionKind::Models => inner::models(&self.runs, files),
                SectionKind::Artifacts => inner::artifacts(&self.runs, files),
                _ => return Arc::clone(section),
            };
            Arc::new(Section::of_texts(section.kind, made, &self.runs, &self.rules, false))
        };
        let sections = self.sections.iter().map(of_files).collect();
        Self { sections, ..self.clone() }.without_empty()
    }

    fn without_empty(mut self) -> Self {
        self.sections.retain(|section| section.pending || !section.is_empty());
        self
    }

    /// The runs, in the order of the cells of a row.
    pub fn runs(&self) -> &[RunRef] {
        &self.runs
    }

    /// Index of the baseline.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// The rules.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The sections, in the order in which they are shown; empty ones are left out.
    pub fn sections(&self) -> &[Arc<Section>] {
        &self.sections
    }

    /// Every run in a column of its own, in their order.
    pub fn alone(&self) -> Vec<RunsOfColumn> {
        (0..self.runs.len()).map(|run| vec![run]).collect()
    }

    /// The columns to show: the baseline, then the other runs, sorted and put together as wanted.
    pub fn columns(&self, arrange: &Arrange) -> Vec<RunsOfColumn> {
        columns::columns(self, arrange)
    }

    /// The lines that the filter leaves: pinned rows, then a head for every section and its rows,
    /// unless it is closed.
    pub fn lines(&self, filter: &DiffFilter) -> Vec<Line> {
        view::lines(self, filter)
    }

    /// One row with every run in a column of its own. `section` and `row` are those of a [`Line::Row`].
    pub fn row(&self, section: usize, row: usize, clock: &Clock) -> Option<DiffRow> {
        row::whole(self, section, row, &self.alone(), clock)
    }

    /// What the cells of a row share.
    pub fn facts(&self, section: usize, row: usize, columns: &[RunsOfColumn]) -> Option<Facts> {
        row::facts(self, section, row, columns)
    }

    /// The cell of a row in a column.
    pub fn cell(&self, facts: &Facts, column: &[usize], clock: &Clock) -> DiffCell {
        row::cell(self, facts, column, clock)
    }

    /// What a row is called in links.
    pub fn id_of(&self, section: usize, row: usize) -> Option<RowId> {
        let of = self.sections.get(section)?;
        let key = of.keys.get(row)?;
        let parent = key.parent.and_then(|parent| of.keys.get(parent));
        Some(match parent {
            Some(parent) => {
                RowId { section: of.kind, key: parent.name.clone(), inner: Some(key.name.clone()) }
            }
            None => RowId { section: of.kind, key: key.name.clone(), inner: None },
        })
    }

    /// The row of an id: its section and its place there.
    pub fn find(&self, id: &RowId) -> Option<(usize, usize)> {
        let section = self.sections.iter().position(|section| section.kind == id.section)?;
        let keys = &self.sections.get(section)?.keys;
        let parent = keys.iter().position(|key| key.parent.is_none() && key.name == id.key)?;
        let row = match &id.inner {
            None => parent,
            Some(inner) => keys.iter().position(|key| key.parent == Some(parent) && key.name == *inner)?,
        };
        Some((section, row))
    }

    /// The first keys of a section that differ.
    pub fn differing(&self, kind: SectionKind, at_most: usize) -> Vec<RowId> {
        let Some(section) = self.sections.iter().find(|section| section.kind == kind) else {
            return Vec::new();
        };
        let keys = section.keys.iter().filter(|key| key.differs && key.parent.is_none());
        keys.take(at_most).map(|key| RowId { section: kind, key: key.name.clone(), inner: None }).collect()
    }

    /// `20 of 156 keys differ`.
    pub fn count_words(&self) -> String {
        view::count_words(self)
    }

    /// In a sentence or two: how many params differ, and which run is best by a metric.
    pub fn summary(&self, metric: Option<&str>) -> String {
        summary::words(self, metric)
    }

    /// The metric that the comparison is about, unless a person says otherwise: one that most runs have
    /// and whose direction is known.
    pub fn main_metric(&self) -> Option<String> {
        summary::main_metric(self)
    }

    /// Keys in nothing but which several runs differ, the one that joins most runs first.
    pub fn nothing_but(&self) -> Vec<NothingBut> {
        twins::nothing_but(self)
    }

    /// The matrix, as the filter leaves it (closed sections too), as text.
    pub fn export(
        &self,
        filter: &DiffFilter,
        columns: &[RunsOfColumn],
        format: Format,
        clock: &Clock,
    ) -> String {
        export::export(self, filter, columns, format, clock)
    }
}
