use leptos::prelude::*;

use crate::ui::{
    app::app,
    part::{EmptyState, Loading},
};

/// Opens the bundled demo, then shows its first experiment.
#[component]
pub(crate) fn DemoPage() -> impl IntoView {
    let imports = app().imports;
    let failed = RwSignal::new(None::<String>);
    imports.open_demo(Callback::new(move |reason| failed.set(Some(reason))));
    view! {
        <div class="page-center">
            {move || match failed.get() {
                None => view! { <Loading what="Opening the demo" /> }.into_any(),
                Some(reason) => {
                    view! { <EmptyState icon="triangle-alert" title="The demo could not be opened" text=reason error=true /> }
                        .into_any()
                }
            }}
        </div>
    }
}
