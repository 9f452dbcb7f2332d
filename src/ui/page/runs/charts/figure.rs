//! Cards that are no line charts: one value a run instead of a history.

mod canvas;
mod foot;
mod gestures;
mod images;
mod plot;
mod rails;
mod tip;

use leptos::{html, prelude::*};
use runatlas_core::board::{CardKind, CardRef};

use crate::{state::Charts, ui::part::EmptyState};
use canvas::FigureCanvas;
use foot::Foot;
use gestures::Gestures;
use images::Images;
use plot::FigurePlot;
use rails::{Brushes, Heads};
use tip::Tip;

/// What a card shows that is no line chart.
#[component]
pub(super) fn Figure(charts: Charts, card: CardRef, alone: bool) -> impl IntoView {
    let id = card.id.clone();
    let is_images = Memo::new(move |_| matches!(charts.kind(&card), Some(CardKind::Images { .. })));
    move || {
        let id = id.clone();
        if is_images.get() {
            view! { <Images charts=charts card=id /> }.into_any()
        } else {
            let plot = FigurePlot::new(charts, id);
            view! { <Picture plot=plot alone=alone /> }.into_any()
        }
    }
}

/// A figure that fills its box, with what is to be said below it. It takes the keyboard and speaks.
#[component]
fn Picture(plot: FigurePlot, alone: bool) -> impl IntoView {
    let area = NodeRef::<html::Div>::new();
    plot.follow_size(area);
    let gestures = Gestures::new(plot);
    let empty = Memo::new(move |_| {
        let trouble = plot.trouble.get();
        trouble.or_else(|| plot.figure.with(|figure| figure.as_ref().and_then(|figure| figure.empty.clone())))
    });
    let summary = move || plot.figure.with(|figure| figure.as_ref().map(|figure| figure.summary.clone()));
    view! {
        <div class="figure" class:alone=alone>
            <div class="plot fig" node_ref=area>
                <div
                    class="fig-area"
                    class:brushing=move || plot.brushing.get()
                    role="img"
                    tabindex="0"
                    aria-label=summary
                    aria-keyshortcuts="ArrowLeft ArrowRight Enter Escape F"
                    on:pointerdown=move |event| gestures.down(&event)
                    on:pointermove=move |event| gestures.moved(&event)
                    on:pointerup=move |event| gestures.up(&event)
                    on:pointercancel=move |_| gestures.cancel()
                    on:pointerleave=move |_| gestures.leave()
                    on:dblclick=move |_| plot.unmark()
                    on:keydown=move |event| gestures.key(&event)
                    on:blur=move |_| plot.clear()
                >
                    <FigureCanvas plot=plot />
                    <Brushes plot=plot />
                </div>
                <Heads plot=plot />
                <Tip plot=plot />
                {move || {
                    empty.get().map(|why| view! { <div class="fig-empty"><EmptyState icon="chart-scatter" title="Nothing to show" text=why /></div> })
                }}
            </div>
            <Foot plot=plot />
        </div>
    }
}
