use leptos::prelude::*;
use runatlas_core::{format, registry::RegisteredRow};

use super::{
    Shared,
    parts::{Ago, Description, Tags},
    versions::VersionsCard,
};
use crate::ui::part::{EmptyState, Icon};

/// All registered models as a table.
#[component]
pub(super) fn RegisteredCard(shared: Shared) -> impl IntoView {
    let any = move || {
        shared.models.with(|models| {
            models.as_ref().is_some_and(|models| !models.registered.is_empty() || !models.versions.is_empty())
        })
    };
    view! {
        <section class="card mreg" aria-labelledby="registered-h">
            <div class="card-h">
                <h2 id="registered-h">"Registered models"</h2>
                <span class="count">{move || shared.found.with(Vec::len)}</span>
            </div>
            <Show when=any fallback=|| view! { <p class="mnone">"None: nothing of this source was registered with mlflow.register_model."</p> }>
                <div class="mwide">
                    <table class="mtable">
                        <thead>
                            <tr>
                                <th>"Name"</th>
                                <th>"Latest"</th>
                                <th>"Aliases and stages"</th>
                                <th class="num">"Versions"</th>
                                <th>"Changed"</th>
                            </tr>
                        </thead>
                        <tbody>
                            <For
                                each=move || shared.found.get()
                                key=|row| (row.name.clone(), row.versions, row.updated)
                                let:row
                            >
                                <Row shared=shared row=row />
                            </For>
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

#[component]
fn Row(shared: Shared, row: RegisteredRow) -> impl IntoView {
    let about = row.summary();
    view! {
        <tr>
            <th scope="row">
                <a class="b5" href=shared.href(Some(row.name.clone()))>{row.name.clone()}</a>
                <span class="mabout ell">{about}</span>
            </th>
            <td>{row.latest.clone().map(|latest| format!("v{latest}"))}</td>
            <td><Marks row=row.clone() /></td>
            <td class="num">{row.versions}</td>
            <td class="t2"><Ago at=row.updated.or(row.created) /></td>
        </tr>
    }
}

/// Aliases and stages with their versions.
#[component]
fn Marks(row: RegisteredRow) -> impl IntoView {
    let alias = |(alias, version): (String, String)| {
        view! { <span class="chip acc">{format!("@{alias}")}<b>{format!("v{version}")}</b></span> }
    };
    let stage = |(stage, version): (String, String)| {
        view! { <span class="chip edge">{stage}<b>{format!("v{version}")}</b></span> }
    };
    view! {
        <span class="mmarks">
            {row.aliases.into_iter().map(alias).collect_view()}
            {row.stages.into_iter().filter(|(stage, _)| stage != "Archived").map(stage).collect_view()}
        </span>
    }
}

/// One registered model.
#[component]
pub(super) fn RegisteredModelPage(shared: Shared, name: String) -> impl IntoView {
    let wanted = name.clone();
    let row = Memo::new(move |_| {
        let models = shared.models.get()?;
        let rows = runatlas_core::registry::registered_rows(&models.registered, &models.versions, "");
        rows.into_iter().find(|row| row.name == wanted)
    });
    view! {
        <a class="mback" href=shared.href(None)><Icon name="chevron-left" class="s14" />"All models"</a>
        {move || match row.get() {
            None => {
                view! {
                    <EmptyState
                        icon="package"
                        title=format!("No model is named {name} here")
                        text="It was deleted or renamed, or it is in another source than this link says."
                    >
                        <a class="btn" href=shared.href(None)>"All models"</a>
                    </EmptyState>
                }
                    .into_any()
            }
            Some(row) => {
                view! {
                    <header class="mhead">
                        <div class="row g2 wrap">
                            <h1 class="ell" title=row.name.clone()>{row.name.clone()}</h1>
                            <Marks row=row.clone() />
                        </div>
                        <p class="t2 fs12 mfacts">
                            <span>{format::count(row.versions as u64, "version", "versions")}</span>
                            {row.created.map(|at| view! { <span>"created "<Ago at=Some(at) /></span> })}
                            {row.updated.map(|at| view! { <span>"changed "<Ago at=Some(at) /></span> })}
                        </p>
                        <Description text=row.description.clone() />
                        <Tags tags=row.tags.clone() />
                    </header>
                    <VersionsCard shared=shared name=row.name />
                }
                    .into_any()
            }
        }}
    }
}
