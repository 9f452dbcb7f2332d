use leptos::prelude::*;

use crate::ui::{app::app, part::Icon};

/// Copies a text.
#[component]
pub(crate) fn CopyButton(
    /// What is copied, in words: "The run ID".
    #[prop(into)]
    what: String,
    /// The text.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    let app = app();
    let label = format!("Copy {}", lower_first(&what));
    view! {
        <button class="iconbtn xs copy" aria-label=label.clone() title=label on:click=move |_| app.copy_text(text.clone(), format!("{what} was copied."))>
            <Icon name="copy" class="s12" />
        </button>
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
