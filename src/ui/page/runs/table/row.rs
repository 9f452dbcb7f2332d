use leptos::{attr::custom::custom_attribute, ev, prelude::*};
use runatlas_core::{
    chart::Slot,
    format,
    link::{Page, RunKey, RunView},
    table::{Row, RunRef},
};

use super::{
    cells::Cells,
    grid::{Anchor, row_id},
};
use crate::{
    state::ViewState,
    ui::{
        app::app,
        part::Icon,
        run_mark::{StatusIcon, Swatch},
    },
};

/// One run.
#[component]
pub(super) fn RunRow(at: usize, anchor: Anchor) -> impl IntoView {
    let runs = app().runs;
    let found = untrack(|| Some((runs.at(at)?, runs.row(at)?)));
    found.map(|(run, row)| {
        let key = StoredValue::new(run.key());
        let is = move |signal: RwSignal<Option<RunKey>>| {
            Memo::new(move |_| signal.with(|other| key.with_value(|key| other.as_ref() == Some(key))))
        };
        let (pointed, cursor) = (is(runs.pointed), is(runs.cursor));
        let slot = Memo::new(move |_| key.with_value(|key| runs.slot(key)));
        let marked = Memo::new(move |_| key.with_value(|key| runs.is_marked(key)));
        let expanded = Memo::new(move |_| runs.row(at).is_some_and(|row| row.expanded));
        let class = move || {
            let on = |on: bool, name: &'static str| if on { name } else { "" };
            let shown = slot.get().is_some();
            let mark = match marked.get() {
                Some(true) => " marked",
                Some(false) => " aside",
                None => "",
            };
            format!("rt-row{}{}{}{mark}", on(cursor.get(), " at"), on(pointed.get(), " pointed"), on(!shown, " hid"))
        };
        let near = Signal::derive(move || cursor.get() || pointed.get());
        view! {
            <div
                class=class
                id=row_id(at)
                role="row"
                aria-rowindex=(at + 2).to_string()
                {..custom_attribute("aria-level", (row.depth + 1).to_string())}
                aria-expanded=move || (row.children > 0).then(|| expanded.get().to_string())
                aria-selected=move || slot.get().is_some().to_string()
                on:pointerenter=move |_| runs.pointed.set(Some(key.get_value()))
                on:pointerleave=move |_| runs.pointed.set(None)
                on:mousedown=keep_focus
                on:click=move |_| runs.cursor.set(Some(key.get_value()))
            >
                <span class="rt-run" role="rowheader">
                    <EyeButton at=at key=key color=slot name=run.run.display_name().to_owned() anchor=anchor />
                    <NameCell row=row key=key color=slot expanded=expanded near=near run=run.clone() />
                </span>
                <Cells run=run />
            </div>
        }
    })
}

/// A button in a row is reached by the keys of the row; the focus stays with the table, so that
/// they go on working after a click.
fn keep_focus(event: ev::MouseEvent) {
    use leptos::{wasm_bindgen::JsCast as _, web_sys::Element};
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if let Ok(Some(_)) = target.closest("button") {
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
            <Swatch color=color group=parent />
            <StatusIcon status=run.run.status />
            <a class="ell" tabindex="-1" href=href title=name.clone()>{name.clone()}</a>
            {twins.map(|words| view! { <span class="rt-twin" role="img" aria-label=words.clone() title=words><Icon name="copy" class="s12" /></span> })}
            {parent.then(|| view! { <span class="count" title="Child runs">{format::unsigned(row.children.into())}</span> })}
            // A button in every row would double what a row costs to make.
            <Show when=move || is_baseline.get() || near.get()>
                <BaselineButton key=key on=is_baseline />
            </Show>
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
        let from = anchor.get_value().and_then(|anchor| untrack(|| runs.row_of(&anchor)));
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

/// The flag of the run that others are compared with; pressed elsewhere, it comes over.
#[component]
fn BaselineButton(key: StoredValue<RunKey>, on: Memo<bool>) -> impl IntoView {
    let runs = app().runs;
    let label = move || if on.get() { "Baseline" } else { "Set as baseline" };
    view! {
        <button
            class="iconbtn xs rt-flag"
            class:on=move || on.get()
            tabindex="-1"
            aria-pressed=move || on.get().to_string()
            aria-label=label
            title=move || format!("{} (B)", label())
            on:click=move |_| runs.set_baseline(key.get_value())
        >
            <Icon name="flag" class="s12" />
        </button>
    }
}
