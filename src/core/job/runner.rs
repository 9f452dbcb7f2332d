use std::collections::VecDeque;

use super::{ImportJob, LargeArchive, LargeArchives, report::ReportBuilder};
use crate::{
    format,
    model::{Counts, ImportReport, Note, SourceKind},
    read::{
        Progress, ReadOptions, Record, Step, StoreReader, Tree,
        discover::{Discovery, FoundStore, StoreKind, discover},
        zip::ZipLimits,
    },
};

/// Reads the stores of a tree one after the other, in bounded steps.
pub struct ImportRunner {
    waiting: VecDeque<FoundStore>,
    options: ReadOptions,
    /// A name for a store that has none of its own.
    fallback_name: String,
    /// What was noticed before any store was read; goes with the first store that opens.
    notes: Vec<Note>,
    index: u32,
    current: Option<Current>,
}

struct Current {
    reader: Box<dyn StoreReader>,
    report: ReportBuilder,
}

/// Where a source that is imported again came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// Its kind.
    pub kind: SourceKind,
    /// Its place within what was dropped.
    pub path: &'a str,
}

/// A store that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreInfo {
    /// Which of the stores, from 0.
    pub index: u32,
    /// Its kind.
    pub kind: SourceKind,
    /// Its place within what was dropped; empty for its root.
    pub path: String,
    /// A name to propose.
    pub name: String,
}

/// What a call of [`ImportRunner::advance`] did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Advance {
    /// A store was opened; its records follow.
    Began(StoreInfo),
    /// A store could not be opened; the next one follows.
    Unreadable(Note),
    /// Records were appended.
    Read(Progress),
    /// Records may have been appended, and they are the store's last.
    StoreDone(Box<ImportReport>),
    /// There is no other store.
    Finished,
}

/// Why nothing is imported.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ImportError {
    /// No store is in there.
    #[error("{}", nothing_found(file_name, notes))]
    NothingFound {
        /// What was dropped.
        file_name: String,
        /// What was seen instead.
        notes: Vec<Note>,
    },
    /// A person must say what to do with large archives.
    #[error("{}", too_large(.0))]
    TooLarge(Vec<LargeArchive>),
    /// A source is imported again from files that hold several stores, none of them at its place.
    #[error(
        "{file_name} holds {stores} MLflow stores, and none of them at \"{path}\": drop the one to merge"
    )]
    SeveralStores {
        /// What was dropped.
        file_name: String,
        /// How many stores it holds.
        stores: usize,
        /// Where the source's store was.
        path: String,
    },
}

impl ImportRunner {
    /// Looks through the tree. `again` is where the source came from that is imported again.
    pub fn new(tree: &Tree, job: &ImportJob, again: Option<Origin<'_>>) -> Result<Self, ImportError> {
        let limits = match job.large_archives {
            LargeArchives::Read => ZipLimits::UNLIMITED,
            LargeArchives::Ask | LargeArchives::Skip => ZipLimits::default(),
        };
        let Discovery { mut stores, mut notes, too_large } = discover(tree, limits);
        notes.splice(0..0, job.notes.iter().cloned());
        let too_large: Vec<_> = too_large.into_iter().map(LargeArchive::from).collect();
        if !too_large.is_empty() {
            if job.large_archives == LargeArchives::Ask {
                return Err(ImportError::TooLarge(too_large));
            }
            notes.extend(too_large.iter().map(LargeArchive::skipped));
        }
        if stores.is_empty() {
            return Err(ImportError::NothingFound { file_name: job.file_name.clone(), notes });
        }
        if let Some(origin) = again {
            keep_one(&mut stores, origin, &job.file_name)?;
        }
        let options = job.read_options();
        let fallback_name = stem(&job.file_name).to_owned();
        Ok(Self { waiting: stores.into(), options, fallback_name, notes, index: 0, current: None })
    }

    /// How many stores are still to be opened.
    pub fn waiting(&self) -> usize {
        self.waiting.len()
    }

    /// What has been read of the current store so far.
    pub fn counts(&self) -> Counts {
        self.current.as_ref().map(|current| *current.report.counts()).unwrap_or_default()
    }

    /// Does the next bounded piece of work and appends what it read to `out`.
    pub fn advance(&mut self, out: &mut Vec<Record>) -> Advance {
        let Some(current) = &mut self.current else {
            return self.open_next(out);
        };
        let before = out.len();
        let step = current.reader.step(out);
        for record in out.iter().skip(before) {
            current.report.add(record);
        }
        match step {
            Step::More(progress) => Advance::Read(progress),
            Step::Done => Advance::StoreDone(Box::new(self.report())),
        }
    }

    /// Leaves the current store where it is, and all that wait: what it reported so far.
    pub fn stop(&mut self) -> ImportReport {
        self.waiting.clear();
        self.report()
    }

    fn report(&mut self) -> ImportReport {
        self.current.take().map(|current| current.report.finish()).unwrap_or_default()
    }

    fn open_next(&mut self, out: &mut Vec<Record>) -> Advance {
        let Some(store) = self.waiting.pop_front() else {
            return Advance::Finished;
        };
        let index = self.index;
        self.index += 1;
        let reader = match store.open(self.options) {
            Ok(reader) => reader,
            Err(error) => return Advance::Unreadable(Note::skipped(store.path, error.to_string())),
        };
        let mut report = ReportBuilder::default();
        for note in self.notes.drain(..) {
            let record = Record::Note(note);
            report.add(&record);
            out.push(record);
        }
        self.current = Some(Current { reader, report });
        let name = if store.label.is_empty() { self.fallback_name.clone() } else { store.label };
        Advance::Began(StoreInfo { index, kind: store.kind.into(), path: store.path, name })
    }
}

impl From<StoreKind> for SourceKind {
    fn from(kind: StoreKind) -> Self {
        match kind {
            StoreKind::Files => Self::Mlruns,
            StoreKind::Database => Self::Database,
        }
    }
}

fn keep_one(stores: &mut Vec<FoundStore>, origin: Origin<'_>, file_name: &str) -> Result<(), ImportError> {
    if stores.len() == 1 {
        return Ok(());
    }
    let found = stores.len();
    stores.retain(|store| SourceKind::from(store.kind) == origin.kind && store.path == origin.path);
    if stores.is_empty() {
        let path = origin.path.to_owned();
        return Err(ImportError::SeveralStores { file_name: file_name.to_owned(), stores: found, path });
    }
    stores.truncate(1);
    Ok(())
}

/// The name without what says its format.
fn stem(file_name: &str) -> &str {
    let known = ["zip", "db", "sqlite", "sqlite3"];
    match file_name.rsplit_once('.') {
        Some((stem, format)) if !stem.is_empty() && known.contains(&format.to_ascii_lowercase().as_str()) => {
            stem
        }
        _ => file_name,
    }
}

fn nothing_found(file_name: &str, notes: &[Note]) -> String {
    let mut text = format!("no MLflow runs were found in {file_name}");
    for (at, note) in notes.iter().take(3).enumerate() {
        text.push_str(if at == 0 { ": " } else { "; " });
        // Its name was said.
        if !note.path.is_empty() && note.path != file_name {
            text.push_str(&note.path);
            text.push_str(": ");
        }
        text.push_str(&note.reason);
    }
    text
}

fn too_large(archives: &[LargeArchive]) -> String {
    let names: Vec<String> = archives
        .iter()
        .map(|a| {
            let files = format::count(a.entries, "file", "files");
            format!("{} unpacks to {} in {files}", a.path, format::bytes(a.bytes))
        })
        .collect();
    names.join("; ")
}
