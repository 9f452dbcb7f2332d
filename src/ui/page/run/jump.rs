use leptos::prelude::*;
use runatlas_core::{format, run_page};

use super::Shown;

/// Ways to the panels, where they stand below each other and the page is long.
#[component]
pub(super) fn Jump(shown: Shown) -> impl IntoView {
    let data = &shown.data;
    let files =
        data.model_artifacts.iter().map(|(_, entries)| entries.len()).sum::<usize>() + data.artifacts.len();
    let models = run_page::model_rows(&data.run, &data.logged, &data.versions, &data.registered).len();
    let places = [
        ("metrics", "Metrics", data.run.metrics.len()),
        ("params", "Parameters", data.run.params.len()),
        ("tags", "Tags", run_page::people_tags(&data.run).len()),
        ("note", "Note", usize::from(run_page::note(&data.run).is_some())),
        ("artifacts", "Artifacts", files),
        ("datasets", "Datasets", data.run.inputs.len()),
        ("models", "Models", models),
    ];
    let places = places.into_iter().filter(|(_, _, count)| *count > 0);
    let buttons = places.map(|(id, name, count)| {
        let count =
            (id != "note").then(|| view! { <span class="count">{format::unsigned(count as u64)}</span> });
        view! { <button class="btn ghost sm" on:click=move |_| scroll_to(id)>{name} {count}</button> }
    });
    view! { <nav class="jump" aria-label="On this page">{buttons.collect_view()}</nav> }
}

fn scroll_to(id: &str) {
    if let Some(panel) = document().get_element_by_id(id) {
        panel.scroll_into_view();
    }
}
