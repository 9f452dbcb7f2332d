//! One run.

mod artifact_tree;
mod artifacts;
mod datasets;
mod file_view;
mod header;
mod jump;
mod lineage;
mod metrics;
mod models;
mod note;
mod pairs;
mod params;
mod preview;
mod tags;

use std::sync::Arc;

use artifacts::ArtifactsCard;
use datasets::DatasetsCard;
use header::RunHeader;
use jump::Jump;
use leptos::prelude::*;
use lineage::Lineage;
use metrics::MetricsCard;
use models::ModelsCard;
use note::NoteCard;
use params::ParamsCard;
use runatlas_core::link::{ExperimentKey, Page, RunKey};
use tags::TagsCard;

use crate::{
    state::{Loadable, RunData, ViewState},
    ui::{
        app::app,
        copy,
        part::{EmptyState, Loading},
    },
};

/// The page of a run.
#[component]
pub(crate) fn RunPage(run: RunKey) -> impl IntoView {
    let app = app();
    let data = app.library.run_data(run.clone(), app.runs);
    // What a run that goes on logs is no reason to make the page anew.
    let state = Memo::new(move |_| data.with(|data| data.map(|_| ())));
    move || match state.get() {
        Loadable::Loading => view! { <Loading what="Reading the run from this browser" /> }.into_any(),
        Loadable::Failed(reason) => view! {
            <EmptyState icon="triangle-alert" title="This run cannot be shown" text=reason error=true>
                <a class="btn" href=ViewState::href(Page::Home)>"Open files"</a>
            </EmptyState>
        }
        .into_any(),
        Loadable::Ready(()) => view! { <RunBody key=run.clone() data=data /> }.into_any(),
    }
}

/// The run that the page shows; what every panel is given.
#[derive(Clone)]
struct Shown {
    key: RunKey,
    experiment: ExperimentKey,
    data: Arc<RunData>,
}

/// What a person chose in a list of metrics: it outlives the list.
#[derive(Clone, Copy)]
struct Chosen {
    /// Part of their names.
    search: RwSignal<String>,
    /// All of them, however many there are.
    all: RwSignal<bool>,
}

#[component]
fn RunBody(key: RunKey, data: Memo<Loadable<Arc<RunData>>>) -> impl IntoView {
    let shown = Memo::new_with_compare(
        move |_| {
            let data = data.get().ready().cloned()?;
            let experiment =
                ExperimentKey { source: key.source.clone(), experiment: data.run.experiment_id.clone() };
            Some(Shown { key: key.clone(), experiment, data })
        },
        |before, after| match (before.and_then(Option::as_ref), after.and_then(Option::as_ref)) {
            (Some(before), Some(after)) => !Arc::ptr_eq(&before.data, &after.data),
            // While it is read again, what was there stays.
            (before, _) => before.is_none(),
        },
    );
    // Where a person reads, opens and searches, nothing moves while points come in.
    let steady = Memo::new_with_compare(
        move |_| shown.get(),
        |before, after| match (before.and_then(Option::as_ref), after.and_then(Option::as_ref)) {
            (Some(before), Some(after)) => !before.data.is_alike(&after.data),
            _ => true,
        },
    );
    let chosen = Chosen { search: RwSignal::new(String::new()), all: RwSignal::new(false) };
    view! {
        <article class="run-page">
            {move || shown.get().map(|shown| view! { <RunHeader shown=shown /> })}
            <div class="run-b">
                {move || shown.get().map(|shown| view! { <Jump shown=shown /> })}
                {move || steady.get().map(|shown| view! { <Lineage shown=shown /> })}
                <div class="run-cols">
                    <div class="col g3">
                        {move || shown.get().map(|shown| view! { <MetricsCard shown=shown chosen=chosen /> })}
                        {move || steady.get().map(|shown| view! { <ParamsCard shown=shown.clone() /><TagsCard shown=shown /> })}
                    </div>
                    <div class="col g3">
                        {move || steady.get().map(|shown| view! {
                            <NoteCard shown=shown.clone() />
                            <ArtifactsCard shown=shown.clone() />
                            <DatasetsCard shown=shown.clone() />
                            <ModelsCard shown=shown />
                        })}
                    </div>
                </div>
            </div>
        </article>
    }
}
