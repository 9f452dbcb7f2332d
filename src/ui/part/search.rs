use leptos::{html, prelude::*};

use super::Icon;

/// A text field for searching, with a button that empties it.
#[component]
pub(crate) fn SearchField(
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called at every change.
    on_change: Callback<String>,
    /// Accessible name and ghost text.
    label: &'static str,
    /// The key that leads here, shown while it is empty.
    #[prop(optional)]
    hotkey: Option<&'static str>,
    /// The field itself, for whoever leads into it.
    #[prop(optional)]
    node: Option<NodeRef<html::Input>>,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let input = node.unwrap_or_default();
    let clear = move |_| {
        on_change.run(String::new());
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    };
    view! {
        <div class=format!("field quiet {class}")>
            <Icon name="search" class="s14" />
            <input
                node_ref=input
                type="search"
                aria-label=label
                placeholder=label
                prop:value=move || value.get()
                on:input:target=move |event| on_change.run(event.target().value())
                on:keydown=move |event| {
                    if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
                        event.stop_propagation();
                        on_change.run(String::new());
                    }
                }
            />
            <Show
                when=move || !value.with(String::is_empty)
                fallback=move || hotkey.map(|key| view! { <kbd aria-hidden="true">{key}</kbd> })
            >
                <button class="iconbtn xs" aria-label="Clear the search" on:click=clear>
                    <Icon name="x" class="s12" />
                </button>
            </Show>
        </div>
    }
}
