use leptos::prelude::*;
use runatlas_core::link::Page;

use crate::state::ViewState;

/// The logo, a link home: contours of a loss landscape with its minimum.
#[component]
pub(super) fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href=ViewState::href(Page::Home) aria-label="Runatlas home">
            <svg viewBox="0 0 24 24" fill="none" aria-hidden="true">
                <g stroke="currentColor" stroke-width="1.6" stroke-linejoin="round">
                    <path d="M9.6 1.7c4.6-.9 8.3.5 10.6 3.8 2.6 3.7 2.3 8.6.4 12-1.9 3.4-5.3 5-9.3 4.7-4.8-.4-8.9-3-9.8-7.7C.7 9.3 3.3 2.9 9.6 1.7Z" opacity=".38" />
                    <path d="M12.4 6.6c3-.5 5.3.5 6.4 2.9 1.2 2.7.6 5.9-1.2 7.9-1.7 1.8-4.3 2.4-6.9 1.6-2.7-.8-4.5-2.9-4.4-5.7.1-3.4 2.7-6.1 6.1-6.7Z" opacity=".85" />
                </g>
                <circle cx="13.7" cy="13.3" r="2.5" fill="var(--brand-dot)" />
            </svg>
            <span class="bn">"Runatlas"</span>
        </a>
    }
}
