//! Icons: Lucide (ISC licence), 24-unit grid, drawn at 16 px.

mod shapes;

use leptos::prelude::*;
use shapes::shape;

/// An icon by its Lucide name; decoration only, so it is hidden from screen readers: give the
/// button around it a name. `class` adds a size (`s12`, `s14`, `s20`) or a role.
#[component]
pub(crate) fn Icon(
    /// Lucide's name.
    name: &'static str,
    /// More classes.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    view! { <svg class=format!("i {class}") viewBox="0 0 24 24" aria-hidden="true" inner_html=shape(name)></svg> }
}
