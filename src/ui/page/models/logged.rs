use leptos::prelude::*;
use runatlas_core::{
    format,
    registry::{LoggedMetric, LoggedRow, logged_rows},
};

use super::{
    Shared,
    parts::{Ago, Fact, More, PAGE, RunLink, Status, Tags},
};
use crate::ui::part::{Icon, Switch};

/// The logged models, newest first; each opens to what is known of it.
#[component]
pub(super) fn LoggedCard(shared: Shared) -> impl IntoView {
    let bin = RwSignal::new(false);
    let found = Memo::new(move |_| {
        let models = shared.models.get();
        let search = shared.search.get();
        let rows = models.map(|m| logged_rows(&m.logged, &m.versions, &m.runs, &search, bin.get()));
        rows.unwrap_or_default()
    });
    let shown = RwSignal::new(PAGE);
    let total = Memo::new(move |_| found.with(|found| found.rows.len()));
    let deleted = Memo::new(move |_| found.with(|found| found.deleted));
    let any =
        move || shared.models.with(|models| models.as_ref().is_some_and(|models| !models.logged.is_empty()));
    let none = move || match (any(), deleted.get()) {
        (false, _) => "None: models that runs log appear here since MLflow 3.",
        (true, 0) => "No logged model has these words.",
        (true, _) => "All that are left are deleted ones.",
    };
    view! {
        <section class="card" aria-labelledby="logged-h">
            <div class="card-h">
                <h2 id="logged-h">"Logged models"</h2>
                <span class="count">{move || total.get()}</span>
                <span class="grow"></span>
                <Show when=move || { deleted.get() > 0 }>
                    <span class="fs12 t3 nowrap mbin">{move || format!("{} deleted", format::unsigned(deleted.get() as u64))}</span>
                    <Switch label="Show" value=bin on_change=Callback::new(move |on| bin.set(on)) />
                </Show>
            </div>
            <Show when=move || { total.get() > 0 } fallback=move || view! { <p class="mnone">{none}</p> }>
                <div class="mwide">
                    <div class="mgrid logged">
                        <div class="mgrid-h" aria-hidden="true">
                            <span></span>
                            <span>"Name"</span>
                            <span>"Status"</span>
                            <span>"Source run"</span>
                            <span class="num">"Step"</span>
                            <span>"Registered as"</span>
                            <span>"Created"</span>
                        </div>
                        <For
                            each=move || found.with(|found| found.rows.iter().take(shown.get()).cloned().collect::<Vec<_>>())
                            key=|row| (row.id.clone(), row.status.clone(), row.metrics.len())
                            children=move |row| view! { <Logged shared=shared row=row /> }
                        />
                    </div>
                </div>
            </Show>
            <More shown=shown total=total />
        </section>
    }
}

#[component]
fn Logged(shared: Shared, row: LoggedRow) -> impl IntoView {
    let registered = row.versions.iter().map(|(name, version)| {
        view! { <a class="chip edge" href=shared.href(Some(name.clone()))>{name.clone()}<b>{format!("v{version}")}</b></a> }
    });
    let title = format!("{}\n{}", row.name, row.id);
    view! {
        <details class="mitem" class:deleted=row.deleted>
            <summary>
                <Icon name="chevron-right" class="s14 mturn" />
                <span class="ell" title=title>
                    <span class="b5">{row.name.clone()}</span>
                    {(!row.kind.is_empty()).then(|| view! { <span class="chip xs">{row.kind.clone()}</span> })}
                    {row.deleted.then(|| view! { <span class="chip bad xs">"Deleted"</span> })}
                    " "
                    <span class="mono t3 fs11">{row.id.clone()}</span>
                </span>
                <span><Status words=row.status tone=row.tone message=row.status_message.clone() /></span>
                <span class="ell"><RunLink shared=shared run=row.run /></span>
                <span class="num">{row.step.map(format::integer)}</span>
                <span class="mmarks">{registered.collect_view()}</span>
                <span class="t2"><Ago at=row.created /></span>
            </summary>
            <div class="mbody">
                <div class="mpairs">
                    <Metrics metrics=row.metrics />
                    <Params params=row.params />
                </div>
                <Tags tags=row.tags />
                <dl class="mfactl">
                    <Fact label="Model id" value=row.id />
                    <Fact label="Files" value=row.location />
                    <Fact label="Status" value=row.status_message />
                </dl>
            </div>
        </details>
    }
}

#[component]
fn Metrics(metrics: Vec<LoggedMetric>) -> impl IntoView {
    let datasets = metrics.iter().any(|metric| !metric.dataset.is_empty());
    (!metrics.is_empty()).then(|| {
        view! {
            <table class="mpair">
                <thead>
                    <tr>
                        <th>"Metric"</th>
                        <th class="num">"Value"</th>
                        {datasets.then(|| view! { <th>"Dataset"</th> })}
                    </tr>
                </thead>
                <tbody>
                    {metrics
                        .into_iter()
                        .map(|metric| {
                            view! {
                                <tr>
                                    <th scope="row" class="mono">{metric.key}</th>
                                    <td class="num" title=metric.title>{metric.value}</td>
                                    {datasets.then(|| view! { <td class="t2">{metric.dataset}</td> })}
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        }
    })
}

#[component]
fn Params(params: Vec<(String, String)>) -> impl IntoView {
    (!params.is_empty()).then(|| {
        view! {
            <table class="mpair">
                <thead>
                    <tr>
                        <th>"Param"</th>
                        <th>"Value"</th>
                    </tr>
                </thead>
                <tbody>
                    {params
                        .into_iter()
                        .map(|(key, value)| {
                            view! {
                                <tr>
                                    <th scope="row" class="mono">{key}</th>
                                    <td class="mono" title=value.clone()>{format::one_line(&value, 200).into_owned()}</td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        }
    })
}
