mod add_run;
mod arrange;
mod bar;
mod cell;
mod explain;
mod head;
mod keys;
mod matrix;
mod row;
mod rules;
mod section;
mod sight;
mod summary;
mod values;

use std::sync::Arc;

use add_run::AddRun;
use bar::DiffBar;
use explain::Explain;
use leptos::prelude::*;
use matrix::Matrix;
use runatlas_core::{
    diff::{Diff, Line, RunsOfColumn},
    link::Tab,
};
use summary::Summary;

use crate::{
    state::diff_filter,
    ui::{
        app::app,
        part::EmptyState,
        screen::{CompareAt, lazy},
        spark::InSight,
    },
};

/// A comparison in its columns, and a number that tells it from all before.
#[derive(Clone)]
struct Comparison {
    number: u64,
    diff: Arc<Diff>,
    columns: Arc<Vec<RunsOfColumn>>,
}

/// Where the keyboard is: line, and column (0 is that of the keys).
type Place = (usize, usize);

/// What the parts of the tab share.
#[derive(Clone, Copy)]
struct Shared {
    comparison: Memo<Option<Comparison>>,
    /// The lines that the filter leaves.
    lines: Memo<Arc<Vec<Line>>>,
    /// The cell that a person has stepped to.
    cursor: RwSignal<Option<Place>>,
    /// The row (section, key) whose values are shown in full.
    full: RwSignal<Option<(usize, usize)>>,
}

impl Shared {
    /// The line that a person has stepped to.
    fn at(self) -> Option<usize> {
        self.cursor.get().map(|(line, _)| line)
    }

    fn columns(self) -> usize {
        self.comparison.with(|comparison| comparison.as_ref().map_or(0, |c| c.columns.len()))
    }
}

/// The runs against a baseline.
#[component]
pub(in crate::ui) fn DiffTab() -> impl IntoView {
    let app = app();
    let count = Memo::new(move |_| app.runs.shown.with(|shown| shown.len()));
    let shared = share();
    InSight::provide();
    app.diff.follow();
    let nothing = move |title: &'static str, text: &'static str| {
        view! {
            <EmptyState icon="git-compare" title=title text=text>
                <button class="btn" on:click=move |_| app.view.go_tab(Tab::Table)>"Choose in the table"</button>
                <AddRun />
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <DiffBar shared=shared />
        {move || match count.get() {
            0 => nothing("No run is shown", "Show runs in the table, or add them here, to see what differs between them."),
            1 => nothing("Pick another run", "One run is shown. A second one shows what differs between them."),
            _ => ().into_any(),
        }}
        <Show when=move || { count.get() > 1 }>
            <Summary shared=shared />
            <Matrix shared=shared />
            <Explain />
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
            let columns = app.diff.columns.get();
            app.diff.diff.get().map(|diff| Comparison { number, diff, columns })
        },
        |_, _| true,
    );
    let filter = Memo::new(move |_| app.view.diff.with(diff_filter));
    let lines = Memo::new(move |_| {
        let of = |comparison: &Comparison| comparison.diff.lines(&filter.get());
        Arc::new(comparison.with(|comparison| comparison.as_ref().map(of).unwrap_or_default()))
    });
    Shared { comparison, lines, cursor: RwSignal::new(None), full: RwSignal::new(None) }
}
