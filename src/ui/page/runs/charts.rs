//! The charts tab: runs at the side, one card per metric.

mod alone;
mod card;
mod figure;
mod grid;
mod legend;
mod line;
mod maker;
mod run_list;
mod settings;
mod toolbar;

use leptos::prelude::*;

use crate::{
    state::{Charts, CommandGroup},
    ui::{app::app, keys::tell_of_keys, part::EmptyState},
};
use alone::Alone;
use grid::Grid;
use legend::Legend;
use run_list::RunList;
use toolbar::Toolbar;

/// One chart per metric.
#[component]
pub(in crate::ui) fn ChartsTab() -> impl IntoView {
    let charts = Charts::new(app());
    tell_of_keys(
        CommandGroup::Screen,
        &[
            ("chart.cursor", &["arrowright", "arrowleft"], "Move the cursor of the chart with the focus"),
            ("chart.zoom", &["+", "-"], "Zoom it in, out"),
            ("chart.log", &["l"], "Its log scale"),
            ("chart.alone", &["f"], "It alone, or all charts"),
        ],
    );
    view! {
        <div class="split charts-split">
            <section class="runs" aria-label="Runs">
                <RunList charts=charts />
            </section>
            <section class="charts" aria-label="Charts">
                <Legend charts=charts />
                <Toolbar charts=charts />
                <div class="charts-body">
                    <Body charts=charts />
                    {move || charts.full.get().map(|card| view! { <Alone charts=charts card=card /> })}
                </div>
                <div class="vh" aria-live="polite">{move || charts.spoken.get()}</div>
            </section>
        </div>
    }
}

/// What there is to show.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Charts,
    NoRuns,
    NoMetrics,
    NothingFound,
}

/// The grid of cards, or why there is none.
#[component]
fn Body(charts: Charts) -> impl IntoView {
    let app = app();
    let content = Memo::new(move |_| {
        let (none, metrics) = charts.sheet.with(|sheet| (sheet.is_empty(), sheet.metrics));
        match (none, app.runs.shown.with(|shown| shown.is_empty()), metrics) {
            (false, ..) => Content::Charts,
            (true, true, _) => Content::NoRuns,
            (true, false, 0) => Content::NoMetrics,
            (true, false, _) => Content::NothingFound,
        }
    });
    move || {
        match content.get() {
        Content::Charts => view! { <Grid charts=charts /> }.into_any(),
        Content::NoRuns => view! {
            <EmptyState icon="eye-off" title="No run is on the charts" text="Choose runs with the eye beside their names, or begin with the first ten that have metrics.">
                <button class="btn primary" on:click=move |_| app.view.edit_runs(|runs| runs.shown = None)>"Show the first ten"</button>
            </EmptyState>
        }
        .into_any(),
        Content::NoMetrics => view! {
            <EmptyState icon="chart-line" title="These runs have no metrics" text="Nothing was logged with log_metric in the runs that are on the charts. Choose others at the side." />
        }
        .into_any(),
        Content::NothingFound => view! {
            <EmptyState
                icon="search"
                title="No metric has this text"
                text=charts.sheet.with_untracked(|sheet| format!("The runs on the charts have {}.", runatlas_core::format::count(sheet.metrics as u64, "metric", "metrics")))
            >
                <button class="btn" on:click=move |_| charts.search(String::new())>"Clear the search"</button>
            </EmptyState>
        }
        .into_any(),
    }
    }
}
