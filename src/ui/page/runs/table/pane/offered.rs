use leptos::prelude::*;
use runatlas_core::{
    format,
    table::{Column, ColumnChoices, ColumnInfo, column_choices},
};

use crate::ui::{app::app, part::Icon};

/// How many columns are offered under each heading; the search finds the rest.
const MOST: usize = 40;

/// Every column that the runs could fill, by kind.
#[component]
pub(super) fn Offered(search: RwSignal<String>) -> impl IntoView {
    let runs = app().runs;
    let groups = Memo::new(move |_| {
        search.with(|search| {
            runs.table.with(|table| {
                table.ready().map(|table| column_choices(table.columns(), search, MOST)).unwrap_or_default()
            })
        })
    });
    move || {
        let groups = groups.get();
        if groups.is_empty() {
            return view! { <p class="cm-none">"No column has this in its name"</p> }.into_any();
        }
        groups.into_iter().map(|group| view! { <Group group=group /> }).collect_view().into_any()
    }
}

#[component]
fn Group(group: ColumnChoices) -> impl IntoView {
    let runs = app().runs;
    let left_out = group.matched - group.columns.len();
    let label = group.group.label();
    let kind = group.group;
    let show = move |show: bool| move |_| runs.show_columns(&runs.columns_of(kind), show);
    view! {
        <section role="group" aria-label=label>
            <h3 class="cm-g">
                {label}
                <span class="count grow">{format::unsigned(group.matched as u64)}</span>
                <button class="btn sm ghost" aria-label=format!("Show all: {label}") on:click=show(true)>"All"</button>
                <button class="btn sm ghost" aria-label=format!("Show none: {label}") on:click=show(false)>"None"</button>
            </h3>
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
    // Whatever a column shows of a metric, the metric is there.
    let is_it = move |other: &Column| {
        column.with_value(|column| match column.metric_key() {
            Some(key) => other.metric_key() == Some(key),
            None => other == column,
        })
    };
    let on = Memo::new(move |_| runs.columns.with(|columns| columns.iter().any(is_it)));
    let count = format::unsigned(info.runs as u64);
    let toggle = move |_| {
        let those: Vec<Column> = runs
            .columns
            .with_untracked(|columns| columns.iter().filter(|other| is_it(other)).cloned().collect());
        if those.is_empty() {
            column.with_value(|column| runs.toggle_column(column));
        } else {
            runs.show_columns(&those, false);
        }
    };
    view! {
        <button
            class="menu-item"
            role="checkbox"
            aria-checked=move || on.get().to_string()
            title=format!("{label}\n{}", format::count(info.runs as u64, "run has it", "runs have it"))
            on:click=toggle
        >
            <span class="check" class:on=move || on.get()>{move || on.get().then(|| view! { <Icon name="check" /> })}</span>
            <span class="grow ell">{label.clone()}</span>
            <span class="count">{count}</span>
        </button>
    }
}
