//! The store, in a database of its own for each test.

mod faults;
mod sample;

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use runatlas::web::store::{Changed, HistoryKey, Store};
use runatlas_core::{
    job::ingest::{Batch, Ingest},
    model::{ArtifactFile, ArtifactOwner, Counts, ImportReport, Note, NoteKind, Source, SourceState},
    read::Record,
};
use wasm_bindgen_test::wasm_bindgen_test;

use sample::{everything, history, run};

/// A store that no other test, nor an earlier run, has seen.
pub(crate) async fn fresh() -> (String, Store) {
    let name = format!("test {}", js_sys::Math::random());
    let store = Store::open_named(&name).await.unwrap();
    (name, store)
}

fn source(id: &str) -> Source {
    Source { id: id.into(), name: format!("Source {id}"), added: 1, ..Source::default() }
}

/// Imports records as one batch.
async fn import(store: &Store, id: &str, records: Vec<Record>) -> Source {
    let begun = store.begin_import(&source(id)).await.unwrap();
    let ingest = RefCell::new(Ingest::new(begun.imports));
    let mut batch = Batch::default();
    ingest.borrow_mut().take(records, &mut batch);
    store.write(id, &ingest, batch).await.unwrap();
    store.finish_import(id, SourceState::Complete, ImportReport::default()).await.unwrap()
}

fn key(source: &str, run: &str, metric: &str) -> HistoryKey {
    HistoryKey { source: source.into(), run: run.into(), metric: metric.into() }
}

