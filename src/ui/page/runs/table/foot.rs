use std::collections::BTreeSet;

use leptos::{ev, prelude::*};
use runatlas_core::{
    format,
    link::{RunKey, Tab},
};

use super::colors::ColorChoice;
use crate::{
    state::RunTable,
    ui::{app::app, part::Icon},
};

/// How many runs are on charts, and the keys of a row; or what can be done with the selected runs. Both
/// are equally high, so that a selection moves nothing.
#[component]
pub(super) fn Foot() -> impl IntoView {
    let runs = app().runs;
    let any = Memo::new(move |_| runs.selected.with(|selected| !selected.is_empty()));
    view! {
        <div class="rl-foot rt-foot">
            <Show when=move || any.get() fallback=|| view! { <Counts /> }>
                <Bulk />
            </Show>
        </div>
    }
}

#[component]
fn Counts() -> impl IntoView {
    let runs = app().runs;
    let shown = move || runs.shown.with(|shown| format::unsigned(shown.len() as u64));
    let to_read = move || {
        let left = runs.to_read.get() as u64;
        (left > 0).then(|| format!("reading {}", format::count(left, "history", "histories")))
    };
    let keys = [
        ("Space", "show"),
        ("X", "select"),
        ("P", "pin"),
        ("B", "baseline"),
        ("D", "diff"),
        ("Enter", "open"),
    ];
    view! {
        <span class="row g2"><span><b>{shown}</b>" on charts"</span><span aria-live="polite">{to_read}</span></span>
        <span class="keys keys-only" aria-hidden="true">
            {keys.map(|(key, words)| view! { <kbd>{key}</kbd>{words} }).collect_view()}
        </span>
    }
}

/// Actions on all runs that are selected.
#[component]
fn Bulk() -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let choice = expect_context::<ColorChoice>().0;
    let count = Memo::new(move |_| runs.selected.with(BTreeSet::len));
    let words = move || format::count(count.get() as u64, "run selected", "runs selected");
    let act =
        move |icon: &'static str, label: &'static str, title: &'static str, act: fn(RunTable, &[RunKey])| {
            view! {
                <button class="btn sm ghost" title=title on:click=move |_| act(runs, &runs.targets())>
                    <Icon name=icon class="s14" />
                    <span class="bulk-word">{label}</span>
                </button>
            }
        };
    let one = Memo::new(move |_| count.get() == 1);
    let color = move |event: ev::MouseEvent| {
        choice.set(Some((runs.targets(), f64::from(event.client_x()), f64::from(event.client_y()) - 160.0)));
    };
    view! {
        <span class="nowrap" aria-live="polite"><b>{words}</b></span>
        <span class="bulk" role="toolbar" aria-label="With the selected runs">
            {act("eye", "Show only these", "On charts and in the diff, no others", |runs, keys| runs.show_only(keys))}
            {act("eye-off", "Show or hide", "On charts, or off (Space)", |runs, keys| runs.toggle_shown_all(keys))}
            {act("chart-line", "Charts", "Charts of these runs alone", |runs, keys| runs.look_at(keys, Tab::Charts))}
            {act("git-compare", "Diff", "Compare these runs (D)", |runs, keys| runs.look_at(keys, Tab::Diff))}
            {act("pin", "Pin", "Keep on top, or let go (P)", |runs, keys| runs.toggle_pinned(keys))}
            <button class="btn sm ghost" title="Give these runs a colour" on:click=color>
                <span class="bulk-dot" aria-hidden="true"></span>
                <span class="bulk-word">"Colour"</span>
            </button>
            <Show when=move || one.get()>
                {act("flag", "Baseline", "Others are compared with it (B)", |runs, keys| if let [key] = keys { runs.set_baseline(key.clone()) })}
            </Show>
            <button class="btn sm ghost" title="Copy the ids, one a line" on:click=move |_| app.copy_run_ids(&runs.targets())>
                <Icon name="copy" class="s14" />
                <span class="bulk-word">"Copy ids"</span>
            </button>
            <button class="iconbtn sm" aria-label="Clear the selection" title="Clear the selection (Esc)" on:click=move |_| runs.clear_selection()>
                <Icon name="x" class="s14" />
            </button>
        </span>
    }
}
