use super::{SourceRun, StatusTone, has_words, status_words};
use crate::{
    format,
    model::{Lifecycle, LoggedModel, Millis, ModelMetric, ModelVersion, Run},
};

/// The logged models of a source.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LoggedRows {
    /// Newest first.
    pub rows: Vec<LoggedRow>,
    /// How many the search leaves that are in the bin, whether they are listed or not.
    pub deleted: usize,
}

/// A logged model.
#[derive(Debug, Clone, PartialEq)]
pub struct LoggedRow {
    /// `m-…`
    pub id: String,
    /// As logged; the id if it has no name.
    pub name: String,
    /// `agent`, …, or empty.
    pub kind: String,
    /// `Ready`, `Pending`, `Failed`.
    pub status: String,
    /// How the status is marked.
    pub tone: StatusTone,
    /// More about the status; empty if there is no more.
    pub status_message: String,
    /// In the bin: MLflow's own client does not list it.
    pub deleted: bool,
    /// The run that wrote it.
    pub run: SourceRun,
    /// The step at which the run wrote it, where the run says so.
    pub step: Option<i64>,
    /// When it was made.
    pub created: Option<Millis>,
    /// As logged.
    pub params: Vec<(String, String)>,
    /// People's tags; MLflow's own are left out.
    pub tags: Vec<(String, String)>,
    /// Metrics tied to it.
    pub metrics: Vec<LoggedMetric>,
    /// Registered versions made from it: (name, version).
    pub versions: Vec<(String, String)>,
    /// Where its files are.
    pub location: String,
}

/// A metric tied to a logged model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoggedMetric {
    /// The key.
    pub key: String,
    /// The value, rounded as in tables.
    pub value: String,
    /// The exact value and its step.
    pub title: String,
    /// The dataset it was measured on with its digest, or empty.
    pub dataset: String,
}

/// The logged models as far as the search leaves them, newest first; those in the bin only if
/// `deleted`. The search's words may be in name, id, type, run, params or tags.
pub fn logged_rows(
    models: &[LoggedModel],
    versions: &[ModelVersion],
    runs: &[Run],
    search: &str,
    deleted: bool,
) -> LoggedRows {
    let all = models.iter().map(|model| row(model, versions, runs));
    let mut rows: Vec<LoggedRow> = all.filter(|row| is_wanted(row, search)).collect();
    let count = rows.iter().filter(|row| row.deleted).count();
    rows.retain(|row| deleted || !row.deleted);
    rows.sort_by(|a, b| b.created.cmp(&a.created).then_with(|| a.id.cmp(&b.id)));
    LoggedRows { rows, deleted: count }
}

fn row(model: &LoggedModel, versions: &[ModelVersion], runs: &[Run]) -> LoggedRow {
    let (status, tone) = status_words(&model.status);
    let run = runs.iter().find(|run| run.id == model.source_run_id);
    let output = run.and_then(|run| run.outputs.iter().find(|link| link.model_id == model.id));
    let made = versions.iter().filter(|version| version.model_id.as_deref() == Some(model.id.as_str()));
    LoggedRow {
        id: model.id.clone(),
        name: if model.name.is_empty() { model.id.clone() } else { model.name.clone() },
        kind: model.model_type.clone(),
        status,
        tone,
        status_message: model.status_message.clone(),
        deleted: model.lifecycle == Lifecycle::Deleted,
        run: SourceRun::find(&model.source_run_id, runs),
        step: output.map(|link| link.step),
        created: model.creation_timestamp,
        params: model.params.clone(),
        tags: model.tags.iter().filter(|(key, _)| !crate::table::tags::is_system(key)).cloned().collect(),
        metrics: model.metrics.iter().map(metric).collect(),
        versions: made.map(|version| (version.name.clone(), version.version.clone())).collect(),
        location: model.artifact_location.clone(),
    }
}

fn metric(metric: &ModelMetric) -> LoggedMetric {
    let value = metric.point.value;
    let dataset = match (metric.dataset_name.as_str(), metric.dataset_digest.as_str()) {
        ("", "") => String::new(),
        (name, "") => name.to_owned(),
        ("", digest) => digest.to_owned(),
        (name, digest) => format!("{name} ({digest})"),
    };
    LoggedMetric {
        key: metric.key.clone(),
        value: format::metric(value),
        title: format!("{} at step {}", format::exact(value), format::integer(metric.point.step)),
        dataset,
    }
}

fn is_wanted(row: &LoggedRow, search: &str) -> bool {
    let mut texts = vec![row.name.as_str(), row.id.as_str(), row.kind.as_str(), row.run.name()];
    for (key, value) in row.params.iter().chain(&row.tags).chain(&row.versions) {
        texts.extend([key.as_str(), value.as_str()]);
    }
    has_words(search, &texts)
}
