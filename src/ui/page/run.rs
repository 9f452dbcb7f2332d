//! One run.

use leptos::prelude::*;
use runatlas_core::link::RunKey;

/// The page of a run.
#[component]
pub(crate) fn RunPage(run: RunKey) -> impl IntoView {
    let _ = run;
}
