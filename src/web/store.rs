//! The store: all sources, in the browser's IndexedDB.
//!
//! Object stores by kind, keys `[source, …]` (see [`Place`]), values are
//! bytes of [`stored`](runatlas_core::model::stored), histories blocks of
//! [`codec`](runatlas_core::history::codec). What a write puts is decided by
//! [`ingest`](runatlas_core::job::ingest); this room only carries.

mod connection;
mod error;
mod read;
mod schema;
mod space;
mod transaction;
mod write;

use std::rc::Rc;

use js_sys::Array;
use runatlas_core::{
    job::ingest::{Key, Place},
    model::{Source, stored},
};
use send_wrapper::SendWrapper;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{IdbKeyRange, IdbTransactionMode};

pub use error::StoreError;
pub use read::Contents;
pub use space::Space;
pub use write::Written;

use self::{
    connection::Connection,
    transaction::{Asked, Tx, bytes_of, get, get_all, get_all_keys, key},
};
use crate::web::Listener;

/// Said instead of a source's id, which has no such sign in it.
const VIEWS_CHANGED: &str = "*views";

type Result<T> = std::result::Result<T, StoreError>;

/// The connection to the store. Cheap to clone; belongs to the thread that opened it.
#[derive(Clone)]
pub struct Store {
    connection: SendWrapper<Rc<Connection>>,
}

/// Which history: (source, run, metric).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HistoryKey {
    /// The source's id.
    pub source: String,
    /// The run's id.
    pub run: String,
    /// The metric's key.
    pub metric: String,
}

/// What another tab or the worker changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The source's id.
    pub source: String,
    /// The runs that were written; `None` if it may be anything.
    pub runs: Option<Vec<String>>,
}

impl Changed {
    /// The source's id, then each run's on a line of its own. Neither has a line break in it.
    fn from_message(text: &str) -> Self {
        let mut lines = text.lines().map(str::to_owned);
        let source = lines.next().unwrap_or_default();
        let runs: Vec<String> = lines.collect();
        Self { source, runs: (!runs.is_empty()).then_some(runs) }
    }
}

impl Store {
    /// Opens the store, making or migrating it where needed.
    pub async fn open() -> Result<Self> {
        Self::open_named(schema::NAME).await
    }

    /// Opens a store of another name: for tests, which must not share one.
    pub async fn open_named(name: &str) -> Result<Self> {
        Ok(Self { connection: SendWrapper::new(Connection::open(name).await?) })
    }

    /// Calls back when this connection was closed for a newer release in another tab; from then on
    /// every call answers [`StoreError::Closed`].
    pub fn on_closed(&self, callback: impl FnMut() + 'static) {
        self.connection.on_closed(Box::new(callback));
    }

    /// Calls back whenever another tab or the worker changed a source (added, renamed, written,
    /// deleted). `None` where the browser has no such channel.
    pub fn on_changed(&self, mut callback: impl FnMut(Changed) + 'static) -> Option<Listener> {
        let channel = self.connection.channel.as_ref()?;
        Some(Listener::new(channel, "message", move |event| {
            let data = js_sys::Reflect::get(&event, &JsValue::from_str("data"));
            let text = data.ok().and_then(|data| data.as_string()).filter(|text| text != VIEWS_CHANGED);
            if let Some(text) = text {
                callback(Changed::from_message(&text));
            }
        }))
    }

    /// Calls back whenever another tab changed the saved views.
    pub fn on_views_changed(&self, mut callback: impl FnMut() + 'static) -> Option<Listener> {
        let channel = self.connection.channel.as_ref()?;
        Some(Listener::new(channel, "message", move |event| {
            let data = js_sys::Reflect::get(&event, &JsValue::from_str("data"));
            if data.ok().and_then(|data| data.as_string()).as_deref() == Some(VIEWS_CHANGED) {
                callback();
            }
        }))
    }

