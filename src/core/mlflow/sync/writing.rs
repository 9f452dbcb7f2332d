//! When what came is handed out for storing.

use super::{Action, Sync, files::BYTES_A_WRITE};
use crate::{model::Millis, read::Record};

/// Between two writes, in milliseconds.
const WRITE_EVERY: i64 = 500;
/// So many points are written at once, whenever they came.
const POINTS_A_WRITE: usize = 250_000;

impl Sync {
    pub(super) fn write(&mut self, now: bool, actions: &mut Vec<Action>) {
        let full = self.book.waiting_points() >= POINTS_A_WRITE || self.files.waiting_bytes >= BYTES_A_WRITE;
        let due = self.write_time().is_some_and(|time| time <= self.now());
        if !(now || full || due) {
            return;
        }
        let mut records = std::mem::take(&mut self.out);
        self.files.waiting_bytes = 0;
        self.book.give_out(&mut records);
        let cursor = self.cursor.to_bytes();
        if records.is_empty() && cursor == self.written_cursor {
            return;
        }
        for record in &records {
            self.count(record);
        }
        self.report.read.runs = self.book.written();
        self.last_write = Some(self.now());
        self.written_cursor.clone_from(&cursor);
        actions.push(Action::Write { records, cursor });
    }

    /// When what waits is to be written; `None` when nothing waits.
    pub(super) fn write_time(&self) -> Option<Millis> {
        let waits = !self.out.is_empty() || self.book.is_dirty();
        // The first rows wait for nothing.
        let last = self.last_write.filter(|_| self.book.written() > 0 || !self.book.is_dirty());
        waits.then(|| last.map_or(Millis::MIN, |last| last.saturating_add(WRITE_EVERY)))
    }

    fn count(&mut self, record: &Record) {
        let read = &mut self.report.read;
        match record {
            Record::Experiment(_) => read.experiments += 1,
            Record::History { history, .. } => {
                read.metrics += 1;
                read.points += history.len() as u64;
            }
            // One that is kept was counted when it was listed.
            Record::Artifact(entry) => read.artifacts += u64::from(!entry.kept),
            Record::LoggedModel(_) => read.logged_models += 1,
            Record::RegisteredModel(_) => read.registered_models += 1,
            Record::ModelVersion(_) => read.model_versions += 1,
            Record::Run(_) | Record::ArtifactFile(_) | Record::Note(_) => {}
        }
    }
}
