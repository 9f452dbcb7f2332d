use leptos::prelude::*;
use runatlas_core::{
    chart::Slot,
    format,
    link::{CompareView, Page, RunView},
    model::RunStatus,
    table::RunRef,
};

use super::{cell::place, sight::Sizes};
use crate::{
    state::{HistoryKey, ViewState, words},
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem},
        run_mark::Swatch,
        spark::Spark,
    },
};

/// A run at the head of its column.
#[component]
pub(super) fn RunHead(
    /// Its column; 0 is the baseline.
    at: usize,
    /// The first run of the column.
    run: RunRef,
    /// How many more runs are in it.
    more: usize,
    sizes: Memo<Sizes>,
) -> impl IntoView {
    let app = app();
    let key = run.key();
    let slot = {
        let key = key.clone();
        Signal::derive(move || app.runs.slot(&key))
    };
    let name = run.run.display_name().to_owned();
    let title = format!("{name}\n{} · {}", run.experiment, run.source_name);
    let short = {
        let name = name.clone();
        // Names differ at their ends as often as at their beginnings.
        move || format::middle(&name, ((sizes.get().run - 64.0) / 7.2).max(6.0) as usize).into_owned()
    };
    let href = ViewState::href(Page::Run(RunView { run: key.clone(), artifact: None }));
    view! {
        <div class="dh" class:base=at == 0 role="columnheader" style=place(at) aria-colindex=at + 2>
            <div class="row g2">
                <Swatch color=slot />
                <a class="ell b6 grow dh-name" href=href title=title>{short}</a>
                {(at == 0).then(|| view! { <span class="flag" title="Baseline"><Icon name="flag" class="s12" /></span> })}
                {(more > 0).then(|| view! { <span class="chip xs" title=format!("{} runs in this column; the name is that of the first", more + 1)>{format!("×{}", more + 1)}</span> })}
                <RunMenu at=at run=run.clone() name=name />
            </div>
            <div class="dh-low">
                <Facts at=at run=run.clone() />
                <MainCurve run=run />
            </div>
        </div>
    }
}

/// State, day, length.
#[component]
fn Facts(at: usize, run: RunRef) -> impl IntoView {
    let app = app();
    let clock = untrack(|| app.clock.core());
    let run = run.run;
    let status = (run.status != RunStatus::Finished).then(|| {
        let class = match run.status {
            RunStatus::Failed | RunStatus::Killed => "bad b5",
            RunStatus::Running | RunStatus::Scheduled | RunStatus::Finished => "runc b5",
        };
        view! { <span class=class>{words::status(run.status)}</span> }
    });
    let start = run.start_time.map(|at| (clock.day(at), clock.date_time(at)));
    let title = start.as_ref().map(|(_, long)| format!("Started {long}"));
    view! {
        <div class="dh-facts" title=title>
            {(at == 0).then(|| view! { <span class="acc b5">"Baseline"</span> })}
            {status}
            {start.map(|(day, _)| view! { <span>{day}</span> })}
            {run.duration_millis().map(|length| view! { <span>{format::duration(length)}</span> })}
        </div>
    }
}

#[component]
fn RunMenu(at: usize, run: RunRef, name: String) -> impl IntoView {
    let app = app();
    let key = run.key();
    let page = Page::Run(RunView { run: key.clone(), artifact: None });
    let key = StoredValue::new(key);
    let page = StoredValue::new(page);
    view! {
        <Menu
            label=format!("Actions for {name}")
            class="iconbtn xs"
            align_end=true
            face=|| view! { <Icon name="ellipsis" class="s14" /> }
        >
            {(at > 0)
                .then(|| {
                    view! {
                        <MenuItem
                            label="Make baseline"
                            icon="flag"
                            action=Callback::new(move |()| app.runs.set_baseline(key.get_value()))
                        />
                    }
                })}
            {(at > 0)
                .then(|| {
                    view! {
                        <MenuItem
                            label="Compare files with the baseline"
                            icon="file-text"
                            action=Callback::new(move |()| {
                                if let Some(baseline) = app.runs.baseline.get_untracked() {
                                    app.view.go(Page::Compare(CompareView::new(baseline, key.get_value())));
                                }
                            })
                        />
                    }
                })}
            <MenuItem label="Open run" icon="arrow-right" action=Callback::new(move |()| app.view.go(page.get_value())) />
            <MenuItem
                label="Remove from comparison"
                icon="x"
                action=Callback::new(move |()| key.with_value(|key| app.runs.hide(key)))
            />
        </Menu>
    }
}

/// The curve of the metric that the comparison is about.
#[component]
fn MainCurve(run: RunRef) -> impl IntoView {
    let app = app();
    let key = run.key();
    let color = Signal::derive(move || app.runs.slot(&key).unwrap_or_else(|| Slot::preferred(&key.run)));
    move || {
        let metric = app.diff.metric.get()?;
        run.run.metric(&metric).filter(|found| found.count > 1)?;
        let history = HistoryKey { source: run.source.to_string(), run: run.run.id.clone(), metric };
        Some(view! { <span class="dh-c"><Spark history=history color=color size=(44, 16) /></span> })
    }
}
