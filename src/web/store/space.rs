use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::StorageManager;

use super::Store;

/// The browser's word on space, in bytes, for everything that this site keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Space {
    /// In use.
    pub used: u64,
    /// At most.
    pub quota: u64,
    /// Whether the browser promised not to clear it on its own.
    pub persisted: bool,
}

impl Store {
    /// What the browser says about space; `None` if it says nothing.
    pub async fn space(&self) -> Option<Space> {
        let storage = manager()?;
        let estimate = JsFuture::from(storage.estimate().ok()?).await.ok()?;
        let number = |name: &str| {
            let value = js_sys::Reflect::get(&estimate, &name.into()).ok()?;
            value.as_f64().map(|bytes| bytes as u64)
        };
        let persisted = match storage.persisted() {
            Ok(promise) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
            Err(_) => false,
        };
        Some(Space { used: number("usage")?, quota: number("quota")?, persisted })
    }

    /// Asks the browser not to clear the store on its own; whether it agreed.
    pub async fn persist(&self) -> bool {
        match manager().map(|storage| storage.persist()) {
            Some(Ok(promise)) => JsFuture::from(promise).await.is_ok_and(|answer| answer.is_truthy()),
            _ => false,
        }
    }
}

/// Absent outside secure contexts.
fn manager() -> Option<StorageManager> {
    let navigator = js_sys::Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let storage = js_sys::Reflect::get(&navigator, &"storage".into()).ok()?;
    storage.dyn_into().ok()
}
