//! MLflow's own tags beside the people's.

/// The note of a run or experiment, in Markdown: MLflow's key, but written by people.
pub const NOTE: &str = "mlflow.note.content";

/// Whether MLflow wrote the tag itself: `mlflow.…`, but not the note.
pub fn is_system(key: &str) -> bool {
    key.starts_with("mlflow.") && key != NOTE
}

/// Whether the tag is machinery, or says what is shown elsewhere: folded away by default.
pub fn is_noise(key: &str) -> bool {
    matches!(
        key,
        "mlflow.log-model.history"
            | "mlflow.modelVersions"
            | "mlflow.runName"
            | "mlflow.user"
            | "mlflow.source.name"
            | "mlflow.source.type"
            | "mlflow.source.git.commit"
            | "mlflow.source.git.branch"
            | "mlflow.rootRunId"
            | "mlflow.artifactLocation"
            | "mlflow.loggedArtifacts"
            | "mlflow.loggedImages"
    )
}
