use leptos::prelude::*;
use runatlas_core::{
    board::{self, Aggregate, Band, Centre, Grouping},
    model::PARENT_TAG,
    table::{Column, ColumnGroup},
};

use super::super::settings::Pick;
use crate::{
    state::Charts,
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem},
    },
};

const CENTRES: [(Centre, &str); 4] =
    [(Centre::Mean, "Mean"), (Centre::Median, "Median"), (Centre::Min, "Minimum"), (Centre::Max, "Maximum")];
const BANDS: [(Band, &str); 5] = [
    (Band::None, "None"),
    (Band::MinMax, "Min to max"),
    (Band::Deviation, "Standard deviation"),
    (Band::Error, "Standard error"),
    (Band::Interval, "95 % interval of the mean"),
];

/// How runs are told apart and put together.
#[component]
pub(super) fn GroupMenu(charts: Charts) -> impl IntoView {
    let group = Memo::new(move |_| charts.board.with(|board| board.lines.group.clone()));
    let words = move || {
        group.with(|group| match (&group.aggregate, &group.color, &group.dash, &group.facet) {
            (_, None, None, None) => "Runs".to_owned(),
            (_, Some(column), ..) | (_, None, Some(column), _) | (_, None, None, Some(column)) => {
                board::label(column).into_owned()
            }
        })
    };
    let face = move || {
        view! {
            <span class="lab">"Group"</span>
            <span class="ell face">{words}</span>
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    let edit = move |change: fn(&mut Grouping, Option<Column>)| {
        Callback::new(move |column| charts.edit_lines(|lines| change(&mut lines.group, column)))
    };
    let aggregate = Memo::new(move |_| group.with(|group| group.aggregate));
    let edit_aggregate = move |change: &dyn Fn(&mut Aggregate)| {
        charts.edit_lines(|lines| {
            let mut now = lines.group.aggregate.unwrap_or_default();
            change(&mut now);
            lines.group.aggregate = Some(now);
        });
    };
    view! {
        <Menu label=Signal::derive(move || format!("Group: {}", words())) face=face align_end=true>
            <ByColumn label="Colour by" value=Signal::derive(move || group.with(|group| group.color.clone())) on_change=edit(|group, column| group.color = column) />
            <ByColumn label="Dash by" value=Signal::derive(move || group.with(|group| group.dash.clone())) on_change=edit(|group, column| group.dash = column) />
            <ByColumn label="Split by" value=Signal::derive(move || group.with(|group| group.facet.clone())) on_change=edit(|group, column| group.facet = column) />
            <div class="hr menu-hr"></div>
            <MenuItem
                label="One curve a group"
                ticked=Signal::derive(move || aggregate.get().is_some())
                action=Callback::new(move |()| {
                    charts.edit_lines(|lines| {
                        let group = &mut lines.group;
                        group.aggregate = if group.aggregate.is_some() { None } else { Some(Aggregate::default()) };
                    });
                })
            />
            <Show when=move || aggregate.get().is_some()>
                <Pick
                    label="Line"
                    choices=CENTRES.to_vec()
                    value=Signal::derive(move || aggregate.get().unwrap_or_default().centre)
                    on_change=Callback::new(move |centre| edit_aggregate(&|now| now.centre = centre))
                />
                <Pick
                    label="Band"
                    choices=BANDS.to_vec()
                    value=Signal::derive(move || aggregate.get().unwrap_or_default().band)
                    on_change=Callback::new(move |band| edit_aggregate(&|now| now.band = band))
                />
            </Show>
        </Menu>
    }
}

/// A param, tag or attribute, or none.
#[component]
fn ByColumn(
    label: &'static str,
    #[prop(into)] value: Signal<Option<Column>>,
    on_change: Callback<Option<Column>>,
) -> impl IntoView {
    let columns = StoredValue::new(columns());
    let option = move |column: Column| {
        let (id, name, mine) = (column.to_string(), board::label(&column).into_owned(), column);
        view! { <option value=id selected=move || value.with(|value| value.as_ref() == Some(&mine))>{name}</option> }
    };
    let group = move |title: &'static str, wanted: fn(&Column) -> bool| {
        let options: Vec<_> = columns
            .with_value(|all| all.iter().filter(|column| wanted(column)).cloned().map(option).collect());
        (!options.is_empty()).then(|| view! { <optgroup label=title>{options}</optgroup> })
    };
    view! {
        <label class="menu-row">
            <span class="grow">{label}</span>
            <select class="pick" on:change:target=move |event| on_change.run(Column::parse(&event.target().value()))>
                <option value="" selected=move || value.with(Option::is_none)>"None"</option>
                {group("Params", |column| column.group() == ColumnGroup::Params)}
                {group("Tags", |column| column.group() == ColumnGroup::Tags)}
                {group("Run", |column| !matches!(column.group(), ColumnGroup::Params | ColumnGroup::Tags))}
            </select>
        </label>
    }
}

/// The columns that tell runs apart: not what every run has anew.
fn columns() -> Vec<Column> {
    let app = app();
    let attributes = [
        Column::Experiment,
        Column::Origin,
        Column::Status,
        Column::User,
        Column::SourceName,
        Column::Branch,
        Column::Commit,
    ];
    let parent = Column::Tag(PARENT_TAG.to_owned());
    let known = app.runs.table.with_untracked(|table| {
        let of_people = |column: &&Column| matches!(column.group(), ColumnGroup::Params | ColumnGroup::Tags);
        let all = table.ready().map(|table| table.columns()).unwrap_or_default();
        all.iter().map(|info| &info.column).filter(of_people).cloned().collect::<Vec<_>>()
    });
    known.into_iter().chain(attributes).chain([parent]).collect()
}
