//! The pane of columns: which there are, in which order, what they show.

mod chosen;
mod offered;

use chosen::Chosen;
use leptos::{ev, prelude::*};
use offered::Offered;

use crate::ui::{
    app::app,
    part::{Icon, SearchField, Switch},
};

/// Whether the pane is open.
#[derive(Clone, Copy)]
pub(in super::super) struct ColumnsPane(RwSignal<bool>);

impl ColumnsPane {
    /// For the components below.
    pub(in super::super) fn provide() {
        provide_context(Self(RwSignal::new(false)));
    }
}

/// Opens and closes the pane of columns.
#[component]
pub(in super::super) fn ColumnsButton() -> impl IntoView {
    let open = expect_context::<ColumnsPane>().0;
    view! {
        <button
            class="btn sm"
            class:pressed=move || open.get()
            aria-expanded=move || open.get().to_string()
            aria-controls="columns"
            aria-label="Columns"
            on:click=move |_| open.update(|open| *open = !*open)
        >
            <Icon name="columns-3" class="s14" />
            <span class="cm-word">"Columns"</span>
        </button>
    }
}

/// The pane, if it is open.
#[component]
pub(super) fn Pane() -> impl IntoView {
    let open = expect_context::<ColumnsPane>().0;
    let close = move || open.set(false);
    view! {
        <Show when=move || open.get()>
            <aside
                class="rt-pane"
                id="columns"
                aria-label="Columns"
                on:keydown=move |event: ev::KeyboardEvent| if event.key() == "Escape" && !event.default_prevented() { close() }
            >
                <Body close=Callback::new(move |()| close()) />
            </aside>
        </Show>
    }
}

#[component]
fn Body(close: Callback<()>) -> impl IntoView {
    let app = app();
    let search = RwSignal::new(String::new());
    let differing = Memo::new(move |_| app.view.runs.with(|runs| runs.table.differing));
    let changed = Memo::new(move |_| {
        app.view.runs.with(|runs| {
            let table = &runs.table;
            runs.columns.is_some()
                || table.differing
                || !table.widths.is_empty()
                || !table.pinned_columns.is_empty()
        })
    });
    view! {
        <div class="rt-pane-h">
            <h2 class="grow">"Columns"</h2>
            <button class="btn sm ghost" title="The columns to begin with, as wide as they fit" disabled=move || !changed.get() on:click=move |_| app.runs.reset_columns()>
                "Reset"
            </button>
            <button class="iconbtn sm" aria-label="Close" on:click=move |_| close.run(())><Icon name="x" class="s14" /></button>
        </div>
        <div class="rt-pane-s">
            <SearchField class="grow" label="Find a column" value=search on_change=Callback::new(move |text| search.set(text)) />
            <Switch
                label="Only columns whose values differ"
                value=differing
                on_change=Callback::new(move |only| app.runs.set_differing(only))
            />
        </div>
        <div class="rt-pane-b">
            <Chosen search=search />
            <Offered search=search />
        </div>
    }
}
