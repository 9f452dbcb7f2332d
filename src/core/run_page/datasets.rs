use crate::model::Run;

/// A dataset that the run used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetRow {
    /// The name.
    pub name: String,
    /// MLflow's short hash.
    pub digest: String,
    /// `training`, `eval`, …, from the tag `mlflow.data.context`; or empty.
    pub context: String,
    /// `126,689 rows`, from the profile, if that says so.
    pub rows: Option<String>,
    /// `12 columns`, from the schema, if that says so.
    pub columns: Option<String>,
    /// `local`, `hugging_face`, ….
    pub source_type: String,
    /// Where it is, shortened from the source's JSON to the address or path in it, if there is one.
    pub source: String,
    /// The JSON texts as logged, for a closer look: (label, text).
    pub details: Vec<(&'static str, String)>,
}

/// The run's datasets, in MLflow's order.
pub fn dataset_rows(_run: &Run) -> Vec<DatasetRow> {
    Vec::new()
}
