use leptos::prelude::*;

/// One of a few choices by name, in a row of a menu.
#[component]
pub(in super::super) fn Pick<T, N>(
    /// What is chosen.
    label: &'static str,
    /// The choices and their names.
    choices: Vec<(T, N)>,
    /// The choice that holds.
    #[prop(into)]
    value: Signal<T>,
    /// Called with a new choice.
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    N: Into<String>,
{
    let (choices, names): (Vec<T>, Vec<N>) = choices.into_iter().unzip();
    let option = |(index, (choice, name)): (usize, (T, N))| {
        view! { <option value=index.to_string() selected=move || value.with(|value| *value == choice)>{name.into()}</option> }
    };
    let options: Vec<_> = choices.iter().cloned().zip(names).enumerate().map(option).collect();
    let choices = StoredValue::new(choices);
    view! {
        <label class="menu-row">
            <span class="grow">{label}</span>
            <select
                class="pick"
                on:change:target=move |event| {
                    let index = event.target().value().parse::<usize>().unwrap_or_default();
                    let choice = choices.with_value(|choices| choices.get(index).cloned());
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
