use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use futures::{
    channel::oneshot,
    future::{Either, select},
};
use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, Event, IdbDatabase, IdbFactory, IdbOpenDbRequest, IdbTransactionMode};

use super::{Result, StoreError, schema, transaction::Tx};
use crate::web::{Listener, words};

/// How long a connection of another tab may take to make room for an upgrade.
const MAX_BLOCKED_MILLIS: u32 = 4000;

/// The open database.
pub(super) struct Connection {
    database: IdbDatabase,
    /// Tells other tabs, and the worker, which source changed.
    pub(super) channel: Option<BroadcastChannel>,
    closed: Cell<bool>,
    on_closed: RefCell<Vec<Box<dyn FnMut()>>>,
    listeners: RefCell<Vec<Listener>>,
}

impl Connection {
    pub(super) async fn open(name: &str) -> Result<Rc<Self>> {
        let database = open_database(name).await?;
        let connection = Rc::new(Self {
            database,
            channel: BroadcastChannel::new(name).ok(),
            closed: Cell::new(false),
            on_closed: RefCell::default(),
            listeners: RefCell::default(),
        });
        // A newer release wants to change the schema, or the database is deleted: make room.
        connection.close_on("versionchange");
        // The browser closed it: the site's data was cleared.
        connection.close_on("close");
        Ok(connection)
    }

    fn close_on(self: &Rc<Self>, kind: &'static str) {
        let weak = Rc::downgrade(self);
        let listener = Listener::new(&self.database, kind, move |_| {
            if let Some(connection) = weak.upgrade() {
                connection.close();
            }
        });
        self.listeners.borrow_mut().push(listener);
    }

    fn close(&self) {
        self.database.close();
        if !self.closed.replace(true) {
            self.on_closed.borrow_mut().iter_mut().for_each(|callback| callback());
        }
    }

    pub(super) fn on_closed(&self, callback: Box<dyn FnMut()>) {
        self.on_closed.borrow_mut().push(callback);
    }

    pub(super) fn begin(&self, stores: &[&str], mode: IdbTransactionMode) -> Result<Tx> {
        if self.closed.get() {
            return Err(StoreError::Closed);
        }
        let names: js_sys::Array = stores.iter().map(|name| JsValue::from_str(name)).collect();
        let tx = self.database.transaction_with_str_sequence_and_mode(&names, mode);
        Ok(Tx::new(tx.map_err(|thrown| StoreError::from_thrown(&thrown))?))
    }

    pub(super) fn announce(&self, source: &str) {
        if let Some(channel) = &self.channel {
            // Fails only on a closed channel, and then nobody listens.
            let _ = channel.post_message(&JsValue::from_str(source));
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.database.close();
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

fn factory() -> Result<IdbFactory> {
    let unavailable = |reason: String| StoreError::Unavailable { reason };
    let found = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("indexedDB"));
    let found = found.map_err(|thrown| unavailable(words(&thrown)))?;
    if found.is_undefined() || found.is_null() {
        return Err(unavailable("it has no IndexedDB".to_owned()));
    }
    Ok(found.unchecked_into())
}

async fn open_database(name: &str) -> Result<IdbDatabase> {
    let unavailable = |thrown: &JsValue| match StoreError::from_thrown(thrown) {
        StoreError::Failed { reason } => StoreError::Unavailable { reason },
        known => known,
    };
    let request = factory()?.open_with_u32(name, schema::VERSION).map_err(|thrown| unavailable(&thrown))?;
    let (blocked_tx, blocked) = oneshot::channel();
    let _upgrade = Listener::new(&request, "upgradeneeded", |event| upgrade(&event));
    let mut blocked_tx = Some(blocked_tx);
    let _blocked = Listener::new(&request, "blocked", move |_| {
        blocked_tx.take().map(|tx| tx.send(()));
    });
    let opened = Box::pin(opened(request.clone()));
    let waited_long = Box::pin(async move {
        if blocked.await.is_err() {
            std::future::pending::<()>().await;
        }
        TimeoutFuture::new(MAX_BLOCKED_MILLIS).await;
    });
    match select(opened, waited_long).await {
        Either::Left((Ok(()), _)) => {
            let database = request.result().map_err(|thrown| unavailable(&thrown))?;
            Ok(database.unchecked_into())
        }
        Either::Left((Err(thrown), _)) => Err(unavailable(&thrown)),
        Either::Right(_) => {
            // Should it open after all, it must not hold anybody up.
            let close = Closure::once_into_js(|event: Event| {
                if let Some(database) = database_of(&event) {
                    database.close();
                }
            });
            request.set_onsuccess(Some(close.unchecked_ref()));
            Err(StoreError::Blocked)
        }
    }
}

async fn opened(request: IdbOpenDbRequest) -> std::result::Result<(), JsValue> {
    let (tx, done) = oneshot::channel();
    let tx = Rc::new(Cell::new(Some(tx)));
    let other = Rc::clone(&tx);
    let _success = Listener::new(&request, "success", move |_| {
        tx.take().map(|tx| tx.send(true));
    });
    let _error = Listener::new(&request, "error", move |event| {
        // Without this, some browsers report it as an uncaught error of the page.
        event.prevent_default();
        other.take().map(|tx| tx.send(false));
    });
    if done.await.unwrap_or(false) {
        return Ok(());
    }
    Err(request.error().ok().flatten().map_or(JsValue::UNDEFINED, JsValue::from))
}

fn upgrade(event: &Event) {
    let (Some(database), Some(request)) = (database_of(event), request_of(event)) else {
        return;
    };
    let Some(tx) = request.transaction() else {
        return;
    };
    let old_version = event.unchecked_ref::<web_sys::IdbVersionChangeEvent>().old_version() as u32;
    if schema::migrate(&database, &tx, old_version).is_err() {
        // The open request then fails, and the database stays as it was.
        let _ = tx.abort();
    }
}

fn request_of(event: &Event) -> Option<IdbOpenDbRequest> {
    event.target().map(wasm_bindgen::JsCast::unchecked_into)
}

fn database_of(event: &Event) -> Option<IdbDatabase> {
    request_of(event)?.result().ok().map(wasm_bindgen::JsCast::unchecked_into)
}
