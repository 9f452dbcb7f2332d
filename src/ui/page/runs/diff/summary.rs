use std::collections::BTreeSet;

use leptos::prelude::*;

use super::Shared;
use crate::ui::{app::app, part::Icon};

/// The comparison in words, and what can be done about it.
#[component]
pub(super) fn Summary(shared: Shared) -> impl IntoView {
    let app = app();
    let words = Memo::new(move |_| {
        let metric = app.diff.metric.get();
        let of = |comparison: &super::Comparison| comparison.diff.summary(metric.as_deref());
        shared.comparison.with(|comparison| comparison.as_ref().map(of))
    });
    let explain = move || app.view.diff.with(|diff| diff.explain);
    let toggle = move |_| app.diff.edit(|diff| diff.explain = !diff.explain);
    view! {
        <div class="dsum">
            <p class="dsum-w ell" aria-live="polite" title=move || words.get()>{move || words.get()}</p>
            <Reading />
            <Group shared=shared />
            <Show when=move || app.diff.metric.with(Option::is_some)>
                <button class="btn sm quiet" aria-expanded=move || explain().to_string() on:click=toggle>
                    <Icon name="list-ordered" class="s12" />
                    "What explains the metric?"
                </button>
            </Show>
        </div>
    }
}

/// What is still being read, or only on a server.
#[component]
fn Reading() -> impl IntoView {
    let app = app();
    // What is read at once needs no words.
    let slow = RwSignal::new(false);
    let is_reading = Memo::new(move |_| app.diff.reading.with(Option::is_some));
    Effect::new(move |_| {
        slow.set(false);
        if is_reading.get() {
            set_timeout(
                move || {
                    slow.try_set(true);
                },
                std::time::Duration::from_millis(300),
            );
        }
    });
    move || {
        match (app.diff.reading.get(), app.diff.offer.get()) {
        (Some((done, all)), _) => slow
            .get()
            .then(|| view! { <span class="t3 nowrap" role="status">{format!("Reading files: {done} of {all}")}</span> })
            .into_any(),
        (None, Some(offer)) => view! {
            <span class="t3 ell" title=offer.words()>{offer.words()}</span>
            <button class="btn sm" on:click=move |_| app.diff.take_offer()>
                <Icon name="download" class="s12" />
                "Read them"
            </button>
        }
        .into_any(),
        (None, None) => ().into_any(),
    }
    }
}

/// That runs stand in one column, or that they could.
#[component]
fn Group(shared: Shared) -> impl IntoView {
    let app = app();
    let grouped = move || app.view.diff.with(|diff| diff.arrange.group.is_some());
    let found = Memo::new(move |_| {
        let first = |comparison: &super::Comparison| comparison.diff.nothing_but().into_iter().next();
        shared.comparison.with(|comparison| comparison.as_ref().and_then(first))
    });
    move || {
        if grouped() {
            let apart = move |_| app.diff.edit(|diff| diff.arrange.group = None);
            return view! {
                <button class="btn sm" on:click=apart>
                    <Icon name="group" class="s12" />
                    {move || format!("{} columns for {} runs: show each run", shared.columns(), app.runs.shown.with(|shown| shown.len()))}
                </button>
            }
            .into_any();
        }
        let Some(found) = found.get() else { return ().into_any() };
        let except: BTreeSet<_> = found.key.iter().cloned().collect();
        let together = move |_| app.diff.edit(|diff| diff.arrange.group = Some(except.clone()));
        view! {
            <span class="t3 ell dsum-g" title=found.words()>{found.words()}</span>
            <button class="btn sm" on:click=together>
                <Icon name="group" class="s12" />
                "Group them"
            </button>
        }
        .into_any()
    }
}
