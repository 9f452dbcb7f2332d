use leptos::prelude::*;
use runatlas_core::table::{Cell, CellKind, Column, RunRef};

use crate::ui::{app::app, run_mark::StatusIcon};

/// The cells of a row, but for the first.
#[component]
pub(super) fn Cells(run: RunRef) -> impl IntoView {
    let app = app();
    // The data bar stands behind the column that is sorted by first, and no other.
    let barred = Memo::new(move |_| app.view.runs.with(|runs| runs.sort.first().map(|by| by.column.clone())));
    move || {
        let clock = app.clock.core();
        let barred = barred.get();
        app.runs.column_views.with(|views| {
            views
                .iter()
                .map(|view| {
                    let bar = barred.as_ref() == Some(&view.column);
                    one(view.cell(&run, &clock), &view.column, bar)
                })
                .collect_view()
        })
    }
}

fn one(cell: Cell, column: &Column, barred: bool) -> impl IntoView + use<> {
    let bar = cell.bar.filter(|_| barred);
    let class = class(&cell, column, bar.is_some());
    let status = match cell.kind {
        CellKind::Status(status) => Some(status),
        _ => None,
    };
    // A narrow column may cut what core left whole.
    let title = cell.title.or_else(|| (cell.text.len() > 6).then(|| cell.text.clone()));
    view! {
        <span class=class role="gridcell" title=title style=bar.map(|bar| format!("--w:{bar:.3}"))>
            {status.map(|status| view! { <StatusIcon status=status /> })}
            {cell.text}
        </span>
    }
}

fn class(cell: &Cell, column: &Column, bar: bool) -> String {
    let mut class = "rt-c".to_owned();
    let mut add = |on: bool, name: &str| {
        if on {
            class.push(' ');
            class.push_str(name);
        }
    };
    add(column.is_numeric(), "num");
    add(cell.kind == CellKind::Mono, "mono");
    add(cell.bad, "bad");
    add(cell.muted, "t3");
    add(cell.kind == CellKind::Time, "t2");
    add(cell.best, "best");
    add(bar, "bar");
    class
}
