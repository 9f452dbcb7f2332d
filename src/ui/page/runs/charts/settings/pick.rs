use leptos::prelude::*;

/// One of a few choices by name, in a row of a menu.
#[component]
pub(in super::super) fn Pick<T>(
    /// What is chosen.
    label: &'static str,
    /// The choices and their names.
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
    let choices = StoredValue::new(choices);
    let options = choices.with_value(|choices| {
        choices.iter().enumerate().map(|(index, (choice, name))| {
            let choice = choice.clone();
            view! { <option value=index.to_string() selected=move || value.with(|value| *value == choice)>{*name}</option> }
        })
        .collect_view()
    });
    view! {
        <label class="menu-row">
            <span class="grow">{label}</span>
            <select
                class="pick"
                on:change:target=move |event| {
                    let index = event.target().value().parse::<usize>().unwrap_or_default();
                    let choice = choices.with_value(|choices| choices.get(index).map(|(choice, _)| choice.clone()));
                    if let Some(choice) = choice {
                        on_change.run(choice);
                    }
                }
            >
                {options}
            </select>
        </label>
    }
}
