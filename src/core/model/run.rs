use serde::{Deserialize, Serialize};

use super::{Lifecycle, Millis, Pairs};

/// MLflow's tag that holds the id of the run that started this one.
pub const PARENT_TAG: &str = "mlflow.parentRunId";

/// MLflow's run status. File stores write it as the number beside each variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub enum RunStatus {
    /// 1
    #[default]
    Running,
    /// 2
    Scheduled,
    /// 3
    Finished,
    /// 4
    Failed,
    /// 5
    Killed,
}

impl RunStatus {
    /// MLflow's own word, e.g. `FINISHED`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "RUNNING",
            Self::Scheduled => "SCHEDULED",
            Self::Finished => "FINISHED",
            Self::Failed => "FAILED",
            Self::Killed => "KILLED",
        }
    }

    /// Whether the run goes on, or is still to begin.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Running | Self::Scheduled)
    }

    /// Reads MLflow's word or its number; `None` for anything else.
    pub fn from_mlflow(text: &str) -> Option<Self> {
        Some(match text {
            "RUNNING" | "1" => Self::Running,
            "SCHEDULED" | "2" => Self::Scheduled,
            "FINISHED" | "3" => Self::Finished,
            "FAILED" | "4" => Self::Failed,
            "KILLED" | "5" => Self::Killed,
            _ => return None,
        })
    }
}

/// One logged value of a metric.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// MLflow's step: any i64, often all 0 when the logger never set it.
    pub step: i64,
    /// When it was logged.
    pub timestamp: Millis,
    /// Any f64, NaN and the infinities among them.
    pub value: f64,
}

/// What a table needs to know of a metric without decoding its history.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetricSummary {
    /// The metric's key; may contain `/`, spaces, any text.
    pub key: String,
    /// MLflow's latest point: the greatest (step, timestamp, value), not the last one written.
    pub last: Point,
    /// The point with the lowest step.
    pub first: Point,
    /// How many points the history has, NaN and infinities included.
    pub count: u64,
    /// Least finite value and its step; `None` when no value is finite.
    pub min: Option<(f64, i64)>,
    /// Greatest finite value and its step; `None` when no value is finite.
    pub max: Option<(f64, i64)>,
    /// Sum of the finite values.
    pub sum: f64,
    /// How many values are NaN or infinite.
    pub non_finite: u64,
    /// Step of the first value that is NaN or infinite.
    pub first_non_finite_step: Option<i64>,
}

/// A dataset that a run used.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct DatasetInput {
    /// As logged.
    pub name: String,
    /// Short hash over the data, as MLflow computed it.
    pub digest: String,
    /// `local`, `hugging_face`, `code`, …
    pub source_type: String,
    /// JSON text that locates the data.
    pub source: String,
    /// JSON text of the columns.
    pub schema: Option<String>,
    /// JSON text with row counts and the like.
    pub profile: Option<String>,
    /// Tags of the link between run and dataset; `mlflow.data.context` says training, eval, ….
    pub tags: Pairs,
}

/// A logged model that a run read or wrote (MLflow 3).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ModelLink {
    /// `m-…`
    pub model_id: String,
    /// Step at which an output was written.
    pub step: i64,
}

/// An MLflow run with all that is small; histories and artifacts are kept apart.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Run {
    /// 32 hex digits, or any text in stores that other tools wrote.
    pub id: String,
    /// The experiment that holds it.
    pub experiment_id: String,
    /// May be empty: MLflow 1.x runs often have no name.
    pub name: String,
    /// As logged; a crashed run may say RUNNING for ever.
    pub status: RunStatus,
    /// When it started.
    pub start_time: Option<Millis>,
    /// `None` while it runs.
    pub end_time: Option<Millis>,
    /// Active or in the bin.
    pub lifecycle: Lifecycle,
    /// When it was deleted, where the store says so.
    pub deleted_time: Option<Millis>,
    /// Any URI, seldom reachable from here.
    pub artifact_uri: String,
    /// Who ran it.
    pub user_id: String,
    /// Sorted by key, values exactly as logged.
    pub params: Pairs,
    /// Sorted by key, values exactly as logged.
    pub tags: Pairs,
    /// Sorted by key.
    pub metrics: Vec<MetricSummary>,
    /// Datasets used.
    pub inputs: Vec<DatasetInput>,
    /// Logged models read.
    pub model_inputs: Vec<ModelLink>,
    /// Logged models written.
    pub outputs: Vec<ModelLink>,
    /// Something of this run could not be read: a later, whole copy may replace it,
    /// but it never replaces a whole copy.
    pub damaged: bool,
}

impl Run {
    /// A tag's value.
    pub fn tag(&self, key: &str) -> Option<&str> {
        find(&self.tags, key)
    }

    /// A param's value.
    pub fn param(&self, key: &str) -> Option<&str> {
        find(&self.params, key)
    }

    /// A metric's summary.
    pub fn metric(&self, key: &str) -> Option<&MetricSummary> {
        let at = self.metrics.binary_search_by(|m| m.key.as_str().cmp(key)).ok()?;
        self.metrics.get(at)
    }

    /// The run that started this one, from [`PARENT_TAG`].
    pub fn parent_id(&self) -> Option<&str> {
        self.tag(PARENT_TAG).filter(|id| !id.is_empty())
    }

    /// The name for people: the run's own, else the tag `mlflow.runName` of MLflow 1.x, else the
    /// first eight characters of its id.
    pub fn display_name(&self) -> &str {
        if !self.name.is_empty() {
            return &self.name;
        }
        match self.tag("mlflow.runName") {
            Some(name) if !name.is_empty() => name,
            _ => self.id.get(..8).unwrap_or(&self.id),
        }
    }

    /// How long it ran, in milliseconds; `None` without both ends or when they are the wrong way round.
    pub fn duration_millis(&self) -> Option<i64> {
        let millis = self.end_time?.checked_sub(self.start_time?)?;
        (millis >= 0).then_some(millis)
    }
}

fn find<'a>(pairs: &'a Pairs, key: &str) -> Option<&'a str> {
    let at = pairs.binary_search_by(|(k, _)| k.as_str().cmp(key)).ok()?;
    pairs.get(at).map(|(_, value)| value.as_str())
}
