//! The card of a chart: its frame, its heading, and what it shows.

mod details;
mod head;
mod menu;
mod points;
mod sizing;
mod values;

use leptos::{html, prelude::*};
use runatlas_core::board::{CardKind, CardRef};

use super::{figure::Figure, grid::Near};
use crate::{state::Charts, ui::chart::Plot};
use details::Details;
pub(super) use head::{LineHead, PlainHead};
use sizing::{Grip, SizeHandle};

/// A card. Away from the visible part it holds no curve and no canvas.
#[component]
pub(super) fn Card(charts: Charts, card: CardRef) -> impl IntoView {
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
    let visible = Memo::new(move |_| near.get() && charts.full.with(Option::is_none));
    let card = StoredValue::new(card);
    let title = Memo::new(move |_| card.with_value(|card| charts.title(card)));
    let size = Memo::new(move |_| charts.layout.with(|layout| card.with_value(|card| layout.size(&card.id))));
    let dropping = RwSignal::new(false);
    view! {
        <article
            class="card"
            class:dropping=move || dropping.get()
            node_ref=node
            style=move || format!("--w:{};--h:{}", size.get().columns, size.get().rows)
            aria-label=move || title.get()
            on:dragover=move |event| sizing::over(&event, charts, card, dropping)
            on:dragleave=move |_| dropping.set(false)
            on:drop=move |event| sizing::dropped(&event, charts, card, dropping)
        >
            <Show
                when=move || visible.get()
                fallback=move || view! { <div class="card-h"><h3 class="ell">{move || title.get()}</h3></div> }
            >
                <Filled charts=charts card=card.get_value() />
                <Grip charts=charts card=card />
                <SizeHandle charts=charts card=card size=size />
            </Show>
        </article>
    }
}

/// The heading and the picture of a card.
#[component]
pub(super) fn Filled(charts: Charts, card: CardRef, #[prop(optional)] alone: bool) -> impl IntoView {
    let is_line = {
        let card = card.clone();
        Memo::new(move |_| charts.kind(&card).map(|kind| matches!(kind, CardKind::Line { .. })))
    };
    move || {
        let card = card.clone();
        // A card that was taken away shows nothing until it is gone.
        Some(if is_line.get()? {
            let plot = Plot::new(charts, card.clone());
            view! {
                <LineHead plot=plot card=card alone=alone />
                <super::line::LineBody plot=plot />
                {alone.then(|| view! { <Details plot=plot /> })}
            }
            .into_any()
        } else {
            view! {
                <PlainHead charts=charts card=card.clone() alone=alone />
                <div class="card-plot"><Figure charts=charts card=card alone=alone /></div>
            }
            .into_any()
        })
    }
}
