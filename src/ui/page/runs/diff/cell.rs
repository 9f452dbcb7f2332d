use std::{sync::Arc, time::Duration};

use leptos::prelude::*;
use runatlas_core::diff::{DiffCell, Facts, Verdict};

use super::Shared;
use crate::{
    state::HistoryKey,
    ui::{app::app, spark::Spark},
};

/// The id of a cell, by which the grid names where the keyboard is.
pub(super) fn id(line: usize, column: usize) -> String {
    format!("dx{line}-{column}")
}

/// Where a column is; that of the baseline sticks.
pub(super) fn place(column: usize) -> String {
    if column == 0 { String::new() } else { format!("left:calc(var(--k) + var(--w) * {column})") }
}

/// How long a row is there before its curves are drawn: whoever scrolls by needs none.
const SETTLED: Duration = Duration::from_millis(180);

/// A row's value in a column; 0 is the baseline.
#[component]
pub(super) fn Cell(
    shared: Shared,
    facts: Arc<Facts>,
    column: usize,
    at: Memo<Option<usize>>,
) -> impl IntoView {
    let app = app();
    let comparison = shared.comparison.get_untracked()?;
    let runs = comparison.columns.get(column)?;
    let found = comparison.diff.cell(&facts, runs, &untrack(|| app.clock.core()));
    let class =
        format!("dc{}{}", if facts.is_metric { "" } else { " mono" }, classes(&found, &facts, column));
    let spoken = found.spoken(column == 0);
    let title = (facts.is_metric || found.title.is_some() || found.delta.is_some() || found.text.len() > 14)
        .then(|| found.hint());
    let here = move || at.get().is_some_and(|at| shared.cursor.get() == Some((at, column + 1)));
    let history = (facts.is_metric && !found.missing && runs.len() == 1)
        .then(|| comparison.diff.runs().get(*runs.first()?))
        .flatten()
        .filter(|run| run.run.metric(&facts.key).is_some_and(|metric| metric.count > 1))
        .map(|run| {
            (
                run.key(),
                HistoryKey {
                    source: run.source.to_string(),
                    run: run.run.id.clone(),
                    metric: facts.key.clone(),
                },
            )
        });
    let inside = if found.missing {
        found.text.clone().into_any()
    } else {
        inside(&found, &facts, history.map(|(run, history)| curve(run, history).into_any())).into_any()
    };
    Some(view! {
        <div
            class=class
            class:here=here
            role="gridcell"
            id=move || at.get().map(|at| id(at, column + 1))
            aria-colindex=column + 2
            aria-label=spoken
            title=title
            style=place(column)
            on:click=move |_| shared.cursor.set(at.get_untracked().map(|at| (at, column + 1)))
        >
            {inside}
        </div>
    })
}

fn curve(run: runatlas_core::link::RunKey, history: HistoryKey) -> impl IntoView {
    let app = app();
    let settled = RwSignal::new(false);
    set_timeout(
        move || {
            settled.try_set(true);
        },
        SETTLED,
    );
    let color = Signal::derive(move || {
        app.runs.slot(&run).unwrap_or_else(|| runatlas_core::chart::Slot::preferred(&run.run))
    });
    view! {
        <span class="dsp">
            <Show when=move || settled.get()>
                <Spark history=history.clone() color=color size=(40, 16) />
            </Show>
        </span>
    }
}

/// Value, curve, delta, and for metrics a bar from the centre.
fn inside(cell: &DiffCell, facts: &Facts, curve: Option<AnyView>) -> impl IntoView + use<> {
    let view = app().view.diff;
    let is_metric = facts.is_metric;
    let value = view! { <span class="v" class:b6=cell.best>{cell.text.clone()}</span> };
    let delta = cell.delta.clone().map(|delta| {
        let (left, width) = if delta.bar < 0.0 {
            (50.0 + delta.bar * 50.0, -delta.bar * 50.0)
        } else {
            (50.0, delta.bar * 50.0)
        };
        let words = move || {
            let percent = delta.percent.clone().filter(|_| view.with(|view| view.relative));
            percent.unwrap_or_else(|| delta.text.clone())
        };
        let bar = is_metric.then(
            || view! { <span class="db"><i style=format!("left:{left:.1}%;width:{width:.1}%")></i></span> },
        );
        view! {
            <span class="dl">{words}</span>
            {bar}
        }
    });
    let bad = cell.bad.clone().map(|words| view! { <span class="dl">{words}</span> });
    (value, curve, delta, bad)
}

fn classes(cell: &DiffCell, facts: &Facts, column: usize) -> &'static str {
    match (&cell.delta, &cell.bad) {
        _ if (cell.missing || cell.empty) && column == 0 => " base na",
        _ if (cell.missing || cell.empty) && cell.differs => " na diff",
        _ if cell.missing || cell.empty => " same na",
        (_, Some(_)) if column == 0 => " base nan",
        _ if column == 0 => " base",
        (_, Some(_)) => " nan",
        (Some(_), _) if !facts.is_metric => " diff num",
        (Some(delta), _) => match delta.verdict {
            Verdict::Better => " good",
            Verdict::Worse => " bad",
            Verdict::Neutral => " flat",
        },
        _ if cell.differs => " diff",
        _ => " same",
    }
}
