use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{Page, RunKey, RunView},
    run_page::{Family, Relative},
};

use super::Shown;
use crate::{
    state::ViewState,
    ui::{app::app, part::Icon, run_mark::StatusIcon},
};

/// Children listed until a person asks for all.
const AT_FIRST: usize = 8;

/// The run that started this one, and those that it started. Without any nothing is shown.
#[component]
pub(super) fn Lineage(shown: Shown) -> impl IntoView {
    let app = app();
    let source = shown.key.source.clone();
    let family = Memo::new(move |_| app.runs.family(&shown.data.run, &shown.key.source));
    let all = RwSignal::new(false);
    let link = move |relative: Relative| {
        let run = RunKey { source: source.clone(), run: relative.id };
        view! {
            <a class="kin" href=ViewState::href(Page::Run(RunView { run, artifact: None })) title=relative.name.clone()>
                {relative.status.map(|status| view! { <StatusIcon status=status /> })}
                <span class="ell">{relative.name.clone()}</span>
            </a>
        }
    };
    move || {
        let Family { parent, children } = family.get();
        if parent.is_none() && children.is_empty() {
            return None;
        }
        let count = children.len();
        let listed = if all.get() { count } else { count.min(AT_FIRST) };
        Some(view! {
            <section class="card family" aria-label="Parent and child runs">
                {parent.map(|parent| view! { <div class="kins"><h2>"Parent run"</h2>{link(parent)}</div> })}
                {(count > 0).then(|| view! {
                    <div class="kins">
                        <h2>{format::count(count as u64, "child run", "child runs")}</h2>
                        {children.into_iter().take(listed).map(&link).collect_view()}
                        {(listed < count).then(|| view! {
                            <button class="btn ghost sm" on:click=move |_| all.set(true)>{format!("Show all {count}")}<Icon name="chevron-down" class="s12" /></button>
                        })}
                    </div>
                })}
            </section>
        })
    }
}