#[wasm_bindgen_test]
async fn everything_comes_back() {
    let (name, store) = fresh().await;
    import(&store, "s", everything()).await;
    drop(store);
    let store = Store::open_named(&name).await.unwrap();

    let sources = store.sources().await.unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!(sources[0].state, SourceState::Complete);
    let expected = Counts {
        experiments: 2,
        runs: 3,
        metrics: 3,
        points: 5003,
        artifacts: 2,
        logged_models: 1,
        registered_models: 1,
        model_versions: 2,
    };
    assert_eq!(sources[0].counts, expected);
    assert!(sources[0].bytes > 40_000, "{} bytes", sources[0].bytes);

    let experiments = store.experiments("s").await.unwrap();
    assert_eq!(experiments.iter().map(|e| e.id.as_str()).collect::<Vec<_>>(), ["1", "12"]);
    let runs = store.runs("s", "1").await.unwrap();
    assert_eq!(runs.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(runs[0].param("lr"), Some("0.1"));
    let contents = store.contents(&sources).await.unwrap();
    assert_eq!(contents.len(), 1);
    let counts: Vec<_> = contents[0].experiments.iter().map(|(e, runs)| (e.id.as_str(), *runs)).collect();
    assert_eq!(counts, [("1", 2), ("12", 1)]);
    assert_eq!(contents[0].models.len(), 1);
    assert_eq!(store.run("s", "c").await.unwrap().unwrap().experiment_id, "12");
    assert_eq!(store.run("s", "none").await.unwrap(), None);

    let owner = ArtifactOwner::Run("a".into());
    assert_eq!(store.artifacts("s", &owner).await.unwrap().len(), 2);
    assert_eq!(store.artifact_file("s", &owner, "dir/x.txt").await.unwrap().unwrap(), b"text");
    assert_eq!(store.artifact_file("s", &owner, "large.bin").await.unwrap(), None);
    assert_eq!(store.logged_models("s").await.unwrap().len(), 1);
    assert_eq!(store.registered_models("s").await.unwrap()[0].name, "R");
    let versions = store.model_versions("s").await.unwrap();
    assert_eq!(versions.iter().map(|v| v.version.as_str()).collect::<Vec<_>>(), ["2", "10"]);
    assert_eq!(store.notes("s").await.unwrap()[0].kind, NoteKind::Skipped);
}

#[wasm_bindgen_test]
async fn some_runs_are_read_wherever_they_are() {
    let (_, store) = fresh().await;
    import(&store, "s", everything()).await;
    let ids = ["c", "none", "a"].map(str::to_owned);
    let mut found: Vec<(String, String)> = store
        .some_runs("s", &ids)
        .await
        .unwrap()
        .into_iter()
        .map(|run| (run.id, run.experiment_id))
        .collect();
    found.sort();
    let expected = [("a", "1"), ("c", "12")].map(|(run, of)| (run.to_owned(), of.to_owned()));
    assert_eq!(found, expected);
    assert!(store.some_runs("s", &[]).await.unwrap().is_empty());
    assert!(store.some_runs("gone", &ids).await.unwrap().is_empty());
}

/// Other tabs hear which runs were written, so that they need not read all again.
#[wasm_bindgen_test]
async fn what_was_written_is_told_by_run() {
    let (name, store) = fresh().await;
    let other = Store::open_named(&name).await.unwrap();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let listener = other.on_changed({
        let heard = Rc::clone(&heard);
        move |changed| heard.borrow_mut().push(changed)
    });
    assert!(listener.is_some());
    let runs = ["a", "b"].map(str::to_owned);
    store.announce_runs("s", &runs);
    store.announce_runs("s", &[]);
    for _ in 0..100 {
        if !heard.borrow().is_empty() {
            break;
        }
        runatlas::web::sleep_millis(20).await;
    }
    let expected = [Changed { source: "s".to_owned(), runs: Some(runs.to_vec()) }];
    assert_eq!(*heard.borrow(), expected);
}

/// A source that was asked and had nothing new says when; one that is gone cannot.
#[wasm_bindgen_test]
async fn a_source_says_when_it_was_asked_last() {
    let (_, store) = fresh().await;
    store.add_source(&source("s")).await.unwrap();
    let before = store.source("s").await.unwrap().unwrap();
    assert_eq!((before.updated, before.imports), (0, 0));
    store.touch("s").await.unwrap();
    let after = store.source("s").await.unwrap().unwrap();
    assert!(after.updated > 0);
    assert_eq!(Source { updated: 0, ..after }, before);
    assert!(store.touch("gone").await.is_err());
}

/// A file that its server hands out when it is opened: entry, bytes and space change together, and
/// the source does not count as read again.
#[wasm_bindgen_test]
async fn a_file_that_comes_later_is_kept() {
    let (_, store) = fresh().await;
    let before = import(&store, "s", everything()).await;
    let owner = ArtifactOwner::Run("a".into());
    let file = |bytes: usize| ArtifactFile {
        owner: ArtifactOwner::Run("a".into()),
        path: "large.bin".into(),
        bytes: vec![7; bytes],
    };
    let after = store.keep_file("s", file(5000)).await.unwrap().source;
    assert_eq!(store.artifact_file("s", &owner, "large.bin").await.unwrap().unwrap(), vec![7; 5000]);
    let entries = store.artifacts("s", &owner).await.unwrap();
    let large = entries.iter().find(|entry| entry.path == "large.bin").unwrap();
    assert_eq!((entries.len(), large.size, large.kept), (2, 5000, true));
    assert_eq!((after.counts, after.updated, after.state), (before.counts, before.updated, before.state));
    assert!((5000..5100).contains(&(after.bytes - before.bytes)), "{} bytes", after.bytes - before.bytes);
    assert_eq!(store.all_artifacts("s").await.unwrap(), entries);

    let smaller = store.keep_file("s", file(1000)).await.unwrap().source;
    assert_eq!(smaller.bytes + 4000, after.bytes, "the replaced bytes are free again");
    assert!(store.keep_file("gone", file(1)).await.is_err());
}

#[wasm_bindgen_test]
async fn histories_keep_every_bit() {
    let (_, store) = fresh().await;
    import(&store, "s", everything()).await;
    let keys = [key("s", "b", "odd"), key("s", "a", "loss"), key("s", "a", "none"), key("s", "x", "y")];
    let found = store.histories(&keys).await.unwrap();
    let odd = found[0].as_ref().unwrap();
    let bits: Vec<u64> = odd.values.iter().map(|value| value.to_bits()).collect();
    assert_eq!(bits, [0x7ff8_0000_0000_0123, (-0.0f64).to_bits(), f64::NEG_INFINITY.to_bits()]);
    assert_eq!(odd.steps, [i64::MIN, 0, i64::MAX]);
    assert_eq!(found[1].as_ref().unwrap().len(), 4999);
    assert!(found[2].is_none() && found[3].is_none());
    assert!(store.histories(&[]).await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn deleting_a_source_leaves_its_neighbours() {
    let (_, store) = fresh().await;
    for id in ["s", "s1", "r", "t"] {
        import(&store, id, everything()).await;
    }
    store.delete_source("s").await.unwrap();
    let left: Vec<String> = store.sources().await.unwrap().into_iter().map(|source| source.id).collect();
    assert_eq!(left, ["r", "s1", "t"]);
    assert!(store.runs("s", "1").await.unwrap().is_empty());
    assert!(store.experiments("s").await.unwrap().is_empty());
    assert!(store.notes("s").await.unwrap().is_empty());
    assert!(store.histories(&[key("s", "a", "loss")]).await.unwrap()[0].is_none());
    for id in ["s1", "r", "t"] {
        assert_eq!(store.runs(id, "1").await.unwrap().len(), 2, "{id}");
        assert!(store.histories(&[key(id, "a", "loss")]).await.unwrap()[0].is_some(), "{id}");
    }
    store.delete_source("never there").await.unwrap();
}

#[wasm_bindgen_test]
async fn importing_again_merges_without_duplicates() {
    let (_, store) = fresh().await;
    let first = import(&store, "s", everything()).await;
    let again = import(&store, "s", everything()).await;
    assert_eq!((again.counts, again.imports, again.bytes), (first.counts, 2, first.bytes));
    assert_eq!(store.notes("s").await.unwrap().len(), 1, "notes of the first import are gone");

    let longer = history([(4999, 9.0)]);
    let grown = import(&store, "s", run("1", "a", &[("loss", longer)])).await;
    assert_eq!(grown.counts.points, first.counts.points + 1);
    let found = store.histories(&[key("s", "a", "loss")]).await.unwrap();
    assert_eq!(found[0].as_ref().unwrap().len(), 5000);
    assert_eq!(store.run("s", "a").await.unwrap().unwrap().metric("loss").unwrap().last.value, 9.0);
}

#[wasm_bindgen_test]
async fn an_interrupted_import_is_marked_and_can_be_finished() {
    let (name, store) = fresh().await;
    store.begin_import(&source("s")).await.unwrap();
    let ingest = RefCell::new(Ingest::new(1));
    let mut batch = Batch::default();
    ingest.borrow_mut().take(run("1", "a", &[("loss", history([(0, 1.0)]))]), &mut batch);
    store.write("s", &ingest, batch).await.unwrap();
    // The tab is closed here.
    drop(store);
    let store = Store::open_named(&name).await.unwrap();
    let interrupted = store.source("s").await.unwrap().unwrap();
    assert_eq!((interrupted.state, interrupted.counts.points), (SourceState::Importing, 1));
    assert!(store.histories(&[key("s", "a", "loss")]).await.unwrap()[0].is_some());
    let finished = import(&store, "s", everything()).await;
    assert_eq!((finished.state, finished.imports), (SourceState::Complete, 2));
    assert_eq!(finished.counts.runs, 3);
}

#[wasm_bindgen_test]
async fn renaming_keeps_everything_else() {
    let (_, store) = fresh().await;
    let before = import(&store, "s", everything()).await;
    store.rename_source("s", "Other").await.unwrap();
    assert_eq!(store.source("s").await.unwrap().unwrap(), Source { name: "Other".into(), ..before });
}

#[wasm_bindgen_test]
async fn settings_and_views_are_kept() {
    let (_, store) = fresh().await;
    assert_eq!(store.setting("k").await.unwrap(), None);
    store.set_setting("k", Some("{\"a\":1}")).await.unwrap();
    assert_eq!(store.setting("k").await.unwrap().as_deref(), Some("{\"a\":1}"));
    store.set_setting("k", None).await.unwrap();
    assert_eq!(store.setting("k").await.unwrap(), None);
    store.set_view("2", Some("b")).await.unwrap();
    store.set_view("1", Some("a")).await.unwrap();
    store.set_view("3", Some("c")).await.unwrap();
    store.set_view("2", None).await.unwrap();
    assert_eq!(store.views().await.unwrap(), [("1".into(), "a".into()), ("3".into(), "c".into())]);
}

#[wasm_bindgen_test]
async fn other_tabs_hear_of_changes() {
    let (name, store) = fresh().await;
    let other = Store::open_named(&name).await.unwrap();
    let heard = Rc::new(RefCell::new(Vec::new()));
    let hears = Rc::clone(&heard);
    let _listener = other.on_changed(move |source| hears.borrow_mut().push(source)).unwrap();
    import(&store, "s", everything()).await;
    store.delete_source("s").await.unwrap();
    gloo_timers::future::TimeoutFuture::new(100).await;
    let heard = heard.borrow();
    assert!(heard.len() >= 3 && heard.iter().all(|changed| changed.source == "s"), "{heard:?}");
}

#[wasm_bindgen_test]
async fn space_is_told() {
    let (_, store) = fresh().await;
    let space = store.space().await.expect("Chromium tells");
    assert!(space.quota > space.used);
}

/// The time that a table waits for its rows. Not a bench: it guards against a slip of ten times.
#[wasm_bindgen_test]
async fn ten_thousand_runs_load_at_once() {
    let (_, store) = fresh().await;
    let records = (0..10_000).flat_map(|at| run("1", &format!("run {at:05}"), &[("m", history([(0, 1.0)]))]));
    import(&store, "s", records.collect()).await;
    let begun = js_sys::Date::now();
    let longest = Rc::new(Cell::new(0.0f64));
    let runs = store.runs("s", "1").await.unwrap();
    let took = js_sys::Date::now() - begun;
    assert_eq!(runs.len(), 10_000);
    wasm_bindgen_test::console_log!("10,000 runs in {took} ms");
    assert!(took < 5_000.0, "{took} ms");
    drop(longest);
}

#[wasm_bindgen_test]
async fn notes_come_back_in_order() {
    let (_, store) = fresh().await;
    let begun = store.begin_import(&source("s")).await.unwrap();
    let ingest = RefCell::new(Ingest::new(begun.imports));
    for block in 0..12 {
        let mut batch = Batch::default();
        ingest.borrow_mut().take(vec![Record::Note(Note::info(block.to_string(), "why"))], &mut batch);
        store.write("s", &ingest, batch).await.unwrap();
    }
    let paths: Vec<String> = store.notes("s").await.unwrap().into_iter().map(|note| note.path).collect();
    assert_eq!(paths, (0..12).map(|at: i32| at.to_string()).collect::<Vec<_>>());
}
