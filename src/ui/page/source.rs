//! A source: its report, name, size, and deletion.

mod notes;
mod report;
mod tools;

use leptos::prelude::*;
use report::ReportCard;
use runatlas_core::{
    format,
    model::{Source, SourceState},
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
    let app = app();
    let found = app.library.source(source);
    view! {
        {move || match found.get() {
            None => {
                view! {
                    <EmptyState
                        icon="hard-drive"
                        title="This source is not in this browser"
                        text="It was deleted, or the link was made in another browser. Open the files again from the home page."
                    />
                }
                    .into_any()
            }
            Some(source) => {
                let counts = source.counts;
                let id = source.id.clone();
                let facts = [
                    ("Read from", source.file_name.clone()),
                    ("Place in it", if source.path.is_empty() { "at its root".to_owned() } else { source.path.clone() }),
                    ("Added", app.clock.date(source.added)),
                    ("Last read", app.clock.date(source.updated)),
                    ("Space here", format::bytes(source.bytes)),
                    ("Points", format::unsigned(counts.points)),
                ];
                view! {
                    <div class="page-scroll">
                        <header class="src-h">
                            <div class="row g2 wrap">
                                <Icon name=words::source_icon(&source) class="s20" />
                                <h1 class="ell">{source.name.clone()}</h1>
                                <span class="chip">{words::source_counts(&source)}</span>
                                {unfinished(&source).map(|why| view! { <span class="chip warn">{why}</span> })}
                                <span class="grow"></span>
                                {(source.counts.runs > 0).then(|| view! { <a class="btn primary" href=move || app.library.open_href(&id)>"Open the runs"</a> })}
                            </div>
                            <dl class="src-facts">
                                {facts
                                    .into_iter()
                                    .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
                                    .collect_view()}
                            </dl>
                        </header>
                        <div class="page-cols">
                            <ReportCard source=source.clone() />
                            <SourceTools source=source />
                        </div>
                    </div>
                }
                    .into_any()
            }
        }}
    }
}

/// What a person should know about a source whose last import did not read all.
fn unfinished(source: &Source) -> Option<&'static str> {
    match source.state {
        SourceState::Complete => None,
        SourceState::Importing => Some("incomplete: it was not read to its end"),
        SourceState::Cancelled => Some("incomplete: reading was stopped"),
        SourceState::Failed => Some("incomplete: reading failed"),
    }
}
