use leptos::{html, prelude::*};

use super::open_until_closed;
use crate::{
    state::Naming,
    ui::{app::app, part::Dialog},
};

/// Asks for the name of a view.
#[component]
pub(super) fn NameDialog(what: Naming) -> impl IntoView {
    let views = app().views;
    let open = open_until_closed();
    let (title, verb, before) = match &what {
        Naming::New => ("Save this view", "Save", String::new()),
        Naming::Rename(id) => {
            ("Rename the view", "Rename", views.find(id).map(|saved| saved.name).unwrap_or_default())
        }
    };
    let name = RwSignal::new(before);
    let field = NodeRef::<html::Input>::new();
    let is_empty = move || name.with(|name| name.trim().is_empty());
    let what = StoredValue::new(what);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if untrack(is_empty) {
            return;
        }
        open.set(false);
        name.with_untracked(|name| match what.get_value() {
            Naming::New => views.save_as(name),
            Naming::Rename(id) => views.rename(&id, name),
        });
    };
    view! {
        <Dialog open=open title=title>
            <form on:submit=submit>
                <label class="name-l" for="view-name">"Name"</label>
                <div class="field">
                    <input
                        node_ref=field
                        id="view-name"
                        type="text"
                        maxlength="120"
                        autocomplete="off"
                        autofocus
                        placeholder="Ablations vs baseline"
                        prop:value=move || name.get()
                        on:input:target=move |event| name.set(event.target().value())
                    />
                </div>
                <p class="name-t">"Columns, search, sort, runs, charts and diff are kept in this browser, as they are shown."</p>
                <div class="dialog-f">
                    <button type="button" class="btn" on:click=move |_| open.set(false)>"Cancel"</button>
                    <button type="submit" class="btn primary" disabled=is_empty>{verb}</button>
                </div>
            </form>
        </Dialog>
    }
}
