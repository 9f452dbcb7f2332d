use leptos::prelude::*;

/// The runs table.
#[component]
pub(super) fn TableTab() -> impl IntoView {}
