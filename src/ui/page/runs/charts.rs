use leptos::prelude::*;

/// One chart per metric.
#[component]
pub(super) fn ChartsTab() -> impl IntoView {}
