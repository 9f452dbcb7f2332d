use leptos::prelude::*;

use crate::ui::{
    app::app,
    part::{Icon, Menu, MenuItem, SearchField},
};

/// The longest list; the search finds the rest.
const AT_MOST: usize = 60;

/// A menu of the runs that are not compared yet.
#[component]
pub(super) fn AddRun() -> impl IntoView {
    view! {
        <Menu label="Add a run to the comparison" face=|| view! { <Icon name="plus" class="s12" />"Run" } align_end=true>
            <Candidates />
        </Menu>
    }
}

#[component]
fn Candidates() -> impl IntoView {
    let app = app();
    let search = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let found = search.with(|words| app.runs.not_shown(words, AT_MOST));
        found.into_iter().map(|run| (run.key(), run.run.display_name().to_owned())).collect::<Vec<_>>()
    });
    view! {
        <div class="menu-search">
            <SearchField value=search on_change=Callback::new(move |text| search.set(text)) label="Find a run" />
        </div>
        <For
            each=move || found.get()
            key=|(key, _)| key.clone()
            children=move |(key, name)| {
                view! { <MenuItem label=name action=Callback::new(move |()| app.runs.toggle_shown(&key)) /> }
            }
        />
        <Show when=move || found.with(Vec::is_empty)>
            <p class="menu-note">"Every run with such a name is here already."</p>
        </Show>
    }
}
