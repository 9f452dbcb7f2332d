use leptos::prelude::*;
use runatlas_core::{
    chart::{XAxis, export::PointTable, x_words},
    format,
};

use crate::{
    ui::{
        chart::{Plot, color_of},
        part::{Dialog, VirtualRows},
    },
    web::utc_offset_minutes,
};

/// Height of a row in CSS pixels.
const ROW: f64 = 26.0;

/// The points of a line chart in view, as a table: what a person reads who does not see the curves.
#[component]
pub(super) fn PointsDialog(plot: Plot, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open=open title=Signal::derive(move || format!("{}, points in view", plot.title())) class="wide points-dialog">
            <Points plot=plot />
        </Dialog>
    }
}

#[component]
fn Points(plot: Plot) -> impl IntoView {
    let table = Memo::new_with_compare(
        move |_| {
            let points = plot
                .card
                .with_value(|card| plot.curves.with(|curves| plot.charts.points(card, curves, false)));
            StoredValue::new(points)
        },
        |_, _| true,
    );
    let count = Signal::derive(move || table.get().with_value(PointTable::len));
    let words = move || format::count(count.get() as u64, "point", "points");
    let (smoothed, bands, over) = {
        let (smoothed, bands) =
            table.get_untracked().with_value(|table| (table.is_smoothed(), table.has_bands()));
        (
            smoothed,
            bands,
            plot.spec.with_untracked(|spec| (spec.x == XAxis::Metric).then(|| spec.x_metric.clone())),
        )
    };
    let head = over.clone();
    let header = move || {
        let head = head.clone();
        view! {
            <div class="pv pv-h" role="row">
                <span role="columnheader">"Run"</span>
                <span role="columnheader">"Step"</span>
                <span role="columnheader">"Time"</span>
                {head.map(|name| view! { <span role="columnheader" class="ell">{name}</span> })}
                <span role="columnheader">"Value"</span>
                {smoothed.then(|| view! { <span role="columnheader">"Smoothed"</span> })}
                {bands.then(|| view! { <span role="columnheader">"Band"</span> })}
            </div>
        }
    };
    let has_x = over.is_some();
    let row = move |place: usize| {
        table.get().with_value(|table| {
            let Some(row) = table.row(place) else { return ().into_any() };
            let time = x_words(XAxis::WallTime, row.timestamp as f64, utc_offset_minutes(row.timestamp));
            let time = if bands { "–".to_owned() } else { time };
            view! {
                <div class="pv">
                    <span role="rowheader" class="ell"><span class="key" style=format!("--c:{}", color_of(row.series.slot))></span>{row.series.label.clone()}</span>
                    <span role="cell">{format::integer(row.step)}</span>
                    <span role="cell" class="t2">{time}</span>
                    {has_x.then(|| view! { <span role="cell">{format::exact(row.x)}</span> })}
                    <span role="cell" class:bad=!row.value.is_finite()>{format::exact(row.value)}</span>
                    {row.smoothed.map(|value| view! { <span role="cell" class="t2">{format::exact(value)}</span> })}
                    {row.band.map(|(low, high)| view! { <span role="cell" class="t2">{format!("{} to {}", format::metric(low), format::metric(high))}</span> })}
                </div>
            }
            .into_any()
        })
    };
    view! {
        <p class="t2 fs12">{words}</p>
        <div class="points">
            <VirtualRows
                count=count
                row_height=Signal::derive(|| ROW)
                key=|place| place
                row=row
                width=Signal::derive(|| "100%".to_owned())
                header=header
                label=Signal::derive(move || format!("Points of {}", plot.title()))
                role="table"
            />
        </div>
    }
}
