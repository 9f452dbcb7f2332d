use leptos::{html, prelude::*};
use runatlas_core::{
    diff::{Format, next_difference},
    link::DrawerView,
};

use super::{AddRun, Shared, arrange::SortMenu, rules::RulesMenu};
use crate::{
    state::{Command, ViewState},
    ui::{
        app::app,
        keys::find_with_slash,
        part::{Icon, Menu, MenuItem, SearchField, Segmented, Switch},
    },
};

/// What of the matrix is shown, how many keys differ, steps from difference to difference, copies.
#[component]
pub(super) fn DiffBar(shared: Shared) -> impl IntoView {
    let app = app();
    let view = app.view;
    let field = NodeRef::<html::Input>::new();
    find_with_slash("diff.find", "Find a key in the diff", field);
    let search = Memo::new(move |_| view.diff.with(|diff| diff.search.clone()));
    let differences = Memo::new(move |_| view.diff.with(|diff| !diff.equal_rows));
    let relative = Memo::new(move |_| view.diff.with(|diff| diff.relative));
    view! {
        <div class="filterbar dbar" role="group" aria-label="What the comparison shows">
            <SearchField
                class="dbar-find"
                label="Find a key"
                hotkey="/"
                node=field
                value=search
                on_change=Callback::new(move |text| app.diff.edit(|diff| diff.search = text))
            />
            <Switch
                label="Differences only"
                value=differences
                on_change=Callback::new(move |on: bool| app.diff.edit(|diff| diff.equal_rows = !on))
            />
            <SortMenu shared=shared />
            <RulesMenu />
            <Segmented
                label="How numbers differ"
                choices=vec![(false, "Absolute"), (true, "Relative %")]
                value=relative
                on_change=Callback::new(move |on| app.diff.edit(|diff| diff.relative = on))
            />
            <span class="grow"></span>
            <CompareTwo />
            <DrawerButton />
            <Steps shared=shared />
            <span class="vr"></span>
            <CopyMenu />
            <AddRun />
        </div>
    }
}

/// How many keys differ, and steps between them.
#[component]
fn Steps(shared: Shared) -> impl IntoView {
    let words = move || {
        shared
            .comparison
            .with(|comparison| comparison.as_ref().map(|comparison| comparison.diff.count_words()))
    };
    let step = move |forward| {
        let (line, column) =
            shared.cursor.get_untracked().map_or((None, 0), |(line, column)| (Some(line), column));
        let next = shared.lines.with_untracked(|lines| next_difference(lines, line, forward));
        shared.cursor.set(next.map(|line| (line, column)));
    };
    let commands = app().commands;
    commands.add(
        Command::new("diff.previous", "Go to the previous difference", move || step(false))
            .key("[")
            .icon("arrow-up"),
    );
    commands.add(
        Command::new("diff.next", "Go to the next difference", move || step(true))
            .key("]")
            .icon("arrow-down"),
    );
    view! {
        <span class="fs12 t2 nowrap" aria-live="polite">{words}</span>
        <span class="row g1">
            <button class="iconbtn sm" aria-label="Previous difference" title="Previous difference ([)" on:click=move |_| step(false)>
                <Icon name="arrow-up" class="s14" />
            </button>
            <button class="iconbtn sm" aria-label="Next difference" title="Next difference (])" on:click=move |_| step(true)>
                <Icon name="arrow-down" class="s14" />
            </button>
        </span>
    }
}

/// Opens and closes the comparison of files below the matrix.
#[component]
fn DrawerButton() -> impl IntoView {
    let view = app().view;
    let is_open = Memo::new(move |_| view.drawer.with(Option::is_some));
    let toggle = move |_| {
        view.edit_runs(|runs| {
            let is_open = runs.drawer.take().is_some();
            runs.drawer = (!is_open).then(DrawerView::default);
        });
    };
    view! {
        <button
            class="iconbtn sm"
            class:on=move || is_open.get()
            aria-pressed=move || is_open.get().to_string()
            data-hotkey="v"
            aria-label="Files below the matrix"
            title="Files of the baseline and of another run below the matrix (V)"
            on:click=toggle
        >
            <Icon name="rows-3" class="s14" />
        </button>
    }
}

/// Where two runs are shown, their files beside each other.
#[component]
fn CompareTwo() -> impl IntoView {
    let app = app();
    let two = Memo::new(move |_| {
        let baseline = app.runs.baseline.get()?;
        app.runs.shown.with(|shown| match shown.as_slice() {
            [a, b] => Some((baseline.clone(), if a.key == baseline { b.key.clone() } else { a.key.clone() })),
            _ => None,
        })
    });
    move || {
        two.get().map(|(left, right)| {
            let href = ViewState::compare_href(left, right);
            view! {
                <a class="btn sm" href=href title="Notes, configs, packages, tables and pictures of both runs beside each other">
                    <Icon name="file-text" class="s12" />
                    "Compare files"
                </a>
            }
        })
    }
}

#[component]
fn CopyMenu() -> impl IntoView {
    let app = app();
    let face = || view! { <Icon name="copy" class="s12" />"Copy" };
    let (markdown, tsv) = (move || app.copy_diff(Format::Markdown), move || app.copy_diff(Format::Tsv));
    app.commands.add(Command::new("diff.markdown", "Copy the diff as Markdown", markdown).icon("copy"));
    let latex = move || app.copy_diff(Format::Latex);
    app.commands.add(Command::new("diff.latex", "Copy the diff as LaTeX", latex).icon("copy"));
    app.commands.add(Command::new("diff.tsv", "Copy the diff for a spreadsheet", tsv).icon("copy"));
    app.commands
        .add(Command::new("diff.csv", "Save the diff as CSV", move || app.save_diff()).icon("download"));
    let copy = move |format| Callback::new(move |()| app.copy_diff(format));
    view! {
        <Menu label="Copy or save the comparison" face=face align_end=true>
            <MenuItem label="Copy as Markdown" icon="file-text" action=copy(Format::Markdown) />
            <MenuItem label="Copy as LaTeX" icon="file-text" action=copy(Format::Latex) />
            <MenuItem label="Copy for a spreadsheet (TSV)" icon="table" action=copy(Format::Tsv) />
            <MenuItem label="Copy as CSV" icon="table" action=copy(Format::Csv) />
            <MenuItem label="Save as CSV" icon="download" action=Callback::new(move |()| app.save_diff()) />
        </Menu>
    }
}
