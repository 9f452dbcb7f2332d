use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{Page, RunKey, RunView},
    model::Millis,
    preview::markdown,
    registry::{SourceRun, StatusTone},
};

use super::Shared;
use crate::{
    state::ViewState,
    ui::{app::app, part::Icon},
};

/// How long ago, with the date on hover; nothing if it is not known.
#[component]
pub(super) fn Ago(at: Option<Millis>) -> impl IntoView {
    let app = app();
    at.map(|at| view! { <span class="nowrap" title=move || app.clock.date(at)>{move || app.clock.ago(at)}</span> })
}

/// A status.
#[component]
pub(super) fn Status(words: String, tone: StatusTone, message: String) -> impl IntoView {
    let (icon, class) = match tone {
        StatusTone::Good => ("circle-check", "good"),
        StatusTone::Pending => ("circle-dashed", "runc"),
        StatusTone::Bad => ("circle-x", "bad"),
        StatusTone::Plain => ("circle-slash", "t3"),
    };
    (!words.is_empty()).then(|| {
        view! {
            <span class=format!("mstatus {class}") title=(!message.is_empty()).then_some(message)>
                <Icon name=icon class="s12" />
                {words}
            </span>
        }
    })
}

/// The run that a model came from.
#[component]
pub(super) fn RunLink(shared: Shared, run: SourceRun) -> impl IntoView {
    match run {
        SourceRun::Unnamed => view! { <span class="t3">"No run named"</span> }.into_any(),
        SourceRun::Here { id, name } => {
            let run = RunKey { source: shared.source.get_value(), run: id };
            let href = ViewState::href(Page::Run(RunView { run, artifact: None }));
            view! { <a class="ell" href=href title=name.clone()>{name.clone()}</a> }.into_any()
        }
        SourceRun::Elsewhere(id) => {
            let title = format!("Run {id} is not in this store");
            view! {
                <span class="ell t3" title=title>
                    <span class="mono">{format::short_id(&id).into_owned()}</span>
                    " (not in this store)"
                </span>
            }
            .into_any()
        }
    }
}

/// Tags as chips.
#[component]
pub(super) fn Tags(tags: Vec<(String, String)>) -> impl IntoView {
    (!tags.is_empty()).then(|| {
        view! {
            <ul class="mtags" aria-label="Tags">
                {tags
                    .into_iter()
                    .map(|(key, value)| {
                        let title = format!("{key}: {value}");
                        view! {
                            <li class="chip edge" title=title>
                                <span class="t3">{format::one_line(&key, 60).into_owned()}</span>
                                {format::one_line(&value, 80).into_owned()}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
        }
    })
}

/// Free text, as safe Markdown; nothing if there is none.
#[component]
pub(super) fn Description(text: String) -> impl IntoView {
    (!text.trim().is_empty()).then(|| {
        let html = markdown::to_html(&text);
        view! { <div class="note md" inner_html=html.as_str().to_owned()></div> }
    })
}

/// A place or an id in mono with a label.
#[component]
pub(super) fn Fact(label: &'static str, value: String) -> impl IntoView {
    (!value.is_empty()).then(|| {
        view! {
            <div class="mfact">
                <dt>{label}</dt>
                <dd class="mono ell" title=value.clone()>{value.clone()}</dd>
            </div>
        }
    })
}

/// A button that shows more of a long list.
#[component]
pub(super) fn More(shown: RwSignal<usize>, #[prop(into)] total: Signal<usize>) -> impl IntoView {
    let rest = move || total.get().saturating_sub(shown.get());
    view! {
        <Show when=move || { rest() > 0 }>
            <button class="btn ghost sm mmore" on:click=move |_| shown.update(|shown| *shown += PAGE)>
                {move || format!("Show {} more of {}", rest().min(PAGE), format::unsigned(total.get() as u64))}
            </button>
        </Show>
    }
}

/// How much of a long list is shown at a time.
pub(super) const PAGE: usize = 100;
