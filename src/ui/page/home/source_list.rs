use leptos::prelude::*;
use runatlas_core::{
    format,
    link::Page,
    model::{Source, SourceState},
};

use crate::{
    state::{Loadable, ViewState, words},
    ui::{
        app::app,
        live_mark::{LiveDot, standing},
        part::{EmptyState, Icon, Loading},
        shell::StorageMeter,
    },
};

/// The sources in this browser.
#[component]
pub(super) fn SourceList() -> impl IntoView {
    let library = app().library;
    view! {
        <section class="card wsl">
            <div class="card-h">
                <h2>"In this browser"</h2>
                <span class="count">
                    {move || {
                        let count = library.sources.with(Vec::len) as u64;
                        (count > 0).then(|| format::count(count, "source", "sources"))
                    }}
                </span>
            </div>
            {move || match library.state.get() {
                Loadable::Loading => view! { <Loading what="Reading what is stored here" /> }.into_any(),
                Loadable::Failed(reason) => {
                    view! { <EmptyState icon="triangle-alert" title="The browser's storage cannot be used" text=reason error=true /> }
                        .into_any()
                }
                Loadable::Ready(()) => view! { <Sources /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Sources() -> impl IntoView {
    let library = app().library;
    view! {
        <Show
            when=move || library.sources.with(|sources| !sources.is_empty())
            fallback=|| view! { <p class="wsl-none fs12 t2">"Nothing yet. What you open is kept here and can be read offline."</p> }
        >
            <ul>
                <For each=move || library.sources.get() key=|source| (source.id.clone(), source.name.clone(), source.updated, source.bytes, source.state) children=|source| view! { <SourceRow source=source /> } />
            </ul>
            <StorageMeter />
        </Show>
    }
}

#[component]
fn SourceRow(source: Source) -> impl IntoView {
    let app = app();
    let state = source.state;
    let reading = app.imports.is_reading(source.id.clone());
    let mark = standing(source.clone());
    let is_server = mark.is_some();
    let chip = move || match state {
        _ if reading.get() => Some(("chip xs", "reading")),
        SourceState::Complete => None,
        // Its mark says it.
        SourceState::Importing | SourceState::Failed if is_server => None,
        SourceState::Importing => Some(("chip warn xs", "incomplete")),
        SourceState::Cancelled => Some(("chip warn xs", "stopped")),
        SourceState::Failed => Some(("chip warn xs", "failed")),
    };
    let updated = source.updated;
    let id = source.id.clone();
    view! {
        <li class="wsl-i">
            <a class="wsr" href=move || app.library.open_href(&id)>
                <span class="wsi"><Icon name=words::source_icon(&source) /></span>
                <span class="col grow">
                    <span class="row g2">
                        <span class="b5 ell">{source.name.clone()}</span>
                        {mark.map(|standing| view! { <LiveDot standing=standing /> })}
                        {move || chip().map(|(class, chip)| view! { <span class=class>{chip}</span> })}
                    </span>
                    <span class="fs12 t3 ell">{words::source_counts(&source)}</span>
                </span>
                <span class="col wsr-end">
                    <span class="fs12">{format::bytes(source.bytes)}</span>
                    <span class="fs12 t3">{move || app.clock.ago(updated)}</span>
                </span>
            </a>
            <a
                class="iconbtn sm"
                href=ViewState::href(Page::Source { source: source.id.clone() })
                aria-label=format!("Report, name and deletion of {}", source.name)
                title="Report, name, deletion"
            >
                <Icon name="settings" class="s14" />
            </a>
        </li>
    }
}
