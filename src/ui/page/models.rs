//! Registered and logged models of a source, to be read.

use leptos::prelude::*;

/// The models of a source.
#[component]
pub(crate) fn ModelsPage(source: String) -> impl IntoView {
    let _ = source;
}
