use leptos::prelude::*;
use runatlas_core::registry::{VersionRow, version_rows};

use super::{
    Shared,
    parts::{Ago, Description, Fact, More, PAGE, RunLink, Status, Tags},
};
use crate::ui::part::Icon;

/// The versions of a registered model, newest first; each opens to what is known of it.
#[component]
pub(super) fn VersionsCard(shared: Shared, name: String) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let models = shared.models.get();
        let rows = models.map(|m| version_rows(&name, &m.registered, &m.versions, &m.runs));
        rows.unwrap_or_default()
    });
    let shown = RwSignal::new(PAGE);
    let stages = Memo::new(move |_| rows.with(|rows| rows.iter().any(|row| !row.stage.is_empty())));
    let total = Memo::new(move |_| rows.with(Vec::len));
    let visible = move || rows.get().into_iter().take(shown.get()).enumerate().collect::<Vec<_>>();
    view! {
        <section class="card" aria-labelledby="versions-h">
            <div class="card-h">
                <h2 id="versions-h">"Versions"</h2>
                <span class="count">{move || total.get()}</span>
            </div>
            <div class="mwide">
                <div class="mgrid versions" class:stages=move || stages.get()>
                    <div class="mgrid-h" aria-hidden="true">
                        <span></span>
                        <span>"Version"</span>
                        <span>"Aliases"</span>
                        {move || stages.get().then(|| view! { <span>"Stage"</span> })}
                        <span>"Status"</span>
                        <span>"Source run"</span>
                        <span>"Created"</span>
                    </div>
                    <For
                        each=visible
                        key=|(_, row)| (row.version.clone(), row.aliases.clone(), row.stage.clone(), row.status.clone())
                        children=move |(at, row)| view! { <Version shared=shared row=row first=at == 0 stages=stages /> }
                    />
                </div>
            </div>
            <Show when=move || total.get() == 0>
                <p class="mnone">"It has no version yet."</p>
            </Show>
            <More shown=shown total=total />
        </section>
    }
}

#[component]
fn Version(shared: Shared, row: VersionRow, first: bool, stages: Memo<bool>) -> impl IntoView {
    let logged = row.model_id.clone().map(|id| {
        let name = shared.models.with_untracked(|models| {
            let model = models.as_ref()?.logged.iter().find(|model| model.id == id)?;
            Some(format!("{} ({id})", model.name))
        });
        name.unwrap_or(id)
    });
    let stage = row.stage.clone();
    let stage_class = if stage == "Production" { "chip good" } else { "chip edge" };
    view! {
        <details class="mitem" open=first>
            <summary>
                <Icon name="chevron-right" class="s14 mturn" />
                <span class="b6">{format!("v{}", row.version)}</span>
                <span class="mmarks">
                    {row.aliases.iter().map(|alias| view! { <span class="chip acc">{format!("@{alias}")}</span> }).collect_view()}
                </span>
                {move || {
                    stages.get().then(|| view! { <span>{(!stage.is_empty()).then(|| view! { <span class=stage_class>{stage.clone()}</span> })}</span> })
                }}
                <span><Status words=row.status tone=row.tone message=row.status_message.clone() /></span>
                <span class="ell"><RunLink shared=shared run=row.run /></span>
                <span class="t2"><Ago at=row.created /></span>
            </summary>
            <div class="mbody">
                <Description text=row.description />
                <Tags tags=row.tags />
                <dl class="mfactl">
                    <Fact label="Registered by" value=row.user />
                    <Fact label="Logged model" value=logged.unwrap_or_default() />
                    <Fact label="Files" value=row.location />
                    <Fact label="Status" value=row.status_message />
                </dl>
            </div>
        </details>
    }
}
