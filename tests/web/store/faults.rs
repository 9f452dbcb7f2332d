//! A full disk, other releases, other tabs.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::channel::oneshot;
use js_sys::{Array, Function, Uint8Array};
use runatlas::web::store::{Store, StoreError};
use runatlas_core::{
    job::ingest::{Batch, Ingest},
    model::{ArtifactOwner, SourceState},
};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{IdbDatabase, IdbFactory, IdbOpenDbRequest};

use super::{everything, fresh, import, key, source};

/// Lets the database refuse every put after some, as a full disk does, until dropped.
struct FullDisk;

impl FullDisk {
    fn after(puts: u32) -> Self {
        let patch = Function::new_with_args(
            "puts",
            "const store = IDBObjectStore.prototype;
             store.realPut ??= store.put;
             store.put = function(...args) {
                 if (puts-- > 0) return this.realPut(...args);
                 throw new DOMException('full', 'QuotaExceededError');
             };",
        );
        patch.call1(&JsValue::NULL, &puts.into()).unwrap();
        Self
    }
}

impl Drop for FullDisk {
    fn drop(&mut self) {
        let mend = Function::new_no_args("IDBObjectStore.prototype.put = IDBObjectStore.prototype.realPut;");
        mend.call0(&JsValue::NULL).unwrap();
    }
}

#[wasm_bindgen_test]
async fn a_full_disk_leaves_what_was_stored_untouched() {
    let (_, store) = fresh().await;
    let before = import(&store, "s", everything()).await;
    let begun = store.begin_import(&source("s")).await.unwrap();
    for puts in [0, 1, 5] {
        let ingest = RefCell::new(Ingest::new(begun.imports));
        let mut batch = Batch::default();
        let records = (0..20).flat_map(|at| super::run("1", &format!("new {at}"), &[])).collect();
        ingest.borrow_mut().take(records, &mut batch);
        let disk = FullDisk::after(puts);
        let error = store.write("s", &ingest, batch).await.unwrap_err();
        drop(disk);
        assert_eq!(error, StoreError::Quota);
        assert!(error.to_string().contains("delete a source"), "it says what to do: {error}");
    }
    let after = store.source("s").await.unwrap().unwrap();
    assert_eq!((after.counts, after.bytes), (before.counts, before.bytes));
    assert_eq!(store.runs("s", "1").await.unwrap().len(), 2);
    assert!(store.histories(&[key("s", "a", "loss")]).await.unwrap()[0].is_some());
    assert_eq!(after.state, SourceState::Importing);
}

#[wasm_bindgen_test]
async fn a_source_that_is_deleted_meanwhile_is_not_written() {
    let (_, store) = fresh().await;
    store.begin_import(&source("s")).await.unwrap();
    store.delete_source("s").await.unwrap();
    let ingest = RefCell::new(Ingest::new(1));
    let mut batch = Batch::default();
    ingest.borrow_mut().take(everything(), &mut batch);
    assert_eq!(store.write("s", &ingest, batch).await.unwrap_err(), StoreError::Gone);
    assert!(store.experiments("s").await.unwrap().is_empty());
    assert_eq!(store.rename_source("s", "x").await.unwrap_err(), StoreError::Gone);
}

fn factory() -> IdbFactory {
    js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into()).unwrap().unchecked_into()
}

/// Opens a database as another release would: `upgrade` makes its object stores.
async fn open_raw(name: &str, version: u32, upgrade: impl Fn(&IdbDatabase) + 'static) -> IdbDatabase {
    let request: IdbOpenDbRequest = factory().open_with_u32(name, version).unwrap();
    let of = request.clone();
    let upgraded = Closure::<dyn FnMut()>::new(move || upgrade(&of.result().unwrap().unchecked_into()));
    request.set_onupgradeneeded(Some(upgraded.as_ref().unchecked_ref()));
    let (sender, opened) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    let success = Closure::<dyn FnMut()>::new(move || {
        let _ = sender.take().map(|sender| sender.send(()));
    });
    request.set_onsuccess(Some(success.as_ref().unchecked_ref()));
    opened.await.unwrap();
    request.result().unwrap().unchecked_into()
}

#[wasm_bindgen_test]
async fn a_newer_release_in_another_tab_gets_the_store() {
    let (name, store) = fresh().await;
    import(&store, "s", everything()).await;
    let told = Rc::new(Cell::new(0));
    let tells = Rc::clone(&told);
    store.on_closed(move || tells.set(tells.get() + 1));
    let newer = open_raw(&name, 99, |_| ()).await;
    assert_eq!(told.get(), 1, "the page was told once");
    assert_eq!(store.sources().await.unwrap_err(), StoreError::Closed);
    assert_eq!(Store::open_named(&name).await.err(), Some(StoreError::Newer));
    newer.close();
}

/// The version of this release.
const VERSION: u32 = 2;

/// The object stores of version 1, as they were released.
const VERSION_1: [&str; 13] = [
    "sources",
    "settings",
    "views",
    "experiments",
    "runs",
    "run_places",
    "histories",
    "artifacts",
    "artifact_files",
    "logged_models",
    "registered_models",
    "versions",
    "notes",
];

