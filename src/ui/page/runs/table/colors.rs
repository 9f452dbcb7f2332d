use leptos::{ev, html, prelude::*};
use runatlas_core::{chart::Slot, link::RunKey};

use crate::ui::{app::app, part::Icon, run_mark::Swatch};

/// Where the choice of colours is open, and for which runs.
#[derive(Clone, Copy)]
pub(super) struct ColorChoice(pub(super) RwSignal<Option<(Vec<RunKey>, f64, f64)>>);

/// A run's swatch; pressed, it offers the colours.
#[component]
pub(super) fn ColorButton(
    key: StoredValue<RunKey>,
    #[prop(into)] color: Signal<Option<Slot>>,
    #[prop(optional)] group: bool,
) -> impl IntoView {
    let choice = expect_context::<ColorChoice>().0;
    let open = move |event: ev::MouseEvent| {
        let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
        let is_open = choice.with_untracked(|choice| {
            choice.as_ref().is_some_and(|(of, ..)| key.with_value(|key| of.contains(key)))
        });
        choice.set((!is_open).then(|| (vec![key.get_value()], x, y)));
    };
    view! {
        <button class="rt-sw" tabindex="-1" aria-label="Colour" title="Choose a colour" on:click=open>
            <Swatch color=color group=group />
        </button>
    }
}

/// The colours, beside the swatch that was pressed.
#[component]
pub(super) fn ColorList() -> impl IntoView {
    let runs = app().runs;
    let choice = expect_context::<ColorChoice>().0;
    let close = move || choice.set(None);
    move || {
        let (keys, x, y) = choice.get()?;
        let mut colors = keys.iter().map(|key| untrack(|| runs.chosen_color(key)));
        let first = colors.next().flatten();
        let chosen = first.filter(|first| colors.all(|other| other == Some(*first)));
        let keys = StoredValue::new(keys);
        let choose = move |slot: Option<Slot>| {
            keys.with_value(|keys| runs.set_color(keys, slot));
            close();
        };
        let list = NodeRef::<html::Div>::new();
        list.on_load(|list| drop(list.focus()));
        let one = move |slot: Slot| {
            let on = chosen == Some(slot);
            let label = format!("Colour {}", slot.index() + 1);
            view! {
                <button class="rt-color" class:on=on aria-pressed=on.to_string() aria-label=label on:click=move |_| choose(Some(slot))>
                    <Swatch color=Some(slot) />
                </button>
            }
        };
        let place = format!("left:min({x}px, 100vw - 200px);top:min({}px, 100dvh - 150px)", y + 8.0);
        Some(view! {
            <div class="rt-veil" on:click=move |_| close()></div>
            <div
                class="rt-colors"
                node_ref=list
                tabindex="-1"
                role="dialog"
                aria-label="Colour of these runs"
                style=place
                on:keydown=move |event: ev::KeyboardEvent| if event.key() == "Escape" { event.stop_propagation(); close() }
            >
                <div class="rt-color-grid">{(0..Slot::COUNT).map(|at| one(Slot::new(at))).collect_view()}</div>
                <button class="menu-item" aria-pressed=chosen.is_none().to_string() on:click=move |_| choose(None)>
                    <span class="menu-tick" class:off=chosen.is_some()><Icon name="check" class="s14" /></span>
                    <span class="grow">"Given by the app"</span>
                </button>
            </div>
        })
    }
}
