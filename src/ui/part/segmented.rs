use leptos::prelude::*;

/// A row of choices of which one holds.
#[component]
pub(crate) fn Segmented<T>(
    /// Accessible name of the group.
    label: &'static str,
    /// Choices and their words.
    choices: Vec<(T, &'static str)>,
    /// The choice that holds.
    #[prop(into)]
    value: Signal<T>,
    /// Called with a new choice.
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let buttons = choices.into_iter().map(|(choice, words)| {
        let mine = choice.clone();
        let on = Signal::derive(move || value.with(|value| *value == mine));
        view! {
            <button type="button" class:on=on aria-pressed=move || on.get().to_string() on:click=move |_| on_change.run(choice.clone())>
                {words}
            </button>
        }
    });
    view! { <div class="seg" role="group" aria-label=label>{buttons.collect_view()}</div> }
}

/// A switch with its words.
#[component]
pub(crate) fn Switch(
    /// What it turns on.
    label: &'static str,
    /// Whether it is on.
    #[prop(into)]
    value: Signal<bool>,
    /// Called with the new state.
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <button type="button"
            class="switchbtn"
            role="switch"
            aria-checked=move || value.get().to_string()
            on:click=move |_| on_change.run(!value.get_untracked())
        >
            <span class="switch" class:on=move || value.get()></span>
            <span>{label}</span>
        </button>
    }
}
