use leptos::prelude::*;
use runatlas_core::link::SavedView;

use crate::{
    state::{Naming, Overlay, PageKind, ViewState},
    ui::{app::app, part::Icon},
};

/// The saved views; where there is none and nothing to save, nothing.
#[component]
pub(super) fn Views() -> impl IntoView {
    let app = app();
    let views = app.views;
    let at_runs = Memo::new(move |_| matches!(app.view.page.get(), PageKind::Runs(_)));
    let any = Memo::new(move |_| views.list.with(|list| !list.is_empty()));
    view! {
        <Show when=move || any.get() || at_runs.get()>
            <div class="sec">
                "Saved views"
                <Show when=move || at_runs.get()>
                    <button class="iconbtn xs" aria-label="Save this view" title="Save this view" on:click=move |_| app.commands.overlay.set(Some(Overlay::Name(Naming::New)))>
                        <Icon name="plus" class="s14" />
                    </button>
                </Show>
            </div>
            <nav aria-label="Saved views">
                <For each=move || views.list.get() key=|saved| (saved.id.clone(), saved.name.clone(), saved.updated) children=|saved| view! { <Node saved=saved /> } />
                <Show when=move || !any.get()>
                    <p class="side-none">"None yet. A view keeps columns, search, sort, runs and charts."</p>
                </Show>
            </nav>
        </Show>
    }
}

#[component]
fn Node(saved: SavedView) -> impl IntoView {
    let app = app();
    let views = app.views;
    let id = saved.id.clone();
    let on = Signal::derive(move || {
        let at_runs = matches!(app.view.page.get(), PageKind::Runs(_));
        at_runs && app.view.runs.with(|runs| runs.saved.as_ref() == Some(&id))
    });
    let name = saved.name.clone();
    let href = ViewState::href(views.page(&saved));
    let missing = Memo::new(move |_| views.missing(&saved));
    let title = {
        let name = name.clone();
        move || {
            missing.with(|missing| {
                if missing.is_empty() {
                    name.clone()
                } else {
                    format!("{name}\nNot in this browser: {}", missing.join(", "))
                }
            })
        }
    };
    view! {
        <a class="node" class:on=move || on.get() class:away=move || missing.with(|it| !it.is_empty()) href=href title=title aria-current=move || on.get().then_some("page")>
            <Icon name="bookmark" />
            <span class="ell grow">{name}</span>
            <Show when=move || on.get() && views.is_changed.get()>
                <span class="end" title="What is shown differs from what was saved">"changed"</span>
            </Show>
            <Show when=move || missing.with(|it| !it.is_empty())>
                <span class="end"><Icon name="triangle-alert" class="s14" /></span>
            </Show>
        </a>
    }
}