    /// All sources, by the time they were added.
    pub async fn sources(&self) -> Result<Vec<Source>> {
        let tx = self.reads(&[schema::SOURCES])?;
        let asked = get_all(&tx.store(schema::SOURCES)?, None)?;
        tx.done().await?;
        let mut sources: Vec<Source> = decode_all("a source", &asked.all()?)?;
        sources.sort_by(|a, b| (a.added, &a.id).cmp(&(b.added, &b.id)));
        Ok(sources)
    }

    /// One source.
    pub async fn source(&self, source: &str) -> Result<Option<Source>> {
        let tx = self.reads(&[schema::SOURCES])?;
        let asked = get(&tx.store(schema::SOURCES)?, &JsValue::from_str(source))?;
        tx.done().await?;
        decode_one("a source", &asked)
    }

    /// A setting's text.
    pub async fn setting(&self, key: &str) -> Result<Option<String>> {
        let tx = self.reads(&[schema::SETTINGS])?;
        let asked = get(&tx.store(schema::SETTINGS)?, &JsValue::from_str(key))?;
        tx.done().await?;
        asked.text()
    }

    /// Keeps a setting's text; `None` forgets it.
    pub async fn set_setting(&self, key: &str, text: Option<&str>) -> Result<()> {
        self.set_text(schema::SETTINGS, key, text).await
    }

    /// Saved views: (id, text), by id.
    pub async fn views(&self) -> Result<Vec<(String, String)>> {
        let tx = self.reads(&[schema::VIEWS])?;
        let store = tx.store(schema::VIEWS)?;
        let (keys, values) = (get_all_keys(&store)?, get_all(&store, None)?);
        tx.done().await?;
        let (keys, values) = (keys.all()?, values.all()?);
        let pairs = keys.iter().zip(values.iter());
        Ok(pairs.filter_map(|(id, text)| Some((id.as_string()?, text.as_string()?))).collect())
    }

    /// Keeps a saved view's text; `None` deletes it.
    pub async fn set_view(&self, id: &str, text: Option<&str>) -> Result<()> {
        self.set_text(schema::VIEWS, id, text).await?;
        self.connection.announce(VIEWS_CHANGED);
        Ok(())
    }

    async fn set_text(&self, place: &str, key: &str, text: Option<&str>) -> Result<()> {
        let tx = self.writes(&[place])?;
        let (store, key) = (tx.store(place)?, JsValue::from_str(key));
        match text {
            Some(text) => transaction::put(&store, &key, &JsValue::from_str(text))?,
            None => transaction::delete(&store, &key)?,
        };
        tx.done().await
    }

    fn reads(&self, stores: &[&str]) -> Result<Tx> {
        self.connection.begin(stores, IdbTransactionMode::Readonly)
    }

    fn writes(&self, stores: &[&str]) -> Result<Tx> {
        self.connection.begin(stores, IdbTransactionMode::Readwrite)
    }

    /// All entities in a range of one object store.
    async fn all<T: DeserializeOwned>(
        &self,
        place: Place,
        range: &IdbKeyRange,
        what: &str,
    ) -> Result<Vec<T>> {
        let tx = self.reads(&[place.name()])?;
        let asked = get_all(&tx.store(place.name())?, Some(range))?;
        tx.done().await?;
        decode_all(what, &asked.all()?)
    }
}

fn js_key(source: &str, key_in_source: &Key) -> JsValue {
    key(source, key_in_source.parts.iter().map(String::as_str))
}

fn decode_one<T: DeserializeOwned>(what: &str, asked: &Asked) -> Result<Option<T>> {
    asked.bytes()?.map(|bytes| decode(what, &bytes)).transpose()
}

fn decode_all<T: DeserializeOwned>(what: &str, values: &Array) -> Result<Vec<T>> {
    values.iter().filter_map(|value| bytes_of(&value)).map(|bytes| decode(what, &bytes)).collect()
}

fn decode<T: DeserializeOwned>(what: &str, bytes: &[u8]) -> Result<T> {
    stored::decode(bytes).map_err(|error| StoreError::from_stored(what, &error))
}
