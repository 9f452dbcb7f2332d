//! A whole import: files in, events out, and what lies in the store then.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use runatlas::web::{import, store::Store};
use runatlas_core::{
    job::{Event, ImportJob},
    model::SourceState,
    read::{Tree, tree::MemoryTree},
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::store::fresh;

fn runs(folder: &str, count: usize) -> Vec<(String, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let meta = "artifact_location: a\nexperiment_id: '1'\nlifecycle_stage: active\nname: E\n";
    let mut files = vec![(format!("{folder}/1/meta.yaml"), text(meta))];
    for at in 0..count {
        let id = format!("{at:032x}");
        let run = format!("{folder}/1/{id}");
        let meta = format!(
            "run_id: {id}\nrun_uuid: {id}\nrun_name: n\nexperiment_id: '1'\nstatus: 3\nstart_time: 1\n\
             end_time: 2\nlifecycle_stage: active\nartifact_uri: a\nuser_id: u\n"
        );
        files.push((format!("{run}/meta.yaml"), text(&meta)));
        let points: Vec<String> = (0..200).map(|step| format!("{step} {}.5 {step}\n", step * at)).collect();
        files.push((format!("{run}/metrics/loss"), text(&points.concat())));
    }
    files
}

fn job() -> ImportJob {
    ImportJob { file_name: "mine.zip".into(), now: 1, ..ImportJob::default() }
}

async fn drive(
    store: &Store,
    files: Vec<(String, Vec<u8>)>,
    job: &ImportJob,
    cancel_at: Option<&str>,
) -> Vec<Event> {
    let tree: Tree = Rc::new(MemoryTree::new(files));
    let (events, cancelled) = (RefCell::new(Vec::new()), Cell::new(false));
    let emit = |event: Event| {
        if cancel_at.is_some_and(|at| format!("{event:?}").starts_with(at)) {
            cancelled.set(true);
        }
        events.borrow_mut().push(event);
    };
    import::run(store, &tree, job, &emit, &cancelled).await;
    events.into_inner()
}

#[wasm_bindgen_test]
async fn an_import_tells_its_story_and_ends_once() {
    let (_, store) = fresh().await;
    let mut files = runs("a/mlruns", 30);
    files.extend(runs("b/mlruns", 2));
    let events = drive(&store, files, &job(), None).await;
    assert_eq!(events.first(), Some(&Event::Discovered { stores: 2 }));
    assert_eq!(events.last(), Some(&Event::Finished));
    assert_eq!(events.iter().filter(|event| event.is_end()).count(), 1);
    let sources = store.sources().await.unwrap();
    let done: Vec<_> = events
        .iter()
        .filter_map(
            |e| if let Event::StoreDone { source, report } = e { Some((source, report)) } else { None },
        )
        .collect();
    assert_eq!(done.len(), 2);
    for (source, report) in done {
        assert!(sources.contains(source), "the event says what is stored");
        assert_eq!(source.state, SourceState::Complete);
        assert_eq!(source.counts.points, report.read.points);
        assert_eq!(source.file_name, "mine.zip");
    }
    assert_eq!(sources.iter().map(|source| source.counts.points).sum::<u64>(), 32 * 200);
}

#[wasm_bindgen_test]
async fn importing_into_a_source_merges() {
    let (_, store) = fresh().await;
    drive(&store, runs("mlruns", 3), &job(), None).await;
    let id = store.sources().await.unwrap()[0].id.clone();
    let again = ImportJob { into: Some(id), ..job() };
    let events = drive(&store, runs("other name", 5), &again, None).await;
    assert_eq!(events.last(), Some(&Event::Finished), "{events:?}");
    let sources = store.sources().await.unwrap();
    assert_eq!(sources.len(), 1);
    assert_eq!((sources[0].counts.runs, sources[0].counts.points, sources[0].imports), (5, 1000, 2));
    let gone = ImportJob { into: Some("gone".into()), ..job() };
    let events = drive(&store, runs("mlruns", 1), &gone, None).await;
    assert!(matches!(events.last(), Some(Event::Failed { .. })));
}

#[wasm_bindgen_test]
async fn cancelling_keeps_complete_runs() {
    let (_, store) = fresh().await;
    let events = drive(&store, runs("mlruns", 400), &job(), Some("Progress")).await;
    assert_eq!(events.last(), Some(&Event::Cancelled));
    let source = store.sources().await.unwrap().remove(0);
    assert_eq!(source.state, SourceState::Cancelled);
    let stored = store.runs(&source.id, "1").await.unwrap();
    assert_eq!(stored.len() as u64, source.counts.runs);
    assert!(stored.len() < 400, "{} runs", stored.len());
    assert!(stored.iter().all(|run| run.metrics[0].count == 200), "no half runs");
}

#[wasm_bindgen_test]
async fn files_without_runs_are_told_apart() {
    let (_, store) = fresh().await;
    let events = drive(&store, vec![("a.txt".into(), b"hello".into())], &job(), None).await;
    let [Event::Failed { message }] = events.as_slice() else { panic!("{events:?}") };
    assert!(message.contains("mine.zip"), "{message}");
    assert!(store.sources().await.unwrap().is_empty());
}

#[wasm_bindgen_test]
async fn a_source_that_is_deleted_during_its_import_ends_it() {
    let (_, store) = fresh().await;
    let tree: Tree = Rc::new(MemoryTree::new(runs("mlruns", 50)));
    let (events, cancelled) = (RefCell::new(Vec::new()), Cell::new(false));
    let deleting = RefCell::new(None);
    let emit = |event: Event| {
        if let Event::Began { source, .. } = &event {
            let (store, source) = (store.clone(), source.clone());
            let (done, deleted) = futures::channel::oneshot::channel();
            wasm_bindgen_futures::spawn_local(async move {
                store.delete_source(&source).await.unwrap();
                let _ = done.send(());
            });
            *deleting.borrow_mut() = Some(deleted);
        }
        events.borrow_mut().push(event);
    };
    import::run(&store, &tree, &job(), &emit, &cancelled).await;
    deleting.take().unwrap().await.unwrap();
    assert!(matches!(events.borrow().last(), Some(Event::Failed { message }) if message.contains("deleted")));
    assert!(store.sources().await.unwrap().is_empty());
}
