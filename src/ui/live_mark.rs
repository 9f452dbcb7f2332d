//! What a live source is at, as a mark.

use leptos::prelude::*;
use runatlas_core::{
    link::Page,
    model::{Source, SourceKind},
};

use super::app::app;
use crate::{
    state::{Standing, ViewState},
    web,
};

/// The state of a server's source; `None` for others.
pub(crate) fn standing(source: Source) -> Option<Memo<Standing>> {
    let app = app();
    (source.kind == SourceKind::Server).then(|| {
        Memo::new(move |_| {
            // Looks again as time goes by.
            app.clock.track();
            app.prefs.online.track();
            app.servers.standing(&source, web::now())
        })
    })
}

/// A dot, with the whole story as its title.
#[component]
pub(crate) fn LiveDot(standing: Memo<Standing>) -> impl IntoView {
    let app = app();
    let words = move || standing.with(|standing| standing.words(|at| app.clock.ago(at)));
    view! { <span class=move || format!("live-dot {}", standing.with(Standing::tone)) role="img" aria-label=words title=words></span> }
}

/// A dot and a word or two, which lead to the source's page.
#[component]
pub(crate) fn LiveChip(source: Source, standing: Memo<Standing>) -> impl IntoView {
    let app = app();
    let words = move || standing.with(|standing| standing.words(|at| app.clock.ago(at)));
    let label = move || standing.with(|standing| standing.label(|at| app.clock.ago(at)));
    view! {
        <a class="standing" href=ViewState::href(Page::Source { source: source.id }) title=words>
            <span class=move || format!("live-dot {}", standing.with(Standing::tone)) aria-hidden="true"></span>
            <span class="ell">{label}</span>
        </a>
    }
}
