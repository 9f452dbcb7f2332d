use leptos::{ev, html, prelude::*};

use super::Icon;

/// A button that opens a list of choices below it.
#[component]
pub(crate) fn Menu(
    /// Accessible name of the button.
    #[prop(into)]
    label: Signal<String>,
    /// What the button shows.
    #[prop(into)]
    face: ViewFn,
    /// Classes of the button.
    #[prop(default = "btn sm")]
    class: &'static str,
    /// Shown when the pointer rests on the button.
    #[prop(optional)]
    title: Option<&'static str>,
    /// Opens towards the left edge instead of the right.
    #[prop(optional)]
    align_end: bool,
    /// The choices: [`MenuItem`]s or anything else; made at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let root = NodeRef::<html::Div>::new();
    let button = NodeRef::<html::Button>::new();
    // The focus goes back to where it came from.
    let close = Callback::new(move |()| {
        if let Some(button) = button.get_untracked() {
            let _ = button.focus();
        }
        open.set(false);
    });
    provide_context(CloseMenu(close));
    let leave = move |event: ev::FocusEvent| {
        let inside = event.related_target().and_then(|target| {
            use leptos::wasm_bindgen::JsCast as _;
            let node = target.dyn_into::<leptos::web_sys::Node>().ok()?;
            root.get().map(|root| root.contains(Some(&node)))
        });
        if inside != Some(true) {
            open.set(false);
        }
    };
    let on_key = move |event: ev::KeyboardEvent| match event.key().as_str() {
        "Escape" if open.get() => {
            event.stop_propagation();
            close.run(());
        }
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            open.set(true);
            step_focus(root, event.key() == "ArrowDown");
        }
        _ => {}
    };
    view! {
        <div class="menu" node_ref=root on:focusout=leave on:keydown=on_key>
            <button
                node_ref=button
                class=class
                title=title
                aria-haspopup="true"
                aria-expanded=move || open.get().to_string()
                aria-label=move || label.get()
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {face.run()}
            </button>
            <Show when=move || open.get()>
                // tabindex keeps a click on the list's own ground from counting as leaving it.
                <div class="menu-list" class:end=align_end tabindex="-1">{children()}</div>
            </Show>
        </div>
    }
}

/// Closes the menu around a choice.
#[derive(Clone, Copy)]
struct CloseMenu(Callback<()>);

/// One choice of a [`Menu`].
#[component]
pub(crate) fn MenuItem(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// What it does; the menu closes afterwards.
    action: Callback<()>,
    /// An icon before the text.
    #[prop(optional)]
    icon: Option<&'static str>,
    /// Whether it carries a tick, where the choices are states.
    #[prop(optional, into)]
    ticked: Option<Signal<bool>>,
    /// Deletes something.
    #[prop(optional)]
    danger: bool,
) -> impl IntoView {
    let click = then_close(action);
    view! {
        <button class="menu-item" class:danger=danger aria-pressed=move || ticked.map(|ticked| ticked.get().to_string()) on:click=click>
            {ticked.map(|ticked| view! { <span class="menu-tick" class:off=move || !ticked.get()><Icon name="check" class="s14" /></span> })}
            {icon.map(|name| view! { <Icon name=name class="s14" /> })}
            <span class="grow ell">{move || label.get()}</span>
        </button>
    }
}

/// One of a few short choices in a row of a [`Menu`].
#[component]
pub(crate) fn MenuChip(
    /// What it shows.
    text: String,
    /// What it does, in full.
    label: String,
    /// Does it; the menu closes afterwards.
    action: Callback<()>,
) -> impl IntoView {
    view! {
        <button class="btn sm" title=label.clone() aria-label=label on:click=then_close(action)>
            {text}
        </button>
    }
}

fn then_close(action: Callback<()>) -> impl Fn(ev::MouseEvent) {
    let close = use_context::<CloseMenu>();
    move |_| {
        action.run(());
        if let Some(CloseMenu(close)) = close {
            close.run(());
        }
    }
}

/// Moves the focus to the next or previous thing in the list that can have it.
pub(crate) fn step_focus(root: NodeRef<html::Div>, down: bool) {
    use leptos::wasm_bindgen::JsCast as _;
    let Some(root) = root.get() else { return };
    let Ok(items) = root.query_selector_all(".menu-list button, .menu-list input") else { return };
    let all: Vec<leptos::web_sys::HtmlElement> =
        (0..items.length()).filter_map(|i| items.get(i)?.dyn_into().ok()).collect();
    let focused = document().active_element();
    let at = all.iter().position(|item| focused.as_ref().is_some_and(|f| f.is_same_node(Some(item))));
    let next = match (at, down) {
        (None, true) => 0,
        (None, false) => all.len().saturating_sub(1),
        (Some(at), true) => (at + 1) % all.len(),
        (Some(at), false) => (at + all.len() - 1) % all.len(),
    };
    if let Some(item) = all.get(next) {
        let _ = item.focus();
    }
}
