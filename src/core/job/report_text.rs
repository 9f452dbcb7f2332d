use std::fmt::Write as _;

use crate::{
    format::{self, Clock},
    model::{Counts, Note, NoteKind, Source},
};

/// What an import brought, in the order in which a report lists it: words for one and for many, and
/// how many; nothing of which there is none.
pub fn count_words(read: &Counts) -> Vec<(&'static str, u64)> {
    let all = [
        ("experiment", "experiments", read.experiments),
        ("run", "runs", read.runs),
        ("metric", "metrics", read.metrics),
        ("point", "points", read.points),
        ("artifact", "artifacts", read.artifacts),
        ("logged model", "logged models", read.logged_models),
        ("registered model", "registered models", read.registered_models),
        ("model version", "model versions", read.model_versions),
    ];
    let some = all.into_iter().filter(|(.., count)| *count > 0);
    some.map(|(one, many, count)| (if count == 1 { one } else { many }, count)).collect()
}

/// A report as plain text, every note in full, for a mail or an issue.
pub fn report_text(source: &Source, notes: &[Note], clock: &Clock<'_>) -> String {
    let counts = count_words(&source.report.read);
    let read: Vec<String> =
        counts.iter().map(|(what, count)| format!("{} {what}", format::unsigned(*count))).collect();
    let read = if read.is_empty() { "nothing".to_owned() } else { read.join(", ") };
    let mut text = format!(
        "Runatlas import report: {}\nFile: {}\nRead: {}\nBrought: {read}\n",
        source.name,
        source.file_name,
        clock.date_time(source.updated),
    );
    for (kind, word) in
        [(NoteKind::Skipped, "Skipped"), (NoteKind::Repaired, "Repaired"), (NoteKind::Info, "Noted")]
    {
        let mine: Vec<&Note> = notes.iter().filter(|note| note.kind == kind).collect();
        if mine.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{word}: {}", format::unsigned(mine.len() as u64));
        for note in mine {
            let path = if note.path.is_empty() { String::new() } else { format!("{}: ", note.path) };
            let _ = writeln!(text, "- {path}{}", note.reason);
        }
    }
    text
}
