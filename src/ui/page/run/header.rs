use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{CompareView, Page, RunKey, RunView, Tab},
    model::{Lifecycle, RunStatus},
    run_page::{Fact, model_rows, overview},
};

use super::{Shown, copy::CopyButton};
use crate::{
    state::{Command, Neighbours, ViewState},
    ui::{app::app, page::RunPicker, part::Icon, run_mark::Swatch},
};

/// Name, state, where it stands among the others, what can be done with it, and its facts.
#[component]
pub(super) fn RunHeader(shown: Shown) -> impl IntoView {
    let app = app();
    let facts = {
        let shown = shown.clone();
        move || overview(&shown.data.run, &app.clock.core()).into_iter().map(fact).collect_view()
    };
    let name = shown.data.run.display_name().to_owned();
    let key = shown.key.clone();
    let color = Signal::derive(move || app.runs.slot(&key));
    view! {
        <header class="run-h">
            <div class="run-top">
                <div class="run-title">
                    <Swatch color=color />
                    <h1 title=name.clone()>{name.clone()}</h1>
                    <Chips shown=shown.clone() />
                </div>
                <div class="run-acts">
                    <Position key=shown.key.clone() />
                    <Actions shown=shown />
                </div>
            </div>
            <dl class="facts">{facts}</dl>
        </header>
    }
}

fn fact(fact: Fact) -> impl IntoView {
    let Fact { label, text, title, href, mono, aside } = fact;
    let exact = title.clone().unwrap_or_else(|| text.clone());
    let copy = mono
        .then(|| view! { <CopyButton what=format!("The {}", label_in_text(label)) text=exact.clone() /> });
    let words = match href {
        Some(href) => {
            view! { <a class="ell" class:mono=mono href=href target="_blank" rel="noopener noreferrer" title=exact>{text}</a> }
                .into_any()
        }
        None => view! { <span class="ell" class:mono=mono title=exact>{text}</span> }.into_any(),
    };
    view! {
        <div>
            <dt>{label}</dt>
            <dd>{words} {aside.map(|aside| view! { <span class="t3 nowrap">{aside}</span> })} {copy}</dd>
        </div>
    }
}

/// "Run ID" is an abbreviation in the middle of a sentence too, "Branch" is not.
fn label_in_text(label: &str) -> String {
    match label {
        "Run ID" => "run ID".to_owned(),
        "Artifacts at" => "artifact address".to_owned(),
        other => other.to_lowercase(),
    }
}

#[component]
fn Chips(shown: Shown) -> impl IntoView {
    let data = &shown.data;
    let run = &data.run;
    let (class, icon) = match run.status {
        RunStatus::Finished => ("chip good", "check"),
        RunStatus::Running => ("chip run", "play"),
        RunStatus::Failed => ("chip bad", "circle-x"),
        RunStatus::Killed => ("chip", "circle-slash"),
        RunStatus::Scheduled => ("chip", "circle-dashed"),
    };
    let versions = model_rows(run, &data.logged, &data.versions, &data.registered)
        .into_iter()
        .filter(|model| !model.input)
        .flat_map(|model| model.versions);
    let source = shown.key.source.clone();
    let versions = versions
        .map(|version| {
            let page = Page::Models { source: source.clone(), model: Some(version.name.clone()) };
            view! {
                <a class="chip acc" href=ViewState::href(page)>
                    <Icon name="box" />
                    {format!("{} v{}", version.name, version.version)}
                </a>
            }
        })
        .collect_view();
    let twins = data.twins.iter().map(|twin| {
        let href = ViewState::href(Page::Run(RunView { run: twin.key.clone(), artifact: None }));
        view! { <a class="chip" href=href title=twin.words()><Icon name="copy" />{format!("Also in {}", format::middle(&twin.source_name, 32))}</a> }
    });
    let twins = twins.collect_view();
    view! {
        <span class=class><Icon name=icon />{format::status_word(run.status)}</span>
        {(run.lifecycle == Lifecycle::Deleted).then(|| view! { <span class="chip warn" title="In MLflow's bin"><Icon name="circle-slash" />"Deleted"</span> })}
        {run.damaged.then(|| {
            let report = ViewState::href(Page::Source { source: shown.key.source.clone() });
            view! { <a class="chip warn" href=report title="Something of this run could not be read: see the report of its source"><Icon name="triangle-alert" />"Read in part"</a> }
        })}
        {versions}
        {twins}
    }
}

