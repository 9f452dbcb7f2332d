use std::sync::Arc;

use leptos::prelude::*;
use runatlas_core::{
    chart::{Direction, Slot},
    diff::{Delta, Verdict},
    link::Tab,
    model::Run,
    run_page::{MetricRow, metric_rows},
};

use super::{Chosen, Shown};
use crate::{
    state::HistoryKey,
    ui::{
        app::app,
        part::{Icon, SearchField},
        spark::{InSight, Spark},
    },
};

/// Rows shown until a person asks for all; a few more are shown at once.
const AT_FIRST: usize = 16;
const A_FEW_MORE: usize = 6;

/// Every metric: latest value, extremes, points, curve.
#[component]
pub(super) fn MetricsCard(shown: Shown, chosen: Chosen) -> impl IntoView {
    let app = app();
    InSight::provide();
    let count = shown.data.run.metrics.len();
    let baseline = {
        let key = shown.key.clone();
        Memo::new_with_compare(
            move |_| app.runs.chosen_baseline(&key).map(|run| run.run),
            |before: Option<&Option<Arc<Run>>>, after| before != after,
        )
    };
    let rows = {
        let data = Arc::clone(&shown.data);
        Memo::new(move |_| baseline.with(|baseline| metric_rows(&data.run, baseline.as_deref())))
    };
    let Chosen { search, all } = chosen;
    if count <= AT_FIRST + A_FEW_MORE {
        all.set(true);
    }
    let found = Memo::new(move |_| {
        let search = search.get();
        rows.with(|rows| rows.iter().filter(|row| row.matches(&search)).cloned().collect::<Vec<_>>())
    });
    let is_compared = Memo::new(move |_| baseline.with(Option::is_some));
    let cut = move || if all.get() { usize::MAX } else { AT_FIRST };
    let charts = {
        let shown = shown.clone();
        move |_| app.runs.open_with(&shown.key, &shown.experiment, Tab::Charts, |_| {})
    };
    let shown = StoredValue::new(shown);
    view! {
        <section class="card" aria-label="Metrics" id="metrics">
            <div class="card-h">
                <h2>"Metrics"</h2>
                <span class="count">{count}</span>
                <span class="grow"></span>
                {(count > AT_FIRST).then(|| view! {
                    <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Find a metric" class="slim" />
                })}
                {(count > 0).then(|| view! {
                    <button class="btn ghost sm" on:click=charts>"Open charts"<Icon name="arrow-right" class="s12" /></button>
                })}
            </div>
            {if count == 0 {
                view! { <p class="none">"This run logged no metrics."</p> }.into_any()
            } else {
                view! {
                    <table class="mt" class:cmp=move || is_compared.get() role="table">
                        <thead role="rowgroup">
                            <tr role="row">
                                <th scope="col" role="columnheader">"Key"</th>
                                <th scope="col" role="columnheader">"Curve"</th>
                                <th class="num" scope="col" role="columnheader">"Last"</th>
                                <th class="num" scope="col" role="columnheader">"Min"</th>
                                <th class="at" scope="col" role="columnheader"><span class="vh">"Min at "</span>"step"</th>
                                <th class="num" scope="col" role="columnheader">"Max"</th>
                                <th class="at" scope="col" role="columnheader"><span class="vh">"Max at "</span>"step"</th>
                                <th class="num" scope="col" role="columnheader">"Points"</th>
                                <Show when=move || is_compared.get()>
                                    <th class="num" scope="col" role="columnheader" title="Latest value against the baseline's">"vs base"</th>
                                </Show>
                            </tr>
                        </thead>
                        <tbody role="rowgroup">
                            <For
                                each=move || found.get().into_iter().take(cut())
                                key=|row| (row.key.clone(), row.last.clone(), row.count.clone(), row.delta.as_ref().map(|delta| delta.text.clone()))
                                children=move |row| shown.with_value(|shown| view! { <MetricRowView shown=shown.clone() row=row is_compared=is_compared /> })
                            />
                        </tbody>
                    </table>
                }.into_any()
            }}
            <Show when=move || found.with(|found| { found.len() > cut() })>
                <div class="cardfoot">
                    <button class="btn ghost sm" on:click=move |_| all.set(true)>
                        {move || format!("Show all {}", found.with(Vec::len))}
                        <Icon name="chevron-down" class="s12" />
                    </button>
                </div>
            </Show>
            <Show when=move || found.with(Vec::is_empty) && !search.with(String::is_empty)>
                <p class="none">"No metric has these words in its key."</p>
            </Show>
        </section>
    }
}

#[component]
fn MetricRowView(shown: Shown, row: MetricRow, is_compared: Memo<bool>) -> impl IntoView {
    let app = app();
    let history =
        HistoryKey { source: shown.key.source.clone(), run: shown.key.run.clone(), metric: row.key.clone() };
    let key = shown.key.clone();
    let slot = Signal::derive(move || app.runs.slot(&key).unwrap_or_else(|| Slot::preferred(&key.run)));
    let metric = row.key.clone();
    let open = move |_| {
        app.runs.open_with(&shown.key, &shown.experiment, Tab::Charts, |runs| {
            runs.charts.search.clear();
            runs.charts.full = Some(runatlas_core::board::CardId::Metric(metric.clone()));
        });
    };
    let hint = match row.direction {
        Direction::Higher => Some(("↑", "higher is better")),
        Direction::Lower => Some(("↓", "lower is better")),
        Direction::Unknown => None,
    };
    let (best_min, best_max) = (row.direction == Direction::Lower, row.direction == Direction::Higher);
    let (start, end) = match row.key.rsplit_once('/') {
        Some((start, end)) => (Some(format!("{start}/")), end.to_owned()),
        None => (None, row.key.clone()),
    };
    let range = row.range_words();
    let some = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
    let delta = StoredValue::new(row.delta.clone());
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <div class="mk">
                <button class="mkey mono" title=format!("{}: open its chart", row.key) on:click=open>
                    {start.map(|start| view! { <span>{start}</span> })}
                    <span>{end}</span>
                </button>
                {hint.map(|(arrow, words)| view! { <span class="t3 fs11" title=words aria-label=words role="img">{arrow}</span> })}
                </div>
            </th>
            <td class="mc" role="cell"><Spark history=history color=slot /></td>
            <td class="num b5 ml" class:bad=row.last_bad role="cell" title=format!("{} at step {}", row.last_exact, row.last_step)>{row.last.clone()}</td>
            <td class="num mmin" class:b5=best_min class:t2=!best_min role="cell">{some(row.min.clone())}</td>
            <td class="at" role="cell">{row.min_step.clone()}</td>
            <td class="num mmax" class:b5=best_max class:t2=!best_max role="cell">{some(row.max.clone())}</td>
            <td class="at" role="cell">{row.max_step.clone()}</td>
            <td class="num t3 mn" role="cell">{row.count.clone()}</td>
            // On a phone instead of the five cells before it.
            <td class="mrange t3 fs11" role="cell">{range}</td>
            <Show when=move || is_compared.get()>
                <td class="num mv" role="cell">{move || delta.get_value().map(delta_view)}</td>
            </Show>
        </tr>
        {row.non_finite.map(|words| view! {
            <tr class="sub" role="row"><td class="bad fs11" colspan=move || if is_compared.get() { "9" } else { "8" } role="cell">{words}</td></tr>
        })}
    }
}

fn delta_view(delta: Delta) -> impl IntoView {
    let class = match delta.verdict {
        Verdict::Better => "good",
        Verdict::Worse => "bad",
        Verdict::Neutral => "t3",
    };
    view! { <span class=class title=delta.percent>{delta.text}</span> }
}
