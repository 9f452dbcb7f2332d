use leptos::prelude::*;
use runatlas_core::format;

use super::run_list::RunList;
use crate::{
    state::{Charts, ShownRun},
    ui::{
        app::app,
        chart::color_of,
        part::{Dialog, Icon},
    },
};

/// Where there is no room for the run list: the runs on the charts as chips, and the list in a
/// sheet.
#[component]
pub(super) fn Legend(charts: Charts) -> impl IntoView {
    let app = app();
    let open = RwSignal::new(false);
    let total = move || app.runs.rows.with(|rows| rows.total);
    let shown = move || app.runs.shown.get().as_ref().clone();
    let chip = move |shown: ShownRun| {
        let key = StoredValue::new(shown.key.clone());
        let is = Memo::new(move |_| {
            app.runs
                .pointed
                .with(|pointed| pointed.as_ref().is_some_and(|other| key.with_value(|key| key == other)))
        });
        let name = shown.run.run.display_name().to_owned();
        let short = format::middle(&name, 18).into_owned();
        view! {
            <button
                class="mchip"
                class:on=move || is.get()
                aria-pressed=move || is.get().to_string()
                title=name
                on:click=move |_| app.runs.pointed.set((!is.get_untracked()).then(|| key.get_value()))
            >
                <span class="sw" class:dash=shown.slot.dashed() style=format!("--c:{}", color_of(shown.slot))></span>
                {short}
            </button>
        }
    };
    view! {
        <div class="mchips" role="group" aria-label="Runs on the charts">
            <button class="mchip first" on:click=move |_| open.set(true)>
                <Icon name="list-filter" class="s14" />
                {move || app.runs.shown.with(|shown| shown.len())}" of "{total}" runs"
            </button>
            <For each=shown key=|shown| (shown.key.clone(), shown.slot) children=chip />
        </div>
        <Dialog open=open title="Runs on the charts">
            <div class="run-sheet"><RunList charts=charts row_height=44.0 /></div>
        </Dialog>
    }
}
