use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use runatlas_core::{
    chart::Slot,
    format,
    link::{Page, RunKey, RunView},
    table::{Line, Row, RunRef},
};

use super::{
    cells::Cells,
    colors::ColorButton,
    grid::{Anchor, row_id},
};
use crate::{
    state::{LineKey, ViewState},
    ui::{app::app, part::Icon, run_mark::StatusIcon},
};

/// One run.
#[component]
pub(super) fn RunRow(at: usize, anchor: Anchor) -> impl IntoView {
    let runs = app().runs;
    let found = untrack(|| match runs.line(at)? {
        Line::Run(row) => Some((runs.at(row)?, runs.row(row)?)),
        _ => None,
    });
    found.map(|(run, row)| {
        let key = StoredValue::new(run.key());
        let is = move |other: &Option<RunKey>| key.with_value(|key| other.as_ref() == Some(key));
        let pointed = Memo::new(move |_| runs.pointed.with(is));
        let cursor = Memo::new(move |_| {
            let is = |cursor: &Option<LineKey>| matches!(cursor, Some(LineKey::Run(at)) if key.with_value(|key| at == key));
            runs.cursor.with(is)
        });
        let selected = Memo::new(move |_| key.with_value(|key| runs.is_selected(key)));
        let slot = Memo::new(move |_| key.with_value(|key| runs.slot(key)));
        let marked = Memo::new(move |_| key.with_value(|key| runs.is_marked(key)));
        let expanded = Memo::new(move |_| runs.is_open(at) == Some(true));
        let class = move || {
            let on = |on: bool, name: &'static str| if on { name } else { "" };
            let shown = slot.get().is_some();
            let mark = match marked.get() {
                Some(true) => " marked",
                Some(false) => " aside",
                None => "",
            };
            format!(
                "rt-row{}{}{}{}{mark}",
                on(cursor.get(), " at"),
                on(selected.get(), " sel"),
                on(pointed.get(), " pointed"),
                on(!shown, " hid")
            )
        };
        let color = Signal::derive(move || {
            slot.get().unwrap_or_else(|| key.with_value(|key| Slot::preferred(&key.run)))
        });
        let near = Signal::derive(move || cursor.get() || pointed.get());
        view! {
            <div
                class=class
                id=row_id(at)
                role="row"
                aria-rowindex=(at + 2).to_string()
                {..custom_attribute("aria-level", (row.depth + 1).to_string())}
                aria-expanded=move || (row.children > 0).then(|| expanded.get().to_string())
                aria-selected=move || selected.get().to_string()
                on:pointerenter=move |_| runs.pointed.set(Some(key.get_value()))
                on:pointerleave=move |_| runs.pointed.set(None)
                on:mousedown=keep_focus
                on:click=move |event| select(&event, at)
            >
                <span class="rt-run" role="rowheader">
                    <EyeButton at=at key=key color=slot name=run.run.display_name().to_owned() anchor=anchor />
                    <NameCell row=row key=key color=slot expanded=expanded near=near run=run.clone() />
                </span>
                <Cells run=run color=color />
            </div>
        }
    })
}

/// A click takes the cursor to a line and selects it: alone, beside others (Ctrl, ⌘), or with all from
/// the last one on (Shift). Links and buttons have a meaning of their own.
pub(super) fn select(event: &ev::MouseEvent, at: usize) {
    use leptos::{wasm_bindgen::JsCast as _, web_sys::Element};
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    if target.is_some_and(|target| matches!(target.closest("a, button, .menu"), Ok(Some(_)))) {
        return;
    }
    let runs = app().runs;
    runs.cursor.set(untrack(|| runs.line_key(at)));
    match (event.shift_key(), event.ctrl_key() || event.meta_key()) {
        (true, _) => runs.select_to(at),
        (_, true) => runs.toggle_selected(at),
        _ => runs.select_only(at),
    }
}

/// A button in a row is reached by the keys of the row; the focus stays with the table, so that
/// they go on working after a click.
pub(super) fn keep_focus(event: ev::MouseEvent) {
    use leptos::{wasm_bindgen::JsCast as _, web_sys::Element};
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    // A range is no marked text.
    let is_range = event.shift_key() || event.ctrl_key() || event.meta_key();
    if matches!(target.closest("button"), Ok(Some(_))) || is_range {
        event.prevent_default();
        if let Ok(Some(table)) = target.closest("[role=treegrid]") {
            use leptos::web_sys::HtmlElement;
            let _ = table.dyn_into::<HtmlElement>().map(|table| table.focus());
        }
    }
}

