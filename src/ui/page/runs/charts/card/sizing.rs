//! Moving and resizing cards.

use leptos::{ev, prelude::*};
use runatlas_core::board::{CardRef, CardSize, Move};

use crate::{state::Charts, ui::part::Icon};

/// What is dragged from a card's grip.
const KIND: &str = "application/x-runatlas-card";

/// Moves a card: it is dragged onto another card's place, or moved by arrow keys.
#[component]
pub(super) fn Grip(charts: Charts, card: StoredValue<CardRef>) -> impl IntoView {
    let on_key = move |event: ev::KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowLeft" | "ArrowUp" => -1,
            "ArrowRight" | "ArrowDown" => 1,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        card.with_value(|card| charts.shift(&card.id, &Move::By(by)));
    };
    let on_start = move |event: ev::DragEvent| {
        let Some(data) = event.data_transfer() else { return };
        // Without data the browser drags nothing.
        let _ = data.set_data(KIND, "card");
        data.set_effect_allowed("move");
        charts.dragged.set(Some(card.with_value(|card| card.id.clone())));
    };
    view! {
        <button
            class="grip"
            draggable="true"
            aria-label=move || format!("Move {}", card.with_value(|card| charts.title(card)))
            title="Drag to move, or use the arrow keys"
            on:keydown=on_key
            on:dragstart=on_start
            on:dragend=move |_| charts.dragged.set(None)
        >
            <Icon name="grip-horizontal" class="s14" />
        </button>
    }
}

/// A dragged card is over this one.
pub(super) fn over(
    event: &ev::DragEvent,
    charts: Charts,
    card: StoredValue<CardRef>,
    dropping: RwSignal<bool>,
) {
    let takes = charts.dragged.with_untracked(|dragged| {
        dragged.as_ref().is_some_and(|dragged| card.with_value(|card| charts.is_beside(dragged, &card.id)))
    });
    if takes {
        event.prevent_default();
        event.stop_propagation();
        dropping.set(true);
    }
}

/// A dragged card was let go over this one.
pub(super) fn dropped(
    event: &ev::DragEvent,
    charts: Charts,
    card: StoredValue<CardRef>,
    dropping: RwSignal<bool>,
) {
    dropping.set(false);
    if let Some(dragged) = charts.dragged.get_untracked() {
        event.prevent_default();
        event.stop_propagation();
        charts.dragged.set(None);
        charts.shift(&dragged, &Move::To(card.with_value(|card| card.id.clone())));
    }
}

/// Resizes a card by its lower right corner, or by arrow keys.
#[component]
pub(super) fn SizeHandle(charts: Charts, card: StoredValue<CardRef>, size: Memo<CardSize>) -> impl IntoView {
    let from = StoredValue::new(None::<(f64, f64, f64, f64)>);
    let resize = move |size: CardSize| card.with_value(|card| charts.resize(&card.id, size));
    let on_down = move |event: ev::PointerEvent| {
        event.prevent_default();
        let Some(handle) = event.current_target().and_then(as_element) else { return };
        let Ok(Some(article)) = handle.closest("article") else { return };
        let rect = article.get_bounding_client_rect();
        // Without it the drag ends at the edge of the handle.
        let _ = handle.set_pointer_capture(event.pointer_id());
        // One place is this wide and high.
        let now = size.get_untracked();
        let place = (rect.width() / f64::from(now.columns), rect.height() / f64::from(now.rows));
        from.set_value(Some((rect.left(), rect.top(), place.0, place.1)));
    };
    let on_move = move |event: ev::PointerEvent| {
        let Some((left, top, width, height)) = from.get_value() else { return };
        let places =
            |length: f64, place: f64| (length / place).round().clamp(1.0, f64::from(CardSize::MOST)) as u8;
        let x = f64::from(event.client_x()) - left;
        let y = f64::from(event.client_y()) - top;
        let next = CardSize::of(places(x, width), places(y, height));
        if next != size.get_untracked() {
            resize(next);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let (columns, rows) = match event.key().as_str() {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        resize(size.get_untracked().grown(columns, rows));
    };
    view! {
        <button
            class="sizer"
            aria-label=move || format!("Resize {}", card.with_value(|card| charts.title(card)))
            title="Drag to resize, or use the arrow keys"
            on:pointerdown=on_down
            on:pointermove=on_move
            on:pointerup=move |_| from.set_value(None)
            on:keydown=on_key
        ></button>
    }
}

fn as_element(target: leptos::web_sys::EventTarget) -> Option<leptos::web_sys::Element> {
    use leptos::wasm_bindgen::JsCast as _;
    target.dyn_into().ok()
}
