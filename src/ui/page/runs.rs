//! Runs of one or several experiments: table, charts, diff.

mod bar;
mod charts;
mod diff;
mod table;

use bar::FilterBar;
pub(in crate::ui) use charts::ChartsTab;
pub(in crate::ui) use diff::DiffTab;
use leptos::prelude::*;
use runatlas_core::link::{Page, Tab};
use table::TableTab;

use crate::{
    state::{Loadable, PageKind, ViewState},
    ui::{
        app::app,
        part::{EmptyState, Icon, Loading},
        screen::lazy,
    },
};

/// The runs page.
#[component]
pub(crate) fn RunsPage() -> impl IntoView {
    let app = app();
    let title = move || {
        app.view.runs.with(|runs| {
            let names: Vec<String> = runs.scope.iter().map(|key| app.library.experiment_name(key)).collect();
            format!("Runs of {}", names.join(", "))
        })
    };
    let state = Memo::new(move |_| {
        app.runs.table.with(|table| match table {
            Loadable::Loading => Loadable::Loading,
            Loadable::Ready(table) => Loadable::Ready(table.runs().is_empty()),
            Loadable::Failed(reason) => Loadable::Failed(reason.clone()),
        })
    });
    view! {
        <h1 class="vh">{title}</h1>
        <Tabs />
        {move || match state.get() {
            Loadable::Loading => view! { <Loading what="Reading runs from this browser" /> }.into_any(),
            Loadable::Failed(reason) => {
                view! { <EmptyState icon="triangle-alert" title="The runs could not be read" text=reason error=true /> }.into_any()
            }
            Loadable::Ready(true) => {
                view! {
                    <EmptyState icon="flask-conical" title="This experiment has no runs" text="It was made, but nothing was logged to it; or it is in another source than this link says.">
                        <a class="btn" href=ViewState::href(Page::Home)>"Sources in this browser"</a>
                    </EmptyState>
                }
                    .into_any()
            }
            Loadable::Ready(false) => {
                // The diff searches keys, not runs.
                let is_diff = move || app.view.page.get() == PageKind::Runs(Tab::Diff);
                view! { <Show when=move || !is_diff()><FilterBar /></Show> <TabBody /> }.into_any()
            }
        }}
    }
}

#[component]
fn TabBody() -> impl IntoView {
    let page = app().view.page;
    move || match page.get() {
        PageKind::Runs(Tab::Charts) => lazy(|screens| screens.charts, ()),
        PageKind::Runs(Tab::Diff) => lazy(|screens| screens.diff, ()),
        _ => view! { <TableTab /> }.into_any(),
    }
}

#[component]
fn Tabs() -> impl IntoView {
    let app = app();
    let tab = move |tab: Tab, icon: &'static str, words: &'static str, key: &'static str| {
        let on = Signal::derive(move || app.view.page.get() == PageKind::Runs(tab));
        let counted = tab != Tab::Table;
        view! {
            <button
                class="tab"
                class:on=move || on.get()
                role="tab"
                aria-label=words
                aria-selected=move || on.get().to_string()
                data-hotkey=key
                on:click=move |_| if !on.get_untracked() { app.view.go_tab(tab); }
            >
                <Icon name=icon class="s14" />
                {words}
                {counted.then(|| view! { <span class="badge">{move || app.runs.shown.with(|shown| shown.len())}</span> })}
            </button>
        }
    };
    view! {
        <div class="tabs">
            <div class="row" role="tablist" aria-label="Views">
                {tab(Tab::Table, "table", "Table", "1")}
                {tab(Tab::Charts, "chart-line", "Charts", "2")}
                {tab(Tab::Diff, "git-compare", "Diff", "3")}
            </div>
        </div>
    }
}
