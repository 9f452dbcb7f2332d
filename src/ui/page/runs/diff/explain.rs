use leptos::prelude::*;
use runatlas_core::{
    figure::importance_of,
    stat::importance::{Caution, Importance, METHOD, Row},
    table::Column,
};

use crate::ui::{
    app::app,
    part::{Icon, Menu, MenuItem},
};

/// Which params a metric goes with, among the compared runs.
#[component]
pub(super) fn Explain() -> impl IntoView {
    let app = app();
    let open = Memo::new(move |_| app.view.diff.with(|diff| diff.explain));
    view! {
        <Show when=move || open.get()>
            <Panel />
        </Show>
    }
}

#[component]
fn Panel() -> impl IntoView {
    let app = app();
    let found: Memo<Option<(String, Importance)>> = Memo::new_with_compare(
        move |_| {
            let metric = app.diff.metric.get()?;
            let diff = app.diff.diff.get()?;
            let found = importance_of(&Column::Metric(metric.clone()), diff.runs());
            Some((metric, found))
        },
        |_, _| true,
    );
    let close = move |_| app.diff.edit(|diff| diff.explain = false);
    let chart = move |_| {
        if let Some(metric) = app.diff.metric.get_untracked() {
            app.chart_importance(metric);
        }
    };
    view! {
        <section class="drawer dwhy" aria-label="What explains the metric?">
            <div class="dwhy-head">
                <h2 class="fs12 b6 nowrap">"What explains"</h2>
                <MetricMenu />
                <span class="t3 fs12 ell grow" title=METHOD>
                    {move || found.with(|found| found.as_ref().map(|(_, found)| method(found)))}
                </span>
                <button class="btn sm" on:click=chart>
                    <Icon name="chart-bar" class="s12" />
                    "Open as a chart"
                </button>
                <button class="iconbtn sm" aria-label="Close" title="Close" on:click=close>
                    <Icon name="x" class="s14" />
                </button>
            </div>
            <div class="dwhy-body">
                {move || found.get().map(|(metric, found)| view! { <Ranking metric=metric found=found /> })}
            </div>
        </section>
    }
}

/// How it was found out, in a line.
fn method(found: &Importance) -> String {
    let explained = found.explained.map(|share| format!(", {:.0} % explained", share.max(0.0) * 100.0));
    format!(
        "Random forest importance and Spearman's correlation over {} runs{}",
        found.runs,
        explained.unwrap_or_default()
    )
}

#[component]
fn Ranking(metric: String, found: Importance) -> impl IntoView {
    let cautions: Vec<String> = found.cautions.iter().map(Caution::words).collect();
    let is_empty = found.params.is_empty();
    let rows = found.params.into_iter().map(|row| param(row, &metric)).collect_view();
    view! {
        <ul class="dwhy-notes">
            <li>"What helps to predict these runs need not cause their results."</li>
            {cautions.into_iter().map(|words| view! { <li>{words}</li> }).collect_view()}
        </ul>
        {is_empty.then(|| view! { <p class="t3 fs12">"No param differs between these runs."</p> })}
        <ol class="dwhy-list">{rows}</ol>
    }
}

fn param(row: Row, metric: &str) -> impl IntoView + use<> {
    let app = app();
    let share = row.importance.unwrap_or_default();
    let percent = row.importance.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let signed = |r: f64| format!("{r:+.2}").replace('-', "−");
    let correlation = row.correlation.map_or_else(
        || "no correlation over categories".to_owned(),
        |found| format!("r {} (n {})", signed(found.r), found.n),
    );
    let (name, metric) = (row.name.clone(), metric.to_owned());
    let label = format!("Chart {metric} against {name}");
    view! {
        <li>
            <span class="mono ell dwhy-name" title=row.name.clone()>{row.name.clone()}</span>
            <span class="dwhy-bar" aria-hidden="true"><i style=format!("width:{:.1}%", share * 100.0)></i></span>
            <span class="num">{percent}</span>
            <span class="t2 nowrap">{correlation}</span>
            <button class="iconbtn xs" aria-label=label.clone() title=label on:click=move |_| app.chart_param(name.clone(), metric.clone())>
                <Icon name="chart-scatter" class="s14" />
            </button>
        </li>
    }
}

/// The metric that the comparison is about.
#[component]
fn MetricMenu() -> impl IntoView {
    let app = app();
    let face = move || {
        view! {
            <span class="mono ell dbar-sort">{move || app.diff.metric.get()}</span>
            <Icon name="chevron-down" class="s12" />
        }
    };
    let items = move || {
        let item = |metric: String| {
            let mine = metric.clone();
            let on = Signal::derive(move || app.diff.metric.with(|now| now.as_deref() == Some(&mine)));
            let label = metric.clone();
            let act = Callback::new(move |()| app.diff.edit(|diff| diff.metric = Some(metric.clone())));
            view! { <MenuItem label=label ticked=on action=act /> }
        };
        untrack(|| app.diff.metrics()).into_iter().take(100).map(item).collect_view()
    };
    view! {
        <Menu label="The metric to explain" face=face>{items()}</Menu>
    }
}
