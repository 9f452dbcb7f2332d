use leptos::prelude::*;
use runatlas_core::format;

use super::FigurePlot;
use crate::ui::{app::app, part::Icon};

/// What is to be said of a figure, which runs it shows, and what can be done with the marked ones.
#[component]
pub(super) fn Foot(plot: FigurePlot) -> impl IntoView {
    let notes = Memo::new(move |_| {
        plot.figure.with(|figure| figure.as_ref().map(|figure| figure.notes.clone()).unwrap_or_default())
    });
    let words = move || {
        notes.with(|notes| notes.iter().map(|note| format::sentence(note)).collect::<Vec<_>>().join(" "))
    };
    let meant = Memo::new(move |_| plot.meant());
    view! {
        <div class="fig-foot">
            <p class="fig-notes ell" title=words>{words}</p>
            <Show when=move || plot.is_marked() fallback=move || view! { <Runs plot=plot /> }>
                <Marked plot=plot meant=meant />
            </Show>
        </div>
    }
}

/// Switches between the runs on the charts and all of the table.
#[component]
fn Runs(plot: FigurePlot) -> impl IntoView {
    let all = plot.charts.runs_of_table();
    let is_all = Memo::new(move |_| plot.card.with_value(|card| plot.charts.shows_all_runs(card)));
    let shown = Memo::new(move |_| plot.runs.with(|runs| runs.runs.len()));
    let words = move || {
        let (shown, all) = (shown.get() as u64, all.get() as u64);
        if is_all.get() && all > 1 {
            format!("all {}", format::count(all, "run", "runs"))
        } else {
            format::of_total(shown, all, "run", "runs")
        }
    };
    view! {
        <button
            class="fig-runs"
            class:on=move || is_all.get()
            aria-pressed=move || is_all.get().to_string()
            aria-label=move || format!("All runs of the table; shown are {}", words())
            title=move || if is_all.get() { "All runs of the table. Press for those on the charts." } else { "The runs on the charts. Press for all of the table." }
            on:click=move |_| plot.card.with_value(|card| plot.charts.toggle_all_runs(card))
        >
            {words}
        </button>
    }
}

/// What can be done with the runs within the brushes.
#[component]
fn Marked(plot: FigurePlot, meant: Memo<Option<Vec<bool>>>) -> impl IntoView {
    let count = Memo::new(move |_| {
        meant.with(|meant| meant.as_ref().map_or(0, |meant| meant.iter().filter(|meant| **meant).count()))
    });
    let show = move |_| {
        plot.publish();
        app().runs.show_only_marked();
    };
    view! {
        <button class="btn sm" disabled=move || count.get() == 0 on:click=show>
            {move || match count.get() {
                0 => "No run is marked".to_owned(),
                1 => "Show only this run".to_owned(),
                count => format!("Show only these {count} runs"),
            }}
        </button>
        <button class="iconbtn sm" aria-label="Clear the marks" title="Clear the marks (Esc)" on:click=move |_| plot.unmark()>
            <Icon name="x" class="s12" />
        </button>
    }
}
