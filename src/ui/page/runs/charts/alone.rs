use leptos::{html, prelude::*};
use runatlas_core::board::CardId;

use super::card::Filled;
use crate::{state::Charts, ui::part::Icon};

/// One card over all others.
#[component]
pub(super) fn Alone(charts: Charts, card: CardId) -> impl IntoView {
    let close = NodeRef::<html::Button>::new();
    close.on_load(|close| {
        let _ = close.focus();
    });
    let id = StoredValue::new(card.clone());
    let title = untrack(|| charts.title(&card.clone().into()));
    let neighbor = move |by: isize| charts.sheet.with(|sheet| id.with_value(|id| sheet.neighbor(id, by)));
    let step = move |by: isize, icon: &'static str, words: &'static str| {
        view! {
            <button
                class="iconbtn"
                aria-label=words
                title=words
                disabled=move || neighbor(by).is_none()
                on:click=move |_| if let Some(card) = untrack(|| neighbor(by)) { charts.show_alone(Some(card)); }
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
        <article class="card alone" aria-label=format!("{title} alone") on:keydown=on_key>
            <div class="alone-bar">
                <button class="btn sm" node_ref=close on:click=move |_| charts.show_alone(None)>
                    <Icon name="chevron-left" class="s12" />
                    "All charts"
                </button>
                <span class="grow"></span>
                {step(-1, "chevron-left", "Previous chart")}
                {step(1, "chevron-right", "Next chart")}
            </div>
            <Filled charts=charts card=card.into() alone=true />
        </article>
    }
}
