//! Carrying requests to an MLflow server, for page and worker alike.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Promise, Reflect, Uint8Array};
use runatlas_core::mlflow::{Access, Answer, Request, TransportError};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use super::body;

/// Sends a request and reads the whole answer, whatever its status. Credentials go only to the
/// origin that they were given for; the browser's cookies and stored passwords never go along.
pub async fn send(access: &Access, request: &Request, timeout_millis: u32) -> Result<Answer, TransportError> {
    let abort = Abort::new().ok_or(TransportError::Aborted)?;
    let answer = Box::pin(receive(access, request, &abort, |_| {}));
    match select(answer, TimeoutFuture::new(timeout_millis)).await {
        Either::Left((answer, _)) => answer,
        Either::Right(_) => {
            abort.abort();
            Err(TransportError::TimedOut)
        }
    }
}

/// As [`send`], for as long as the answer goes on and nobody aborts it. Of a request with a limit
/// `on_part` hears how many bytes have come.
pub async fn receive(
    access: &Access,
    request: &Request,
    abort: &Abort,
    mut on_part: impl FnMut(u64),
) -> Result<Answer, TransportError> {
    let url = access.url(request);
    let init = init(access, request).map_err(|_thrown| TransportError::Aborted)?;
    init.set_signal(Some(&abort.0.signal()));
    let answer = answer(&url, &init, request.limit, &mut on_part).await;
    match answer {
        Err(_) if abort.0.signal().aborted() => Err(TransportError::Aborted),
        Err(error) => {
            // What is still to come is not wanted.
            abort.abort();
            Err(error)
        }
        Ok(answer) => Ok(answer),
    }
}

/// Ends a request.
#[derive(Debug, Clone)]
pub struct Abort(AbortController);

impl Abort {
    /// For one request; `None` where the browser makes none.
    pub fn new() -> Option<Self> {
        AbortController::new().ok().map(Self)
    }

    /// Ends it; an answer that has come whole is not affected.
    pub fn abort(&self) {
        self.0.abort();
    }
}

fn init(access: &Access, request: &Request) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in access.credentials.headers_for(&access.server).unwrap_or_default() {
        headers.set(&name, &value)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.as_str());
    if let Some(body) = &request.body {
        headers.set("Content-Type", "application/json")?;
        init.set_body(&Uint8Array::from(body.as_slice()));
    }
    init.set_headers(&headers);
    private(&init)?;
    if let Some(space) = &access.ways.target_address_space {
        set(&init, "targetAddressSpace", space)?;
    }
    if !access.credentials.is_none() {
        // Headers of a person's own would follow a redirect to another origin.
        set(&init, "redirect", "error")?;
    }
    Ok(init)
}

/// Neither the browser's cookies and passwords nor its cache have a part in the request.
pub(in crate::web) fn private(init: &RequestInit) -> Result<(), JsValue> {
    set(init, "credentials", "omit")?;
    set(init, "cache", "no-store")
}

/// Sets an option of a request by its name: new ones are not known to the bindings.
pub(in crate::web) fn set(init: &RequestInit, option: &str, value: &str) -> Result<(), JsValue> {
    Reflect::set(init, &JsValue::from_str(option), &JsValue::from_str(value)).map(|_| ())
}

async fn answer(
    url: &str,
    init: &RequestInit,
    limit: Option<u64>,
    on_part: &mut dyn FnMut(u64),
) -> Result<Answer, TransportError> {
    let response = JsFuture::from(fetch(url, init)).await.map_err(|_thrown| unreachable())?;
    let response: Response = response.unchecked_into();
    let header = |name: &str| response.headers().get(name).ok().flatten();
    let body = if let Some(limit) = limit {
        body::read(&response, limit, on_part).await?
    } else {
        let body = response.array_buffer().map_err(|_thrown| TransportError::CutOff)?;
        let body = JsFuture::from(body).await.map_err(|_thrown| TransportError::CutOff)?;
        Uint8Array::new(&body).to_vec()
    };
    Ok(Answer {
        status: response.status(),
        content_type: header("content-type").unwrap_or_default(),
        retry_after: header("retry-after"),
        body,
    })
}

/// `fetch` of the page or of the worker.
pub(in crate::web) fn fetch(url: &str, init: &RequestInit) -> Promise {
    let global = js_sys::global();
    let fetch = Reflect::get(&global, &JsValue::from_str("fetch")).ok();
    let fetch = fetch.and_then(|fetch| fetch.dyn_into::<Function>().ok());
    let sent = fetch.and_then(|fetch| fetch.call2(&global, &JsValue::from_str(url), init).ok());
    sent.and_then(|sent| sent.dyn_into::<Promise>().ok())
        .unwrap_or_else(|| Promise::reject(&JsValue::from_str("there is no fetch here")))
}

fn unreachable() -> TransportError {
    if is_online() { TransportError::Unreachable } else { TransportError::Offline }
}

/// Whether the browser believes that there is a network. A server on this machine may answer all
/// the same.
pub fn is_online() -> bool {
    let navigator = Reflect::get(&js_sys::global(), &JsValue::from_str("navigator"));
    let online = navigator.and_then(|navigator| Reflect::get(&navigator, &JsValue::from_str("onLine")));
    online.map_or(true, |online| online.as_bool().unwrap_or(true))
}
