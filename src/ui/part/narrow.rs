use leptos::{ev, prelude::*};

/// The width below which the style sheet lays a screen out for a phone, in CSS pixels.
const PHONE: f64 = 720.0;

/// Whether the window is as narrow as a phone; for what a style sheet cannot say.
pub(crate) fn is_narrow() -> Signal<bool> {
    let now =
        || window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < PHONE);
    let narrow = RwSignal::new(now());
    let resized = window_event_listener(ev::resize, move |_| {
        if narrow.get_untracked() != now() {
            narrow.set(now());
        }
    });
    on_cleanup(move || resized.remove());
    narrow.into()
}
