use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::{
    format,
    table::{Column, Take},
};

use crate::ui::{app::app, part::Icon};

/// So many are listed; the search finds the rest.
const MOST: usize = 120;

/// The columns that the table has, in their order.
#[component]
pub(super) fn Chosen(search: RwSignal<String>) -> impl IntoView {
    let runs = app().runs;
    let found = Memo::new(move |_| {
        let words = search.with(|search| search.to_lowercase());
        let fits = |column: &Column| {
            let label = column.label().to_lowercase();
            *column != Column::Name && words.split_whitespace().all(|word| label.contains(word))
        };
        runs.columns.with(|columns| columns.iter().filter(|column| fits(column)).cloned().collect::<Vec<_>>())
    });
    let hidden = move || {
        let chosen =
            runs.columns.with(|columns| columns.iter().filter(|column| **column != Column::Name).count());
        chosen.saturating_sub(runs.grid.with(|grid| grid.all().len()))
    };
    let listed = move || found.with(|found| found.iter().take(MOST).cloned().collect::<Vec<_>>());
    let more = move || found.with(Vec::len).saturating_sub(MOST);
    view! {
        <section role="group" aria-label="In the table">
            <h3 class="cm-g">
                "In the table"
                <span class="count">{move || format::unsigned(found.with(Vec::len) as u64)}</span>
                {move || (hidden() > 0).then(|| view! { <span class="count">{format!("{} hidden: equal in all runs", format::unsigned(hidden() as u64))}</span> })}
            </h3>
            <For each=listed key=Clone::clone children=|column| view! { <One column=column /> } />
            {move || (more() > 0).then(|| view! { <p class="cm-none">{format!("{} more: search for them", format::unsigned(more() as u64))}</p> })}
            {move || found.with(Vec::is_empty).then(|| view! { <p class="cm-none">"None"</p> })}
        </section>
    }
}

#[component]
fn One(column: Column) -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let label = column.label().into_owned();
    let take = column.metric_key().is_some().then(|| column.take());
    let id = column.to_string();
    let column = StoredValue::new(column);
    let pinned = Memo::new(move |_| {
        app.view.runs.with(|view| column.with_value(|column| view.table.pinned_columns.contains(column)))
    });
    let dragged = RwSignal::new(false);
    let go = move |event: ev::PointerEvent| {
        if dragged.get_untracked()
            && let Some((to, below)) = target(&event)
        {
            column.with_value(|column| runs.move_column(column, &to, below));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let down = match event.key().as_str() {
            "ArrowDown" => true,
            "ArrowUp" => false,
            _ => return,
        };
        event.prevent_default();
        column.with_value(|column| runs.step_column(column, down));
        refocus(&event);
    };
    let down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        event.prevent_default();
        if let Some(grip) =
            event.current_target().and_then(|grip| grip.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = grip.set_pointer_capture(event.pointer_id());
            let _ = grip.focus();
        }
        dragged.set(true);
    };
    let pin_label = move || if pinned.get() { "Let the column go" } else { "Pin to the left" };
    view! {
        <div class="cc" class:moved=move || dragged.get() data-chosen=id>
            <button
                class="cc-grip"
                aria-label=format!("Move {label}; arrow keys move it too")
                title="Drag, or use the arrow keys"
                on:pointerdown=down
                on:pointermove=go
                on:pointerup=move |_| dragged.set(false)
                on:pointercancel=move |_| dragged.set(false)
                on:keydown=on_key
            >
                <Icon name="grip-vertical" class="s12" />
            </button>
            <span class="grow ell" title=label.clone()>{label.clone()}</span>
            {take.map(|take| view! { <TakeChoice column=column now=take /> })}
            <button class="iconbtn xs" class:on=move || pinned.get() aria-pressed=move || pinned.get().to_string() aria-label=pin_label title=pin_label on:click=move |_| column.with_value(|column| runs.pin_column(column))>
                <Icon name="pin" class="s12" />
            </button>
            <button class="iconbtn xs" aria-label=format!("Hide {label}") title="Hide" on:click=move |_| column.with_value(|column| runs.toggle_column(column))>
                <Icon name="x" class="s12" />
            </button>
        </div>
    }
}

/// What a metric's column shows.
#[component]
fn TakeChoice(column: StoredValue<Column>, now: Option<Take>) -> impl IntoView {
    let runs = app().runs;
    let mut choices: Vec<Option<Take>> = std::iter::once(None).chain(Take::PLAIN.map(Some)).collect();
    if matches!(now, Some(Take::At(_))) {
        choices.push(now);
    }
    let option = |take: Option<Take>| {
        let (id, word) = match take {
            None => ("last".to_owned(), "last".to_owned()),
            Some(take) => (take.to_string(), take.word()),
        };
        view! { <option value=id selected=take == now>{word}</option> }
    };
    let choose = move |id: String| column.with_value(|column| runs.take(column, Take::parse(&id)));
    view! {
        <select class="pick xs" aria-label="Which value" on:change:target=move |event| choose(event.target().value())>
            {choices.into_iter().map(option).collect_view()}
        </select>
    }
}

/// The column in the list below the pointer, and whether its lower half is.
fn target(event: &ev::PointerEvent) -> Option<(Column, bool)> {
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let item = document().element_from_point(x, y)?.closest("[data-chosen]").ok()??;
    let column = Column::parse(&item.get_attribute("data-chosen")?)?;
    let rect = item.get_bounding_client_rect();
    Some((column, f64::from(y) > rect.top() + rect.height() / 2.0))
}

/// A moved element loses the focus.
fn refocus(event: &ev::KeyboardEvent) {
    if let Some(grip) = event.current_target().and_then(|grip| grip.dyn_into::<web_sys::HtmlElement>().ok()) {
        request_animation_frame(move || drop(grip.focus()));
    }
}
