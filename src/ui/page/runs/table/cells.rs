use leptos::prelude::*;
use runatlas_core::{
    chart::Slot,
    format::Clock,
    table::{Cell, CellKind, Column, ColumnView, Columns, RunRef},
};

use super::grid::Across;
use crate::{
    state::HistoryKey,
    ui::{app::app, run_mark::StatusIcon, spark::Spark},
};

/// The cells of a run's row, but for the first: those of pinned columns and of columns in sight.
#[component]
pub(super) fn Cells(run: RunRef, color: Signal<Slot>) -> impl IntoView {
    let cell =
        move |view: &ColumnView, _: &Columns, clock: &Clock| (view.cell(&run, clock), Some(run.clone()));
    view! { <CellsOf cell=cell color=color /> }
}

/// The cells of one line, made by `cell`; with the run whose curve stands in it.
#[component]
pub(super) fn CellsOf<F>(cell: F, #[prop(optional, into)] color: Option<Signal<Slot>>) -> impl IntoView
where
    F: Fn(&ColumnView, &Columns, &Clock) -> (Cell, Option<RunRef>) + Send + Sync + 'static,
{
    let app = app();
    let across = expect_context::<Across>();
    // The data bar stands behind the column that is sorted by first, and no other.
    let barred = Memo::new(move |_| app.view.runs.with(|runs| runs.sort.first().map(|by| by.column.clone())));
    move || {
        let clock = app.clock.core();
        let barred = barred.get();
        let sight = across.columns.get();
        app.runs.grid.with(|grid| {
            app.runs.shape.with(|shape| {
                let one = |at: usize| {
                    let view = grid.view(at)?;
                    let (cell, run) = cell(view, grid, &clock);
                    let pinned = (at < shape.pinned).then(|| shape.start(at));
                    let place = place(shape.width(at), pinned);
                    let bar = barred.as_ref() == Some(&view.column);
                    let curve = run.filter(|_| cell.kind == CellKind::Curve).zip(color);
                    let curve = curve.map(|(run, color)| curve_of(&run, &view.column, color));
                    Some(shown(cell, &view.column, bar, place, pinned.is_some(), curve))
                };
                let pinned = (0..shape.pinned).filter_map(one).collect_view();
                let moving = sight.clone().filter_map(one).collect_view();
                (pinned, gap(shape.start(sight.start.max(shape.pinned))), moving)
            })
        })
    }
}

/// Stands for the columns to the left of those in sight.
pub(super) fn gap(wide: f64) -> impl IntoView + use<> {
    view! { <span class="rt-gap" role="presentation" style=format!("width:{wide}px")></span> }
}

/// Width and, if it is pinned, where it stays.
pub(super) fn place(width: f64, pinned: Option<f64>) -> String {
    match pinned {
        Some(left) => format!("width:{width}px;left:calc(var(--run-col) + {left}px)"),
        None => format!("width:{width}px"),
    }
}

fn curve_of(run: &RunRef, column: &Column, color: Signal<Slot>) -> AnyView {
    let history = HistoryKey {
        source: run.source.as_ref().to_owned(),
        run: run.run.id.clone(),
        metric: column.metric_key().unwrap_or_default().to_owned(),
    };
    view! { <Spark history=history color=color /> }.into_any()
}

fn shown(
    cell: Cell,
    column: &Column,
    barred: bool,
    place: String,
    pinned: bool,
    curve: Option<AnyView>,
) -> impl IntoView + use<> {
    let bar = cell.bar.filter(|_| barred);
    let class = class(&cell, column, bar.is_some(), pinned);
    let status = match cell.kind {
        CellKind::Status(status) => Some(status),
        _ => None,
    };
    // A narrow column may cut what core left whole.
    let title = cell.title.or_else(|| (cell.text.len() > 6).then(|| cell.text.clone()));
    let style = match bar {
        Some(bar) => format!("{place};--w:{bar:.3}"),
        None => place,
    };
    view! {
        <span class=class role="gridcell" title=title style=style>
            {status.map(|status| view! { <StatusIcon status=status /> })}
            {curve}
            {cell.text}
        </span>
    }
}

fn class(cell: &Cell, column: &Column, bar: bool, pinned: bool) -> String {
    let mut class = "rt-c".to_owned();
    let mut add = |on: bool, name: &str| {
        if on {
            class.push(' ');
            class.push_str(name);
        }
    };
    add(column.is_numeric(), "num");
    add(cell.kind == CellKind::Mono, "mono");
    add(cell.kind == CellKind::Curve, "curve");
    add(cell.bad, "bad");
    add(cell.muted, "t3");
    add(cell.kind == CellKind::Time, "t2");
    add(cell.best, "best");
    add(bar, "bar");
    add(pinned, "pin");
    class
}
