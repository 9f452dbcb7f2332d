//! MLflow's file store (`mlruns`) of any age, value for value as MLflow's own client reads it.
//!
//! Things are found by position, as the client does: an experiment is a folder of the root with a
//! `meta.yaml`, a run a folder of an experiment with one. Where the client gives up because of
//! one file, this reader leaves that file out, says so, and reads the rest. The client also
//! refuses runs whose empty folders git lost (`FileStore._is_valid_run_directory`); here empty
//! folders do not exist in the first place.

mod context;
mod experiment;
mod logged_model;
mod metric;
mod plan;
mod registry;
mod run;

use std::{collections::HashSet, rc::Rc};

use super::{Progress, ReadOptions, Record, Step, StoreReader, Tree};
use context::{Budget, Context};
use plan::Plan;
use run::RunReader;

pub use plan::Layout;

/// Reads one file store. Progress counts runs and logged models.
pub struct MlrunsReader {
    context: Context,
    plan: Rc<Plan>,
    next: Job,
    /// The run that is being read.
    open: Option<RunReader>,
    done: u64,
}

/// What is to be done next; numbers are places in the plan.
#[derive(Debug, Clone, Copy)]
enum Job {
    Experiment(usize),
    Run(usize, usize),
    Model(usize, usize),
    Registered(usize),
    Finish,
    Nothing,
}

impl MlrunsReader {
    /// A reader of the store, experiment or run (as `layout` says) whose folder is `root` of
    /// `tree`; an empty `root` is the whole tree. Opens no file yet.
    pub fn new(tree: Tree, root: &str, layout: Layout, options: ReadOptions) -> Self {
        let plan = Rc::new(Plan::new(tree.files(), root, layout));
        Self { context: Context::new(tree, options), plan, next: Job::Experiment(0), open: None, done: 0 }
    }

    /// Does one small job.
    fn work(&mut self, out: &mut Vec<Record>, budget: &mut Budget) {
        if let Some(run) = &mut self.open {
            if run.advance(&mut self.context, out, budget) {
                self.open = None;
                self.done += 1;
            }
            return;
        }
        let plan = Rc::clone(&self.plan);
        self.next = match self.next {
            Job::Experiment(at) => match plan.experiments.get(at) {
                Some(experiment) => {
                    self.context.experiment(experiment, out, budget);
                    Job::Experiment(at + 1)
                }
                None => Job::Run(0, 0),
            },
            Job::Run(at, run) => match plan.experiments.get(at) {
                Some(experiment) => match experiment.runs.get(run) {
                    Some(folder) => {
                        self.open = self.context.open_run(at, folder, budget);
                        self.done += u64::from(self.open.is_none());
                        Job::Run(at, run + 1)
                    }
                    None => Job::Model(at, 0),
                },
                None => Job::Registered(0),
            },
            Job::Model(at, model) => match plan.experiments.get(at).and_then(|e| e.models.get(model)) {
                Some(folder) => {
                    self.context.logged_model(at, folder, out, budget);
                    self.done += 1;
                    Job::Model(at, model + 1)
                }
                None => Job::Run(at + 1, 0),
            },
            Job::Registered(at) => match plan.registered.get(at) {
                Some(folder) => {
                    self.context.registered_model(folder, out, budget);
                    Job::Registered(at + 1)
                }
                None => Job::Finish,
            },
            Job::Finish => {
                self.context.last_words(&plan);
                out.extend(self.context.notes.finish().into_iter().map(Record::Note));
                Job::Nothing
            }
            Job::Nothing => Job::Nothing,
        };
    }
}

impl StoreReader for MlrunsReader {
    fn step(&mut self, out: &mut Vec<Record>) -> Step {
        let mut budget = Budget::default();
        while !budget.is_spent() && !matches!(self.next, Job::Nothing) {
            self.work(out, &mut budget);
        }
        out.extend(self.context.notes.take().into_iter().map(Record::Note));
        match self.next {
            Job::Nothing => Step::Done,
            _ => Step::More(Progress { done: self.done, total: Some(self.plan.units()) }),
        }
    }
}

/// Ids that were given out, so that a copied folder does not make a second run of the same id.
type Seen = HashSet<String>;
