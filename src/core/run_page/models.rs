use crate::model::{LoggedModel, ModelVersion, RegisteredModel, Run};

/// A model that the run wrote or read, and the versions made from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelRow {
    /// As logged: `model`.
    pub name: String,
    /// `m-…` in MLflow 3; `None` for a version whose model is not known otherwise.
    pub model_id: Option<String>,
    /// The run read it, rather than wrote it.
    pub input: bool,
    /// `READY`, ….
    pub status: String,
    /// Registered versions.
    pub versions: Vec<AliasedVersion>,
}

/// A registered version with its aliases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasedVersion {
    /// The registered model.
    pub name: String,
    /// The version.
    pub version: String,
    /// `Staging`, `Production`, `Archived`, or empty.
    pub stage: String,
    /// Aliases that point at this version.
    pub aliases: Vec<String>,
}

/// The models of a run: logged models it wrote or read, and registered versions that name the run
/// or one of these models.
pub fn model_rows(
    _run: &Run,
    _logged: &[LoggedModel],
    _versions: &[ModelVersion],
    _registered: &[RegisteredModel],
) -> Vec<ModelRow> {
    Vec::new()
}
