use leptos::prelude::*;
use runatlas_core::{
    format,
    table::{ColumnChoices, ColumnInfo, column_choices},
};

use crate::ui::{
    app::app,
    part::{Icon, Menu, SearchField},
};

/// How many columns are offered under each heading; the search finds the rest.
const MOST: usize = 40;

/// Which columns the table has.
#[component]
pub(crate) fn ColumnsMenu() -> impl IntoView {
    view! {
        <Menu
            label="Columns"
            class="btn sm"
            align_end=true
            face=|| view! { <Icon name="columns-3" class="s14" /><span class="cm-word">"Columns"</span> }
        >
            <Choices />
        </Menu>
    }
}

#[component]
fn Choices() -> impl IntoView {
    let (runs, view) = (app().runs, app().view);
    let search = RwSignal::new(String::new());
    let groups = Memo::new(move |_| {
        search.with(|search| {
            runs.table.with(|table| {
                table.ready().map(|table| column_choices(table.columns(), search, MOST)).unwrap_or_default()
            })
        })
    });
    let chosen = move || view.runs.with(|runs| runs.columns.is_some());
    view! {
        <div class="cm" role="group" aria-label="Columns">
            <div class="cm-h">
                <SearchField class="grow" label="Find a column" value=search on_change=Callback::new(move |text| search.set(text)) />
                <button class="btn sm ghost" disabled=move || !chosen() on:click=move |_| runs.reset_columns()>"Reset"</button>
            </div>
            <div class="cm-b">
                {move || {
                    let groups = groups.get();
                    if groups.is_empty() {
                        return view! { <p class="cm-none">"No column has this in its name"</p> }.into_any();
                    }
                    groups.into_iter().map(|group| view! { <Group group=group /> }).collect_view().into_any()
                }}
            </div>
        </div>
    }
}

#[component]
fn Group(group: ColumnChoices) -> impl IntoView {
    let left_out = group.matched - group.columns.len();
    let label = group.group.label();
    view! {
        <section role="group" aria-label=label>
            <h3 class="cm-g">{label}<span class="count">{format::unsigned(group.matched as u64)}</span></h3>
            {group.columns.into_iter().map(|info| view! { <Choice info=info /> }).collect_view()}
            {(left_out > 0)
                .then(|| view! { <p class="cm-none">{format!("{} more: search for them", format::unsigned(left_out as u64))}</p> })}
        </section>
    }
}

#[component]
fn Choice(info: ColumnInfo) -> impl IntoView {
    let runs = app().runs;
    let column = StoredValue::new(info.column);
    let label = column.with_value(|column| column.label().into_owned());
    let on =
        Memo::new(move |_| runs.columns.with(|columns| column.with_value(|column| columns.contains(column))));
    let count = format::unsigned(info.runs as u64);
    view! {
        <button
            class="menu-item"
            role="menuitemcheckbox"
            aria-checked=move || on.get().to_string()
            title=format!("{label}\n{}", format::count(info.runs as u64, "run has it", "runs have it"))
            on:click=move |_| column.with_value(|column| runs.toggle_column(column))
        >
            <span class="check" class:on=move || on.get()>{move || on.get().then(|| view! { <Icon name="check" /> })}</span>
            <span class="grow ell">{label.clone()}</span>
            <span class="count">{count}</span>
        </button>
    }
}
