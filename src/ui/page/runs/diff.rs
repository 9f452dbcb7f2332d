use leptos::prelude::*;

/// The runs against a baseline.
#[component]
pub(super) fn DiffTab() -> impl IntoView {}
