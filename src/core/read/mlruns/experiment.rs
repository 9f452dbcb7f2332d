//! Experiments: a folder with `meta.yaml` and `tags/`.

use super::{
    context::{Budget, Context},
    plan::{ExperimentPlan, Folder},
    run::is_run,
};
use crate::{
    model::{Experiment, Lifecycle, Note},
    read::{Record, yaml::Node},
};

/// Runs that are asked which experiment they are of, when it does not say itself.
const PROBES: usize = 8;

impl Context {
    /// Reads an experiment and remembers its id for its runs.
    pub(super) fn experiment(&mut self, plan: &ExperimentPlan, out: &mut Vec<Record>, budget: &mut Budget) {
        let meta = plan.meta.as_ref().and_then(|path| self.yaml(path, budget));
        let experiment = match (&meta, &plan.meta) {
            (Some(meta), path) => {
                self.note_odd_meta(path.as_deref());
                self.with_meta(plan, meta)
            }
            (None, _) if plan.runs.is_empty() && plan.models.is_empty() => {
                return self.experiments.push(plan.folder.name().to_owned());
            }
            (None, path) => {
                let found = self.without_meta(plan, budget);
                let found = found.or_else(|| path.is_some().then(|| self.nameless(plan, plan.folder.name())));
                let Some(experiment) = found else {
                    self.no_experiment(&plan.folder);
                    return self.experiments.push(plan.folder.name().to_owned());
                };
                experiment
            }
        };
        self.experiments.push(experiment.id.clone());
        if !self.experiment_ids.insert(experiment.id.clone()) {
            let reason =
                format!("experiment {} is here twice; its runs are read, its own data is not", experiment.id);
            self.notes.add(Note::skipped(&plan.folder.path, reason));
            return;
        }
        let tags = plan.folder.sub(self.tree.files(), "tags");
        let tags = self.pairs(&tags, budget);
        out.push(Record::Experiment(Experiment { tags, ..experiment }));
    }

    fn with_meta(&mut self, plan: &ExperimentPlan, meta: &Node) -> Experiment {
        let text = |key: &str| meta.get(key).and_then(Node::text).unwrap_or_default().to_owned();
        let name = plan.folder.name();
        let id = Some(text("experiment_id")).filter(|id| !id.is_empty()).unwrap_or_else(|| name.to_owned());
        if id != name && !name.is_empty() {
            let reason = format!("its meta.yaml says that it is experiment {id}, and so it was read as that");
            self.notes.add(Note::repaired(&plan.folder.path, reason));
        }
        // MLflow 0.x wrote no lifecycle; there the bin is all there is to go by.
        let lifecycle = match meta.get("lifecycle_stage").and_then(Node::text) {
            Some(word) => Lifecycle::from_mlflow(word),
            None if plan.in_trash => Lifecycle::Deleted,
            None => Lifecycle::Active,
        };
        Experiment {
            id,
            name: text("name"),
            artifact_location: text("artifact_location"),
            lifecycle,
            creation_time: meta.get("creation_time").and_then(Node::int),
            last_update_time: meta.get("last_update_time").and_then(Node::int),
            tags: Vec::new(),
        }
    }

    /// Its runs say which experiment it is; without a run or a model it is none.
    fn without_meta(&mut self, plan: &ExperimentPlan, budget: &mut Budget) -> Option<Experiment> {
        let id = plan.runs.iter().take(PROBES).find_map(|run| self.experiment_of(run, budget));
        match id {
            Some(id) => Some(self.nameless(plan, &id)),
            None if plan.models.is_empty() => None,
            None => Some(self.nameless(plan, plan.folder.name())),
        }
    }

    /// An experiment whose folder is the only name there is.
    fn nameless(&mut self, plan: &ExperimentPlan, id: &str) -> Experiment {
        let name = if plan.folder.name().is_empty() { id } else { plan.folder.name() };
        let reason = format!("this experiment has no meta.yaml that can be read; it is named {name:?}");
        self.notes.add(Note::repaired(&plan.folder.path, reason));
        let lifecycle = if plan.in_trash { Lifecycle::Deleted } else { Lifecycle::Active };
        Experiment { name: name.to_owned(), id: id.to_owned(), lifecycle, ..Experiment::default() }
    }

    /// The experiment that a run's `meta.yaml` names, if it is a run's.
    fn experiment_of(&mut self, run: &Folder, budget: &mut Budget) -> Option<String> {
        let path = run.file(self.tree.files(), "meta.yaml")?.path.clone();
        let bytes = self.tree.read(&path, 1 << 20).ok()?;
        budget.spend(bytes.len() as u64);
        let meta = Node::parse(&bytes).ok().filter(|meta| is_run(meta))?;
        Some(meta.get("experiment_id")?.text()?.to_owned())
    }

    fn note_odd_meta(&mut self, path: Option<&str>) {
        if let Some(path) = path.filter(|p| !p.ends_with("/meta.yaml") && *p != "meta.yaml") {
            self.notes.add(Note::repaired(path, "it was read in place of meta.yaml, which is missing"));
        }
    }
}
