//! What must hold of everything that was read, whatever it was read from.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
};

use runatlas_core::{
    history::{History, codec},
    job::{
        Advance, ImportJob, ImportRunner, LargeArchives,
        ingest::{Batch, Found, Ingest, Key, Place},
    },
    model::{ArtifactEntry, Counts, ImportReport, Note, Run},
    read::{ReadOptions, Record, Tree},
};

/// Imports all that is in a tree as the worker does, and checks it. Gives the number of stores.
pub(crate) fn import(tree: &Tree, most_steps: u64) -> usize {
    let job = ImportJob {
        file_name: "dropped".to_owned(),
        large_archives: LargeArchives::Skip,
        keep_artifacts_up_to: Some(2000),
        ..ImportJob::default()
    };
    let mut runner = match ImportRunner::new(tree, &job, None) {
        Ok(runner) => runner,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return 0;
        }
    };
    let (mut stores, mut records) = (0, Vec::new());
    for _ in 0..most_steps {
        match runner.advance(&mut records) {
            Advance::Began(_) => stores += 1,
            Advance::Unreadable(note) => check_note(&note),
            Advance::Read(_) => {}
            Advance::StoreDone(report) => check(std::mem::take(&mut records), &report, job.read_options()),
            Advance::Finished => return stores,
        }
    }
    panic!("the import does not end within {most_steps} steps");
}

/// One store's records, against its report, the model's promises, and the store in the browser.
fn check(records: Vec<Record>, report: &ImportReport, options: ReadOptions) {
    let counts = Cell::new(Counts::default());
    let mut points: BTreeMap<(String, String), Vec<u64>> = BTreeMap::new();
    for record in &records {
        count(record, &counts);
        match record {
            Record::History { run_id, key, history } => {
                check_history(history);
                points.entry((run_id.clone(), key.clone())).or_default().push(history.len() as u64);
            }
            Record::Run(run) => check_run(run, &points),
            Record::Artifact(entry) => check_path(entry),
            Record::ArtifactFile(file) => assert!(file.bytes.len() as u64 <= options.keep_artifacts_up_to),
            Record::Note(note) => check_note(note),
            _ => {}
        }
    }
    assert_eq!(counts.get(), report.read, "the report counts what was read");
    check_ingest(records);
}

fn count(record: &Record, counts: &Cell<Counts>) {
    let mut now = counts.get();
    match record {
        Record::Experiment(_) => now.experiments += 1,
        Record::Run(_) => now.runs += 1,
        Record::History { history, .. } => {
            now.metrics += 1;
            now.points += history.len() as u64;
        }
        Record::Artifact(_) => now.artifacts += 1,
        Record::LoggedModel(_) => now.logged_models += 1,
        Record::RegisteredModel(_) => now.registered_models += 1,
        Record::ModelVersion(_) => now.model_versions += 1,
        Record::ArtifactFile(_) | Record::Note(_) => {}
    }
    counts.set(now);
}

/// Columns of one length, in canonical order, the same after a trip through the codec.
pub(crate) fn check_history(history: &History) {
    assert!(
        !history.is_empty()
            && history.steps.len() == history.len()
            && history.timestamps.len() == history.len()
    );
    let order: Vec<_> = history.iter().map(|point| (point.step, point.timestamp)).collect();
    assert!(order.is_sorted(), "points are in order");
    let back = codec::decode(&codec::encode(history)).unwrap();
    assert_eq!(bits(&back), bits(history), "the codec keeps every bit");
}

/// Points that compare bit for bit.
pub(crate) fn bits(history: &History) -> Vec<(i64, i64, u64)> {
    history.iter().map(|point| (point.step, point.timestamp, point.value.to_bits())).collect()
}

fn check_run(run: &Run, points: &BTreeMap<(String, String), Vec<u64>>) {
    assert!(!run.id.is_empty(), "a run has an id");
    let keys: Vec<&String> = run.metrics.iter().map(|metric| &metric.key).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "metrics are sorted, each once: {keys:?}");
    for pairs in [&run.params, &run.tags] {
        assert!(pairs.is_sorted_by(|a, b| a.0 < b.0), "pairs are sorted, each once: {pairs:?}");
    }
    for metric in &run.metrics {
        let counts = points.get(&(run.id.clone(), metric.key.clone())).cloned().unwrap_or_default();
        // A database may know the latest value of a metric whose points are lost.
        let is_pointless = metric.count == 0 && counts.is_empty();
        assert!(
            is_pointless || counts.contains(&metric.count),
            "{}: {} points, {counts:?} came before the run",
            metric.key,
            metric.count
        );
    }
}

fn check_path(entry: &ArtifactEntry) {
    let bad = |part: &str| matches!(part, "" | "." | "..");
    assert!(!entry.path.split('/').any(bad), "an artifact's path stays below its root: {:?}", entry.path);
}

fn check_note(note: &Note) {
    assert!(!note.reason.is_empty(), "a note gives its reason: {note:?}");
    assert!(
        note.reason.len() < 1100 && note.path.len() < 2100,
        "a note is for people: {} bytes",
        note.reason.len()
    );
}

/// The store in the browser takes it, and takes it again without anything twice.
fn check_ingest(records: Vec<Record>) {
    let mut kept = Kept::default();
    kept.import(records.clone());
    let (counts, keys) = (kept.counts, kept.keys());
    kept.import(records);
    assert_eq!(kept.counts, counts, "a second import adds nothing");
    assert_eq!(kept.keys(), keys, "a second import puts nothing elsewhere");
}

#[derive(Default)]
struct Kept {
    entries: Found,
    counts: Counts,
    imports: u32,
}

impl Kept {
    fn import(&mut self, records: Vec<Record>) {
        self.imports += 1;
        let mut ingest = Ingest::new(self.imports);
        let mut records = records.into_iter();
        loop {
            let some: Vec<Record> = records.by_ref().take(50).collect();
            if some.is_empty() {
                break;
            }
            let mut batch = Batch::default();
            ingest.take(some, &mut batch);
            let wanted = ingest.wants(&batch).into_iter();
            let found =
                wanted.filter_map(|key| Some((key.clone(), self.entries.get(&key)?.clone()))).collect();
            let writes = ingest.write(batch, &found).unwrap();
            self.counts = writes.counts.apply(&self.counts);
            self.entries.extend(writes.puts);
        }
    }

    fn keys(&self) -> BTreeSet<Key> {
        self.entries.keys().filter(|key| key.place != Place::Notes).cloned().collect()
    }
}
