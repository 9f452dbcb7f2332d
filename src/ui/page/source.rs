//! A source: its report, name, size, and deletion.

mod experiments;
mod files;
mod notes;
mod report;
mod tools;

use experiments::ServerExperiments;
use leptos::prelude::*;
use report::ReportCard;
use runatlas_core::{
    format,
    model::{Source, SourceKind, SourceState},
};
use tools::SourceTools;

use crate::{
    state::words,
    ui::{
        app::app,
        part::{EmptyState, Icon},
    },
};

/// The page of a source.
#[component]
pub(crate) fn SourcePage(
    /// Its id.
    source: String,
) -> impl IntoView {
    let found = app().library.source(source);
    let is_here = Memo::new(move |_| found.with(Option::is_some));
    let nothing = || {
        view! {
            <EmptyState
                icon="hard-drive"
                title="This source is not in this browser"
                text="It was deleted, or the link was made in another browser. Open the files again from the home page."
            />
        }
    };
    // What a sync changes every moment is no reason to make anew what a person types into.
    let settled = Memo::new_with_compare(
        move |_| found.get(),
        |a, b| {
            let key = |source: &Option<Option<Source>>| {
                let source = source.as_ref()?.as_ref()?;
                Some((source.name.clone(), source.state, source.counts.runs > 0))
            };
            key(&a.cloned()) != key(&b.cloned())
        },
    );
    let server = Memo::new_with_compare(
        move |_| found.get().filter(|source| source.kind == SourceKind::Server),
        |a, b| a.is_some_and(Option::is_some) != b.is_some_and(Option::is_some),
    );
    view! {
        <Show when=move || is_here.get() fallback=nothing>
            <div class="page-scroll">
                {move || found.get().map(|source| view! { <Head source=source /> })}
                <div class="page-cols">
                    <div class="col g3">
                        {move || server.get().map(|source| view! { <ServerExperiments source=source /> })}
                        {move || found.get().filter(|source| source.imports > 0).map(|source| view! { <ReportCard source=source /> })}
                    </div>
                    {move || settled.get().map(|source| view! { <SourceTools source=source /> })}
                </div>
            </div>
        </Show>
    }
}

/// Its name, counts and facts.
#[component]
fn Head(source: Source) -> impl IntoView {
    let app = app();
    let id = source.id.clone();
    let place = if source.path.is_empty() { "at its root".to_owned() } else { source.path.clone() };
    let facts = [
        ("Read from", source.file_name.clone()),
        (if source.kind == SourceKind::Server { "Address" } else { "Place in it" }, place),
        ("Added", app.clock.date(source.added)),
        ("Last read", app.clock.date(source.updated)),
        ("Space here", format::bytes(source.bytes)),
        ("Points", format::unsigned(source.counts.points)),
    ];
    let fact = |(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    view! {
        <header class="src-h">
            <div class="row g2 wrap">
                <Icon name=words::source_icon(&source) class="s20" />
                <h1 class="ell">{source.name.clone()}</h1>
                <span class="chip">{words::source_counts(&source)}</span>
                {unfinished(&source).map(|why| view! { <span class="chip warn">{why}</span> })}
                <span class="grow"></span>
                {(source.counts.runs > 0).then(|| view! { <a class="btn primary" href=move || app.library.open_href(&id)>"Open the runs"</a> })}
            </div>
            <dl class="src-facts">{facts.into_iter().map(fact).collect_view()}</dl>
        </header>
    }
}

/// What a person should know about a source whose last import did not read all.
fn unfinished(source: &Source) -> Option<&'static str> {
    match source.state {
        SourceState::Complete => None,
        _ if source.imports == 0 => Some("nothing is read yet"),
        SourceState::Importing => Some("incomplete: it was not read to its end"),
        SourceState::Cancelled => Some("incomplete: reading was stopped"),
        SourceState::Failed => Some("incomplete: reading failed"),
    }
}
