use leptos::{html, prelude::*};
use runatlas_core::{chart::Direction, format};

use super::grid::Near;
use crate::{
    state::Charts,
    ui::{
        chart::{Chart, Plot, color_of},
        part::{EmptyState, Icon},
    },
};

/// The card of one metric. Away from the visible part it holds no curve and no canvas.
#[component]
pub(super) fn Card(charts: Charts, metric: String) -> impl IntoView {
    let node = NodeRef::<html::Article>::new();
    let near = RwSignal::new(false);
    let watch = StoredValue::new_local(None);
    let nearness = use_context::<Near>().and_then(|near| near.0.get_value());
    Effect::new(move |_| {
        let Some(card) = node.get() else { return };
        match &nearness {
            Some(nearness) => watch.set_value(Some(nearness.watch(&card, move |is| {
                near.try_set(is);
            }))),
            // A browser without such an observer draws them all.
            None => near.set(true),
        }
    });
    let visible = Memo::new(move |_| near.get() && charts.choices.with(|choices| choices.full.is_none()));
    let (label, name) = (metric.clone(), metric.clone());
    view! {
        <article class="card" node_ref=node aria-label=label>
            <Show
                when=move || visible.get()
                fallback=move || view! { <div class="card-h"><h3 class="ell">{name.clone()}</h3></div> }
            >
                <Filled charts=charts metric=metric.clone() />
            </Show>
        </article>
    }
}

#[component]
fn Filled(charts: Charts, metric: String) -> impl IntoView {
    let plot = Plot::new(charts, &metric);
    view! {
        <CardHead plot=plot metric=metric />
        <CardBody plot=plot />
    }
}

/// Title, points, value at the cursor, and what can be done.
#[component]
pub(super) fn CardHead(plot: Plot, metric: String, #[prop(optional)] alone: bool) -> impl IntoView {
    let charts = plot.charts;
    let hint = match Direction::of_metric(&metric) {
        Direction::Higher => "higher is better",
        Direction::Lower => "lower is better",
        Direction::Unknown => "",
    };
    let points = Memo::new(move |_| {
        let counts = plot.scene.with(|scene| scene.as_ref().map(|scene| scene.counts));
        plot.curves.with(|curves| curves.words(counts))
    });
    let name = StoredValue::new(metric.clone());
    let log = Memo::new(move |_| charts.choices.with(|choices| name.with_value(|name| choices.is_log(name))));
    let titled = metric.clone();
    view! {
        <div class="card-h">
            <h3 class="ell" title=titled.clone()>{titled.clone()}</h3>
            <span class="card-points ell" title=move || points.get().1>{move || points.get().0}</span>
            <span class="grow"></span>
            <ValueAtCursor plot=plot />
            <span class="fs11 t3 nowrap hint">{hint}</span>
            <button
                class="logbtn"
                class:on=move || log.get()
                aria-pressed=move || log.get().to_string()
                aria-label=format!("Logarithmic y axis of {metric}")
                title="Logarithmic y axis (L)"
                on:click=move |_| name.with_value(|name| charts.toggle_log(name))
            >
                "log"
            </button>
            {(!alone)
                .then(|| {
                    view! {
                        <button
                            class="iconbtn sm"
                            aria-label=format!("Show {metric} alone")
                            title="Show alone (F)"
                            on:click=move |_| charts.show_alone(Some(name.get_value()))
                        >
                            <Icon name="maximize-2" class="s14" />
                        </button>
                    }
                })}
        </div>
    }
}

/// The focused run's value under the cursor, in every chart.
#[component]
fn ValueAtCursor(plot: Plot) -> impl IntoView {
    move || {
        let focused = plot.focused()?;
        let value = plot.rows.with(|rows| {
            rows.iter().find(|row| row.series == focused).map(|row| format::metric(row.painted()))
        })?;
        let color =
            plot.curves.with(|curves| curves.series.get(focused).map(|series| color_of(series.slot)))?;
        Some(view! { <span class="at"><span class="key" style=format!("--c:{color}")></span>{value}</span> })
    }
}

/// The chart, or why there is none.
#[component]
pub(super) fn CardBody(plot: Plot) -> impl IntoView {
    #[derive(Clone, PartialEq)]
    enum Show {
        Chart,
        Reading,
        Nothing(String),
        Trouble(String),
    }
    let show = Memo::new(move |_| {
        if let Some(trouble) = plot.trouble.get() {
            return Show::Trouble(trouble);
        }
        plot.curves.with(|curves| match (curves.series.is_empty(), curves.reading, curves.failed.first()) {
            (false, ..) => Show::Chart,
            (true, 1.., _) => Show::Reading,
            (true, 0, Some((run, reason))) => Show::Trouble(format!("{run}: {reason}")),
            (true, 0, None) => Show::Nothing(match curves.absent.as_slice() {
                [] => "No run is on the charts.".to_owned(),
                [run] => format!("{run} did not log it."),
                runs => format!("None of the {} runs on the charts logged it.", runs.len()),
            }),
        })
    });
    view! {
        <div class="card-plot">
            {move || match show.get() {
                Show::Chart => view! { <Chart plot=plot /> }.into_any(),
                Show::Reading => view! { <Placeholder /> }.into_any(),
                Show::Nothing(text) => view! { <EmptyState icon="chart-line" title="No points" text=text /> }.into_any(),
                Show::Trouble(text) => {
                    view! { <EmptyState icon="triangle-alert" title="This chart could not be drawn" text=text error=true /> }.into_any()
                }
            }}
        </div>
    }
}

/// Two soft curves where the chart will be.
#[component]
fn Placeholder() -> impl IntoView {
    view! {
        <svg class="skel" viewBox="0 0 340 140" preserveAspectRatio="none" aria-hidden="true">
            <path d="M10 90C80 40 180 36 330 28" />
            <path d="M10 104C90 66 190 56 330 46" />
        </svg>
    }
}
