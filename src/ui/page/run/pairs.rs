use leptos::prelude::*;
use runatlas_core::run_page::is_long;

use super::copy::CopyButton;
use crate::ui::part::Icon;

/// A row of a table of keys and values: the value exactly as logged, on one line until it is opened.
#[component]
pub(super) fn PairRow(
    /// The key.
    key: String,
    /// The value.
    value: String,
    /// What the value is, for the copy button: "The param".
    what: &'static str,
    /// It differs from the baseline's.
    #[prop(optional)]
    differs: bool,
    /// What else is said of the value, such as the baseline's.
    #[prop(default = None)]
    aside: Option<String>,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let shown = if value.is_empty() {
        view! { <i class="t3">"(empty)"</i> }.into_any()
    } else if is_long(&value) {
        let text = value.clone();
        view! {
            <button class="pfold mono" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                <span class="ptext">{text}</span>
                <Icon name="chevron-down" class="s12" />
            </button>
        }
        .into_any()
    } else {
        view! { <span class="ptext mono">{value.clone()}</span> }.into_any()
    };
    view! {
        <tr class:ch=differs class:open=move || open.get()>
            <th scope="row" class="mono" title=key.clone()>{key.clone()}</th>
            <td>
                {shown}
                {aside.map(|aside| view! { <span class="paside t3 fs11">{aside}</span> })}
            </td>
            <td class="pcopy"><CopyButton what=format!("{what} {key}") text=value /></td>
        </tr>
    }
}

/// The columns of such a table, and its head for screen readers.
#[component]
pub(super) fn PairHead() -> impl IntoView {
    view! {
        <colgroup>
            <col class="pk" />
            <col />
            <col class="pc" />
        </colgroup>
        <thead class="vh">
            <tr><th scope="col">"Key"</th><th scope="col">"Value"</th><th scope="col">"Copy"</th></tr>
        </thead>
    }
}
