use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{Page, RunKey, RunView},
    table::{Row, RunRef},
};

use crate::{
    state::{Charts, Loadable, ViewState},
    ui::{
        app::app,
        part::{Icon, VirtualRows},
        run_mark::{StatusIcon, Swatch},
    },
};

/// The runs, with an eye each: which are on the charts, and which curve is whose.
#[component]
pub(super) fn RunList(
    charts: Charts,
    /// In CSS pixels.
    #[prop(default = 28.0)]
    row_height: f64,
) -> impl IntoView {
    let app = app();
    let count = Signal::derive(move || app.runs.rows.with(|rows| rows.rows.len()));
    let row_at = move |at: usize| -> Option<(Row, RunRef)> {
        let row = *app.runs.rows.with(|rows| rows.rows.get(at).copied()).as_ref()?;
        let run = app.runs.table.with(|table| match table {
            Loadable::Ready(table) => table.run(&row).cloned(),
            _ => None,
        })?;
        Some((row, run))
    };
    let key = move |at: usize| {
        row_at(at).map(|(row, run)| {
            (run.key(), Arc::as_ptr(&run.run) as usize, row.depth, row.children, row.expanded)
        })
    };
    let row = move |at: usize| match untrack(|| row_at(at)) {
        Some((row, run)) => view! { <RunRow charts=charts row=row run=run /> }.into_any(),
        None => ().into_any(),
    };
    let marked =
        Memo::new(move |_| app.runs.marked.with(|marked| marked.as_ref().map(|marked| marked.runs.len())));
    let shown = move || app.runs.shown.with(|shown| shown.len());
    view! {
        <VirtualRows
            count=count
            row_height=row_height
            key=key
            row=row
            width="100%"
            header=move || ()
            label="Runs, shown on charts or not"
            class="run-list"
        />
        <div class="rl-foot">
            <span><b>{shown}</b>" on charts"</span>
            <Show when=move || marked.get().is_some()>
                <span class="rl-marked">
                    <b>{move || marked.get()}</b>
                    " marked"
                    <button class="iconbtn xs" aria-label="Clear the marks" title="Clear the marks" on:click=move |_| app.runs.marked.set(None)>
                        <Icon name="x" class="s12" />
                    </button>
                </span>
            </Show>
            <span class="row g1">
                <button class="btn ghost sm" on:click=move |_| app.view.edit_runs(|runs| runs.shown = None)>"First ten"</button>
                <button class="btn ghost sm" on:click=move |_| app.runs.show_all(false)>"None"</button>
            </span>
        </div>
    }
}

#[component]
fn RunRow(charts: Charts, row: Row, run: RunRef) -> impl IntoView {
    let app = app();
    let key = StoredValue::new(run.key());
    let name = run.run.display_name().to_owned();
    let slot = Memo::new(move |_| key.with_value(|key| app.runs.slot(key)));
    let on = Signal::derive(move || slot.get().is_some());
    let is =
        move |other: &Option<RunKey>| other.as_ref().is_some_and(|other| key.with_value(|key| key == other));
    let pointed = Memo::new(move |_| app.runs.pointed.with(is) || charts.nearest.with(is));
    let baseline = Memo::new(move |_| app.runs.baseline.with(is));
    let marked = Memo::new(move |_| key.with_value(|key| app.runs.is_marked(key)));
    let point = move |to: bool| {
        // Only a run that has a curve fades the others.
        let key = (to && on.get_untracked()).then(|| key.get_value());
        if app.runs.pointed.with_untracked(|before| *before != key) {
            app.runs.pointed.set(key);
        }
    };
    let toggle = move |_| {
        point(false);
        key.with_value(|key| app.runs.toggle_shown(key));
    };
    let duration = run.run.duration_millis().map(format::duration).unwrap_or_default();
    let href = ViewState::href(Page::Run(RunView { run: run.key(), artifact: None }));
    let (label, titled) = (name.clone(), name.clone());
    view! {
        <div
            class="rl"
            class:on=move || pointed.get()
            class:hid=move || !on.get()
            class:marked=move || marked.get() == Some(true)
            class:aside=move || marked.get() == Some(false)
            role="row"
            attr:aria-level=(row.depth + 1).to_string()
            on:pointerenter=move |_| point(true)
            on:pointerleave=move |_| point(false)
            on:focusin=move |_| point(true)
            on:focusout=move |_| point(false)
        >
            <span role="gridcell" class="rl-eye">
                <button
                    class="iconbtn xs"
                    aria-pressed=move || on.get().to_string()
                    aria-label=move || format!("{} {label}", if on.get() { "Hide" } else { "Show" })
                    on:click=toggle
                >
                    {move || view! { <Icon name=if on.get() { "eye" } else { "eye-off" } class="s14" /> }}
                </button>
            </span>
            <span role="gridcell" class="rl-name" style=format!("padding-left:{}px", 4 + 14 * usize::from(row.depth.min(8)))>
                <Twist row=row key=key />
                <Swatch color=slot group={row.children > 0} />
                <StatusIcon status=run.run.status />
                <a class="ell" href=href title=titled>{name}</a>
                <Show when=move || baseline.get()>
                    <span class="flag" title="Baseline"><Icon name="flag" class="s12" /><span class="vh">"baseline"</span></span>
                </Show>
                {(row.children > 0).then(|| view! { <span class="count">{row.children}</span> })}
            </span>
            <span role="gridcell" class="num t2">{duration}</span>
        </div>
    }
}

/// Opens and closes the children of a parent.
#[component]
fn Twist(row: Row, key: StoredValue<RunKey>) -> impl IntoView {
    let app = app();
    if row.children == 0 {
        return view! { <span class="tw"></span> }.into_any();
    }
    view! {
        <button
            class="tw"
            aria-expanded=row.expanded.to_string()
            aria-label="Child runs"
            on:click=move |_| app.runs.toggle_children(key.get_value())
        >
            <Icon name=if row.expanded { "chevron-down" } else { "chevron-right" } class="s12" />
        </button>
    }
    .into_any()
}
