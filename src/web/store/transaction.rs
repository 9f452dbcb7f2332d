//! A transaction of the database.
//!
//! Requests are only issued; their results are read when the transaction is complete, or when the
//! last of several requests has succeeded (they succeed in the order in which they were issued).
//! So a thousand reads cost a thousand calls into the browser and one callback, and the reason of
//! a failed commit is at hand, which tells a full disk from other faults.
//!
//! This is why the store speaks to IndexedDB itself: `indexed_db_futures` 0.6 takes the transaction
//! away before an abort can be asked for its error (Chromium reports a full disk only there), and
//! makes a channel and a callback for each request.

use std::{cell::Cell, rc::Rc};

use futures::channel::oneshot;
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{IdbKeyRange, IdbObjectStore, IdbRequest, IdbTransaction};

use super::{Result, StoreError};
use crate::web::Listener;

pub(super) struct Tx {
    inner: IdbTransaction,
    finished: oneshot::Receiver<()>,
    _listeners: [Listener; 2],
}

/// A request whose result is read later.
pub(super) struct Asked(IdbRequest);

impl Tx {
    pub(super) fn new(inner: IdbTransaction) -> Self {
        let (sender, finished) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let listen = |kind| {
            let sender = Rc::clone(&sender);
            Listener::new(&inner, kind, move |_| {
                sender.take().map(|sender| sender.send(()));
            })
        };
        let listeners = [listen("complete"), listen("abort")];
        Self { inner, finished, _listeners: listeners }
    }

    pub(super) fn store(&self, name: &str) -> Result<IdbObjectStore> {
        self.inner.object_store(name).map_err(|thrown| StoreError::from_thrown(&thrown))
    }

    /// Waits for the end; an error if nothing of it was kept.
    pub(super) async fn done(self) -> Result<()> {
        // Cannot be cancelled: the sender lives in the listeners.
        let _ = self.finished.await;
        match self.inner.error() {
            None => Ok(()),
            Some(error) => Err(StoreError::from_thrown(&error)),
        }
    }

    /// Gives up all writes.
    pub(super) fn abort(&self) {
        // Fails only when it is over already.
        let _ = self.inner.abort();
    }
}

impl Asked {
    /// Waits until this request, and so all before it, has succeeded or failed.
    pub(super) async fn answered(&self) {
        let (sender, answered) = oneshot::channel();
        let sender = Rc::new(Cell::new(Some(sender)));
        let listen = |kind| {
            let sender = Rc::clone(&sender);
            Listener::new(&self.0, kind, move |_| {
                sender.take().map(|sender| sender.send(()));
            })
        };
        let _listeners = [listen("success"), listen("error")];
        let _ = answered.await;
    }

    /// The bytes that were asked for; `None` where there is no such key.
    pub(super) fn bytes(&self) -> Result<Option<Vec<u8>>> {
        Ok(bytes_of(&self.value()?))
    }

    /// The text that was asked for.
    pub(super) fn text(&self) -> Result<Option<String>> {
        Ok(self.value()?.as_string())
    }

    /// All values that were asked for.
    pub(super) fn all(&self) -> Result<Array> {
        Ok(self.value()?.unchecked_into())
    }

    /// The number that was asked for.
    pub(super) fn number(&self) -> Result<u64> {
        Ok(self.value()?.as_f64().unwrap_or(0.0) as u64)
    }

    fn value(&self) -> Result<JsValue> {
        self.0.result().map_err(|thrown| StoreError::from_thrown(&thrown))
    }
}

type Thrown = std::result::Result<IdbRequest, JsValue>;

fn asked(request: Thrown) -> Result<Asked> {
    request.map(Asked).map_err(|thrown| StoreError::from_thrown(&thrown))
}

pub(super) fn get(store: &IdbObjectStore, key: &JsValue) -> Result<Asked> {
    asked(store.get(key))
}

pub(super) fn get_all(store: &IdbObjectStore, range: Option<&IdbKeyRange>) -> Result<Asked> {
    asked(match range {
        Some(range) => store.get_all_with_key(range),
        None => store.get_all(),
    })
}

pub(super) fn get_all_keys(store: &IdbObjectStore) -> Result<Asked> {
    asked(store.get_all_keys())
}

pub(super) fn count(store: &IdbObjectStore, range: &IdbKeyRange) -> Result<Asked> {
    asked(store.count_with_key(range))
}

pub(super) fn put(store: &IdbObjectStore, key: &JsValue, value: &JsValue) -> Result<Asked> {
    asked(store.put_with_key(value, key))
}

pub(super) fn put_bytes(store: &IdbObjectStore, key: &JsValue, bytes: &[u8]) -> Result<Asked> {
    put(store, key, &Uint8Array::from(bytes).buffer())
}

pub(super) fn delete(store: &IdbObjectStore, key: &JsValue) -> Result<Asked> {
    asked(store.delete(key))
}

/// The bytes of a stored value.
pub(super) fn bytes_of(value: &JsValue) -> Option<Vec<u8>> {
    value.dyn_ref::<ArrayBuffer>().map(|buffer| Uint8Array::new(buffer).to_vec())
}

/// `[source, parts…]`.
pub(super) fn key<'a>(source: &str, parts: impl IntoIterator<Item = &'a str>) -> JsValue {
    let key = Array::of1(&JsValue::from_str(source));
    for part in parts {
        key.push(&JsValue::from_str(part));
    }
    key.into()
}

/// All keys that begin with `[source, parts…]`: an array sorts after every text.
pub(super) fn below(source: &str, parts: &[&str]) -> Result<IdbKeyRange> {
    let lower = key(source, parts.iter().copied());
    let upper: Array = key(source, parts.iter().copied()).unchecked_into();
    upper.push(&Array::new());
    IdbKeyRange::bound(&lower, &upper).map_err(|thrown| StoreError::from_thrown(&thrown))
}

/// All keys from `[source, parts…]`, included, to `[source, parts…]`, excluded.
pub(super) fn between(source: &str, from: &[String], to: &[String]) -> Result<IdbKeyRange> {
    let lower = key(source, from.iter().map(String::as_str));
    let upper = key(source, to.iter().map(String::as_str));
    IdbKeyRange::bound_with_lower_open_and_upper_open(&lower, &upper, false, true)
        .map_err(|thrown| StoreError::from_thrown(&thrown))
}
