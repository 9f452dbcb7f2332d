//! The service worker: the app without a network, and new releases on offer.
//!
//! The protocol stands at the head of `public/sw.js`.

use std::{cell::Cell, rc::Rc};

use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration,
    ServiceWorkerState, ServiceWorkerUpdateViaCache,
};

use super::{Listener, location};

/// Registers the service worker, unless this is a development build. `on_update` is called when a
/// newer release lies ready; [`apply_update`] takes it.
pub fn register(on_update: impl FnMut() + 'static) {
    let build = location::meta("runatlas:build").unwrap_or_default();
    let Some(container) = container() else {
        return;
    };
    if build.is_empty() || build == "dev" {
        return;
    }
    spawn_local(async move {
        let options = RegistrationOptions::new();
        options.set_update_via_cache(ServiceWorkerUpdateViaCache::None);
        let registering = container.register_with_options(&location::beside("sw.js"), &options);
        // Without it the app works as before, but not offline.
        if let Ok(registration) = JsFuture::from(registering).await {
            watch(&container, registration.unchecked_into(), Box::new(on_update));
        }
    });
}

fn watch(
    container: &ServiceWorkerContainer,
    registration: ServiceWorkerRegistration,
    mut on_update: Box<dyn FnMut()>,
) {
    if registration.waiting().is_some() && container.controller().is_some() {
        on_update();
    }
    let on_update = Rc::new(std::cell::RefCell::new(on_update));
    let (container, source) = (container.clone(), registration.clone());
    Listener::new(&registration, "updatefound", move |_| {
        let Some(worker) = source.installing() else {
            return;
        };
        let (container, on_update, installing) = (container.clone(), Rc::clone(&on_update), worker.clone());
        Listener::new(&worker, "statechange", move |_| {
            // Without a controller this is the first visit, and nothing is replaced.
            if installing.state() == ServiceWorkerState::Installed && container.controller().is_some() {
                (on_update.borrow_mut())();
            }
        })
        .forget();
    })
    .forget();
}

/// Lets the waiting release take over and reloads the page once.
pub fn apply_update() {
    let Some(container) = container() else {
        return reload();
    };
    let reloaded = Cell::new(false);
    Listener::new(&container, "controllerchange", move |_| {
        if !reloaded.replace(true) {
            reload();
        }
    })
    .forget();
    spawn_local(async move {
        let registration = JsFuture::from(container.get_registration()).await.ok();
        let registration = registration.and_then(|found| found.dyn_into::<ServiceWorkerRegistration>().ok());
        match registration.and_then(|registration| registration.waiting()) {
            Some(waiting) => skip_waiting(&waiting),
            // Another tab has let it in already.
            None => reload(),
        }
    });
}

fn skip_waiting(worker: &ServiceWorker) {
    let message = Object::new();
    // Setting a field of a fresh object and posting it cannot fail.
    let _ = Reflect::set(&message, &JsValue::from_str("type"), &JsValue::from_str("skip-waiting"));
    let _ = worker.post_message(&message);
}

/// Reloads the page.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Whether the browser believes to be online.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Calls back with `true` when the browser comes online, with `false` when it goes offline.
pub fn on_online_change(callback: impl FnMut(bool) + 'static) -> Vec<Listener> {
    let callback = Rc::new(std::cell::RefCell::new(callback));
    let listen = |kind, online| {
        let callback = Rc::clone(&callback);
        Some(Listener::new(&web_sys::window()?.into(), kind, move |_| (callback.borrow_mut())(online)))
    };
    [listen("online", true), listen("offline", false)].into_iter().flatten().collect()
}

/// Absent in private windows of some browsers, and outside secure contexts.
fn container() -> Option<ServiceWorkerContainer> {
    let navigator = web_sys::window()?.navigator();
    let found = Reflect::get(&navigator, &JsValue::from_str("serviceWorker")).ok()?;
    found.dyn_into().ok()
}