/// Its place in the runs table, and the ways to the runs around it.
#[component]
fn Position(key: RunKey) -> impl IntoView {
    let app = app();
    let around = Memo::new(move |_| app.runs.neighbours(&key));
    let step = |id, title: &'static str, chord, icon, to: fn(&Neighbours) -> Option<RunKey>| {
        let to = move || around.with(|around| around.as_ref().and_then(to));
        let go = move || {
            if let Some(run) = untrack(to) {
                app.view.go(Page::Run(RunView { run, artifact: None }));
            }
        };
        app.commands.add(Command::new(id, title, go).key(chord).icon(icon).when(move || to().is_some()));
    };
    step("run.previous", "Go to the previous run", "k", "arrow-up", |around| around.before.clone());
    step("run.next", "Go to the next run", "j", "arrow-down", |around| around.after.clone());
    let way = |to: Option<RunKey>, icon: &'static str, words: &'static str, key: &'static str| match to {
        Some(run) => {
            let href = ViewState::href(Page::Run(RunView { run, artifact: None }));
            view! {
                <a class="iconbtn sm" href=href aria-label=words title=format!("{words} ({})", key.to_uppercase())>
                    <Icon name=icon />
                </a>
            }
            .into_any()
        }
        None => {
            view! { <span class="iconbtn sm off" aria-hidden="true"><Icon name=icon /></span> }.into_any()
        }
    };
    move || {
        around.get().map(|around| {
            view! {
                <span class="row fs12 t3 nowrap run-pos">
                    {format!("{} of {}", format::unsigned(around.at as u64), format::unsigned(around.of as u64))}
                    {way(around.before, "arrow-up", "Previous run", "k")}
                    {way(around.after, "arrow-down", "Next run", "j")}
                </span>
            }
        })
    }
}

#[component]
fn Actions(shown: Shown) -> impl IntoView {
    let app = app();
    let back = {
        let experiment = shown.experiment.clone();
        move || ViewState::href(Page::Runs(app.runs.page_around(&experiment)))
    };
    let shown = StoredValue::new(shown);
    let open = move |tab: Tab, baseline: bool| {
        shown.with_value(|shown| {
            app.runs.open_with(&shown.key, &shown.experiment, tab, |runs| {
                if baseline {
                    runs.baseline = Some(shown.key.clone());
                }
            });
        });
    };
    let is_baseline = move || {
        shown.with_value(|shown| app.view.runs.with(|runs| runs.baseline.as_ref() == Some(&shown.key)))
    };
    for (id, title, icon, tab) in [
        ("run.charts", "Show this run on the charts", "chart-line", Tab::Charts),
        ("run.diff", "Compare this run with the baseline", "git-compare", Tab::Diff),
    ] {
        app.commands.add(Command::new(id, title, move || open(tab, false)).icon(icon));
    }
    app.commands.add(
        Command::new("run.set-baseline", "Compare other runs with this one", move || open(Tab::Diff, true))
            .key("b")
            .icon("flag")
            .when(move || !is_baseline()),
    );
    view! {
        <a class="btn" href=back title="Back to the runs">
            <Icon name="table" class="s14" />
            "Runs"
        </a>
        <button class="btn" title="Show it on the charts beside the other runs" on:click=move |_| open(Tab::Charts, false)>
            <Icon name="chart-line" class="s14" />
            "Charts"
        </button>
        <CompareWith shown=shown.get_value() />
        <button class="btn" title="Compare it with the baseline" on:click=move |_| open(Tab::Diff, false)>
            <Icon name="git-compare" class="s14" />
            "Diff"
        </button>
        <Show
            when=move || !is_baseline()
            fallback=|| view! { <span class="chip acc"><Icon name="flag" />"Baseline"</span> }
        >
            <button class="btn" aria-label="Set as baseline" title="Compare other runs with this one (B)" on:click=move |_| open(Tab::Diff, true)>
                <Icon name="flag" class="s14" />
                "Baseline"
            </button>
        </Show>
    }
}

/// Opens this run beside another one, file by file.
#[component]
fn CompareWith(shown: Shown) -> impl IntoView {
    let app = app();
    let this = shown.key.clone();
    let choose =
        Callback::new(move |other| app.view.go(Page::Compare(CompareView::new(other, this.clone()))));
    let face = || view! { <Icon name="file-text" class="s14" />"Compare with…" }.into_any();
    view! { <RunPicker label="Compare files with another run" face=face choose=choose class="btn" without=shown.key /> }
}
