use leptos::prelude::*;
use runatlas_core::{link::Tab, table::LifecycleView};

use super::{
    filter::FilterField,
    table::{ColumnsButton, GroupMenu},
};
use crate::{
    state::PageKind,
    ui::{app::app, part::Segmented},
};

/// Search, lifecycle, and how many runs match.
#[component]
pub(super) fn FilterBar() -> impl IntoView {
    let app = app();
    let lifecycle = Memo::new(move |_| app.view.runs.with(|runs| runs.lifecycle));
    view! {
        <div class="filterbar">
            <FilterField />
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
