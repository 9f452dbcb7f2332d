use std::{cell::RefCell, collections::BTreeMap};

use proptest::prelude::*;
use runatlas_core::{
    history::{History, codec, merge::merge},
    job::ingest::{Batch, Found, Ingest, Key, Place, unpack},
    model::{
        ArtifactEntry, ArtifactFile, ArtifactOwner, Counts, Experiment, LoggedModel, ModelVersion, Note,
        Point, RegisteredModel, Run,
        stored::{decode, encode},
    },
    read::Record,
};

/// A store of one source, as the browser keeps it.
#[derive(Default)]
struct Kept {
    entries: Found,
    counts: Counts,
    bytes: u64,
    imports: u32,
    /// How many entries the last import put.
    puts: usize,
}

impl Kept {
    /// Imports records, a transaction after every `at_once` of them.
    fn import(&mut self, records: Vec<Record>, at_once: usize) {
        self.imports += 1;
        self.puts = 0;
        let ingest = RefCell::new(Ingest::new(self.imports));
        let mut batch = Batch::default();
        for some in records.chunks(at_once) {
            ingest.borrow_mut().take(some.to_vec(), &mut batch);
            self.write(&ingest, std::mem::take(&mut batch));
        }
        self.check_sums();
    }

    fn write(&mut self, ingest: &RefCell<Ingest>, batch: Batch) {
        let wants = ingest.borrow().wants(&batch);
        let found = wants
            .into_iter()
            .filter_map(|key| Some((key.clone(), self.entries.get(&key)?.clone())))
            .collect();
        let writes = ingest.borrow_mut().write(batch, &found).unwrap();
        self.counts = writes.counts.apply(&self.counts);
        self.bytes = self.bytes.checked_add_signed(writes.bytes).expect("never less than nothing");
        self.puts += writes.puts.len();
        self.entries.extend(writes.puts);
    }

    /// What was counted on the way is what lies there.
    #[track_caller]
    fn check_sums(&self) {
        let bytes: usize = self.entries.iter().map(|(key, value)| value.len() + key_size(key)).sum();
        assert_eq!(self.bytes, bytes as u64, "bytes");
        let runs: Vec<Run> = self.all(Place::Runs);
        let lists: Vec<Vec<ArtifactEntry>> = self.all(Place::Artifacts);
        let counted = Counts {
            experiments: self.all::<Experiment>(Place::Experiments).len() as u64,
            runs: runs.len() as u64,
            metrics: runs.iter().map(|run| run.metrics.len() as u64).sum(),
            points: runs.iter().flat_map(|run| &run.metrics).map(|metric| metric.count).sum(),
            artifacts: lists.iter().map(|list| list.len() as u64).sum(),
            logged_models: self.all::<LoggedModel>(Place::LoggedModels).len() as u64,
            registered_models: self.all::<RegisteredModel>(Place::RegisteredModels).len() as u64,
            model_versions: self.all::<ModelVersion>(Place::Versions).len() as u64,
        };
        assert_eq!(self.counts, counted, "counts");
        for run in &runs {
            for metric in &run.metrics {
                let history = self.history(&run.id, &metric.key).expect("a history for every summary");
                // As bytes, for NaN equals nothing.
                let summary = encode(&history.summary(&metric.key).unwrap()).unwrap();
                assert_eq!(summary, encode(metric).unwrap(), "the summary of the history");
            }
        }
    }

    fn all<T: serde::de::DeserializeOwned>(&self, place: Place) -> Vec<T> {
        self.entries
            .iter()
            .filter(|(key, _)| key.place == place)
            .map(|(_, bytes)| decode(bytes).unwrap())
            .collect()
    }

    fn get<T: serde::de::DeserializeOwned>(&self, key: &Key) -> T {
        decode(&self.entries[key]).unwrap()
    }

    fn history(&self, run: &str, metric: &str) -> Option<History> {
        let large = self.entries.get(&Key::history(run, metric)).cloned();
        let small = || unpack(self.entries.get(&Key::histories(run))?, metric).unwrap();
        let packed = small();
        assert!(large.is_none() || packed.is_none(), "a history lies in one place");
        large.or(packed).map(|block| codec::decode(&block).unwrap())
    }
}

fn key_size(key: &Key) -> usize {
    key.parts.iter().map(|part| part.len() + 2).sum()
}

fn history(points: impl IntoIterator<Item = (i64, f64)>) -> History {
    let mut history: History =
        points.into_iter().map(|(step, value)| Point { step, timestamp: 1000 + step, value }).collect();
    history.sort();
    history
}

