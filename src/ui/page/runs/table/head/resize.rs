use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::table::{Column, LEAST_PIXELS, MOST_PIXELS};

use crate::ui::app::app;

/// The right edge of a heading: dragged, the column gets wider or narrower; a double click lets it fit.
#[component]
pub(super) fn Grip(column: StoredValue<Column>) -> impl IntoView {
    let runs = app().runs;
    // Where the pointer went down, and how wide the column was.
    let from = StoredValue::new(None::<(f64, f64)>);
    let down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.stop_propagation();
        event.prevent_default();
        if let Some(grip) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) {
            let _ = grip.set_pointer_capture(event.pointer_id());
        }
        let width = column.with_value(|column| runs.width_of(column));
        from.set_value(Some((f64::from(event.client_x()), width)));
    };
    let go = move |event: ev::PointerEvent| {
        if let Some((x, width)) = from.get_value() {
            let width = (width + f64::from(event.client_x()) - x).clamp(LEAST_PIXELS, MOST_PIXELS);
            runs.live_width.set(Some((column.get_value(), width.round() as u32)));
        }
    };
    let end = move |event: ev::PointerEvent| {
        event.stop_propagation();
        from.set_value(None);
        if let Some((column, width)) = runs.live_width.get_untracked() {
            runs.set_width(&column, Some(f64::from(width)));
            runs.live_width.set(None);
        }
    };
    view! {
        <span
            class="rt-grip"
            aria-hidden="true"
            title="Drag to resize, double click to fit"
            on:pointerdown=down
            on:pointermove=go
            on:pointerup=end
            on:pointercancel=end
            on:click=move |event| event.stop_propagation()
            on:dblclick=move |event| {
                event.stop_propagation();
                column.with_value(|column| runs.set_width(column, None));
            }
        ></span>
    }
}
