use leptos::{ev, html, prelude::*};

use super::open_until_closed;
use crate::{
    state::{Palette, PaletteRow},
    ui::{
        app::app,
        part::{Dialog, Icon},
    },
};

/// Commands and places by name.
#[component]
pub(super) fn PaletteDialog() -> impl IntoView {
    let open = open_until_closed();
    let palette = StoredValue::new_local(Palette::new(app()));
    let typed = RwSignal::new(String::new());
    let rows = Memo::new_with_compare(
        move |_| typed.with(|typed| palette.with_value(|palette| Rows(palette.rows(typed)))),
        |_, _| true,
    );
    let at = RwSignal::new(0_usize);
    let choose = move |row: usize| {
        let item = rows.with_untracked(|rows| rows.0.get(row).map(|row| row.item.clone()));
        if let Some(item) = item {
            open.set(false);
            palette.with_value(|palette| palette.choose(&item));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let count = rows.with_untracked(|rows| rows.0.len());
        let now = at.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => at.set((now + 1) % count.max(1)),
            "ArrowUp" => at.set((now + count.max(1) - 1) % count.max(1)),
            "PageDown" => at.set((now + PAGE).min(count.saturating_sub(1))),
            "PageUp" => at.set(now.saturating_sub(PAGE)),
            "Enter" => choose(now),
            "k" if event.ctrl_key() || event.meta_key() => open.set(false),
            _ => return,
        }
        event.prevent_default();
        reveal(at.get_untracked());
    };
    view! {
        <Dialog open=open title="Find or run a command" class="palette" bare=true>
            <div class="pal-h">
                <Icon name="search" />
                <input
                    type="text"
                    role="combobox"
                    aria-expanded="true"
                    aria-controls="palette-list"
                    aria-autocomplete="list"
                    aria-label="Find or run a command"
                    aria-activedescendant=move || rows.with(|rows| (!rows.0.is_empty()).then(|| option_id(at.get())))
                    placeholder="Find a run, an experiment or a command"
                    autofocus
                    autocomplete="off"
                    spellcheck="false"
                    on:input:target=move |event| {
                        typed.set(event.target().value());
                        at.set(0);
                    }
                    on:keydown=on_key
                />
                <button class="pal-esc" aria-label="Close" on:click=move |_| open.set(false)><kbd>"Esc"</kbd></button>
            </div>
            <div class="pal-b" id="palette-list" role="listbox" aria-label="What fits">
                {move || {
                    let rows = rows.get().0;
                    if rows.is_empty() {
                        return view! { <p class="pal-none" role="status">"Nothing here has these letters in its name"</p> }.into_any();
                    }
                    rows.into_iter().enumerate().map(|(row, it)| view! { <Line row=row it=it at=at choose=Callback::new(choose) /> }).collect_view().into_any()
                }}
            </div>
        </Dialog>
    }
}

/// Rows that PageDown moves by.
const PAGE: usize = 8;

#[derive(Clone)]
struct Rows(Vec<PaletteRow>);

#[component]
fn Line(row: usize, it: PaletteRow, at: RwSignal<usize>, choose: Callback<usize>) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let on = move || at.get() == row;
    let PaletteRow { heading, item, pieces } = it;
    let title = pieces
        .into_iter()
        .map(|(text, typed)| if typed { view! { <b>{text}</b> }.into_any() } else { text.into_any() });
    view! {
        {heading.map(|heading| view! { <div class="pal-g" role="presentation">{heading}</div> })}
        <div
            class="pal-i"
            class:on=on
            node_ref=node
            id=option_id(row)
            role="option"
            aria-selected=move || on().to_string()
            // Not on entering: a list that scrolls under a resting pointer must not take the choice away.
            on:pointermove=move |_| at.set(row)
            on:click=move |_| choose.run(row)
        >
            <Icon name=item.icon />
            <span class="ell grow">{title.collect_view()}</span>
            <span class="pal-d ell">{item.detail.clone()}</span>
            <span class="pal-k">{item.keys.iter().map(|cap| view! { <kbd>{cap.clone()}</kbd> }).collect_view()}</span>
        </div>
    }
}

fn option_id(row: usize) -> String {
    format!("palette-option-{row}")
}

fn reveal(row: usize) {
    let Some(option) = document().get_element_by_id(&option_id(row)) else { return };
    let how = leptos::web_sys::ScrollIntoViewOptions::new();
    how.set_block(leptos::web_sys::ScrollLogicalPosition::Nearest);
    option.scroll_into_view_with_scroll_into_view_options(&how);
}
