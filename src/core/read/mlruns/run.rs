//! Runs: `meta.yaml`, `metrics/`, `params/`, `tags/`, `inputs/`, `outputs/`, `artifacts/`.

use std::{ops::Range, rc::Rc};

use super::{
    context::{Budget, Context, is_key},
    metric,
    plan::Folder,
};
use crate::{
    model::{ArtifactOwner, DatasetInput, Lifecycle, ModelLink, Note, Run, RunStatus},
    read::{Record, tree::FileEntry, yaml::Node},
};

/// A run that is being read, file by file.
pub(super) struct RunReader {
    folder: Folder,
    owner: ArtifactOwner,
    /// Files not read yet.
    left: Range<usize>,
    run: Run,
}

impl Context {
    /// Reads the run's `meta.yaml`; without a readable one there is no run.
    pub(super) fn open_run(
        &mut self,
        experiment: usize,
        folder: &Folder,
        budget: &mut Budget,
    ) -> Option<RunReader> {
        let path = folder.file(self.tree.files(), "meta.yaml")?.path.clone();
        let meta = self.yaml(&path, budget)?;
        if !is_run(&meta) {
            let reason = "it names no run, so it is none of a run";
            self.notes.count("such meta.yaml files where a run's would be", Note::skipped(&path, reason));
            return None;
        }
        let mut run = run_info(&meta, folder.name());
        let place = self.experiments.get(experiment).cloned().unwrap_or_default();
        if run.experiment_id != place && !place.is_empty() {
            let said = std::mem::replace(&mut run.experiment_id, place);
            let reason = format!(
                "it lies in experiment {} but says {said:?}; where it lies counts",
                run.experiment_id
            );
            self.notes.list("runs in another experiment's folder", Note::repaired(&path, reason));
        }
        self.check_status(&meta, &path);
        if self.is_copy(&run.id, folder) || !self.runs.insert(run.id.clone()) {
            let reason = format!("run {} is here twice; this copy is left out", run.id);
            self.notes.list("copies of runs", Note::skipped(&folder.path, reason));
            return None;
        }
        let owner = ArtifactOwner::Run(run.id.clone());
        Some(RunReader { folder: folder.clone(), owner, left: folder.files.clone(), run })
    }

    fn check_status(&mut self, meta: &Node, path: &str) {
        let said = meta.get("status").and_then(Node::text);
        if let Some(said) = said.filter(|s| RunStatus::from_mlflow(s).is_none()) {
            let reason = format!("its status {said:?} is none that MLflow knows; it is taken for RUNNING");
            self.notes.list("runs of unknown status", Note::repaired(path, reason));
        }
    }

    /// Whether the folder bears another name than the run and a folder of the run's name is there.
    fn is_copy(&self, id: &str, folder: &Folder) -> bool {
        let parent = folder.path.strip_suffix(folder.name()).unwrap_or_default();
        let original = format!("{parent}{id}/meta.yaml");
        let files = self.tree.files();
        folder.name() != id && files.binary_search_by(|f| f.path.as_str().cmp(&original)).is_ok()
    }
}

impl RunReader {
    /// Reads on as far as the budget goes; true when the run is complete and given out.
    pub(super) fn advance(
        &mut self,
        context: &mut Context,
        out: &mut Vec<Record>,
        budget: &mut Budget,
    ) -> bool {
        let tree = Rc::clone(&context.tree);
        while !budget.is_spent() {
            let Some(file) = self.left.next().and_then(|at| tree.files().get(at)) else {
                out.push(Record::Run(Box::new(std::mem::take(&mut self.run))));
                return true;
            };
            self.file(context, file, out, budget);
        }
        false
    }

    fn file(&mut self, context: &mut Context, file: &FileEntry, out: &mut Vec<Record>, budget: &mut Budget) {
        let Some((part, rest)) = self.folder.relative(&file.path).split_once('/') else { return };
        match part {
            "artifacts" => context.artifact(&self.owner, file, rest, out, budget),
            "metrics" if is_key(rest) => self.metric(context, file, rest, out, budget),
            "params" | "tags" if is_key(rest) => self.value(context, file, part, rest, budget),
            "inputs" if rest.ends_with("/meta.yaml") => self.input(context, file, budget),
            "outputs" if rest.ends_with("/meta.yaml") => self.output(context, file, budget),
            _ => {}
        }
    }

    fn metric(
        &mut self,
        context: &mut Context,
        file: &FileEntry,
        key: &str,
        out: &mut Vec<Record>,
        budget: &mut Budget,
    ) {
        let Some(bytes) = context.metric(file, budget) else {
            self.run.damaged = true;
            return;
        };
        let mut parsed = metric::parse(&bytes);
        if let Some(reason) = parsed.bad.reason() {
            self.run.damaged = true;
            context.notes.list("metric files with lines left out", Note::skipped(&file.path, reason));
        }
        parsed.points.sort();
        let Some(summary) = parsed.points.summary(key) else {
            let reason = "this metric has no point";
            return context.notes.list("metrics without a point", Note::skipped(&file.path, reason));
        };
        self.run.metrics.push(summary);
        out.push(Record::History {
            run_id: self.run.id.clone(),
            key: key.to_owned(),
            history: parsed.points,
        });
    }

