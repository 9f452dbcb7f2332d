use leptos::{ev, prelude::*};
use runatlas_core::{
    model::Direction,
    table::{Column, ColumnGroup, Take},
};

use super::Shift;
use crate::ui::{app::app, part::Icon};

/// Sorts by a column; says what the column is and how it takes part in the order.
#[component]
pub(super) fn SortButton(column: Column) -> impl IntoView {
    let runs = app().runs;
    let shift = expect_context::<Shift>();
    let sort = place_in_sort(column.clone());
    let label = column.label().into_owned();
    let take = column.take().map(|take| view! { <span class="rt-take">{take.word()}</span> });
    let title = format!("{label}{}\nClick to sort, Shift+click to sort by this too", what_it_is(&column));
    let click = move |event: ev::MouseEvent| {
        // The end of a drag is no click.
        if !shift.was_moved() {
            runs.sort_by(&column, event.shift_key());
        }
    };
    view! {
        <button class="rt-sort" class:on=move || sort.get().is_some() title=title on:click=click>
            <span class="ell">{label}</span>
            {take}
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

/// For `aria-sort`.
pub(super) fn sort_word(column: Column) -> impl Fn() -> &'static str {
    let sort = place_in_sort(column);
    move || match sort.get() {
        None => "none",
        Some(Sorted { descending: true, .. }) => "descending",
        Some(_) => "ascending",
    }
}

/// `, latest value of a metric, higher is better`.
fn what_it_is(column: &Column) -> String {
    if let Some(key) = column.metric_key() {
        let what = column.take().map_or_else(|| "Latest value".to_owned(), Take::words);
        let better = match Direction::of_metric(key) {
            Direction::Higher => ", higher is better",
            Direction::Lower => ", lower is better",
            Direction::Unknown => "",
        };
        return format!("\n{what} of a metric{better}");
    }
    match column.group() {
        ColumnGroup::Params => ", a param".to_owned(),
        ColumnGroup::Tags | ColumnGroup::SystemTags => ", a tag".to_owned(),
        _ => String::new(),
    }
}
