use serde::Deserialize;

use super::{
    Page, WireError,
    lenient::{Double, Int, Pair, Text, pairs, quote_bare_words},
    next, parse,
};
use crate::model::{DatasetInput, Lifecycle, MetricSummary, ModelLink, Note, Point, Run, RunStatus};

/// A run as `runs/search` tells of it: all but the histories.
#[derive(Debug, Clone, PartialEq)]
pub struct RunOnServer {
    /// Its metrics hold only the latest point: [`MetricSummary::count`] is 0.
    pub run: Run,
    /// What was read around.
    pub note: Option<Note>,
}

/// Decodes `runs/search`. A run without an id is left out: nothing can belong to it.
pub fn runs(body: &[u8]) -> Result<Page<RunOnServer>, WireError> {
    let wire: RunsWire = parse(&quote_bare_words(body))?;
    let items = wire.runs.into_iter().map(RunWire::into_run).filter(|found| !found.run.id.is_empty());
    Ok(Page { items: items.collect(), next: next(wire.next_page_token) })
}

/// Decodes `runs/get`; `None` for a run without an id.
pub fn run(body: &[u8]) -> Result<Option<RunOnServer>, WireError> {
    let wire: OneWire = parse(&quote_bare_words(body))?;
    Ok(Some(wire.run.into_run()).filter(|found| !found.run.id.is_empty()))
}

#[derive(Deserialize)]
struct OneWire {
    run: RunWire,
}

#[derive(Deserialize)]
struct RunsWire {
    #[serde(default)]
    runs: Vec<RunWire>,
    next_page_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct RunWire {
    info: InfoWire,
    data: DataWire,
    inputs: InputsWire,
    outputs: OutputsWire,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InfoWire {
    run_id: Text,
    run_uuid: Text,
    run_name: Text,
    experiment_id: Text,
    user_id: Text,
    status: Text,
    start_time: Option<Int>,
    end_time: Option<Int>,
    artifact_uri: Text,
    lifecycle_stage: Text,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DataWire {
    metrics: Vec<MetricWire>,
    params: Vec<Pair>,
    tags: Vec<Pair>,
}

/// MLflow's message `Metric`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct MetricWire {
    pub(super) key: Text,
    pub(super) value: Double,
    pub(super) timestamp: Int,
    pub(super) step: Int,
    pub(super) run_id: Text,
    pub(super) dataset_name: Text,
    pub(super) dataset_digest: Text,
}

impl MetricWire {
    pub(super) fn point(&self) -> Point {
        Point { step: self.step.0, timestamp: self.timestamp.0, value: self.value.0 }
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InputsWire {
    dataset_inputs: Vec<DatasetInputWire>,
    model_inputs: Vec<ModelWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct OutputsWire {
    model_outputs: Vec<ModelWire>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DatasetInputWire {
    tags: Vec<Pair>,
    dataset: DatasetWire,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DatasetWire {
    name: Text,
    digest: Text,
    source_type: Text,
    source: Text,
    schema: Option<Text>,
    profile: Option<Text>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModelWire {
    model_id: Text,
    step: Int,
}

impl RunWire {
    fn into_run(self) -> RunOnServer {
        let info = self.info;
        // Both are sent; servers before MLflow 1.0 know only the second.
        let id = if info.run_id.0.is_empty() { info.run_uuid.0 } else { info.run_id.0 };
        let status = RunStatus::from_mlflow(&info.status.0);
        let note = status.is_none().then(|| {
            let reason = format!("its status {:?} is none of MLflow's and counts as RUNNING", info.status.0);
            Note::repaired(format!("run {id}"), reason)
        });
        let mut run = Run {
            id,
            experiment_id: info.experiment_id.0,
            name: info.run_name.0,
            status: status.unwrap_or_default(),
            start_time: info.start_time.map(|time| time.0),
            end_time: info.end_time.map(|time| time.0),
            lifecycle: Lifecycle::from_mlflow(&info.lifecycle_stage.0),
            artifact_uri: info.artifact_uri.0,
            user_id: info.user_id.0,
            params: pairs(self.data.params),
            tags: pairs(self.data.tags),
            metrics: latest(self.data.metrics),
            inputs: self.inputs.dataset_inputs.into_iter().map(DatasetInputWire::into_input).collect(),
            model_inputs: links(self.inputs.model_inputs),
            outputs: links(self.outputs.model_outputs),
            ..Run::default()
        };
        // MLflow 1.x answers no name for runs that have it in their tag only.
        if run.name.is_empty()
            && let Some(name) = run.tag("mlflow.runName").map(str::to_owned)
        {
            run.name = name;
        }
        RunOnServer { run, note }
    }
}

fn latest(metrics: Vec<MetricWire>) -> Vec<MetricSummary> {
    let mut all: Vec<MetricSummary> = metrics
        .into_iter()
        .map(|metric| {
            let point = metric.point();
            MetricSummary { key: metric.key.0, last: point, first: point, ..MetricSummary::default() }
        })
        .collect();
    all.sort_by(|a, b| a.key.cmp(&b.key));
    all.dedup_by(|later, earlier| later.key == earlier.key);
    all
}

fn links(models: Vec<ModelWire>) -> Vec<ModelLink> {
    models.into_iter().map(|model| ModelLink { model_id: model.model_id.0, step: model.step.0 }).collect()
}

impl DatasetInputWire {
    fn into_input(self) -> DatasetInput {
        let dataset = self.dataset;
        DatasetInput {
            name: dataset.name.0,
            digest: dataset.digest.0,
            source_type: dataset.source_type.0,
            source: dataset.source.0,
            schema: dataset.schema.map(|text| text.0),
            profile: dataset.profile.map(|text| text.0),
            tags: pairs(self.tags),
        }
    }
}
