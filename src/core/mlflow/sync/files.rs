//! Bytes of artifacts, by rule.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Scope, Sync,
    cursor::mark_of_file,
    job::{FileJob, Job},
    plan::FilesPlan,
    verdict::Refusal,
};
use crate::{
    mlflow::{FileRule, is_web_page},
    model::{ArtifactEntry, ArtifactFile, ArtifactOwner, Note},
    read::Record,
};

/// When files under way may have so many bytes, no other is asked for: all of them are in memory.
const IN_MEMORY: u64 = 64_000_000;
/// Files that wait to be written are written at once when they have so many bytes.
pub(super) const BYTES_A_WRITE: u64 = 16_000_000;
/// After so many failures in a row to fetch files from one storage, the others there are not asked for.
const HOPELESS_FILES: u32 = 10;

/// What the rule found, and what became of it.
#[derive(Debug, Default)]
pub(super) struct Files {
    rule: Option<FileRule>,
    /// Sizes of files whose bytes are stored, by owner and path.
    kept: BTreeMap<(String, String), u64>,
    wanted: BTreeMap<(String, String), ArtifactEntry>,
    /// Failures in a row, by storage.
    failures: BTreeMap<String, u32>,
    /// Bytes that wait to be written.
    pub(super) waiting_bytes: u64,
}

impl Files {
    pub(super) fn new(plan: FilesPlan) -> Self {
        let mut files = Self { rule: plan.rule, ..Self::default() };
        if files.rule.is_some() {
            let (kept, missing): (Vec<_>, Vec<_>) = plan.listed.into_iter().partition(|entry| entry.kept);
            files.kept = kept.into_iter().map(|entry| (name(&entry), entry.size)).collect();
            for entry in &missing {
                files.find(entry);
            }
        }
        files
    }

    /// Takes note of a listed file. One that is stored is read again only if its size has changed.
    pub(super) fn find(&mut self, entry: &ArtifactEntry) {
        let Some(rule) = &self.rule else { return };
        if rule.matches(&entry.path, entry.size) && self.kept.get(&name(entry)) != Some(&entry.size) {
            self.wanted.insert(name(entry), entry.clone());
        }
    }
}

impl Sync {
    pub(super) fn plan_files(&mut self) {
        let Some(since) = self.files.rule.as_ref().map(|rule| rule.since) else { return };
        let mut refused = BTreeSet::new();
        for entry in std::mem::take(&mut self.files.wanted).into_values() {
            let mark = mark_of_file(since, &entry);
            if self.cursor.refused.contains(&mark) {
                refused.insert(mark);
                continue;
            }
            self.report.progress.files += 1;
            let storage = self.storage_of(&entry.owner);
            self.queue.push(Job::File(Box::new(FileJob { entry, mark, storage })));
        }
        if self.scope == Scope::All {
            // Others are gone, or were refused to an earlier rule.
            self.cursor.refused = refused;
        }
    }

    /// What the files of an owner share their fate with: `s3://bucket`, or the kind of owner where
    /// nothing is known of the place.
    fn storage_of(&self, owner: &ArtifactOwner) -> String {
        let ArtifactOwner::Run(id) = owner else { return "logged models".to_owned() };
        let uri = self.book.run(id).map(|run| run.artifact_uri.as_str()).unwrap_or_default();
        match uri.split_once("://") {
            Some((scheme, rest)) => {
                format!("{scheme}://{}", rest.split('/').next().unwrap_or_default())
            }
            None => uri.split_once(':').map_or("runs", |(scheme, _)| scheme).to_owned(),
        }
    }

    /// Whether another file may come into memory.
    pub(super) fn has_memory(&self) -> bool {
        self.queue.file_bytes() < IN_MEMORY
    }

    /// Takes in the bytes of a file.
    pub(super) fn take_file(&mut self, job: &FileJob, body: Vec<u8>, content_type: &str) {
        if is_web_page(&job.entry.path, content_type) {
            // A sign-in may have ended: another time it may go well.
            let reason = "a web page came instead of the file".to_owned();
            return self.give_up_file(job, &Refusal { status: 0, reason });
        }
        let size = body.len() as u64;
        self.files.failures.remove(&job.storage);
        self.report.progress.files_done += 1;
        self.report.progress.file_bytes += size;
        self.files.waiting_bytes += size;
        let ArtifactEntry { owner, path, .. } = &job.entry;
        self.out.push(Record::ArtifactFile(ArtifactFile {
            owner: owner.clone(),
            path: path.clone(),
            bytes: body,
        }));
        self.out.push(Record::Artifact(ArtifactEntry { size, kept: true, ..job.entry.clone() }));
    }

    /// Says so, and remembers it if the server has spoken.
    pub(super) fn give_up_file(&mut self, job: &FileJob, refusal: &Refusal) {
        self.report.progress.files_done += 1;
        self.skip(&job.request(), &refusal.reason);
        if refusal.status != 0 {
            self.cursor.refused.insert(job.mark);
        }
        if (400..500).contains(&refusal.status) {
            return;
        }
        self.count_failed_file(&job.storage);
    }

    /// The server may not have the key of a storage.
    pub(super) fn count_failed_file(&mut self, storage: &str) {
        let failures = self.files.failures.entry(storage.to_owned()).or_default();
        *failures += 1;
        if *failures >= HOPELESS_FILES {
            self.without_files_of(storage);
        }
    }

    fn without_files_of(&mut self, storage: &str) {
        let of = |job: &Job| matches!(job, Job::File(file) if file.storage == storage);
        let dropped = self.queue.take_where(of).len() as u64;
        self.report.progress.files_done += dropped;
        if dropped > 0 {
            let reason = format!(
                "the server hands out no file from there; {dropped} others are not asked for this time"
            );
            self.note(Note::skipped(storage, reason));
        }
    }
}

fn name(entry: &ArtifactEntry) -> (String, String) {
    (entry.owner.id().to_owned(), entry.path.clone())
}
