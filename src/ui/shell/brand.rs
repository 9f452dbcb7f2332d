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
                    <path d="M9.6 1.7c4.6-.9 8.3.5 10.6 3.8 2.6 3.7 2.3 8.6.4 12-1.9 3.400-5.3 5-9.3 4.7-4.8-.4-8.9-3-9.8-7.700C.7 9.3 3.3 2.9 9.600 1.700Z" opacity=".38" />
                    <path d="M12.4 6.6c3-.5 5.3.5 6.400 2.900 1.2 2.7.6 5.900-1.2 7.900-1.7 1.8-4.300 2.400-6.900 1.600-2.700-.8-4.500-2.900-4.400-5.700.1-3.400 2.700-6.100 6.100-6.700Z" opacity=".85" />
                </g>
                <circle cx="13.7" cy="13.3" r="2.5" fill="var(--brand-dot)" />
            </svg>
            <span class="bn">"Runatlas"</span>
        </a>
    }
}
