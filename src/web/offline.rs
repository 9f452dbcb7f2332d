//! The service worker: the app without a network, and new releases on offer.

use super::Listener;

/// Registers the service worker. `on_update` is called when a newer release lies ready;
/// [`apply_update`] takes it.
pub fn register(on_update: impl FnMut() + 'static) {
    todo!()
}

/// Lets the waiting release take over and reloads the page once.
pub fn apply_update() {
    todo!()
}

/// Whether the browser believes to be online.
pub fn is_online() -> bool {
    todo!()
}

/// Calls back with `true` when the browser comes online, with `false` when it goes offline.
pub fn on_online_change(callback: impl FnMut(bool) + 'static) -> [Listener; 2] {
    todo!()
}
