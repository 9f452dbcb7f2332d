//! The run-diff matrix: what differs between runs, against a baseline.
//!
//! [`Diff::new`] decides once, for every key of every section, whether it differs; the texts,
//! deltas and bars of a row are made when the row is shown ([`Diff::row`]).
//!
//! Equality: params, tags and the rest by their exact text; metrics by value, NaN equal to NaN and
//! 0 to −0. A missing value differs from every value. So whether a key differs does not depend on
//! the baseline or on the order of the runs.

mod delta;
mod export;
mod lane;
mod row;
mod section;
mod values;
mod view;

pub(crate) use delta::scale as delta_scale;
pub use delta::{Delta, Verdict};
pub use export::Format;
pub use lane::Lane;
pub use row::{DiffCell, DiffRow};
pub use section::{Section, SectionKind};
pub use view::{DiffFilter, Line, next_difference};

use crate::{format::Clock, table::RunRef};

/// A comparison of runs.
#[derive(Debug)]
pub struct Diff {
    runs: Vec<RunRef>,
    baseline: usize,
    sections: Vec<Section>,
}

impl Diff {
    /// Compares the runs; `baseline` is an index among them (the first, if it is out of range).
    pub fn new(runs: Vec<RunRef>, baseline: usize) -> Self {
        let baseline = if baseline < runs.len() { baseline } else { 0 };
        let sections = section::sections(&runs);
        Self { runs, baseline, sections }
    }

    /// The runs, in the order of the cells of a row.
    pub fn runs(&self) -> &[RunRef] {
        &self.runs
    }

    /// Index of the baseline.
    pub fn baseline(&self) -> usize {
        self.baseline
    }

    /// The sections, in the order in which they are shown; empty ones are left out.
    pub fn sections(&self) -> &[Section] {
        &self.sections
    }

    /// The lines that the filter leaves: a head for every section, then its rows unless it is closed.
    pub fn lines(&self, filter: &DiffFilter) -> Vec<Line> {
        view::lines(self, filter)
    }

    /// One row, ready to be shown. `section` and `row` are those of a [`Line::Row`].
    pub fn row(&self, section: usize, row: usize, clock: &Clock) -> Option<DiffRow> {
        row::row(self, section, row, clock)
    }

    /// `20 of 156 keys differ`.
    pub fn count_words(&self) -> String {
        view::count_words(self)
    }

    /// The matrix, as the filter leaves it (closed sections too), as text.
    pub fn export(&self, filter: &DiffFilter, format: Format, clock: &Clock) -> String {
        export::export(self, filter, format, clock)
    }
}
