//! The runs table: one row a run, made only while it is on screen.

mod cells;
mod colors;
mod foot;
mod grid;
mod group_menu;
mod groups;
mod head;
mod keys;
mod pane;
mod row;

use colors::{ColorChoice, ColorList};
use foot::Foot;
use grid::Grid;
pub(super) use group_menu::GroupMenu;
use head::{HeadMenu, OpenMenu, Shift};
use leptos::prelude::*;
use pane::Pane;
pub(super) use pane::{ColumnsButton, ColumnsPane};
use runatlas_core::{format, table::LifecycleView};

use crate::ui::{app::app, part::EmptyState, spark::InSight};

/// The runs table.
#[component]
pub(super) fn TableTab() -> impl IntoView {
    let runs = app().runs;
    let any = Memo::new(move |_| runs.rows.with(|rows| !rows.order.is_empty()));
    InSight::provide();
    Shift::provide();
    OpenMenu::provide();
    provide_context(ColorChoice(RwSignal::new(None)));
    view! {
        <div class="rt-split">
            <div class="rt-main">
                <Show when=move || any.get() fallback=|| view! { <NoMatch /> }>
                    <Grid />
                    <Foot />
                </Show>
            </div>
            <Pane />
        </div>
        <HeadMenu />
        <ColorList />
    }
}

/// Nothing is left: which choice did that, and the way back.
#[component]
fn NoMatch() -> impl IntoView {
    let (view, runs) = (app().view, app().runs);
    let searched = Memo::new(move |_| view.runs.with(|runs| runs.search.clone()));
    let deleted = Memo::new(move |_| view.runs.with(|runs| runs.lifecycle == LifecycleView::Deleted));
    let total = move || runs.rows.with(|rows| format::count(rows.total as u64, "run", "runs"));
    move || {
        if searched.with(|words| words.trim().is_empty()) {
            let (title, text) = if deleted.get() {
                ("No run is deleted", "The bin of these experiments is empty.")
            } else {
                ("No run is active", "All runs of these experiments are deleted.")
            };
            return view! {
                <EmptyState icon="list-filter" title=title text=text>
                    <button class="btn" on:click=move |_| view.edit_runs(|runs| runs.lifecycle = LifecycleView::All)>"Show all runs"</button>
                </EmptyState>
            }
            .into_any();
        }
        let text = format!(
            "None of {} holds all of these words in its name, id, params or tags: {}",
            total(),
            searched.get()
        );
        view! {
            <EmptyState icon="list-filter" title="No run matches this search" text=text>
                <button class="btn" on:click=move |_| view.edit_runs(|runs| runs.search.clear())>"Clear the search"</button>
            </EmptyState>
        }
        .into_any()
    }
}
