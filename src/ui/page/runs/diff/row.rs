use std::{ops::Range, sync::Arc};

use leptos::prelude::*;
use runatlas_core::diff::{DiffCell, DiffRow, Line, SectionKind, Verdict};

use super::Shared;
use crate::ui::{app::app, part::Icon};

/// Where a run's column is.
pub(super) fn place(run: usize) -> String {
    if run == 0 { String::new() } else { format!("left:calc(var(--k) + var(--w) * {run})") }
}

/// Whether a section is the one of the metrics, whose rows have deltas.
pub(super) fn is_metrics(shared: Shared, section: usize) -> bool {
    kind(shared, section) == Some(SectionKind::Metrics)
}

fn kind(shared: Shared, section: usize) -> Option<SectionKind> {
    let of =
        |comparison: &super::Comparison| comparison.diff.sections().get(section).map(|section| section.kind);
    shared.comparison.with_untracked(|comparison| comparison.as_ref().and_then(of))
}

/// The head of a section: its name, how many keys differ, and which, while it is closed.
#[component]
pub(super) fn SectionHead(shared: Shared, section: usize, top: Memo<f64>) -> impl IntoView {
    let app = app();
    let comparison = shared.comparison.get_untracked()?;
    let of = comparison.diff.sections().get(section)?;
    let kind = of.kind;
    let state = Memo::new(move |_| {
        let mine = |line: &Line| match *line {
            Line::Head { section: other, open, rows } if other == section => Some((open, rows)),
            _ => None,
        };
        shared.lines.with(|lines| lines.iter().find_map(mine)).unwrap_or((false, 0))
    });
    let open = move || state.get().0;
    let toggle = move |_| {
        app.view.edit_runs(|runs| {
            if !runs.diff.closed.remove(&kind) {
                runs.diff.closed.insert(kind);
            }
        });
    };
    let keys = of.differing_keys(8);
    let differs = of.differing > 0;
    Some(view! {
        <div class="dg" class:shut=move || !open() role="row" style:top=move || format!("{}px", top.get())>
            <div class="dg-in" role="rowheader">
                <button class="dg-t" aria-expanded=move || open().to_string() on:click=toggle>
                    {move || view! { <Icon name=if open() { "chevron-down" } else { "chevron-right" } class="s14" /> }}
                    <span class="b6">{kind.title()}</span>
                    <span class="chip xs" class:warn=differs>{of.differ_words()}</span>
                    <span class="count">{format!("of {}", of.len())}</span>
                </button>
                <Show when=move || !open()>
                    <span class="dg-note mono">{keys.clone()}</span>
                </Show>
            </div>
        </div>
    })
}

/// One key across the runs.
#[component]
pub(super) fn KeyRow(
    shared: Shared,
    /// Where it stands among the lines.
    at: Memo<Option<usize>>,
    section: usize,
    row: usize,
    top: Memo<f64>,
    /// The runs in sight beside the baseline.
    columns: Memo<Range<usize>>,
) -> impl IntoView {
    let app = app();
    let comparison = shared.comparison.get_untracked()?;
    let found = comparison.diff.row(section, row, &untrack(|| app.clock.core()))?;
    let found = Arc::new(found);
    let metric = is_metrics(shared, section);
    let here = move || at.get().is_some() && at.get() == shared.at.get();
    let key = found.key.clone();
    let label = format!("{key}: show the values in full");
    let direction = found.direction_words();
    let base = cell(&found, 0, metric);
    let others = move |run: usize| cell(&found, run, metric);
    Some(view! {
        <div
            class="dr"
            class:met=metric
            class:at=here
            role="row"
            aria-rowindex=move || at.get().map(|at| at + 2)
            style:top=move || format!("{}px", top.get())
        >
            <div class="dk" role="rowheader">
                <button class="dk-b mono ell" title=key.clone() aria-label=label on:click=move |_| shared.full.set(Some((section, row)))>
                    {key.clone()}
                </button>
                {direction.map(|words| view! { <span class="t3 fs11 nowrap dk-dir">{words}</span> })}
            </div>
            {base}
            <For each=move || columns.get() key=|run| *run children=others />
        </div>
    })
}

fn cell(row: &Arc<DiffRow>, run: usize, metric: bool) -> Option<AnyView> {
    let found = row.cells.get(run)?;
    let class = format!("dc{}{}", if metric { "" } else { " mono" }, classes(found, run));
    let spoken = found.spoken(run == 0);
    let head = (run + 2).to_string();
    Some(if metric && !found.missing {
        let inside = metric_inside(found);
        view! { <div class=class role="cell" aria-colindex=head aria-label=spoken title=found.hint() style=place(run)>{inside}</div> }
            .into_any()
    } else {
        let title = (found.title.is_some() || found.text.len() > 14).then(|| found.hint());
        view! { <div class=class role="cell" aria-colindex=head aria-label=spoken title=title style=place(run)>{found.text.clone()}</div> }
            .into_any()
    })
}

/// Value, delta, and a bar from the centre.
fn metric_inside(cell: &DiffCell) -> impl IntoView + use<> {
    let relative = app().view.diff;
    let value = view! { <span class="v" class:b6=cell.best>{cell.text.clone()}</span> };
    let delta = cell.delta.clone().map(|delta| {
        let (left, width) = if delta.bar < 0.0 {
            (50.0 + delta.bar * 50.0, -delta.bar * 50.0)
        } else {
            (50.0, delta.bar * 50.0)
        };
        let words = move || {
            let percent = delta.percent.clone().filter(|_| relative.with(|view| view.relative));
            percent.unwrap_or_else(|| delta.text.clone())
        };
        view! {
            <span class="dl">{words}</span>
            <span class="db"><i style=format!("left:{left:.1}%;width:{width:.1}%")></i></span>
        }
    });
    let bad = cell.bad.clone().map(|words| view! { <span class="dl">{words}</span> });
    (value, delta, bad)
}

fn classes(cell: &DiffCell, run: usize) -> &'static str {
    match (&cell.delta, &cell.bad) {
        _ if cell.missing && run == 0 => " base na",
        _ if cell.missing && cell.differs => " na diff",
        _ if cell.missing => " same na",
        (_, Some(_)) if run == 0 => " base nan",
        _ if run == 0 => " base",
        (_, Some(_)) => " nan",
        (Some(delta), _) => match delta.verdict {
            Verdict::Better => " good",
            Verdict::Worse => " bad",
            Verdict::Neutral => " flat",
        },
        _ if cell.differs => " diff",
        _ => " same",
    }
}
