use leptos::{html, prelude::*};
use runatlas_core::query::Typed;

use crate::ui::{
    app::app,
    keys::find_with_slash,
    part::{Icon, SearchField},
};

/// Takes words to look for, or a filter of MLflow's language.
#[component]
pub(super) fn FilterField() -> impl IntoView {
    let app = app();
    let field = NodeRef::<html::Input>::new();
    find_with_slash("runs.find", "Find runs", field);
    let text = Memo::new(move |_| app.view.runs.with(|runs| runs.search.clone()));
    let typed = Memo::new(move |_| text.with(|text| Typed::read(text)));
    let is_ours = move || typed.with(|typed| matches!(typed, Typed::Filter(filter) if filter.is_ours()));
    view! {
        <div class="filterfield grow">
            <SearchField
                class="grow"
                label="Search, or filter: metrics.loss < 0.5 AND params.opt = 'adam'"
                hotkey="/"
                node=field
                value=text
                on_change=Callback::new(move |text| app.view.edit_runs(|runs| runs.search = text))
            />
            <Show when=is_ours>
                <span class="chip" title="MLflow has no OR, NOT, brackets or regular expressions in filters">
                    "not in MLflow"
                </span>
            </Show>
            <Fault text=text typed=typed />
        </div>
    }
}

/// What is wrong with a filter, at which spot, and what to do.
#[component]
fn Fault(text: Memo<String>, typed: Memo<Typed>) -> impl IntoView {
    let fault = Memo::new(move |_| {
        typed.with(|typed| match typed {
            Typed::Broken(error) => Some(error.clone()),
            _ => None,
        })
    });
    view! {
        <div role="status">
            {move || {
                fault.get().map(|error| {
                    let spot = text.with(|text| Spot::of(text, &error.span));
                    view! {
                        <p class="filterfault fs12">
                            <Icon name="triangle-alert" class="s14" />
                            <span>
                                <code class="t3">{spot.before}<mark>{spot.here}</mark>{spot.after}</code>
                                " "
                                {error.message.clone()}
                                {error.advice().map(|advice| format!(" {advice}"))}
                                " All runs are shown meanwhile."
                            </span>
                        </p>
                    }
                })
            }}
        </div>
    }
}

/// A text around the place that an error is about.
struct Spot {
    before: String,
    here: String,
    after: String,
}

impl Spot {
    fn of(text: &str, span: &std::ops::Range<usize>) -> Self {
        let part = |range: std::ops::Range<usize>| text.get(range).unwrap_or_default().to_owned();
        let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
        // An error at the end has nothing there to be marked.
        let here = if start == end { " ".to_owned() } else { part(start..end) };
        Self { before: part(0..start), here, after: part(end..text.len()) }
    }
}
