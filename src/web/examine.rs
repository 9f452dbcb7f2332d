//! Carries the probes of the connection doctor.

use futures::future::{Either, select};
use gloo_timers::future::TimeoutFuture;
use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use runatlas_core::{
    job::{Address, Event, Examination},
    mlflow::{
        Credentials, Reach, ServerUrl, SignIn,
        doctor::{Answer, Doctor, LocalNetwork, Mode, Outcome, Probe, Situation},
    },
};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestInit, Response};

use super::http::{fetch, is_online, private, set};

/// The doctor looks no further into an answer.
const BODY_START: usize = 400;

/// Examines a server; tells what it knows after each probe, and ends with an event that
/// [is the end](Event::is_end).
pub async fn run(address: &Address, emit: &dyn Fn(Event)) {
    emit(match examine(address, emit).await {
        Ok(()) => Event::Finished,
        Err(message) => Event::Failed { message },
    });
}

async fn examine(address: &Address, emit: &dyn Fn(Event)) -> Result<(), String> {
    let pasted = ServerUrl::paste(&address.text).map_err(|error| error.to_string())?;
    let sign_in = match (&address.sign_in, pasted.login) {
        (SignIn::None, Some((user, password))) => SignIn::Basic { user, password },
        (given, _) => given.clone(),
    };
    let server = pasted.server;
    let credentials = Credentials::new(&server, sign_in).map_err(|error| error.to_string())?;
    let situation = Situation {
        is_online: is_online(),
        local_network: local_network(server.reach()).await,
        ..Situation::new(&address.page_origin, server.clone(), &credentials)
    };
    let mut doctor = Doctor::new(situation);
    let tell =
        |doctor: &Doctor| emit(Event::Examined(Box::new(Examination::of(doctor, &server, &credentials))));
    tell(&doctor);
    while let Some(probe) = doctor.next_probe() {
        doctor.saw(ask(&probe, &server, &credentials).await);
        tell(&doctor);
    }
    Ok(())
}

/// What the browser says about access to a server so far away. Browsers know the permission by one of
/// several names, or not at all.
async fn local_network(reach: Reach) -> LocalNetwork {
    let own = if reach == Reach::Loopback { "loopback-network" } else { "local-network" };
    for name in [own, "local-network-access"] {
        match permission(name).await.as_deref() {
            Some("granted") => return LocalNetwork::Granted,
            Some("prompt") => return LocalNetwork::Prompt,
            Some("denied") => return LocalNetwork::Denied,
            _ => {}
        }
    }
    LocalNetwork::Unknown
}

/// The state of a permission; `None` where the browser does not know it.
async fn permission(name: &str) -> Option<String> {
    let field = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let permissions = field(&field(&js_sys::global(), "navigator")?, "permissions")?;
    let query: Function = field(&permissions, "query")?.dyn_into().ok()?;
    let wanted = Object::new();
    Reflect::set(&wanted, &JsValue::from_str("name"), &JsValue::from_str(name)).ok()?;
    let asked: Promise = query.call1(&permissions, &wanted).ok()?.dyn_into().ok()?;
    field(&JsFuture::from(asked).await.ok()?, "state")?.as_string()
}

async fn ask(probe: &Probe, server: &ServerUrl, credentials: &Credentials) -> Outcome {
    let began = js_sys::Date::now();
    let millis = move || (js_sys::Date::now() - began) as u32;
    let Ok(abort) = AbortController::new() else { return Outcome::Failed { millis: 0 } };
    let Ok(init) = init(probe, server, credentials) else { return Outcome::Failed { millis: 0 } };
    init.set_signal(Some(&abort.signal()));
    let seen = Box::pin(seen(probe, &init));
    match select(seen, TimeoutFuture::new(probe.timeout_millis)).await {
        Either::Left((Ok(Seen::Opaque), _)) => Outcome::Opaque { millis: millis() },
        Either::Left((Ok(Seen::Answer(answer)), _)) => Outcome::Answer(Answer { millis: millis(), ..answer }),
        Either::Left((Err(_), _)) => Outcome::Failed { millis: millis() },
        Either::Right(_) => {
            abort.abort();
            Outcome::TimedOut
        }
    }
}

fn init(probe: &Probe, server: &ServerUrl, credentials: &Credentials) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    let init = RequestInit::new();
    init.set_method(probe.method);
    if probe.with_credentials {
        for (name, value) in credentials.headers_for(server).unwrap_or_default() {
            headers.set(&name, &value)?;
        }
        set(&init, "redirect", "error")?;
    }
    if let Some((content_type, body)) = probe.body {
        headers.set("Content-Type", content_type)?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    let mode = if probe.mode == Mode::NoCors { "no-cors" } else { "cors" };
    set(&init, "mode", mode)?;
    private(&init)?;
    if let Some(space) = probe.target_address_space {
        set(&init, "targetAddressSpace", space)?;
    }
    Ok(init)
}

enum Seen {
    Opaque,
    Answer(Answer),
}

async fn seen(probe: &Probe, init: &RequestInit) -> Result<Seen, JsValue> {
    let response: Response = JsFuture::from(fetch(&probe.url, init)).await?.unchecked_into();
    if probe.mode == Mode::NoCors {
        return Ok(Seen::Opaque);
    }
    let body = Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?);
    let start = body.subarray(0, (body.length()).min(BODY_START as u32)).to_vec();
    Ok(Seen::Answer(Answer {
        status: response.status(),
        content_type: response.headers().get("content-type")?.unwrap_or_default(),
        body_start: String::from_utf8_lossy(&start).into_owned(),
        is_redirected: response.redirected(),
        millis: 0,
    }))
}
