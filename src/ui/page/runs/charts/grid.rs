use leptos::{html, prelude::*};
use runatlas_core::board::{CardRef, Section, SectionId, Sheet};

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
    let sections = Memo::new(move |_| {
        charts.sheet.with(|sheet| sheet.sections.iter().map(|section| section.id.clone()).collect::<Vec<_>>())
    });
    view! {
        <div class="grid-scroll" node_ref=scroller inert=move || charts.full.with(Option::is_some)>
            <Show when=move || ready.get()>
                <For
                    each=move || sections.get()
                    key=SectionId::clone
                    children=move |id| view! { <CardSection charts=charts id=id /> }
                />
            </Show>
        </div>
    }
}

#[component]
fn CardSection(charts: Charts, id: SectionId) -> impl IntoView {
    let id = StoredValue::new(id);
    let section = move |sheet: &Sheet| -> Option<Section> {
        id.with_value(|id| sheet.sections.iter().find(|section| section.id == *id).cloned())
    };
    let cards =
        Memo::new(move |_| charts.sheet.with(|sheet| section(sheet).map(|it| it.cards).unwrap_or_default()));
    let title = charts.sheet.with_untracked(|sheet| section(sheet).map(|it| it.title().to_owned()));
    let title = title.unwrap_or_default();
    let folded = Memo::new(move |_| charts.board.with(|board| id.with_value(|id| board.is_folded(id))));
    let columns = Memo::new(move |_| charts.layout.with(|layout| layout.columns));
    view! {
        <section class="cards-group">
            <h2>
                <button
                    class="sec-h"
                    aria-expanded=move || (!folded.get()).to_string()
                    on:click=move |_| id.with_value(|id| charts.toggle_section(id))
                >
                    {move || view! { <Icon name=if folded.get() { "chevron-right" } else { "chevron-down" } class="s12" /> }}
                    <span class="ell" title=title.clone()>{title.clone()}</span>
                    <span class="count">{move || cards.with(Vec::len)}</span>
                </button>
            </h2>
            <Show when=move || !folded.get()>
                <div class="cards" style=move || columns.get().map(|columns| format!("--columns:{columns}")) class:fixed=move || columns.get().is_some()>
                    <For
                        each=move || cards.get()
                        key=CardRef::clone
                        children=move |card| view! { <Card charts=charts card=card /> }
                    />
                </div>
            </Show>
        </section>
    }
}
