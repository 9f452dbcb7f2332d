//! Words and pictures for things of the state.

use runatlas_core::{
    format,
    model::{RunStatus, Source, SourceKind, SourceState},
};

/// Lucide's name of a source's picture.
pub fn source_icon(source: &Source) -> &'static str {
    match source.kind {
        SourceKind::Database => "database",
        _ if source.demo => "flask-conical",
        _ if source.file_name.ends_with(".zip") => "file-archive",
        _ => "folder",
    }
}

/// "2 experiments, 154 runs".
pub fn source_counts(source: &Source) -> String {
    format!(
        "{}, {}",
        format::count(source.counts.experiments, "experiment", "experiments"),
        format::count(source.counts.runs, "run", "runs")
    )
}

/// Whether the last import came to its end.
pub fn is_complete(source: &Source) -> bool {
    source.state == SourceState::Complete
}

/// A status in a word for people.
pub fn status(status: RunStatus) -> &'static str {
    match status {
        RunStatus::Running => "Running",
        RunStatus::Scheduled => "Scheduled",
        RunStatus::Finished => "Finished",
        RunStatus::Failed => "Failed",
        RunStatus::Killed => "Killed",
    }
}