#[component]
fn NameCell(
    row: Row,
    key: StoredValue<RunKey>,
    color: Memo<Option<Slot>>,
    expanded: Memo<bool>,
    near: Signal<bool>,
    run: RunRef,
) -> impl IntoView {
    let runs = app().runs;
    let parent = row.children > 0;
    let twins = runs.twin_words(&row);
    let name = run.run.display_name().to_owned();
    let href = ViewState::href(Page::Run(RunView { run: key.get_value(), artifact: None }));
    let is_pinned = Memo::new(move |_| key.with_value(|key| runs.is_pinned(key)));
    let is_baseline = Memo::new(move |_| {
        runs.baseline.with(|baseline| key.with_value(|key| baseline.as_ref() == Some(key)))
    });
    view! {
        <span class="rt-name" style=format!("padding-left:{}px", row.depth.min(8) * 18)>
            {if parent {
                view! { <Expander key=key expanded=expanded /> }.into_any()
            } else {
                view! { <span class="rt-tw"></span> }.into_any()
            }}
            <ColorButton key=key color=color group=parent />
            <StatusIcon status=run.run.status />
            <a class="ell" tabindex="-1" href=href title=name.clone()>{name.clone()}</a>
            {twins.map(|words| view! { <span class="rt-twin" role="img" aria-label=words.clone() title=words><Icon name="copy" class="s12" /></span> })}
            {parent.then(|| view! { <span class="count" title="Child runs">{format::unsigned(row.children.into())}</span> })}
            // A button in every row would double what a row costs to make.
            <span class="rt-flags">
                <Show when=move || is_pinned.get() || near.get()>
                    <PinButton key=key on=is_pinned />
                </Show>
                <Show when=move || is_baseline.get() || near.get()>
                    <BaselineButton key=key on=is_baseline />
                </Show>
            </span>
        </span>
    }
}

#[component]
fn EyeButton(
    at: usize,
    key: StoredValue<RunKey>,
    color: Memo<Option<Slot>>,
    name: String,
    anchor: Anchor,
) -> impl IntoView {
    let runs = app().runs;
    let click = move |event: ev::MouseEvent| {
        let from = anchor.get_value().and_then(|anchor| untrack(|| runs.line_of(&LineKey::Run(anchor))));
        match from.filter(|_| event.shift_key()) {
            Some(from) => runs.show_range(from, at),
            None => runs.toggle_shown(&key.get_value()),
        }
        anchor.set_value(Some(key.get_value()));
    };
    let shown = move || color.get().is_some();
    view! {
        <button
            class="iconbtn xs rt-eye"
            tabindex="-1"
            aria-pressed=move || shown().to_string()
            aria-label=format!("{name} on charts")
            title="On charts (Space); Shift+click for a range"
            on:click=click
        >
            {move || view! { <Icon name=if shown() { "eye" } else { "eye-off" } class="s14" /> }}
        </button>
    }
}

#[component]
fn Expander(key: StoredValue<RunKey>, expanded: Memo<bool>) -> impl IntoView {
    let runs = app().runs;
    let label = move || if expanded.get() { "Close child runs" } else { "Open child runs" };
    view! {
        <button
            class="rt-tw"
            class:open=move || expanded.get()
            tabindex="-1"
            aria-label=label
            title=label
            on:click=move |_| runs.toggle_children(key.get_value())
        >
            <Icon name="chevron-right" class="s12" />
        </button>
    }
}

/// Pins the run to the top of the table.
#[component]
fn PinButton(key: StoredValue<RunKey>, on: Memo<bool>) -> impl IntoView {
    let runs = app().runs;
    let press = move || key.with_value(|key| runs.toggle_pinned(std::slice::from_ref(key)));
    flag(on, ["Pin", "Pinned"], "P", "pin", press)
}

/// The flag of the run that others are compared with; pressed elsewhere, it comes over.
#[component]
fn BaselineButton(key: StoredValue<RunKey>, on: Memo<bool>) -> impl IntoView {
    let runs = app().runs;
    flag(on, ["Set as baseline", "Baseline"], "B", "flag", move || runs.set_baseline(key.get_value()))
}

/// A mark at the end of a row that a press or a letter sets; `words` are for off and on.
fn flag(
    on: Memo<bool>,
    words: [&'static str; 2],
    letter: &'static str,
    icon: &'static str,
    press: impl Fn() + 'static,
) -> impl IntoView {
    let [off_words, on_words] = words;
    let label = move || if on.get() { on_words } else { off_words };
    view! {
        <button
            class="iconbtn xs rt-flag"
            class:on=move || on.get()
            tabindex="-1"
            aria-pressed=move || on.get().to_string()
            aria-label=label
            title=move || format!("{} ({letter})", label())
            on:click=move |_| press()
        >
            <Icon name=icon class="s12" />
        </button>
    }
}
