use leptos::prelude::*;
use runatlas_core::link::RunKey;

use crate::ui::{
    app::app,
    part::{Menu, MenuItem, SearchField},
};

/// The longest list; the search finds the rest.
const AT_MOST: usize = 60;

/// A menu of the runs of the experiments that are open.
#[component]
pub(in crate::ui) fn RunPicker(
    /// Accessible name of the button.
    label: &'static str,
    /// What the button shows.
    #[prop(into)]
    face: ViewFn,
    /// Called with a run.
    choose: Callback<RunKey>,
    /// Classes of the button.
    #[prop(default = "btn sm")]
    class: &'static str,
    /// Opens towards the left edge instead of the right.
    #[prop(optional)]
    align_end: bool,
    /// A run that is not listed.
    #[prop(optional)]
    without: Option<RunKey>,
) -> impl IntoView {
    let without = StoredValue::new(without);
    view! {
        <Menu label=label face=face class=class align_end=align_end title=label>
            <Candidates choose=choose without=without />
        </Menu>
    }
}

#[component]
fn Candidates(choose: Callback<RunKey>, without: StoredValue<Option<RunKey>>) -> impl IntoView {
    let app = app();
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let found = search.with(|words| app.runs.named(words, AT_MOST));
        let found = found
            .into_iter()
            .filter(|run| without.with_value(|without| without.as_ref() != Some(&run.key())));
        found.map(|run| (run.key(), run.run.display_name().to_owned())).collect::<Vec<_>>()
    });
    view! {
        <div class="menu-search">
            <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Find a run" />
        </div>
        <For
            each=move || found.get()
            key=|(key, _)| key.clone()
            children=move |(key, name)| {
                view! { <MenuItem label=name action=Callback::new(move |()| choose.run(key.clone())) /> }
            }
        />
        <Show when=move || found.with(Vec::is_empty)>
            <p class="menu-note">"No run of these experiments has such a name."</p>
        </Show>
    }
}
