use leptos::prelude::*;
use runatlas_core::{
    board,
    table::{Column, ColumnGroup, Stat},
};

use crate::ui::{
    app::app,
    part::{Icon, Menu, MenuItem},
};

/// Puts runs together that have the same in some columns.
#[component]
pub(in super::super) fn GroupMenu() -> impl IntoView {
    let app = app();
    let by = Memo::new(move |_| app.view.runs.with(|runs| runs.table.groups.by.clone()));
    let words = move || {
        by.with(|by| match by.as_slice() {
            [] => "None".to_owned(),
            [one] => board::label(one).into_owned(),
            [first, rest @ ..] => format!("{} +{}", board::label(first), rest.len()),
        })
    };
    let face = move || {
        view! {
            <span class="lab">"Group"</span>
            <span class="ell face">{words}</span>
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    view! {
        <Menu label=Signal::derive(move || format!("Group runs: {}", words())) face=face align_end=true>
            <Choices by=by />
        </Menu>
    }
}

#[component]
fn Choices(by: Memo<Vec<Column>>) -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let stat = Memo::new(move |_| app.view.runs.with(|runs| runs.table.groups.stat));
    let chosen = move |column: Column| {
        let label = board::label(&column).into_owned();
        let name = format!("Do not group by {label}");
        view! {
            <button class="menu-item" title="Do not group by this" aria-label=name on:click=move |_| runs.toggle_group_by(&column)>
                <Icon name="x" class="s14" />
                <span class="grow ell">{label}</span>
            </button>
        }
    };
    view! {
        {move || by.get().into_iter().map(chosen).collect_view()}
        <AddColumn by=by />
        <Show when=move || by.with(|by| !by.is_empty())>
            <div class="hr menu-hr"></div>
            <label class="menu-row">
                <span class="grow">"Groups show"</span>
                <select
                    class="pick"
                    on:change:target=move |event| if let Some(stat) = Stat::parse(&event.target().value()) { runs.set_stat(stat) }
                >
                    {Stat::ALL
                        .map(|one| view! { <option value=one.id() selected=move || stat.get() == one>{one.words()}</option> })
                        .collect_view()}
                </select>
            </label>
            <div class="hr menu-hr"></div>
            <MenuItem label="Open all groups" action=Callback::new(move |()| runs.open_groups(true)) />
            <MenuItem label="Close all groups" action=Callback::new(move |()| runs.open_groups(false)) />
            <MenuItem label="No groups" action=Callback::new(move |()| runs.ungroup()) />
        </Show>
    }
}

/// One more column to group by.
#[component]
fn AddColumn(by: Memo<Vec<Column>>) -> impl IntoView {
    let runs = app().runs;
    let columns = StoredValue::new(columns());
    let add = move |id: String| {
        if let Some(column) = Column::parse(&id) {
            runs.toggle_group_by(&column);
        }
    };
    move || {
        let by = by.get();
        let first = by.is_empty();
        let of = |title: &'static str, wanted: fn(ColumnGroup) -> bool| {
            let option = |column: &Column| {
                view! { <option value=column.to_string()>{board::label(column).into_owned()}</option> }
            };
            let fits = |column: &&Column| wanted(column.group()) && !by.contains(column);
            let options: Vec<_> = columns.with_value(|all| all.iter().filter(fits).map(option).collect());
            (!options.is_empty()).then(|| view! { <optgroup label=title>{options}</optgroup> })
        };
        view! {
            <label class="menu-row">
                <span class="grow">{if first { "Group by" } else { "And by" }}</span>
                <select class="pick" on:change:target=move |event| add(event.target().value())>
                    <option value="">"Choose a column"</option>
                    {of("Run", |group| group == ColumnGroup::Attributes)}
                    {of("Params", |group| group == ColumnGroup::Params)}
                    {of("Tags", |group| group == ColumnGroup::Tags)}
                    {of("MLflow's tags", |group| group == ColumnGroup::SystemTags)}
                </select>
            </label>
        }
    }
}

/// The columns that runs can share: not what every run has anew.
fn columns() -> Vec<Column> {
    let attributes = [
        Column::parent(),
        Column::Experiment,
        Column::Origin,
        Column::Datasets,
        Column::Status,
        Column::User,
        Column::SourceName,
        Column::SourceType,
        Column::Branch,
        Column::Commit,
    ];
    let known = app().runs.table.with_untracked(|table| {
        let shared = |column: &&Column| {
            let of_people =
                matches!(column.group(), ColumnGroup::Params | ColumnGroup::Tags | ColumnGroup::SystemTags);
            of_people && **column != Column::parent()
        };
        let all = table.ready().map(|table| table.columns()).unwrap_or_default();
        all.iter().map(|info| &info.column).filter(shared).cloned().collect::<Vec<_>>()
    });
    attributes.into_iter().chain(known).collect()
}
