use leptos::prelude::*;
use runatlas_core::{
    format,
    run_page::{TagRow, people_tags, system_tags},
};

use super::{
    Shown,
    pairs::{PairHead, PairRow},
};
use crate::ui::part::Icon;

/// People's tags; MLflow's own in a disclosure.
#[component]
pub(super) fn TagsCard(shown: Shown) -> impl IntoView {
    let (own, system) = (people_tags(&shown.data.run), system_tags(&shown.data.run));
    let count = own.len();
    let system_words = format::count(system.len() as u64, "tag set by MLflow", "tags set by MLflow");
    let open = RwSignal::new(false);
    view! {
        <section class="card" aria-label="Tags" id="tags">
            <div class="card-h">
                <h2>"Tags"</h2>
                <span class="count">{count}</span>
            </div>
            {if count == 0 { view! { <p class="none">"Nobody tagged this run."</p> }.into_any() } else { table(own, "The tag").into_any() }}
            {(!system.is_empty()).then(|| view! {
                <div class="cardfoot">
                    <button class="btn ghost sm fold" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                        <Icon name="chevron-right" class="s12" />
                        {system_words}
                    </button>
                </div>
                <Show when=move || open.get()>{table(system.clone(), "The tag")}</Show>
            })}
        </section>
    }
}

fn table(tags: Vec<TagRow>, what: &'static str) -> impl IntoView {
    let rows = tags
        .into_iter()
        .map(|tag| view! { <PairRow key=tag.key value=tag.value what=what /> })
        .collect_view();
    view! {
        <table class="pt">
            <PairHead />
            <tbody>{rows}</tbody>
        </table>
    }
}
