//! Words and pictures for things of the state.

use runatlas_core::{
    format,
    model::{RunStatus, Source, SourceKind, SourceState},
};

/// Lucide's name of a source's picture.
pub fn source_icon(source: &Source) -> &'static str {
    match source.kind {
        SourceKind::Database => "database",
        SourceKind::Server => "server",
        SourceKind::Mlruns if source.demo => "flask-conical",
        SourceKind::Mlruns if is_zip(&source.file_name) => "file-archive",
        SourceKind::Mlruns => "folder",
    }
}

fn is_zip(file_name: &str) -> bool {
    file_name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("zip"))
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
