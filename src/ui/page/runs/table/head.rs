use leptos::{ev, prelude::*};
use runatlas_core::{
    model::Direction,
    table::{Column, ColumnGroup},
};

use crate::ui::{app::app, part::Icon};

/// The headings: each sorts by its column.
#[component]
pub(super) fn Head() -> impl IntoView {
    let runs = app().runs;
    let columns = move || {
        runs.column_views.with(|views| views.iter().map(|view| view.column.clone()).collect::<Vec<_>>())
    };
    view! {
        <div class="rt-row rt-head" role="row" aria-rowindex="1">
            <span class="rt-run" role="columnheader" aria-sort=sort_word(Column::Name)>
                <ShowAll />
                <SortButton column=Column::Name />
            </span>
            <For
                each=columns
                key=Clone::clone
                children=|column| {
                    let number = column.is_numeric();
                    view! {
                        <span class="rt-c" class:num=number role="columnheader" aria-sort=sort_word(column.clone())>
                            <SortButton column=column.clone() />
                        </span>
                    }
                }
            />
        </div>
    }
}

/// Shows all runs on charts, or none.
#[component]
fn ShowAll() -> impl IntoView {
    let runs = app().runs;
    let all = Memo::new(move |_| runs.all_shown());
    let label = move || {
        let (can, rows) = (runs.showable(), runs.rows.with(|rows| rows.rows.len()));
        match (all.get(), can < rows) {
            (true, _) => "Hide all runs on charts".to_owned(),
            (false, false) => "Show all runs on charts".to_owned(),
            (false, true) => format!("Show the first {can} runs on charts"),
        }
    };
    view! {
        <button
            class="iconbtn xs rt-eye"
            class:off=move || !all.get()
            aria-pressed=move || all.get().to_string()
            aria-label=label
            title=label
            on:click=move |_| runs.show_all(!all.get_untracked())
        >
            {move || view! { <Icon name=if all.get() { "eye" } else { "eye-off" } class="s14" /> }}
        </button>
    }
}

#[component]
fn SortButton(column: Column) -> impl IntoView {
    let runs = app().runs;
    let sort = place_in_sort(column.clone());
    let label = column.label().into_owned();
    let title = format!("{label}{}\nClick to sort, Shift+click to sort by this too", what_it_is(&column));
    let click = move |event: ev::MouseEvent| runs.sort_by(&column, event.shift_key());
    view! {
        <button class="rt-sort" class:on=move || sort.get().is_some() title=title on:click=click>
            <span class="ell">{label}</span>
            {move || {
                sort.get()
                    .map(|sorted| {
                        view! {
                            <Icon name=if sorted.descending { "arrow-down" } else { "arrow-up" } class="s12" />
                            {sorted.number.map(|number| view! { <sup>{number}</sup> })}
                        }
                    })
            }}
        </button>
    }
}

/// How a column takes part in the order.
#[derive(Clone, Copy, PartialEq)]
struct Sorted {
    descending: bool,
    /// From 1, where several columns take part.
    number: Option<usize>,
}

fn place_in_sort(column: Column) -> Memo<Option<Sorted>> {
    let view = app().view;
    Memo::new(move |_| {
        view.runs.with(|runs| {
            let at = runs.sort.iter().position(|by| by.column == column)?;
            let descending = runs.sort.get(at)?.descending;
            Some(Sorted { descending, number: (runs.sort.len() > 1).then_some(at + 1) })
        })
    })
}

fn sort_word(column: Column) -> impl Fn() -> &'static str {
    let sort = place_in_sort(column);
    move || match sort.get() {
        None => "none",
        Some(Sorted { descending: true, .. }) => "descending",
        Some(_) => "ascending",
    }
}

/// `, a metric: higher is better`.
fn what_it_is(column: &Column) -> &'static str {
    match (column.group(), column) {
        (ColumnGroup::Metrics, Column::Metric(key)) => match Direction::of_metric(key) {
            Direction::Higher => ", latest value of a metric, higher is better",
            Direction::Lower => ", latest value of a metric, lower is better",
            Direction::Unknown => ", latest value of a metric",
        },
        (ColumnGroup::Params, _) => ", a param",
        (ColumnGroup::Tags | ColumnGroup::SystemTags, _) => ", a tag",
        _ => "",
    }
}
