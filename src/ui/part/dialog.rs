use leptos::{html, prelude::*, wasm_bindgen::JsCast as _, web_sys};

use super::Icon;

/// A modal dialog on the browser's own `<dialog>`, which traps focus, closes on Esc and gives the
/// focus back.
#[component]
pub(crate) fn Dialog(
    /// Whether it is open; closing sets it to false.
    open: RwSignal<bool>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
    /// Only the body: it has a head of its own.
    #[prop(optional)]
    bare: bool,
    /// The body; made anew at each opening.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Fails only when it is open already or not in the page; neither is so here.
            let _ = dialog.show_modal();
            request_animation_frame(move || focus_inside(&dialog));
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    let on_click = move |event: leptos::ev::MouseEvent| {
        // A click on the dialog element itself is one on its backdrop.
        if node.get().is_some_and(|dialog| event.target().is_some_and(|target| target == ****dialog)) {
            open.set(false);
        }
    };
    view! {
        <dialog class=format!("dialog {class}") node_ref=node aria-label=move || title.get() on:close=move |_| open.set(false) on:click=on_click>
            <Show when=move || open.get()>
                <Show when=move || !bare fallback=move || children.with_value(|children| children())>
                    <div class="dialog-h">
                        <h2 class="grow ell">{move || title.get()}</h2>
                        <button class="iconbtn" aria-label="Close" on:click=move |_| open.set(false)>
                            <Icon name="x" />
                        </button>
                    </div>
                    <div class="dialog-b">{children.with_value(|children| children())}</div>
                </Show>
            </Show>
        </dialog>
    }
}

/// The browser looks for what wants the focus when the dialog opens; its body may come later.
fn focus_inside(dialog: &web_sys::HtmlDialogElement) {
    let focused = document().active_element();
    if focused.is_some_and(|focused| !focused.is_same_node(Some(dialog)) && dialog.contains(Some(&focused))) {
        return;
    }
    let found = ["[autofocus]", "button"]
        .into_iter()
        .find_map(|selector| dialog.query_selector(selector).ok().flatten());
    if let Some(found) = found.and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = found.focus();
    }
}
