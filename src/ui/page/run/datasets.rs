use leptos::prelude::*;
use runatlas_core::run_page::{DatasetRow, dataset_rows};

use super::{Shown, copy::CopyButton};
use crate::ui::part::Icon;

/// The datasets that the run used. Without any there is no card, as most runs log none.
#[component]
pub(super) fn DatasetsCard(shown: Shown) -> impl IntoView {
    let rows = dataset_rows(&shown.data.run);
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" aria-label="Datasets" id="datasets">
                <div class="card-h"><h2>"Datasets"</h2><span class="count">{rows.len()}</span></div>
                <ul class="items">{rows.into_iter().map(dataset).collect_view()}</ul>
            </section>
        }
    })
}

fn dataset(row: DatasetRow) -> impl IntoView {
    let DatasetRow { name, digest, context, rows, columns, source_type, source, details } = row;
    let size: Vec<String> = rows.into_iter().chain(columns).collect();
    view! {
        <li class="item">
            <div class="row g2 wrap">
                <Icon name="database" class="s14 t3" />
                <span class="b5 ell" title=name.clone()>{name.clone()}</span>
                {(!context.is_empty()).then(|| view! { <span class="chip xs">{context}</span> })}
                <span class="fs12 t2">{size.join(", ")}</span>
                <span class="grow"></span>
                <span class="mono fs12 t2">{digest.clone()}</span>
                <CopyButton what="The digest" text=digest />
            </div>
            <p class="fs12 t2 brk">
                {(!source_type.is_empty()).then(|| view! { <span class="t3">{source_type} " "</span> })}
                <span class="mono">{source}</span>
            </p>
            <Details details=details />
        </li>
    }
}

/// What the dataset says of itself, one text at a time.
#[component]
fn Details(details: Vec<(&'static str, String)>) -> impl IntoView {
    let open = RwSignal::new(None::<&'static str>);
    let buttons = details
        .iter()
        .map(|&(label, _)| {
            let is_open = move || open.get() == Some(label);
            view! {
                <button
                    class="btn ghost sm fold"
                    aria-expanded=move || is_open().to_string()
                    on:click=move |_| open.set((!is_open()).then_some(label))
                >
                    <Icon name="chevron-right" class="s12" />
                    {label}
                </button>
            }
        })
        .collect_view();
    let text = move || {
        let label = open.get()?;
        let text = details.iter().find(|(other, _)| *other == label).map(|(_, text)| text.clone())?;
        Some(view! { <pre class="code" tabindex="0" role="region" aria-label=label>{text}</pre> })
    };
    view! {
        <div class="row folds">{buttons}</div>
        {text}
    }
}
