//! A store as the JSON of `truth.json`.

use std::{collections::BTreeMap, fmt::Write as _};

use runatlas_core::{
    history::History,
    model::{
        ArtifactOwner, DatasetInput, Experiment, Lifecycle, LoggedModel, MetricSummary, ModelVersion, Note,
        Pairs, RegisteredModel, Run,
    },
    read::{Record, Step, StoreReader},
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use super::python::{fsum, repr};

/// MLflow keeps prompts as registered models, and its client leaves them out of the registry.
const PROMPT_TAG: &str = "mlflow.prompt.is_prompt";

/// Reads a store to its end.
pub(crate) fn of_store(mut reader: Box<dyn StoreReader>) -> Value {
    let mut dump = Dump::default();
    let mut records = Vec::new();
    while let Step::More(_) = reader.step(&mut records) {
        records.drain(..).for_each(|record| dump.add(record));
    }
    for record in records {
        dump.add(record);
    }
    dump.finish()
}

/// A line of the import report.
pub(crate) fn of_note(note: &Note) -> Value {
    json!({"kind": format!("{:?}", note.kind).to_lowercase(), "path": note.path, "reason": note.reason})
}

#[derive(Default)]
struct Dump {
    experiments: Map<String, Value>,
    runs: Map<String, Value>,
    histories: BTreeMap<String, Map<String, Value>>,
    artifacts: BTreeMap<String, u64>,
    registered: BTreeMap<String, Map<String, Value>>,
    versions: BTreeMap<String, Vec<(u64, Value)>>,
    logged: Map<String, Value>,
    notes: Vec<Value>,
}

impl Dump {
    fn add(&mut self, record: Record) {
        match record {
            Record::Experiment(e) => {
                self.experiments.insert(e.id.clone(), experiment(&e));
            }
            Record::Run(r) => {
                let histories = self.histories.remove(&r.id).unwrap_or_default();
                self.runs.insert(r.id.clone(), run(&r, histories));
            }
            Record::History { run_id, key, history: points } => {
                self.histories.entry(run_id).or_default().insert(key, history(&points));
            }
            Record::Artifact(entry) => {
                if let ArtifactOwner::Run(id) = entry.owner {
                    *self.artifacts.entry(id).or_default() += 1;
                }
            }
            Record::ArtifactFile(_) => {}
            Record::LoggedModel(m) if m.lifecycle == Lifecycle::Deleted => {}
            Record::LoggedModel(m) => {
                self.logged.insert(m.id.clone(), logged_model(&m));
            }
            Record::RegisteredModel(m) => {
                if m.tags.iter().all(|(key, value)| key != PROMPT_TAG || value != "true") {
                    self.registered.insert(m.name.clone(), registered_model(&m));
                }
            }
            Record::ModelVersion(v) => {
                let number = v.version.parse().unwrap_or(0);
                self.versions.entry(v.name.clone()).or_default().push((number, version(&v)));
            }
            Record::Note(note) => self.notes.push(of_note(&note)),
        }
    }

    fn finish(mut self) -> Value {
        for (id, count) in &self.artifacts {
            if let Some(Value::Object(run)) = self.runs.get_mut(id) {
                run.insert("n_artifact_files".to_owned(), json!(count));
            }
        }
        let mut registered = Vec::new();
        for (name, mut model) in self.registered {
            let mut versions = self.versions.remove(&name).unwrap_or_default();
            versions.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
            model.insert("versions".to_owned(), versions.into_iter().map(|(_, version)| version).collect());
            registered.push(Value::Object(model));
        }
        json!({
            "experiments": self.experiments,
            "runs": self.runs,
            "registered_models": registered,
            "logged_models": self.logged,
            "notes": self.notes,
        })
    }
}

fn experiment(e: &Experiment) -> Value {
    json!({
        "name": e.name,
        "lifecycle_stage": e.lifecycle.as_str(),
        "artifact_location": e.artifact_location,
        "creation_time": e.creation_time,
        "last_update_time": e.last_update_time,
        "tags": pairs(&e.tags),
    })
}

fn run(r: &Run, histories: Map<String, Value>) -> Value {
    // The client takes the name from the tag where the run has none of its own.
    let name = if r.name.is_empty() { r.tag("mlflow.runName").unwrap_or_default() } else { &r.name };
    let mut value = json!({
        "experiment_id": r.experiment_id,
        "run_name": name,
        "status": r.status.as_str(),
        "start_time": r.start_time,
        "end_time": r.end_time,
        "lifecycle_stage": r.lifecycle.as_str(),
        "artifact_uri": r.artifact_uri,
        "user_id": r.user_id,
        "params": pairs(&r.params),
        "tags": pairs(&r.tags),
        "metrics": r.metrics.iter().map(latest).collect::<Map<_, _>>(),
        "history": histories,
    });
    let mut some = |key: &str, list: Vec<Value>| {
        if let (Value::Object(fields), false) = (&mut value, list.is_empty()) {
            fields.insert(key.to_owned(), Value::Array(list));
        }
    };
    some("inputs", r.inputs.iter().map(dataset).collect());
    some("model_inputs", r.model_inputs.iter().map(|m| json!({"model_id": m.model_id})).collect());
    some(
        "model_outputs",
        r.outputs.iter().map(|m| json!({"model_id": m.model_id, "step": m.step})).collect(),
    );
    value
}

fn latest(m: &MetricSummary) -> (String, Value) {
    let last = m.last;
    (m.key.clone(), json!({"value": repr(last.value), "step": last.step, "timestamp": last.timestamp}))
}

fn dataset(d: &DatasetInput) -> Value {
    json!({
        "name": d.name,
        "digest": d.digest,
        "source_type": d.source_type,
        "source": d.source,
        "schema": d.schema,
        "profile": d.profile,
        "tags": pairs(&d.tags),
    })
}

fn history(h: &History) -> Value {
    let finite = h.values.iter().copied().filter(|v| v.is_finite());
    let mut value = json!({
        "n": h.len(),
        "sum": repr(fsum(finite)),
        "min_step": h.steps.iter().min(),
        "max_step": h.steps.iter().max(),
        "first_ts": h.timestamps.iter().min(),
        "last_ts": h.timestamps.iter().max(),
        "hash": hash(h),
    });
    let mut some = |key: &str, test: fn(f64) -> bool| {
        let count = h.values.iter().filter(|&&v| test(v)).count();
        if let (Value::Object(fields), 1..) = (&mut value, count) {
            fields.insert(key.to_owned(), json!(count));
        }
    };
    some("nan", f64::is_nan);
    some("posinf", |v| v == f64::INFINITY);
    some("neginf", |v| v == f64::NEG_INFINITY);
    value
}

/// SHA-256 of the sorted lines `step:timestamp:bits`.
fn hash(h: &History) -> String {
    let line =
        |p: runatlas_core::model::Point| format!("{}:{}:{:016x}", p.step, p.timestamp, p.value.to_bits());
    let mut lines: Vec<String> = h.iter().map(line).collect();
    lines.sort_unstable();
    Sha256::digest(lines.join("\n")).iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn registered_model(m: &RegisteredModel) -> Map<String, Value> {
    let value = json!({
        "name": m.name,
        "description": m.description,
        "tags": pairs(&m.tags),
        "aliases": pairs(&m.aliases),
        "creation_timestamp": m.creation_timestamp,
        "last_updated_timestamp": m.last_updated_timestamp,
    });
    if let Value::Object(fields) = value { fields } else { Map::new() }
}

fn version(v: &ModelVersion) -> Value {
    json!({
        "version": v.version,
        "run_id": v.run_id,
        "source": v.source,
        "status": v.status,
        "current_stage": v.current_stage,
        "description": v.description,
        "tags": pairs(&v.tags),
        "creation_timestamp": v.creation_timestamp,
    })
}

fn logged_model(m: &LoggedModel) -> Value {
    let metrics: Vec<Value> = m.metrics.iter().map(model_metric).collect();
    json!({
        "experiment_id": m.experiment_id,
        "name": m.name,
        "source_run_id": m.source_run_id,
        "status": m.status,
        "model_type": m.model_type,
        "params": pairs(&m.params),
        "tags": pairs(&m.tags),
        "metrics": metrics,
    })
}

fn model_metric(m: &runatlas_core::model::ModelMetric) -> Value {
    let dataset = (!m.dataset_name.is_empty()).then(|| json!([m.dataset_name, m.dataset_digest]));
    json!({
        "key": m.key,
        "value": repr(m.point.value),
        "step": m.point.step,
        "timestamp": m.point.timestamp,
        "run_id": m.run_id,
        "dataset": dataset,
    })
}

fn pairs(pairs: &Pairs) -> Value {
    Value::Object(pairs.iter().map(|(key, value)| (key.clone(), json!(value))).collect())
}
