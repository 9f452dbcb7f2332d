mod add_run;
mod bar;
mod head;
mod matrix;
mod row;
mod values;

use std::sync::Arc;

use add_run::AddRun;
use bar::DiffBar;
use leptos::prelude::*;
use matrix::Matrix;
use runatlas_core::{
    diff::{Diff, Line},
    link::Tab,
};

use crate::{
    state::diff_filter,
    ui::{
        app::app,
        part::EmptyState,
        screen::{CompareAt, lazy},
    },
};

/// A comparison, and a number that tells it from all before.
#[derive(Clone)]
struct Comparison {
    number: u64,
    diff: Arc<Diff>,
}

/// What the parts of the tab share.
#[derive(Clone, Copy)]
struct Shared {
    comparison: Memo<Option<Comparison>>,
    /// The lines that the filter leaves.
    lines: Memo<Arc<Vec<Line>>>,
    /// The line that a person has stepped to.
    at: RwSignal<Option<usize>>,
    /// The row (section, key) whose values are shown in full.
    full: RwSignal<Option<(usize, usize)>>,
}

/// The runs against a baseline.
#[component]
pub(in crate::ui) fn DiffTab() -> impl IntoView {
    let app = app();
    let count = Memo::new(move |_| app.runs.shown.with(|shown| shown.len()));
    let shared = share();
    view! {
        <DiffBar shared=shared />
        {move || match count.get() {
            0 => {
                view! {
                    <EmptyState icon="git-compare" title="No run is shown" text="Show runs in the table, or add them here, to see what differs between them.">
                        <button class="btn" on:click=move |_| app.view.go_tab(Tab::Table)>"Choose in the table"</button>
                        <AddRun />
                    </EmptyState>
                }
                    .into_any()
            }
            1 => {
                view! {
                    <EmptyState icon="git-compare" title="Pick another run" text="One run is shown. A second one shows what differs between them.">
                        <button class="btn" on:click=move |_| app.view.go_tab(Tab::Table)>"Choose in the table"</button>
                        <AddRun />
                    </EmptyState>
                }
                    .into_any()
            }
            _ => ().into_any(),
        }}
        <Show when=move || { count.get() > 1 }>
            <Matrix shared=shared />
        </Show>
        <Show when=move || { count.get() > 1 && app.view.drawer.with(Option::is_some) }>
            {lazy(|screens| screens.compare, CompareAt::Drawer)}
        </Show>
    }
}

fn share() -> Shared {
    let app = app();
    let comparison = Memo::new_with_compare(
        move |before: Option<&Option<Comparison>>| {
            let number = before.and_then(Option::as_ref).map_or(0, |before| before.number + 1);
            app.runs.diff.get().map(|diff| Comparison { number, diff })
        },
        |_, _| true,
    );
    let filter = Memo::new(move |_| app.view.diff.with(diff_filter));
    let lines = Memo::new(move |_| {
        let of = |comparison: &Comparison| comparison.diff.lines(&filter.get());
        Arc::new(comparison.with(|comparison| comparison.as_ref().map(of).unwrap_or_default()))
    });
    Shared { comparison, lines, at: RwSignal::new(None), full: RwSignal::new(None) }
}
