//! The headings: each sorts by its column, is dragged to another place, and made wider or narrower.

mod menu;
mod resize;
mod shift;
mod sort;

use leptos::{ev, html, prelude::*};
pub(super) use menu::{HeadMenu, OpenMenu};
use resize::Grip;
use runatlas_core::table::Column;
pub(super) use shift::Shift;
use sort::{SortButton, sort_word};

use super::{
    cells::{gap, place},
    grid::Across,
};
use crate::ui::{app::app, part::Icon};

/// The headings of the columns that are made.
#[component]
pub(super) fn Head() -> impl IntoView {
    let runs = app().runs;
    let across = expect_context::<Across>();
    let columns = move |pinned: bool| {
        let sight = across.columns.get();
        let at_left = runs.shape.with(|shape| shape.pinned);
        let range = if pinned { 0..at_left } else { sight };
        runs.grid.with(|grid| range.filter_map(|at| grid.all().get(at).cloned()).collect::<Vec<_>>())
    };
    let before = move || {
        let start = across.columns.get().start;
        gap(runs.shape.with(|shape| shape.start(start.max(shape.pinned))))
    };
    view! {
        <div class="rt-row rt-head" role="row" aria-rowindex="1">
            <span class="rt-run" role="columnheader" aria-sort=sort_word(Column::Name)>
                <ShowAll />
                <SortButton column=Column::Name />
            </span>
            <For each=move || columns(true) key=Clone::clone children=|column| view! { <HeadCell column=column pinned=true /> } />
            {before}
            <For each=move || columns(false) key=Clone::clone children=|column| view! { <HeadCell column=column pinned=false /> } />
        </div>
    }
}

/// One heading. With the focus on it: Shift and the arrows make the column narrower and wider, Ctrl and
/// the arrows move it, and Shift F10 or the menu key opens its menu.
#[component]
fn HeadCell(column: Column, pinned: bool) -> impl IntoView {
    let runs = app().runs;
    let shift = expect_context::<Shift>();
    let menu = expect_context::<OpenMenu>();
    let node = NodeRef::<html::Span>::new();
    let number = column.is_numeric();
    let sort = sort_word(column.clone());
    let name = column.label().into_owned();
    let column = StoredValue::new(column);
    let at = Memo::new(move |_| {
        runs.grid.with(|grid| column.with_value(|column| grid.all().iter().position(|other| other == column)))
    });
    let style = move || {
        let at = at.get().unwrap_or_default();
        runs.shape.with(|shape| place(shape.width(at), pinned.then(|| shape.start(at))))
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let right = match event.key().as_str() {
            "ArrowLeft" => false,
            "ArrowRight" => true,
            "ContextMenu" => return open_menu(&event, menu, node, column),
            "F10" if event.shift_key() => return open_menu(&event, menu, node, column),
            _ => return,
        };
        let ctrl = event.ctrl_key() || event.meta_key();
        if ctrl {
            column.with_value(|column| runs.step_column(column, right));
        } else if event.shift_key() {
            column.with_value(|column| runs.widen(column, if right { 12.0 } else { -12.0 }));
        } else {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let on_context = move |event: ev::MouseEvent| {
        event.prevent_default();
        menu.open_at(column.get_value(), f64::from(event.client_x()), f64::from(event.client_y()));
    };
    let open = move |event: ev::MouseEvent| {
        event.stop_propagation();
        menu.open_below(column.get_value(), node);
    };
    view! {
        <span
            class="rt-c rt-h"
            class:num=number
            class:pin=pinned
            class:drop-before=move || shift.is_target(column, false)
            class:drop-after=move || shift.is_target(column, true)
            class:moved=move || shift.is_moved(column)
            role="columnheader"
            node_ref=node
            aria-sort=sort
            style=style
            data-column=move || at.get().map(|at| at.to_string())
            on:keydown=on_key
            on:contextmenu=on_context
            on:pointerdown=move |event| shift.begin(&event, column.get_value())
            on:pointermove=move |event| shift.go(&event, node)
            on:pointerup=move |event| shift.end(&event)
            on:pointercancel=move |_| shift.cancel()
        >
            <SortButton column=column.get_value() />
            <button
                class="rt-more"
                tabindex="-1"
                aria-haspopup="menu"
                aria-label=format!("What to do with the column {name}")
                title="Value, place, width, groups (right click, Shift F10)"
                on:click=open
            >
                <Icon name="chevron-down" class="s12" />
            </button>
            <Grip column=column />
        </span>
    }
}

fn open_menu(
    event: &ev::KeyboardEvent,
    menu: OpenMenu,
    node: NodeRef<html::Span>,
    column: StoredValue<Column>,
) {
    event.prevent_default();
    event.stop_propagation();
    menu.open_below(column.get_value(), node);
}

/// Shows all runs on charts, or none.
#[component]
fn ShowAll() -> impl IntoView {
    let runs = app().runs;
    let all = Memo::new(move |_| runs.all_shown());
    let label = move || {
        let (can, rows) = (runs.showable(), runs.rows.with(|rows| rows.order.len()));
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
