use leptos::{ev, prelude::*};
use runatlas_core::{
    format,
    link::{Page, RunKey, RunView},
    table::RunRef,
};

use super::{
    cells::Cells,
    grid::{Shared, row_id},
};
use crate::{
    state::ViewState,
    ui::{
        app::app,
        part::{Icon, StatusIcon, Swatch},
    },
};

/// One run.
#[component]
pub(super) fn RunRow(at: usize, shared: Shared) -> impl IntoView {
    let runs = app().runs;
    untrack(|| runs.at(at)).map(|run| {
        let key = StoredValue::new(run.key());
        let row = Memo::new(move |_| runs.row(at));
        let is = move |signal: RwSignal<Option<_>>| {
            Signal::derive(move || signal.with(|other| key.with_value(|key| other.as_ref() == Some(key))))
        };
        let (pointed, cursor) = (is(runs.pointed), is(runs.cursor));
        let shown = Memo::new(move |_| key.with_value(|key| runs.is_shown(key)));
        let depth = Memo::new(move |_| row.get().map_or(0, |row| row.depth));
        let expanded = move || row.get().filter(|row| row.children > 0).map(|row| row.expanded.to_string());
        view! {
            <div
                class="rt-row"
                class:at=move || cursor.get()
                class:pt=move || pointed.get()
                class:hid=move || !shown.get()
                id=row_id(at)
                role="row"
                aria-rowindex=(at + 2).to_string()
                attr:aria-level=move || (depth.get() + 1).to_string()
                aria-expanded=expanded
                aria-selected=move || shown.get().to_string()
                style:grid-template-columns=move || shared.template.get()
                on:pointerenter=move |_| runs.pointed.set(Some(key.get_value()))
                on:pointerleave=move |_| runs.pointed.set(None)
                on:mousedown=keep_focus
                on:click=move |_| runs.cursor.set(Some(key.get_value()))
            >
                <NameCell at=at key=key run=run.clone() shared=shared />
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
fn NameCell(at: usize, key: StoredValue<RunKey>, run: RunRef, shared: Shared) -> impl IntoView {
    let runs = app().runs;
    let row = Memo::new(move |_| runs.row(at));
    let slot = Memo::new(move |_| key.with_value(|key| runs.slot(key)));
    let children = Memo::new(move |_| row.get().map_or(0, |row| row.children));
    let indent = move || format!("{}px", row.get().map_or(0, |row| row.depth.min(8)) * 18);
    let name = run.run.display_name().to_owned();
    let href = ViewState::href(Page::Run(RunView { run: key.get_value(), artifact: None }));
    view! {
        <span class="rt-run" role="rowheader">
            <EyeButton at=at key=key name=name.clone() shared=shared />
            <span class="rt-name" style:padding-left=indent>
                <Show when=move || { children.get() > 0 } fallback=|| view! { <span class="rt-tw"></span> }>
                    <Expander at=at key=key />
                </Show>
                <Swatch color=slot group=Signal::derive(move || children.get() > 0) />
                <StatusIcon status=run.run.status />
                <a class="ell" tabindex="-1" href=href title=name.clone()>{name.clone()}</a>
                <Show when=move || { children.get() > 0 }>
                    <span class="count" title="Child runs">{move || format::unsigned(children.get().into())}</span>
                </Show>
                <BaselineButton key=key />
            </span>
        </span>
    }
}

#[component]
fn EyeButton(at: usize, key: StoredValue<RunKey>, name: String, shared: Shared) -> impl IntoView {
    let runs = app().runs;
    let shown = Memo::new(move |_| key.with_value(|key| runs.is_shown(key)));
    let label = move || format!("{} {name}", if shown.get() { "Hide" } else { "Show" });
    let click = move |event: ev::MouseEvent| {
        let from = shared.anchor.get_value().and_then(|anchor| untrack(|| runs.row_of(&anchor)));
        match from.filter(|_| event.shift_key()) {
            Some(from) => runs.show_range(from, at),
            None => runs.toggle_shown(&key.get_value()),
        }
        shared.anchor.set_value(Some(key.get_value()));
    };
    view! {
        <button class="iconbtn xs rt-eye" class:off=move || !shown.get() tabindex="-1" aria-pressed=move || shown.get().to_string() aria-label=label title="On charts (Space); Shift+click for a range" on:click=click>
            {move || view! { <Icon name=if shown.get() { "eye" } else { "eye-off" } class="s14" /> }}
        </button>
    }
}

#[component]
fn Expander(at: usize, key: StoredValue<RunKey>) -> impl IntoView {
    let runs = app().runs;
    let open = Memo::new(move |_| runs.row(at).is_some_and(|row| row.expanded));
    let label = move || if open.get() { "Close child runs" } else { "Open child runs" };
    view! {
        <button class="rt-tw" class:open=move || open.get() tabindex="-1" aria-label=label title=label on:click=move |_| runs.toggle_children(key.get_value())>
            <Icon name="chevron-right" class="s12" />
        </button>
    }
}

/// The flag of the run that others are compared with; pressed elsewhere, it comes over.
#[component]
fn BaselineButton(key: StoredValue<RunKey>) -> impl IntoView {
    let runs = app().runs;
    let is_it = Memo::new(move |_| {
        runs.baseline.with(|baseline| key.with_value(|key| baseline.as_ref() == Some(key)))
    });
    let label = move || if is_it.get() { "Baseline" } else { "Set as baseline" };
    view! {
        <button class="iconbtn xs rt-flag" class:on=move || is_it.get() tabindex="-1" aria-pressed=move || is_it.get().to_string() aria-label=label title=move || format!("{} (B)", label()) on:click=move |_| runs.set_baseline(key.get_value())>
            <Icon name="flag" class="s12" />
        </button>
    }
}