/// A run with its histories before it, as readers give them.
fn run_records(experiment: &str, id: &str, metrics: &BTreeMap<String, History>) -> Vec<Record> {
    let mut records: Vec<Record> = metrics
        .iter()
        .map(|(key, history)| Record::History {
            run_id: id.into(),
            key: key.clone(),
            history: history.clone(),
        })
        .collect();
    records.push(Record::Run(Box::new(Run {
        id: id.into(),
        experiment_id: experiment.into(),
        metrics: metrics.iter().filter_map(|(key, history)| history.summary(key)).collect(),
        ..Run::default()
    })));
    records
}

fn metrics<const N: usize>(histories: [(&str, History); N]) -> BTreeMap<String, History> {
    histories.map(|(key, history)| (key.to_owned(), history)).into()
}

/// Values that do not compress.
fn noise(length: i64) -> History {
    history((0..length).map(|step| (step, (step as f64 * 12.9898).sin() * 43758.5453)))
}

fn everything() -> Vec<Record> {
    let owner = ArtifactOwner::Run("a".into());
    let mut records =
        vec![Record::Experiment(Experiment { id: "1".into(), name: "E".into(), ..Experiment::default() })];
    records.extend(run_records("1", "a", &metrics([("loss", noise(1000)), ("one", history([(0, 0.5)]))])));
    records.extend(run_records("1", "b", &metrics([("nan", history([(0, f64::NAN), (1, -0.0)]))])));
    records.push(Record::Artifact(ArtifactEntry {
        owner: owner.clone(),
        path: "x/y.txt".into(),
        size: 3,
        kept: true,
    }));
    records.push(Record::ArtifactFile(ArtifactFile { owner, path: "x/y.txt".into(), bytes: b"abc".into() }));
    records.push(Record::LoggedModel(Box::new(LoggedModel { id: "m-1".into(), ..LoggedModel::default() })));
    records.push(Record::RegisteredModel(RegisteredModel { name: "R".into(), ..RegisteredModel::default() }));
    let version = ModelVersion { name: "R".into(), version: "1".into(), ..ModelVersion::default() };
    records.push(Record::ModelVersion(Box::new(version)));
    records.push(Record::Note(Note::skipped("p", "why")));
    records
}

#[test]
fn everything_comes_back() {
    let mut kept = Kept::default();
    kept.import(everything(), usize::MAX);
    let expected = Counts {
        experiments: 1,
        runs: 2,
        metrics: 3,
        points: 1003,
        artifacts: 1,
        logged_models: 1,
        registered_models: 1,
        model_versions: 1,
    };
    assert_eq!(kept.counts, expected);
    assert_eq!(kept.get::<Experiment>(&Key::experiment("1")).name, "E");
    assert_eq!(kept.entries[&Key::run_place("b")], b"1");
    assert_eq!(kept.entries[&Key::artifact_file("a", "x/y.txt")], b"abc");
    assert_eq!(kept.get::<Vec<Note>>(&Key::notes(1, 0)), [Note::skipped("p", "why")]);
    assert_eq!(kept.history("a", "loss").unwrap().values, noise(1000).values);
    assert!(kept.history("b", "nan").unwrap().values[0].is_nan());
}

#[test]
fn small_histories_of_a_run_share_one_entry() {
    let many: BTreeMap<String, History> =
        (0..200).map(|at| (format!("metric {at}"), history([(at, at as f64)]))).collect();
    let mut kept = Kept::default();
    kept.import(run_records("1", "a", &many), usize::MAX);
    assert_eq!(kept.entries.keys().filter(|key| key.place == Place::Histories).count(), 1);
    kept.import(run_records("1", "a", &metrics([("metric 7", noise(1000))])), usize::MAX);
    assert_eq!(
        kept.entries.keys().filter(|key| key.place == Place::Histories).count(),
        2,
        "it outgrew the pack"
    );
    assert_eq!(kept.history("a", "metric 7").unwrap().len(), 1001);
    assert_eq!(kept.counts.points, 1200);
}

#[test]
fn importing_the_same_again_changes_nothing() {
    let mut kept = Kept::default();
    kept.import(everything(), usize::MAX);
    let (entries, counts) = (kept.entries.clone(), kept.counts);
    kept.import(everything(), usize::MAX);
    assert_eq!(kept.counts, counts);
    kept.entries.remove(&Key::notes(2, 0)).expect("notes of the second import");
    assert_eq!(kept.entries, entries);
    assert!(kept.puts <= 2, "only notes and artifact bytes are written: {}", kept.puts);
}

