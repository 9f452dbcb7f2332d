use std::collections::BTreeMap;

use crate::{
    model::{ImportReport, Note, NoteGroup, NoteKind},
    read::Record,
};

/// Counts records and groups notes while a store is read.
#[derive(Debug, Default)]
pub struct ReportBuilder {
    report: ImportReport,
    groups: BTreeMap<(NoteKind, String), NoteGroup>,
}

/// Beyond this many different reasons, further ones are only counted.
const MAX_REASONS: usize = 1000;

impl ReportBuilder {
    /// Counts a record, or takes a note into its group.
    pub fn add(&mut self, record: &Record) {
        let read = &mut self.report.read;
        match record {
            Record::Experiment(_) => read.experiments += 1,
            Record::Run(_) => read.runs += 1,
            Record::History { history, .. } => {
                read.metrics += 1;
                read.points += history.len() as u64;
            }
            Record::Artifact(_) => read.artifacts += 1,
            Record::ArtifactFile(_) => {}
            Record::LoggedModel(_) => read.logged_models += 1,
            Record::RegisteredModel(_) => read.registered_models += 1,
            Record::ModelVersion(_) => read.model_versions += 1,
            Record::Note(note) => self.add_note(note),
        }
    }

    fn add_note(&mut self, note: &Note) {
        match note.kind {
            NoteKind::Skipped => self.report.skipped += 1,
            NoteKind::Repaired => self.report.repaired += 1,
            NoteKind::Info => self.report.infos += 1,
        }
        let key = (note.kind, pattern(&note.reason));
        if self.groups.len() >= MAX_REASONS && !self.groups.contains_key(&key) {
            return;
        }
        let group = self.groups.entry(key).or_insert_with(|| NoteGroup {
            kind: note.kind,
            reason: note.reason.clone(),
            count: 0,
            paths: Vec::new(),
        });
        group.count += 1;
        if group.paths.len() < ImportReport::MAX_PATHS {
            group.paths.push(note.path.clone());
        }
    }

    /// What was read so far.
    pub fn counts(&self) -> &crate::model::Counts {
        &self.report.read
    }

    /// The report, its groups in order.
    pub fn finish(mut self) -> ImportReport {
        let mut groups: Vec<NoteGroup> = self.groups.into_values().collect();
        groups.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.count.cmp(&a.count)));
        groups.truncate(ImportReport::MAX_GROUPS);
        self.report.groups = groups;
        self.report
    }
}

/// What reasons have in common that differ only in numbers or in what they quote:
/// "line 3 has 2 columns" and "line 4 has 1 columns" belong together.
fn pattern(reason: &str) -> String {
    let mut out = String::with_capacity(reason.len());
    let mut closing = None;
    for char in reason.chars() {
        if let Some(quote) = closing {
            if char == quote {
                closing = None;
            }
            continue;
        }
        closing = match char {
            '"' | '`' => Some(char),
            '“' => Some('”'),
            _ => None,
        };
        let char = if char.is_ascii_digit() { '0' } else { char };
        if char != '0' || !out.ends_with('0') {
            out.push(char);
        }
    }
    out
}
