use leptos::{html, prelude::*};

use super::card::{CardBody, CardHead};
use crate::{
    state::Charts,
    ui::{chart::Plot, part::Icon},
};

/// One chart over all others.
#[component]
pub(super) fn Alone(charts: Charts, metric: String) -> impl IntoView {
    let plot = Plot::new(charts, &metric);
    let close = NodeRef::<html::Button>::new();
    close.on_load(|close| {
        let _ = close.focus();
    });
    let name = StoredValue::new(metric.clone());
    let label = format!("{metric} alone");
    let neighbor = move |by: isize| {
        charts.deck.with(|deck| name.with_value(|name| deck.neighbor(name, by).map(str::to_owned)))
    };
    let step = move |by: isize, icon: &'static str, words: &'static str| {
        view! {
            <button
                class="iconbtn"
                aria-label=words
                title=words
                disabled=move || neighbor(by).is_none()
                on:click=move |_| if let Some(metric) = untrack(|| neighbor(by)) { charts.show_alone(Some(metric)); }
            >
                <Icon name=icon />
            </button>
        }
    };
    let on_key = move |event: leptos::ev::KeyboardEvent| {
        if event.key() == "Escape" {
            charts.show_alone(None);
        }
    };
    view! {
        <article class="card alone" aria-label=label on:keydown=on_key>
            <div class="alone-bar">
                <button class="btn sm" node_ref=close on:click=move |_| charts.show_alone(None)>
                    <Icon name="chevron-left" class="s12" />
                    "All charts"
                </button>
                <span class="grow"></span>
                {step(-1, "chevron-left", "Previous metric")}
                {step(1, "chevron-right", "Next metric")}
            </div>
            <CardHead plot=plot metric=metric alone=true />
            <CardBody plot=plot />
        </article>
    }
}
