use leptos::{html, prelude::*};
use runatlas_core::chart::DeckGroup;

use super::card::Card;
use crate::{state::Charts, ui::part::Icon, web::observe::Nearness};

/// What counts as near: about one screen of cards above and below.
const MARGIN: &str = "400px 0px";

/// How cards know whether they are near the visible part.
#[derive(Clone, Copy)]
pub(super) struct Near(pub(super) StoredValue<Option<Nearness>, LocalStorage>);

/// The cards, in groups. A card far from the visible part is its heading and an empty box of the
/// right height: a thousand of them cost little.
#[component]
pub(super) fn Grid(charts: Charts) -> impl IntoView {
    let near = Near(StoredValue::new_local(None));
    provide_context(near);
    let scroller = NodeRef::<html::Div>::new();
    let ready = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(scroller) = scroller.get() else { return };
        near.0.set_value(Nearness::new(Some(&scroller), MARGIN));
        ready.set(true);
    });
    let prefixes = Memo::new(move |_| {
        charts.deck.with(|deck| deck.groups.iter().map(|group| group.prefix.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="grid-scroll" node_ref=scroller inert=move || charts.choices.with(|choices| choices.full.is_some())>
            <Show when=move || ready.get()>
                <For
                    each=move || prefixes.get()
                    key=|prefix| prefix.clone()
                    children=move |prefix| view! { <Group charts=charts prefix=prefix /> }
                />
            </Show>
        </div>
    }
}

#[component]
fn Group(charts: Charts, prefix: String) -> impl IntoView {
    let prefix = StoredValue::new(prefix);
    let of_group = move |read: &dyn Fn(&DeckGroup) -> Vec<String>| {
        charts.deck.with(|deck| {
            let group = deck.groups.iter().find(|group| prefix.with_value(|prefix| group.prefix == *prefix));
            group.map(read).unwrap_or_default()
        })
    };
    let metrics = Memo::new(move |_| {
        of_group(&|group| group.charts.iter().map(|chart| chart.metric.clone()).collect())
    });
    let title =
        Memo::new(move |_| of_group(&|group| vec![group.title().to_owned()]).pop().unwrap_or_default());
    let folded = Memo::new(move |_| {
        charts.choices.with(|choices| prefix.with_value(|prefix| choices.folded.contains(prefix)))
    });
    view! {
        <section class="cards-group">
            <h2>
                <button
                    class="sec-h"
                    aria-expanded=move || (!folded.get()).to_string()
                    on:click=move |_| prefix.with_value(|prefix| charts.toggle_group(prefix))
                >
                    {move || view! { <Icon name=if folded.get() { "chevron-right" } else { "chevron-down" } class="s12" /> }}
                    <span class="ell" title=move || title.get()>{move || title.get()}</span>
                    <span class="count">{move || metrics.with(Vec::len)}</span>
                </button>
            </h2>
            <Show when=move || !folded.get()>
                <div class="cards">
                    <For
                        each=move || metrics.get()
                        key=|metric| metric.clone()
                        children=move |metric| view! { <Card charts=charts metric=metric /> }
                    />
                </div>
            </Show>
        </section>
    }
}
