use leptos::prelude::*;

use crate::ui::{app::app, part::Icon};

/// An export under way, and a button that stops it.
#[component]
pub(crate) fn ExportBar() -> impl IntoView {
    let exports = app().exports;
    let is_on = Memo::new(move |_| exports.status.with(Option::is_some));
    let words = move || exports.status.with(|status| status.as_ref().map(|status| status.words.clone()));
    let percent = move || exports.status.with(|status| status.as_ref().map_or(0, |status| status.percent));
    view! {
        <Show when=move || is_on.get()>
            <section class="importbar" aria-label="Export">
                <div class="row g2">
                    <Icon name="download" class="s14" />
                    <span class="b5 ell grow" role="status">"Writing the table"</span>
                    <button class="btn ghost sm" on:click=move |_| exports.stop()>"Stop"</button>
                </div>
                <div class="meter" role="progressbar" aria-label="Export progress" aria-valuemin="0" aria-valuemax="100" aria-valuenow=move || percent().to_string()>
                    <i style:width=move || format!("{}%", percent())></i>
                </div>
                <span class="fs12 t3">{words}</span>
            </section>
        </Show>
    }
}
