//! Logged models of MLflow 3: `<experiment>/models/m-…`.

use std::{collections::BTreeMap, rc::Rc};

use super::{
    context::{Budget, Context, is_key},
    metric::{self, BadLines},
    plan::Folder,
};
use crate::{
    history::compare_latest,
    model::{ArtifactOwner, Lifecycle, LoggedModel, ModelMetric, Note, Point},
    read::{Record, tree::FileEntry, yaml::Node},
};

impl Context {
    pub(super) fn logged_model(
        &mut self,
        experiment: usize,
        folder: &Folder,
        out: &mut Vec<Record>,
        budget: &mut Budget,
    ) {
        let tree = Rc::clone(&self.tree);
        let all = tree.files();
        let Some(meta) = folder.file(all, "meta.yaml").and_then(|file| self.yaml(&file.path, budget)) else {
            return;
        };
        let mut model = model_info(&meta, folder.name());
        if let Some(place) = self.experiments.get(experiment).filter(|id| !id.is_empty()) {
            model.experiment_id.clone_from(place);
        }
        model.params = self.pairs(&folder.sub(all, "params"), budget);
        model.tags = self.pairs(&folder.sub(all, "tags"), budget);
        let metrics = folder.sub(all, "metrics");
        for file in all.get(metrics.files.clone()).unwrap_or_default() {
            let key = metrics.relative(&file.path);
            if is_key(key) {
                self.model_metric(file, key, &mut model.metrics, budget);
            }
        }
        let owner = ArtifactOwner::Model(model.id.clone());
        out.push(Record::LoggedModel(Box::new(model)));
        let artifacts = folder.sub(all, "artifacts");
        for file in all.get(artifacts.files.clone()).unwrap_or_default() {
            self.artifact(&owner, file, artifacts.relative(&file.path), out, budget);
        }
    }

    /// Lines are `timestamp value step run_id [dataset digest]`. The client gives the latest of
    /// each dataset (`FileStore._get_model_metrics_from_file`); the whole history is in the runs.
    fn model_metric(
        &mut self,
        file: &FileEntry,
        key: &str,
        into: &mut Vec<ModelMetric>,
        budget: &mut Budget,
    ) {
        let Some(bytes) = self.metric(file, budget) else { return };
        let mut latest = BTreeMap::<(String, String), ModelMetric>::new();
        let mut bad = BadLines::default();
        for (number, line) in metric::lines(&bytes) {
            let Some(found) = line_of_model(line, key) else {
                bad.add(number, line);
                continue;
            };
            let dataset = (found.dataset_name.clone(), found.dataset_digest.clone());
            let known = latest.entry(dataset).or_insert_with(|| found.clone());
            if compare_latest(&known.point, &found.point).is_lt() {
                *known = found;
            }
        }
        if let Some(reason) = bad.reason() {
            self.notes.list("metric files with lines left out", Note::skipped(&file.path, reason));
        }
        into.extend(latest.into_values());
    }
}

fn line_of_model(line: &[u8], key: &str) -> Option<ModelMetric> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (timestamp, rest) = metric::field(line);
    let (value, rest) = metric::field(rest);
    let (step, rest) = metric::field(rest);
    let (run_id, dataset) = metric::field(rest);
    let point =
        Point { step: metric::int(step)?, timestamp: metric::int(timestamp)?, value: metric::float(value)? };
    let (name, digest) = match dataset.iter().rposition(|&b| b == b' ') {
        Some(at) => (dataset.get(..at)?, dataset.get(at + 1..)?),
        None if dataset.is_empty() => (dataset, dataset),
        None => return None,
    };
    if run_id.is_empty() {
        return None;
    }
    Some(ModelMetric {
        key: key.to_owned(),
        point,
        run_id: text(run_id),
        dataset_name: text(name),
        dataset_digest: text(digest),
    })
}

fn model_info(meta: &Node, folder: &str) -> LoggedModel {
    let maybe = |key: &str| meta.get(key).and_then(Node::text);
    let text = |key: &str| maybe(key).unwrap_or_default().to_owned();
    let int = |key: &str| meta.get(key).and_then(Node::int);
    LoggedModel {
        id: maybe("model_id").unwrap_or(folder).to_owned(),
        experiment_id: text("experiment_id"),
        name: text("name"),
        artifact_location: text("artifact_location"),
        creation_timestamp: int("creation_timestamp"),
        last_updated_timestamp: int("last_updated_timestamp"),
        source_run_id: text("source_run_id"),
        status: status(maybe("status")),
        status_message: text("status_message"),
        model_type: text("model_type"),
        lifecycle: Lifecycle::from_mlflow(maybe("lifecycle_stage").unwrap_or("active")),
        ..LoggedModel::default()
    }
}

/// Files hold the number of MLflow's `LoggedModelStatus`.
fn status(said: Option<&str>) -> String {
    let word = match said {
        Some("0") => "UNSPECIFIED",
        Some("1") => "PENDING",
        Some("2") | None => "READY",
        Some("3") => "FAILED",
        Some(word) => word,
    };
    word.to_owned()
}
