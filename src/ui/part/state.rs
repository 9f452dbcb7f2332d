use leptos::prelude::*;

use super::Icon;

/// What stands where there is nothing to show: why, and what can be done.
#[component]
pub(crate) fn EmptyState(
    /// Lucide name.
    icon: &'static str,
    /// One sentence, no full stop.
    #[prop(into)]
    title: String,
    /// The cause.
    #[prop(into)]
    text: String,
    /// Something went wrong.
    #[prop(optional)]
    error: bool,
    /// Actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="state" class:err=error role=error.then_some("alert")>
            <span class="state-i"><Icon name=icon class="s20" /></span>
            <h2>{title}</h2>
            <p>{text}</p>
            {children.map(|children| view! { <div class="row g2">{children()}</div> })}
        </section>
    }
}

/// A quiet line while something is read; it appears late, so that quick reads do not flicker.
#[component]
pub(crate) fn Loading(
    /// What is being read.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    view! { <p class="loading" role="status" aria-busy="true">{what}</p> }
}
