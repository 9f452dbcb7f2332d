use leptos::{html, prelude::*};
use runatlas_core::{link::Tab, table::LifecycleView};

use super::table::{ColumnsButton, GroupMenu};
use crate::{
    state::PageKind,
    ui::{
        app::app,
        keys::find_with_slash,
        part::{SearchField, Segmented},
    },
};

/// Search, lifecycle, and how many runs match.
#[component]
pub(super) fn FilterBar() -> impl IntoView {
    let app = app();
    let field = NodeRef::<html::Input>::new();
    find_with_slash("runs.find", "Find runs", field);
    let search = Memo::new(move |_| app.view.runs.with(|runs| runs.search.clone()));
    let lifecycle = Memo::new(move |_| app.view.runs.with(|runs| runs.lifecycle));
    view! {
        <div class="filterbar">
            <SearchField
                class="grow"
                label="Search runs by name, id, param or tag"
                hotkey="/"
                node=field
                value=search
                on_change=Callback::new(move |text| app.view.edit_runs(|runs| runs.search = text))
            />
            <Segmented
                label="Which runs"
                choices=vec![(LifecycleView::Active, "Active"), (LifecycleView::Deleted, "Deleted"), (LifecycleView::All, "All")]
                value=lifecycle
                on_change=Callback::new(move |choice| app.view.edit_runs(|runs| runs.lifecycle = choice))
            />
            <span class="fs12 nowrap t2" aria-live="polite">{move || app.runs.rows.with(|rows| rows.count_words())}</span>
            <Show when=move || matches!(app.view.page.get(), PageKind::Runs(Tab::Table))>
                <GroupMenu />
                <ColumnsButton />
            </Show>
        </div>
    }
}
