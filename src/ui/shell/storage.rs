use leptos::prelude::*;
use runatlas_core::format;

use crate::ui::app::app;

/// The space that everything here takes in this browser.
#[component]
pub(crate) fn StorageMeter() -> impl IntoView {
    let space = app().library.space;
    let percent = Signal::derive(move || {
        let space = space.get();
        if space.quota == 0 { 0.0 } else { (space.used as f64 / space.quota as f64 * 100.0).min(100.0) }
    });
    let words = move || {
        let space = space.get();
        format!("{} of {}", format::bytes(space.used), format::bytes(space.quota))
    };
    view! {
        <div class="storage">
            <div class="row fs12 storage-h">
                <span class="t2 nowrap">"Storage"</span>
                <span class="t3 nowrap">{words}</span>
            </div>
            <div
                class="meter"
                role="meter"
                aria-label="Space taken in this browser"
                aria-valuenow=move || format!("{:.0}", percent.get())
                aria-valuemin="0"
                aria-valuemax="100"
            >
                <i style:width=move || format!("{:.2}%", percent.get())></i>
            </div>
        </div>
    }
}