    fn value(&mut self, context: &mut Context, file: &FileEntry, part: &str, key: &str, budget: &mut Budget) {
        let Some((text, replaced)) = context.text(file, budget) else {
            self.run.damaged = true;
            return;
        };
        self.run.damaged |= replaced;
        let pairs = if part == "params" { &mut self.run.params } else { &mut self.run.tags };
        pairs.push((key.to_owned(), text));
    }

    fn input(&mut self, context: &mut Context, file: &FileEntry, budget: &mut Budget) {
        let Some(meta) = context.yaml(&file.path, budget) else {
            self.run.damaged = true;
            return;
        };
        let text = |key: &str| meta.get(key).and_then(Node::text).unwrap_or_default();
        let id = text("source_id");
        match text("source_type") {
            "MODEL" => self.run.model_inputs.push(ModelLink { model_id: id.to_owned(), step: 0 }),
            "DATASET" => {
                let tags = meta.get("tags").map(Node::pairs).unwrap_or_default();
                match context.dataset(&self.folder, id, budget) {
                    Some(dataset) => self.run.inputs.push(DatasetInput { tags, ..(*dataset).clone() }),
                    None => self.run.damaged = true,
                }
            }
            _ => {}
        }
    }

    fn output(&mut self, context: &mut Context, file: &FileEntry, budget: &mut Budget) {
        let Some(meta) = context.yaml(&file.path, budget) else {
            self.run.damaged = true;
            return;
        };
        let text = |key: &str| meta.get(key).and_then(Node::text).unwrap_or_default();
        if text("destination_type") == "MODEL_OUTPUT" {
            let step = meta.get("step").and_then(Node::int).unwrap_or(0);
            self.run.outputs.push(ModelLink { model_id: text("destination_id").to_owned(), step });
        }
    }
}

impl Context {
    /// A dataset of the experiment that the run `run` lies in.
    fn dataset(&mut self, run: &Folder, id: &str, budget: &mut Budget) -> Option<Rc<DatasetInput>> {
        let parent = run.path.strip_suffix(run.name()).unwrap_or_default();
        let path = format!("{parent}datasets/{id}/meta.yaml");
        if let Some(known) = self.datasets.get(&path) {
            return known.clone();
        }
        let there = self.tree.files().binary_search_by(|f| f.path.as_str().cmp(&path)).is_ok();
        let dataset = if there { self.yaml(&path, budget).map(|meta| Rc::new(dataset(&meta))) } else { None };
        if !there {
            let reason = "runs name this dataset as their input, but it is not there";
            self.notes.list("datasets that are missing", Note::skipped(&path, reason));
        }
        self.datasets.insert(path, dataset.clone());
        dataset
    }
}

fn dataset(meta: &Node) -> DatasetInput {
    let maybe = |key: &str| meta.get(key).and_then(Node::text).map(str::to_owned);
    let text = |key: &str| maybe(key).unwrap_or_default();
    DatasetInput {
        name: text("name"),
        digest: text("digest"),
        source_type: text("source_type"),
        source: text("source"),
        schema: maybe("schema"),
        profile: maybe("profile"),
        tags: Vec::new(),
    }
}

/// Whether a `meta.yaml` is a run's.
pub(super) fn is_run(meta: &Node) -> bool {
    ["run_id", "run_uuid"]
        .iter()
        .any(|key| meta.get(key).and_then(Node::text).is_some_and(|id| !id.is_empty()))
}

/// Keys of all ages: `run_uuid` alone is 0.x, with `run_id` and `name` 1.x, with `run_name` 2.x,
/// without `run_uuid` 3.x.
fn run_info(meta: &Node, folder: &str) -> Run {
    let text = |key: &str| meta.get(key).and_then(Node::text).filter(|t| !t.is_empty());
    let owned = |key: &str| text(key).unwrap_or_default().to_owned();
    let int = |key: &str| meta.get(key).and_then(Node::int);
    Run {
        id: text("run_id").or_else(|| text("run_uuid")).unwrap_or(folder).to_owned(),
        experiment_id: owned("experiment_id"),
        name: owned("run_name"),
        status: text("status").and_then(RunStatus::from_mlflow).unwrap_or_default(),
        start_time: int("start_time"),
        end_time: int("end_time"),
        lifecycle: Lifecycle::from_mlflow(text("lifecycle_stage").unwrap_or("active")),
        deleted_time: int("deleted_time"),
        artifact_uri: owned("artifact_uri"),
        user_id: owned("user_id"),
        ..Run::default()
    }
}
