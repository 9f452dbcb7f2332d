use serde::Deserialize;

use super::{
    Page, WireError,
    lenient::{Int, Pair, Text, pairs, quote_bare_words},
    next, parse,
    run::MetricWire,
};
use crate::model::{Experiment, Lifecycle, LoggedModel, ModelMetric};

/// Decodes `experiments/search`.
pub fn experiments(body: &[u8]) -> Result<Page<Experiment>, WireError> {
    let wire: ExperimentsWire = parse(body)?;
    let items = wire.experiments.into_iter().map(ExperimentWire::into_experiment);
    Ok(Page { items: items.filter(|e| !e.id.is_empty()).collect(), next: next(wire.next_page_token) })
}

/// Decodes `experiments/get`.
pub fn experiment(body: &[u8]) -> Result<Experiment, WireError> {
    let wire: OneWire = parse(body)?;
    Ok(wire.experiment.into_experiment())
}

#[derive(Deserialize)]
struct ExperimentsWire {
    #[serde(default)]
    experiments: Vec<ExperimentWire>,
    next_page_token: Option<String>,
}

#[derive(Deserialize)]
struct OneWire {
    experiment: ExperimentWire,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ExperimentWire {
    experiment_id: Text,
    name: Text,
    artifact_location: Text,
    lifecycle_stage: Text,
    creation_time: Option<Int>,
    last_update_time: Option<Int>,
    tags: Vec<Pair>,
}

impl ExperimentWire {
    fn into_experiment(self) -> Experiment {
        Experiment {
            id: self.experiment_id.0,
            name: self.name.0,
            artifact_location: self.artifact_location.0,
            lifecycle: Lifecycle::from_mlflow(&self.lifecycle_stage.0),
            creation_time: self.creation_time.map(|time| time.0),
            last_update_time: self.last_update_time.map(|time| time.0),
            tags: pairs(self.tags),
        }
    }
}

/// Decodes `logged-models/search` (MLflow 3), which never answers deleted ones.
pub fn logged_models(body: &[u8]) -> Result<Page<LoggedModel>, WireError> {
    let wire: ModelsWire = parse(&quote_bare_words(body))?;
    let items = wire.models.into_iter().map(ModelWire::into_model);
    Ok(Page { items: items.filter(|m| !m.id.is_empty()).collect(), next: next(wire.next_page_token) })
}

#[derive(Deserialize)]
struct ModelsWire {
    #[serde(default)]
    models: Vec<ModelWire>,
    next_page_token: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ModelWire {
    info: InfoWire,
    data: DataWire,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InfoWire {
    model_id: Text,
    experiment_id: Text,
    name: Text,
    creation_timestamp_ms: Option<Int>,
    last_updated_timestamp_ms: Option<Int>,
    artifact_uri: Text,
    status: Text,
    status_message: Text,
    model_type: Text,
    source_run_id: Text,
    tags: Vec<Pair>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct DataWire {
    params: Vec<Pair>,
    metrics: Vec<MetricWire>,
}

impl ModelWire {
    fn into_model(self) -> LoggedModel {
        let info = self.info;
        LoggedModel {
            id: info.model_id.0,
            experiment_id: info.experiment_id.0,
            name: info.name.0,
            artifact_location: info.artifact_uri.0,
            creation_timestamp: info.creation_timestamp_ms.map(|time| time.0),
            last_updated_timestamp: info.last_updated_timestamp_ms.map(|time| time.0),
            source_run_id: info.source_run_id.0,
            status: status(&info.status.0),
            status_message: info.status_message.0,
            model_type: info.model_type.0,
            lifecycle: Lifecycle::Active,
            params: pairs(self.data.params),
            tags: pairs(info.tags),
            metrics: self.data.metrics.into_iter().map(model_metric).collect(),
        }
    }
}

/// The words of the store and the client for those of the wire (`LoggedModelStatus.from_proto`).
fn status(word: &str) -> String {
    let short = match word {
        "LOGGED_MODEL_STATUS_UNSPECIFIED" | "0" => "UNSPECIFIED",
        "LOGGED_MODEL_PENDING" | "1" => "PENDING",
        "LOGGED_MODEL_READY" | "2" => "READY",
        "LOGGED_MODEL_UPLOAD_FAILED" | "3" => "FAILED",
        other => other,
    };
    short.to_owned()
}

fn model_metric(metric: MetricWire) -> ModelMetric {
    ModelMetric {
        point: metric.point(),
        key: metric.key.0,
        run_id: metric.run_id.0,
        dataset_name: metric.dataset_name.0,
        dataset_digest: metric.dataset_digest.0,
    }
}
