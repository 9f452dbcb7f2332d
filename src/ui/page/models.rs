//! Registered and logged models of a source, to be read.

mod list;
mod logged;
mod parts;
mod registered;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;
use list::ModelList;
use logged::LoggedCard;
use registered::{RegisteredCard, RegisteredModelPage};
use runatlas_core::{
    link::Page,
    registry::{RegisteredRow, registered_rows},
};

use crate::{
    state::{Loadable, SourceModels, ViewState},
    ui::{
        app::app,
        part::{EmptyState, Loading},
    },
};

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Shared {
    source: StoredValue<String>,
    models: Memo<Option<Arc<SourceModels>>>,
    search: RwSignal<String>,
    /// The registered model that is open.
    open: Memo<Option<String>>,
    /// The registered models that the search leaves.
    found: Memo<Vec<RegisteredRow>>,
}

impl Shared {
    /// The link to a registered model; to all models without one.
    fn href(self, model: Option<String>) -> String {
        ViewState::href(Page::Models { source: self.source.get_value(), model })
    }
}

/// The models of a source.
#[component]
pub(crate) fn ModelsPage(
    /// The source's id.
    source: String,
) -> impl IntoView {
    let app = app();
    let data = app.library.source_models(source.clone());
    let models = Memo::new(move |_| data.with(|data| data.ready().cloned()));
    let search = RwSignal::new(String::new());
    let open = Memo::new(move |_| match app.view.get().page {
        Page::Models { model, .. } => model,
        _ => None,
    });
    let found = Memo::new(move |_| {
        let of = |models: &Arc<SourceModels>| {
            search.with(|search| registered_rows(&models.registered, &models.versions, search))
        };
        models.with(|models| models.as_ref().map(of).unwrap_or_default())
    });
    let shared = Shared { source: StoredValue::new(source), models, search, open, found };
    let state = Memo::new(move |_| {
        data.with(|data| match data {
            Loadable::Loading => Loadable::Loading,
            Loadable::Failed(reason) => Loadable::Failed(reason.clone()),
            Loadable::Ready(models) => {
                let none =
                    models.registered.is_empty() && models.versions.is_empty() && models.logged.is_empty();
                Loadable::Ready(none)
            }
        })
    });
    move || {
        match state.get() {
        Loadable::Loading => view! { <Loading what="Reading models from this browser" /> }.into_any(),
        Loadable::Failed(reason) => {
            view! { <EmptyState icon="triangle-alert" title="The models could not be read" text=reason error=true /> }.into_any()
        }
        Loadable::Ready(true) => view! { <NoModels source=shared.source.get_value() /> }.into_any(),
        Loadable::Ready(false) => view! { <Models shared=shared /> }.into_any(),
    }
    }
}

#[component]
fn Models(shared: Shared) -> impl IntoView {
    view! {
        <div class="reg" class:open=move || shared.open.with(Option::is_some)>
            <ModelList shared=shared />
            <div class="mpage">
                {move || match shared.open.get() {
                    Some(name) => view! { <RegisteredModelPage shared=shared name=name /> }.into_any(),
                    None => {
                        view! {
                            <h1 class="mpage-all">"All models"</h1>
                            <RegisteredCard shared=shared />
                            <LoggedCard shared=shared />
                        }
                            .into_any()
                    }
                }}
            </div>
        </div>
    }
}

#[component]
fn NoModels(source: String) -> impl IntoView {
    view! {
        <h1 class="vh">"Models"</h1>
        <EmptyState
            icon="package"
            title="This source has no models"
            text="Models appear here when a run logs one with MLflow 3 (log_model), or when one is registered (mlflow.register_model). A file store keeps its registry in the folder models beside its experiments: open it with them."
        >
            <a class="btn" href=ViewState::href(Page::Source { source })>"What was read"</a>
        </EmptyState>
    }
}
