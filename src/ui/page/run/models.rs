use leptos::prelude::*;
use runatlas_core::{
    link::Page,
    run_page::{AliasedVersion, ModelRow, model_rows},
};

use super::Shown;
use crate::{state::ViewState, ui::part::Icon};

/// Logged models, and the registered versions made from them. Without any there is no card.
#[component]
pub(super) fn ModelsCard(shown: Shown) -> impl IntoView {
    let data = &shown.data;
    let rows = model_rows(&data.run, &data.logged, &data.versions, &data.registered);
    let source = shown.key.source.clone();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-label="Models" id="models">
                <div class="card-h">
                    <h2>"Models"</h2>
                    <span class="count">{rows.len()}</span>
                    <span class="grow"></span>
                    <a class="btn ghost sm" href=ViewState::href(Page::Models { source: source.clone(), model: None })>
                        "All models"
                        <Icon name="arrow-right" class="s12" />
                    </a>
                </div>
                <ul class="items">{rows.into_iter().map(|row| model(row, &source)).collect_view()}</ul>
            </section>
        }
    })
}

fn model(row: ModelRow, source: &str) -> impl IntoView + use<> {
    let ModelRow { name, model_id, input, status, versions } = row;
    let versions = versions.into_iter().map(|version| chip(version, source)).collect_view();
    let quiet = matches!(status.as_str(), "" | "READY");
    view! {
        <li class="item">
            <div class="row g2 wrap">
                <Icon name="package" class="s14 t3" />
                <span class="b5 ell" title=name.clone()>{name.clone()}</span>
                {input.then(|| view! { <span class="chip xs" title="The run read this model">"input"</span> })}
                {(!quiet).then(|| view! { <span class="chip xs warn">{status.to_lowercase().replace('_', " ")}</span> })}
                <span class="grow"></span>
                {model_id.map(|id| view! { <span class="mono fs12 t2 ell" title=id.clone()>{id.clone()}</span> })}
            </div>
            <div class="row g2 wrap">{versions}</div>
        </li>
    }
}

fn chip(version: AliasedVersion, source: &str) -> impl IntoView + use<> {
    let AliasedVersion { name, version, stage, aliases } = version;
    let page = Page::Models { source: source.to_owned(), model: Some(name.clone()) };
    view! {
        <span class="row g1 wrap">
            <a class="chip acc" href=ViewState::href(page)><Icon name="box" />{format!("{name} v{version}")}</a>
            {(!stage.is_empty()).then(|| view! { <span class="chip line">{stage}</span> })}
            {aliases.into_iter().map(|alias| view! { <span class="chip line">{format!("@{alias}")}</span> }).collect_view()}
        </span>
    }
}
