use std::sync::Arc;

use leptos::{ev, html, prelude::*};
use runatlas_core::{
    link::{Page, RunKey, RunView},
    table::ColumnView,
};

use super::{head::Head, row::RunRow};
use crate::{
    state::{App, Command, CommandGroup, CursorMove},
    ui::{
        app::app,
        keys::tell_of_keys,
        part::{VirtualRows, is_narrow},
    },
};

/// The run whose eye was pressed last: a range starts there.
pub(super) type Anchor = StoredValue<Option<RunKey>>;

/// The rows and what moves in them.
#[component]
pub(super) fn Grid() -> impl IntoView {
    let app = app();
    let runs = app.runs;
    let template = Memo::new(move |_| runs.column_views.with(|views| template(views)));
    let anchor: Anchor = StoredValue::new(None);
    let node = NodeRef::<html::Div>::new();
    add_commands(&app, node);
    let narrow = is_narrow();
    let row_height = Signal::derive(move || if narrow.get() { 44.0 } else { 28.0 });
    let count = Signal::derive(move || runs.rows.with(|rows| rows.rows.len()));
    let width = Signal::derive(move || runs.column_views.with(|views| total_width(views)));
    let label = Signal::derive(move || runs.rows.with(|rows| rows.count_words()));
    let cursor_row = Memo::new(move |_| runs.cursor.get().and_then(|key| runs.row_of(&key)));
    let active = Signal::derive(move || cursor_row.get().map(row_id));
    // Where the cursor was before another page was open; later only the keyboard scrolls.
    let reveal = RwSignal::new(cursor_row.get_untracked());
    let on_key = Callback::new(move |(event, page): (ev::KeyboardEvent, usize)| {
        if press(&app, &event, page, reveal) {
            event.prevent_default();
        }
    });
    // A row is made anew where its place in the tree or its data changed.
    let key = move |at: usize| {
        // The rows may stay the same while a running run goes on.
        runs.table.track();
        runs.rows.track();
        untrack(|| {
            let (run, row) = (runs.at(at)?, runs.row(at)?);
            Some((run.key(), Arc::as_ptr(&run.run) as usize, row.depth, row.children))
        })
    };
    view! {
        <div class="rt-wrap" style:--cols=move || template.get()>
            <VirtualRows
                class="rt"
                count=count
                row_height=row_height
                key=key
                row=move |at| view! { <RunRow at=at anchor=anchor /> }.into_any()
                width=width
                header=|| view! { <Head /> }
                label=label
                reveal=reveal
                active=active
                on_key=on_key
                node=node
            />
        </div>
    }
}

/// What can be done with rows, by name and by key.
fn add_commands(app: &App, node: NodeRef<html::Div>) {
    let (app, runs) = (*app, app.runs);
    let command = |id, title: &'static str, key: &'static str| {
        let run = move || {
            act(&app, key);
        };
        Command::new(id, title, run)
            .group(CommandGroup::Runs)
            .when(move || runs.cursor.with(Option::is_some))
            .local()
    };
    let enter = move || {
        if let Some(node) = node.get_untracked() {
            let _ = node.focus();
        }
    };
    app.commands.add(
        Command::new("rows.enter", "Go to the rows", enter)
            .group(CommandGroup::Runs)
            .key("arrowdown")
            .silent(),
    );
    tell_of_keys(
        CommandGroup::Runs,
        &[
            ("rows.step", &["j", "k", "arrowdown", "arrowup"], "Next, previous run"),
            ("rows.children", &["arrowright", "arrowleft"], "Open, close children"),
        ],
    );
    app.commands.add(command("run.show", "Show or hide the run with the cursor", " ").key(" ").icon("eye"));
    app.commands
        .add(command("run.baseline", "Make the run with the cursor the baseline", "b").key("b").icon("flag"));
    app.commands
        .add(command("run.open", "Open the run with the cursor", "Enter").key("enter").icon("activity"));
}

/// The element id of a row, by which a screen reader is told where the cursor is.
pub(super) fn row_id(row: usize) -> String {
    format!("run-row-{row}")
}

/// Does what a key means, and scrolls to where it leads; answers whether it means anything.
fn press(app: &App, event: &ev::KeyboardEvent, page: usize, reveal: RwSignal<Option<usize>>) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let runs = app.runs;
    let page = page.saturating_sub(2).max(1) as isize;
    let row = match event.key().as_str() {
        "ArrowDown" | "j" => runs.move_cursor(CursorMove::By(1)),
        "ArrowUp" | "k" => runs.move_cursor(CursorMove::By(-1)),
        "PageDown" => runs.move_cursor(CursorMove::By(page)),
        "PageUp" => runs.move_cursor(CursorMove::By(-page)),
        "Home" => runs.move_cursor(CursorMove::First),
        "End" => runs.move_cursor(CursorMove::Last),
        "ArrowRight" => runs.cursor_in(),
        "ArrowLeft" => runs.cursor_out(),
        key => return act(app, key).is_some(),
    };
    reveal.set(row);
    true
}

/// Does something with the run that has the cursor.
fn act(app: &App, key: &str) -> Option<()> {
    let run = app.runs.cursor.get_untracked()?;
    match key {
        " " => app.runs.toggle_shown(&run),
        "b" | "B" => app.runs.set_baseline(run),
        "Enter" => app.view.go(Page::Run(RunView { run, artifact: None })),
        _ => return None,
    }
    Some(())
}

fn template(views: &[ColumnView]) -> String {
    let columns = views.iter().map(|view| format!("{}px", pixels(view)));
    std::iter::once("var(--run-col)".to_owned()).chain(columns).collect::<Vec<_>>().join(" ")
}

fn total_width(views: &[ColumnView]) -> String {
    format!("calc(var(--run-col) + {}px)", views.iter().map(pixels).sum::<usize>())
}

/// Characters of 12 px text, the padding, and the arrow of a sorted column.
fn pixels(view: &ColumnView) -> usize {
    view.width * 7 + 28
}
