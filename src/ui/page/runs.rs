//! Runs of one or several experiments: table, charts, diff.

mod bar;
mod charts;
mod diff;
mod export;
mod filter;
mod history;
mod table;
mod views;

use bar::FilterBar;
pub(in crate::ui) use charts::ChartsTab;
pub(in crate::ui) use diff::DiffTab;
use export::ExportMenu;
use history::UndoButtons;
use leptos::prelude::*;
use runatlas_core::link::{Page, Tab};
use table::{ColumnsPane, TableTab};
use views::ViewMenu;

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
    ColumnsPane::provide();
    let title = move || {
        app.view.runs.with(|runs| {
            let names: Vec<String> = runs.scope.iter().map(|key| app.library.experiment_name(key)).collect();
            format!("Runs of {}", names.join(", "))
        })
    };
    let missing = Memo::new(move |_| app.missing_here());
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
            Loadable::Ready(true) if !missing.with(Vec::is_empty) => {
                let text = format!(
                    "{} {} not in this browser. Open the files or connect to the server that it was read from; then this view works again.",
                    missing.get().join(", "),
                    if missing.with(Vec::len) == 1 { "is" } else { "are" },
                );
                view! {
                    <EmptyState icon="folder-open" title="What this view shows is not here" text=text>
                        <a class="btn" href=ViewState::href(Page::Home)>"Open files or connect"</a>
                    </EmptyState>
                }
                    .into_any()
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
                view! {
                    <Show when=move || !missing.with(Vec::is_empty)>
                        <p class="missing" role="status">
                            <Icon name="triangle-alert" class="s14" />
                            <span>
                                {move || format!("Not in this browser: {}. ", missing.get().join(", "))}
                                <a href=ViewState::href(Page::Home)>"Open the files or connect to the server"</a>
                            </span>
                        </p>
                    </Show>
                    <Show when=move || !is_diff()><FilterBar /></Show>
                    <TabBody />
                }
                    .into_any()
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
    app.commands.add_tabs(app);
    let tab = move |tab: Tab, icon: &'static str, words: &'static str| {
        let on = Signal::derive(move || app.view.page.get() == PageKind::Runs(tab));
        let counted = tab != Tab::Table;
        view! {
            <button
                class="tab"
                class:on=move || on.get()
                role="tab"
                aria-label=words
                aria-selected=move || on.get().to_string()
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
                {tab(Tab::Table, "table", "Table")}
                {tab(Tab::Charts, "chart-line", "Charts")}
                {tab(Tab::Diff, "git-compare", "Diff")}
            </div>
            <span class="grow"></span>
            <Show when=move || app.view.page.get() == PageKind::Runs(Tab::Table)>
                <ExportMenu />
            </Show>
            <UndoButtons />
            <span class="vr keys-only"></span>
            <ViewMenu />
        </div>
    }
}
