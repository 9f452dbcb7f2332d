use leptos::prelude::*;
use runatlas_core::link::{Page, RunKey, RunView, Tab};

use super::RunPicker;
use crate::{
    state::{Asked, ViewState},
    ui::{app::app, part::Icon, run_mark::Swatch},
};

/// Which runs: each can be changed, and the sides swapped.
#[component]
pub(super) fn CompareHead(asked: Signal<Asked>, names: Memo<(String, String)>) -> impl IntoView {
    let app = app();
    let view = app.view;
    let swap = move |_| view.edit_compare(|view| *view = view.swapped());
    let left = Signal::derive(move || asked.with(|asked| asked.left.clone()));
    let right = Signal::derive(move || asked.with(|asked| asked.right.clone()));
    let put_left = Callback::new(move |run| view.edit_compare(|view| view.left = run));
    let put_right = Callback::new(move |run| view.edit_compare(|view| view.right = run));
    view! {
        <header class="cmp-h">
            <h1 class="vh">"Comparison of two runs"</h1>
            <RunSide what="Run on the left" run=left name=Signal::derive(move || names.get().0) choose=put_left />
            <button class="iconbtn sm" data-hotkey="x" aria-label="Swap sides" title="Swap sides (X)" on:click=swap>
                <Icon name="arrow-left-right" class="s14" />
            </button>
            <RunSide what="Run on the right" run=right name=Signal::derive(move || names.get().1) choose=put_right />
            <span class="grow"></span>
            <a class="btn sm" href=move || matrix(asked.get()) title="Params, metrics, tags and datasets of both in the matrix">
                <Icon name="git-compare" class="s14" />
                "Params and metrics"
            </a>
        </header>
    }
}

/// The diff of both runs, the left one as the baseline.
fn matrix(asked: Asked) -> String {
    let runs = app().runs;
    let mut page = runs.page_around_open();
    page.tab = Tab::Diff;
    page.shown = Some([asked.left.clone(), asked.right].into());
    page.baseline = Some(asked.left);
    ViewState::href(Page::Runs(page))
}

#[component]
fn RunSide(
    what: &'static str,
    run: Signal<RunKey>,
    #[prop(into)] name: Signal<String>,
    choose: Callback<RunKey>,
) -> impl IntoView {
    let app = app();
    let slot = Signal::derive(move || run.with(|run| app.runs.slot(run)));
    let href = move || ViewState::href(Page::Run(RunView { run: run.get(), artifact: None }));
    view! {
        <span class="cmp-run">
            <Swatch color=slot />
            <a class="ell b6" href=href title=move || name.get()>{move || name.get()}</a>
            <RunPicker label=what choose=choose class="iconbtn xs" face=|| view! { <Icon name="chevron-down" class="s12" /> }.into_any() />
        </span>
    }
}