fn kept(name: &str) -> Uint8Array {
    let hex = include_str!("../../fixtures/stored/v1.txt").lines().find_map(|line| line.strip_prefix(name));
    let hex = hex.unwrap().trim();
    let bytes: Vec<u8> =
        (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect();
    Uint8Array::from(bytes.as_slice())
}

#[wasm_bindgen_test]
async fn a_database_of_version_1_is_read() {
    const RUN: &str = "0123456789abcdef0123456789abcdef";
    let name = format!("old {}", js_sys::Math::random());
    let old = open_raw(&name, 1, |database| {
        for store in VERSION_1 {
            database.create_object_store(store).unwrap();
        }
    })
    .await;
    let names: Array = VERSION_1.iter().map(|name| JsValue::from_str(name)).collect();
    let tx =
        old.transaction_with_str_sequence_and_mode(&names, web_sys::IdbTransactionMode::Readwrite).unwrap();
    let put = |store: &str, key: &[&str], value: Uint8Array| {
        let key: JsValue = match key {
            [id] if store == "sources" => JsValue::from_str(id),
            parts => parts.iter().map(|part| JsValue::from_str(part)).collect::<Array>().into(),
        };
        tx.object_store(store).unwrap().put_with_key(&value.buffer(), &key).unwrap();
    };
    put("sources", &["s1"], kept("source "));
    put("experiments", &["s1", "1"], kept("experiment "));
    put("runs", &["s1", "423456789012345678", RUN], kept("run "));
    put("run_places", &["s1", RUN], Uint8Array::from(&b"423456789012345678"[..]));
    put("histories", &["s1", RUN, "loss/train"], kept("history "));
    put("notes", &["s1", "00000003", "00000000"], kept("notes "));
    put("artifacts", &["s1", RUN], kept("artifacts "));
    put("artifact_files", &["s1", RUN, "a/b.txt"], Uint8Array::from(&b"text"[..]));
    put("logged_models", &["s1", "m-1"], kept("logged_model "));
    put("registered_models", &["s1", "R"], kept("registered_model "));
    put("versions", &["s1", "R", "2"], kept("model_version "));
    let (sender, done) = oneshot::channel();
    let sender = Cell::new(Some(sender));
    let complete = Closure::<dyn FnMut()>::new(move || {
        let _ = sender.take().map(|sender| sender.send(()));
    });
    tx.set_oncomplete(Some(complete.as_ref().unchecked_ref()));
    done.await.unwrap();
    old.close();

    let store = Store::open_named(&name).await.unwrap();
    assert_eq!(store.sources().await.unwrap()[0].name, "Mine");
    assert_eq!(store.experiments("s1").await.unwrap()[0].name, "E");
    assert_eq!(store.run("s1", RUN).await.unwrap().unwrap().name, "größe 1");
    let histories = store.histories(&[key("s1", RUN, "loss/train")]).await.unwrap();
    assert_eq!(histories[0].as_ref().unwrap().len(), 4);
    assert_eq!(store.notes("s1").await.unwrap().len(), 3);
    let owner = ArtifactOwner::Run(RUN.into());
    assert_eq!(store.artifacts("s1", &owner).await.unwrap()[0].path, "a/b.txt");
    assert_eq!(store.artifact_file("s1", &owner, "a/b.txt").await.unwrap().unwrap(), b"text");
    assert_eq!(store.logged_models("s1").await.unwrap()[0].id, "m-1");
    assert_eq!(store.registered_models("s1").await.unwrap().len(), 1);
    assert_eq!(store.model_versions("s1").await.unwrap()[0].version, "2");

    // What this release writes lies beside it, and merges with it.
    let before = store.source("s1").await.unwrap().unwrap();
    let merged = import(&store, "s1", super::run("423456789012345678", RUN, &[])).await;
    assert_eq!((merged.name.as_str(), merged.imports), ("Mine", before.imports + 1));
    assert_eq!(store.run("s1", RUN).await.unwrap().unwrap().experiment_id, "423456789012345678");
    assert!(store.histories(&[key("s1", RUN, "loss/train")]).await.unwrap()[0].is_some());
    import(&store, "s2", everything()).await;
    assert_eq!(store.sources().await.unwrap().len(), 2);
}

#[wasm_bindgen_test]
async fn bytes_that_do_not_decode_are_an_error_and_not_a_panic() {
    let (name, store) = fresh().await;
    import(&store, "s", everything()).await;
    let raw = open_raw(&name, VERSION, |_| ()).await;
    let tx = raw.transaction_with_str_and_mode("runs", web_sys::IdbTransactionMode::Readwrite).unwrap();
    let junk = Uint8Array::from(&[1u8, 255, 255][..]);
    let junk_key: Array = ["s", "1", "a"].iter().map(|part| JsValue::from_str(part)).collect();
    tx.object_store("runs").unwrap().put_with_key(&junk.buffer(), &junk_key).unwrap();
    let error = store.runs("s", "1").await.unwrap_err();
    assert!(matches!(error, StoreError::Broken { .. }), "{error}");
    raw.close();
}
