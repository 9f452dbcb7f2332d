//! Locks that all tabs of this site share: one of them does a thing, the others leave it to it.

use std::{cell::Cell, rc::Rc};

use futures::channel::oneshot;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};

/// Held until it is dropped, or its page or worker is gone.
pub struct Lock {
    release: Option<Function>,
}

impl Lock {
    /// Takes a lock if nobody holds it. Browsers without locks hand out one that guards nothing.
    pub async fn try_hold(name: &str) -> Option<Self> {
        let Some(locks) = locks() else { return Some(Self { release: None }) };
        let (sender, answer) = oneshot::channel::<Option<Function>>();
        let sender = Cell::new(Some(sender));
        let granted = Closure::<dyn FnMut(JsValue) -> Promise>::new(move |lock: JsValue| {
            let tell = |release| sender.take().map(|sender| sender.send(release));
            if lock.is_null() {
                tell(None);
                return Promise::resolve(&JsValue::NULL);
            }
            // The lock is held until this promise is kept.
            let keep = Rc::new(Cell::new(None));
            let kept = Rc::clone(&keep);
            let promise = Promise::new(&mut |resolve, _reject| kept.set(Some(resolve)));
            tell(keep.take());
            promise
        });
        let options = Object::new();
        Reflect::set(&options, &JsValue::from_str("ifAvailable"), &JsValue::TRUE).ok()?;
        let request: Function = Reflect::get(&locks, &JsValue::from_str("request")).ok()?.dyn_into().ok()?;
        let asked = request.call3(&locks, &JsValue::from_str(name), &options, granted.as_ref());
        if asked.is_err() {
            return Some(Self { release: None });
        }
        let release = answer.await.ok()??;
        Some(Self { release: Some(release) })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(release) = &self.release {
            // Keeping a promise does not throw.
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// `navigator.locks`, where there is such a thing: pages that are not secure have none.
fn locks() -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &JsValue::from_str("navigator")).ok()?;
    let locks = Reflect::get(&navigator, &JsValue::from_str("locks")).ok()?;
    locks.is_object().then_some(locks)
}
