//! The diff: what is compared, by which rules, in which columns; its commands.

mod edits;
mod files;
mod steps;

use std::{collections::HashMap, sync::Arc};

pub use edits::diff_filter;
pub use files::Offer;
use leptos::prelude::*;
use runatlas_core::{
    diff::{Diff, Files, MetricAt, Rules, RunFiles, RunsOfColumn, StepValues},
    link::RunKey,
    table::RunRef,
};

use super::{Artifacts, Library, Prefs, RunTable, ViewState};

/// The shown runs, compared.
#[derive(Clone, Copy)]
pub struct Comparison {
    /// The comparison; what files say comes in later.
    pub diff: Memo<Option<Arc<Diff>>>,
    /// The runs of each column, the baseline first.
    pub columns: Memo<Arc<Vec<RunsOfColumn>>>,
    /// The metric that the comparison is about.
    pub metric: Memo<Option<String>>,
    /// How many runs' files, or values at a step, are read, of how many; `None` when nothing is read.
    pub reading: RwSignal<Option<(usize, usize)>>,
    /// Files that only their servers have.
    pub offer: RwSignal<Option<Offer>>,
    /// The runs that are compared, the baseline first.
    runs: Memo<Arc<Vec<RunRef>>>,
    files: RwSignal<ForRuns<Files>>,
    at_step: RwSignal<Option<(i64, ForRuns<StepValues>)>>,
    kept: StoredValue<HashMap<RunKey, files::Kept>>,
    hashes: StoredValue<HashMap<String, files::Hashes>>,
    /// Raised by each reading: one that was overtaken is thrown away.
    turn: StoredValue<u64>,
    /// Raised when files came from a server.
    came: RwSignal<u64>,
    view: ViewState,
    library: Library,
    artifacts: Artifacts,
}

/// Something that was read for certain runs.
struct ForRuns<T: ?Sized>(Arc<Vec<RunRef>>, Arc<T>);

impl<T: ?Sized> Clone for ForRuns<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0), Arc::clone(&self.1))
    }
}

impl<T: ?Sized> ForRuns<T> {
    /// What was read, if it was for these runs.
    fn of(&self, runs: &Arc<Vec<RunRef>>) -> Option<&Arc<T>> {
        Arc::ptr_eq(&self.0, runs).then_some(&self.1)
    }
}

/// Arcs are equal if they are the same.
fn differ<T>(before: Option<&Arc<T>>, after: Option<&Arc<T>>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => !Arc::ptr_eq(before, after),
        (None, None) => false,
        _ => true,
    }
}

impl Comparison {
    pub(super) fn new(
        view: ViewState,
        table: RunTable,
        library: Library,
        artifacts: Artifacts,
        prefs: Prefs,
    ) -> Self {
        let runs = Memo::new_with_compare(move |_| Arc::new(runs_of(table)), other_runs);
        let files: RwSignal<ForRuns<Files>> = RwSignal::new(ForRuns(Arc::default(), Arc::new([])));
        let at_step: RwSignal<Option<(i64, ForRuns<StepValues>)>> = RwSignal::new(None);
        let choices = Memo::new(move |_| view.diff.with(|diff| (diff.at, diff.tolerance)));
        let from_runs = Memo::new_with_compare(
            move |_| {
                let runs = runs.get();
                let (at, tolerance) = choices.get();
                let read = match at {
                    MetricAt::Step(step) => at_step.with(|read| {
                        let read = read.as_ref().filter(|(of, _)| *of == step);
                        read.and_then(|(_, values)| values.of(&runs).cloned())
                    }),
                    MetricAt::Last | MetricAt::Best => None,
                };
                let rules = Rules { at, tolerance, directions: prefs.directions.get(), at_step: read };
                let is_any = !runs.is_empty();
                is_any.then(|| Arc::new(Diff::of(runs.as_ref().clone(), 0, rules)))
            },
            |before, after| differ(before.and_then(Option::as_ref), after.and_then(Option::as_ref)),
        );
        let diff = Memo::new_with_compare(
            move |_| {
                let diff: Arc<Diff> = from_runs.get()?;
                let runs = runs.get();
                let read = files.with(|files| files.of(&runs).cloned());
                Some(read.map_or(diff.clone(), |files| Arc::new(diff.with_files(&files))))
            },
            |before: Option<&Option<Arc<Diff>>>, after| {
                differ(before.and_then(Option::as_ref), after.and_then(Option::as_ref))
            },
        );
        let arrange = Memo::new(move |_| view.diff.with(|diff| diff.arrange.clone()));
        let columns = Memo::new(move |_| {
            let arrange = arrange.get();
            let of = |diff: &Arc<Diff>| diff.columns(&arrange);
            Arc::new(diff.with(|diff| diff.as_ref().map(of).unwrap_or_default()))
        });
        let metric = Memo::new(move |_| {
            let chosen = view.diff.with(|diff| diff.metric.clone());
            chosen.or_else(|| diff.with(|diff| diff.as_ref().and_then(|diff| diff.main_metric())))
        });
        Self {
            diff,
            columns,
            metric,
            reading: RwSignal::new(None),
            offer: RwSignal::new(None),
            runs,
            files,
            at_step,
            kept: StoredValue::new(HashMap::new()),
            hashes: StoredValue::new(HashMap::new()),
            turn: StoredValue::new(0),
            came: RwSignal::new(0),
            view,
            library,
            artifacts,
        }
    }

    /// Reads what is compared beside the runs themselves, for as long as the component that calls this
    /// is there: their files, and their values at a step.
    pub fn follow(self) {
        let revision = self.library.revision;
        Effect::new(move |before: Option<u64>| {
            let now = revision.get();
            self.came.track();
            if before.is_some_and(|before| before != now) {
                self.kept.update_value(HashMap::clear);
                self.hashes.update_value(HashMap::clear);
            }
            self.read_files(self.runs.get());
            now
        });
        Effect::new(move |_| {
            if let MetricAt::Step(step) = self.view.diff.with(|diff| diff.at) {
                self.read_step(step, self.runs.get());
            }
        });
    }

    /// What the runs' files say, once all of them are read.
    fn set_files(self, runs: Arc<Vec<RunRef>>, files: Vec<Option<Arc<RunFiles>>>) {
        self.files.set(ForRuns(runs, files.into()));
    }
}

/// The shown runs, the baseline first.
fn runs_of(table: RunTable) -> Vec<RunRef> {
    let baseline = table.baseline.get();
    table.shown.with(|shown| {
        let is_base = |key: &RunKey| Some(key) == baseline.as_ref();
        let first = shown.iter().filter(|shown| is_base(&shown.key));
        let others = shown.iter().filter(|shown| !is_base(&shown.key));
        first.chain(others).map(|shown| shown.run.clone()).collect()
    })
}

/// Whether other runs are compared. Colours and names of parents do not count.
fn other_runs(before: Option<&Arc<Vec<RunRef>>>, after: Option<&Arc<Vec<RunRef>>>) -> bool {
    let (Some(before), Some(after)) = (before, after) else { return true };
    let same = |(a, b): (&RunRef, &RunRef)| Arc::ptr_eq(&a.run, &b.run) && a.source == b.source;
    before.len() != after.len() || !before.iter().zip(after.iter()).all(same)
}
