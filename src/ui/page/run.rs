//! One run.

mod artifact_tree;
mod artifacts;
mod copy;
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
mod spark;
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
        part::{EmptyState, Loading},
    },
};

/// The page of a run.
#[component]
pub(crate) fn RunPage(run: RunKey) -> impl IntoView {
    let app = app();
    let data = app.library.run_data(run.clone(), app.runs);
    move || match data.get() {
        Loadable::Loading => view! { <Loading what="Reading the run from this browser" /> }.into_any(),
        Loadable::Failed(reason) => view! {
            <EmptyState icon="triangle-alert" title="This run cannot be shown" text=reason error=true>
                <a class="btn" href=ViewState::href(Page::Home)>"Open files"</a>
            </EmptyState>
        }
        .into_any(),
        Loadable::Ready(data) => {
            let experiment =
                ExperimentKey { source: run.source.clone(), experiment: data.run.experiment_id.clone() };
            view! { <RunBody shown=Shown { key: run.clone(), experiment, data } /> }.into_any()
        }
    }
}

/// The run that the page shows; what every panel is given.
#[derive(Clone)]
struct Shown {
    key: RunKey,
    experiment: ExperimentKey,
    data: Arc<RunData>,
}

#[component]
fn RunBody(shown: Shown) -> impl IntoView {
    view! {
        <article class="run-page">
            <RunHeader shown=shown.clone() />
            <div class="run-b">
                <Jump shown=shown.clone() />
                <Lineage shown=shown.clone() />
                <div class="run-cols">
                    <div class="col g3">
                        <MetricsCard shown=shown.clone() />
                        <ParamsCard shown=shown.clone() />
                        <TagsCard shown=shown.clone() />
                    </div>
                    <div class="col g3">
                        <NoteCard shown=shown.clone() />
                        <ArtifactsCard shown=shown.clone() />
                        <DatasetsCard shown=shown.clone() />
                        <ModelsCard shown=shown />
                    </div>
                </div>
            </div>
        </article>
    }
}
