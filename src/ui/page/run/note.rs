use leptos::prelude::*;
use runatlas_core::{preview::markdown::to_html, run_page::note};

use super::Shown;

/// The note, as the page that its Markdown means. Without one there is no card: a run without a
/// note lacks nothing.
#[component]
pub(super) fn NoteCard(shown: Shown) -> impl IntoView {
    note(&shown.data.run).map(|text| {
        let html = to_html(text).as_str().to_owned();
        view! {
            <section class="card" aria-label="Note" id="note">
                <div class="card-h"><h2>"Note"</h2></div>
                <div class="note md" inner_html=html></div>
            </section>
        }
    })
}
