use serde::{Deserialize, Serialize};

use super::{Millis, Pairs, Point};

/// A registered model: a name with versions.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RegisteredModel {
    /// Unique in its store.
    pub name: String,
    /// Free text.
    pub description: String,
    /// Sorted by key.
    pub tags: Pairs,
    /// (alias, version), sorted by alias.
    pub aliases: Pairs,
    /// When it was made.
    pub creation_timestamp: Option<Millis>,
    /// When it, or a version of it, last changed.
    pub last_updated_timestamp: Option<Millis>,
}

/// One version of a registered model.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ModelVersion {
    /// The registered model.
    pub name: String,
    /// A whole number, kept as text as MLflow's answers have it.
    pub version: String,
    /// The run that made it; may be empty.
    pub run_id: String,
    /// Where its files are.
    pub source: String,
    /// `READY`, `PENDING_REGISTRATION`, `FAILED_REGISTRATION`.
    pub status: String,
    /// More about the status.
    pub status_message: String,
    /// `None` (as a word), `Staging`, `Production`, `Archived`.
    pub current_stage: String,
    /// Free text.
    pub description: String,
    /// Who registered it.
    pub user_id: String,
    /// Sorted by key.
    pub tags: Pairs,
    /// A link to the run, if one was given.
    pub run_link: String,
    /// When it was made.
    pub creation_timestamp: Option<Millis>,
    /// When it last changed.
    pub last_updated_timestamp: Option<Millis>,
    /// MLflow 3: the logged model `m-…` that it was made from.
    pub model_id: Option<String>,
}

/// A logged model (MLflow 3): a model as a run wrote it, before any registration.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct LoggedModel {
    /// `m-…`
    pub id: String,
    /// The experiment that holds it.
    pub experiment_id: String,
    /// As logged.
    pub name: String,
    /// Where its files are.
    pub artifact_location: String,
    /// When it was made.
    pub creation_timestamp: Option<Millis>,
    /// When it last changed.
    pub last_updated_timestamp: Option<Millis>,
    /// The run that wrote it; may be empty.
    pub source_run_id: String,
    /// MLflow's word: `READY`, `PENDING`, `FAILED`, ….
    pub status: String,
    /// More about the status.
    pub status_message: String,
    /// `model`, `agent`, … or empty.
    pub model_type: String,
    /// Active or in the bin (`deleted`).
    pub lifecycle: super::Lifecycle,
    /// Sorted by key.
    pub params: Pairs,
    /// Sorted by key.
    pub tags: Pairs,
    /// Metrics tied to the model, as logged.
    pub metrics: Vec<ModelMetric>,
}

/// A metric value tied to a logged model.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ModelMetric {
    /// The metric's key.
    pub key: String,
    /// Step, time and value.
    pub point: Point,
    /// The run that logged it.
    pub run_id: String,
    /// The dataset it was measured on, or empty.
    pub dataset_name: String,
    /// That dataset's digest, or empty.
    pub dataset_digest: String,
}
