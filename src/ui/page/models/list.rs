use leptos::{html, prelude::*};
use runatlas_core::{format, registry::RegisteredRow};

use super::Shared;
use crate::ui::{
    keys::find_with_slash,
    part::{Icon, SearchField},
};

/// The registered models, beside the open one; on a phone they are the page.
#[component]
pub(super) fn ModelList(shared: Shared) -> impl IntoView {
    let search = shared.search;
    let field = NodeRef::<html::Input>::new();
    find_with_slash("models.find", "Find a model", field);
    let logged = move || shared.models.with(|models| models.as_ref().map_or(0, |models| models.logged.len()));
    let all = move || shared.open.with(Option::is_none);
    view! {
        <nav class="mlist" aria-label="Models">
            <div class="mlist-s">
                <SearchField
                    label="Find a model, alias or tag"
                    hotkey="/"
                    node=field
                    value=search
                    on_change=Callback::new(move |text| search.set(text))
                />
            </div>
            <ul>
                <li>
                    <a class="mrow" class:on=all aria-current=move || all().then_some("page") href=shared.href(None)>
                        <span class="row g2">
                            <Icon name="boxes" class="s14" />
                            <span class="grow b5">"All models"</span>
                        </span>
                        <span class="mrow-2">{move || format::count(logged() as u64, "logged model", "logged models")}</span>
                    </a>
                </li>
                <For each=move || shared.found.get() key=|row| (row.name.clone(), row.latest.clone(), row.aliases.clone()) let:row>
                    <ListRow shared=shared row=row />
                </For>
            </ul>
            <Show when=move || shared.found.with(Vec::is_empty)>
                <p class="mlist-none">
                    {move || if search.with(String::is_empty) { "No registered models." } else { "No registered model has these words." }}
                </p>
            </Show>
        </nav>
    }
}

#[component]
fn ListRow(shared: Shared, row: RegisteredRow) -> impl IntoView {
    let name = row.name.clone();
    let href = shared.href(Some(name.clone()));
    let on = Memo::new(move |_| shared.open.with(|open| open.as_ref() == Some(&name)));
    let aliases = row.aliases.iter().map(|(alias, version)| format!("@{alias} v{version}"));
    let aliases: Vec<String> = aliases.collect();
    let words = if aliases.is_empty() { "No alias".to_owned() } else { aliases.join(", ") };
    view! {
        <li>
            <a class="mrow" class:on=on aria-current=move || on.get().then_some("page") href=href title=row.name.clone()>
                <span class="row g2">
                    <Icon name="box" class="s14" />
                    <span class="grow ell b5">{row.name.clone()}</span>
                    <span class="t3 fs12">{row.latest.map(|latest| format!("v{latest}"))}</span>
                </span>
                <span class="mrow-2 ell">{words}</span>
            </a>
        </li>
    }
}