#[test]
fn a_run_that_went_on_grows() {
    let mut kept = Kept::default();
    kept.import(run_records("1", "a", &metrics([("loss", history([(0, 3.0), (1, 2.0)]))])), usize::MAX);
    let longer = history([(1, 2.0), (2, 1.0)]);
    kept.import(
        run_records("1", "a", &metrics([("acc", history([(0, 0.5)])), ("loss", longer)])),
        usize::MAX,
    );
    assert_eq!(kept.history("a", "loss").unwrap().values, [3.0, 2.0, 1.0]);
    let run: Run = kept.get(&Key::run("1", "a"));
    assert_eq!(run.metric("loss").unwrap().count, 3);
    assert_eq!(run.metric("loss").unwrap().max, Some((3.0, 0)));
    assert_eq!(kept.counts.points, 4);
}

#[test]
fn a_run_that_lies_twice_in_a_store_is_one() {
    let (first, second) = (history([(0, 1.0)]), history([(5, 2.0)]));
    for at_once in [1, 2, 3, 100] {
        let mut kept = Kept::default();
        let mut records = run_records("1", "a", &metrics([("loss", first.clone())]));
        records.extend(run_records("1", "a", &metrics([("loss", second.clone())])));
        kept.import(records, at_once);
        assert_eq!(kept.counts.runs, 1);
        assert_eq!(kept.history("a", "loss").unwrap().values, [1.0, 2.0], "{at_once} at once");
    }
}

#[test]
fn artifact_bytes_that_are_replaced_are_counted_once() {
    let owner = ArtifactOwner::Run("a".into());
    let with = |bytes: &[u8]| {
        let entry =
            ArtifactEntry { owner: owner.clone(), path: "f".into(), size: bytes.len() as u64, kept: true };
        let file = ArtifactFile { owner: owner.clone(), path: "f".into(), bytes: bytes.into() };
        vec![Record::Artifact(entry), Record::ArtifactFile(file)]
    };
    let mut kept = Kept::default();
    for bytes in [&b"four"[..], b"", b"longer than before", b"x"] {
        kept.import(with(bytes), usize::MAX);
        assert_eq!(kept.entries[&Key::artifact_file("a", "f")], bytes);
    }
}

#[test]
fn a_stored_run_that_does_not_decode_any_more_is_replaced() {
    let records = || run_records("1", "a", &metrics([("loss", noise(20))]));
    let mut kept = Kept::default();
    kept.import(records(), usize::MAX);
    let broken = kept.entries.get_mut(&Key::run("1", "a")).unwrap();
    kept.bytes -= broken.len() as u64 - 2;
    *broken = vec![1, 255];
    (kept.counts.runs, kept.counts.metrics, kept.counts.points) = (0, 0, 0);
    kept.bytes -=
        (kept.entries.remove(&Key::run_place("a")).unwrap().len() + key_size(&Key::run_place("a"))) as u64;
    kept.import(records(), usize::MAX);
    assert_eq!(kept.counts.points, 20);
}

fn any_history() -> impl Strategy<Value = History> {
    prop::collection::vec((0i64..40, prop_oneof![-2.0..2.0f64, Just(f64::NAN), Just(-0.0)]), 1..60)
        .prop_map(history)
}

fn any_import() -> impl Strategy<Value = Vec<(String, BTreeMap<String, History>)>> {
    let metrics = prop::collection::btree_map("[abc]", prop_oneof![any_history(), Just(noise(300))], 0..3);
    prop::collection::vec(("[rs]", metrics), 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    /// However an import is cut into transactions, the store holds the union of all copies.
    #[test]
    fn the_store_holds_the_union(imports in prop::collection::vec(any_import(), 1..4), at_once in 1usize..12) {
        let mut kept = Kept::default();
        let mut expected: BTreeMap<(String, String), History> = BTreeMap::new();
        for import in imports {
            let records = import.iter().flat_map(|(run, metrics)| run_records("1", run, metrics)).collect();
            kept.import(records, at_once);
            for (run, metrics) in import {
                for (metric, history) in metrics {
                    let all = expected.entry((run.clone(), metric)).or_default();
                    *all = merge(all, &history);
                }
            }
        }
        for ((run, metric), history) in expected {
            let stored = kept.history(&run, &metric).unwrap();
            let bits = |h: &History| h.values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
            prop_assert_eq!(&stored.steps, &history.steps);
            prop_assert_eq!(bits(&stored), bits(&history));
        }
    }
}
