use leptos::prelude::*;
use runatlas_core::table::{Column, ColumnGroup};

use crate::ui::app::app;

/// Groups of columns and their headings.
const GROUPS: [(&str, ColumnGroup); 4] = [
    ("Metrics", ColumnGroup::Metrics),
    ("Params", ColumnGroup::Params),
    ("Tags", ColumnGroup::Tags),
    ("Run", ColumnGroup::Attributes),
];

/// Attributes that are new in each run, and so tell nothing.
fn tells(column: &Column) -> bool {
    !matches!(column, Column::RunId | Column::Name)
}

/// A column of the table, or none.
#[component]
pub(super) fn ColumnSelect(
    /// What it is for.
    label: &'static str,
    /// The column that is chosen.
    #[prop(into)]
    value: Signal<Option<Column>>,
    /// Called with a new one.
    on_change: Callback<Option<Column>>,
    /// What choosing none means; without it, a column must be chosen.
    #[prop(optional)]
    none: Option<&'static str>,
) -> impl IntoView {
    let columns: Vec<Column> = app().runs.table.with_untracked(|table| {
        let infos = table.ready().map(|table| table.columns()).unwrap_or_default();
        infos.iter().map(|info| info.column.clone()).filter(tells).collect()
    });
    // A link may name what no run has.
    let missing = untrack(|| value.get()).filter(|value| !columns.contains(value));
    let option = move |column: Column| {
        let (id, name) = (column.to_string(), column.label().into_owned());
        view! { <option value=id selected=move || value.with(|value| value.as_ref() == Some(&column))>{name}</option> }
    };
    let group = |(title, wanted): (&'static str, ColumnGroup)| {
        let options: Vec<_> =
            columns.iter().filter(|column| column.group() == wanted).cloned().map(option).collect();
        (!options.is_empty()).then(|| view! { <optgroup label=title>{options}</optgroup> })
    };
    view! {
        <select
            class="pick"
            aria-label=label
            on:change:target=move |event| on_change.run(Column::parse(&event.target().value()))
        >
            {none.map(|none| view! { <option value="" selected=move || value.with(Option::is_none)>{none}</option> })}
            {GROUPS.into_iter().map(group).collect_view()}
            {missing.map(option)}
        </select>
    }
}
