//! What keys do in the table.

use leptos::{ev, html, prelude::*};
use runatlas_core::link::{Page, RunKey, RunView, Tab};

use crate::{
    state::{App, Command, CommandGroup, CursorMove, LineKey},
    ui::keys::tell_of_keys,
};

/// What can be done with rows, by name and by key.
pub(super) fn add_commands(app: &App, node: NodeRef<html::Div>) {
    let (app, runs) = (*app, app.runs);
    let command = |id, title: &'static str, key: &'static str| {
        let run = move || {
            act(&app, key, false);
        };
        let can =
            move || runs.cursor.with(Option::is_some) || runs.selected.with(|selected| !selected.is_empty());
        Command::new(id, title, run).group(CommandGroup::Runs).when(can).local()
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
            ("rows.step", &["j", "k", "arrowdown", "arrowup"], "Next, previous run; with Shift selected too"),
            ("rows.children", &["arrowright", "arrowleft"], "Open, close children or a group"),
            ("rows.all", &["ctrl+a"], "Select all runs"),
        ],
    );
    let all = [
        ("run.show", "Show or hide the selected runs", " ", " ", "eye"),
        ("run.select", "Select the run with the cursor; with Shift a range", "x", "x", "check"),
        ("run.pin", "Pin the selected runs, or let them go", "p", "p", "pin"),
        ("run.baseline", "Make the run with the cursor the baseline", "b", "b", "flag"),
        ("run.diff", "Compare the selected runs, or those that are shown", "d", "d", "git-compare"),
        ("run.open", "Open the run with the cursor", "Enter", "enter", "activity"),
    ];
    for (id, title, act, key, icon) in all {
        app.commands.add(command(id, title, act).key(key).icon(icon));
    }
}

/// Does what a key means, and scrolls to where it leads; answers whether it means anything.
pub(super) fn press(
    app: &App,
    event: &ev::KeyboardEvent,
    page: usize,
    reveal: RwSignal<Option<usize>>,
) -> bool {
    let runs = app.runs;
    if event.ctrl_key() || event.meta_key() {
        let is_all = event.key().eq_ignore_ascii_case("a") && !event.alt_key();
        if is_all {
            runs.select_all();
        }
        return is_all;
    }
    if event.alt_key() {
        return false;
    }
    let key = event.key();
    let line = match (step(&key, page), key.as_str()) {
        (Some(to), _) if event.shift_key() => runs.extend_selection(to),
        (Some(to), _) => runs.move_cursor(to),
        (None, "ArrowRight") => runs.cursor_in(),
        (None, "ArrowLeft") => runs.cursor_out(),
        (None, key) => return act(app, key, event.shift_key()).is_some(),
    };
    reveal.set(line);
    true
}

/// Where a key leads; Shift with a letter makes a capital one.
fn step(key: &str, page: usize) -> Option<CursorMove> {
    let page = page.saturating_sub(2).max(1) as isize;
    Some(match key {
        "ArrowDown" | "j" | "J" => CursorMove::By(1),
        "ArrowUp" | "k" | "K" => CursorMove::By(-1),
        "PageDown" => CursorMove::By(page),
        "PageUp" => CursorMove::By(-page),
        "Home" => CursorMove::First,
        "End" => CursorMove::Last,
        _ => return None,
    })
}

/// Does something with the selected runs, or with the line that has the cursor.
fn act(app: &App, key: &str, shift: bool) -> Option<()> {
    let runs = app.runs;
    match key {
        "Escape" if runs.selected.with_untracked(|selected| !selected.is_empty()) => runs.clear_selection(),
        "d" | "D" => runs.look_at(&selected(app), Tab::Diff),
        "x" | "X" => {
            let line = runs.line_of(&runs.cursor.get_untracked()?)?;
            if shift { runs.select_to(line) } else { runs.toggle_selected(line) }
        }
        " " => runs.toggle_shown_all(&some(app)?),
        "p" | "P" => runs.toggle_pinned(&some(app)?),
        "b" | "B" => runs.set_baseline(runs.cursor_run()?),
        "Enter" => match runs.cursor.get_untracked()? {
            LineKey::Run(run) => app.view.go(Page::Run(RunView { run, artifact: None })),
            LineKey::Group(key) => runs.toggle_group(key),
        },
        _ => return None,
    }
    Some(())
}

fn selected(app: &App) -> Vec<RunKey> {
    app.runs.selected.with_untracked(|selected| selected.iter().cloned().collect())
}

fn some(app: &App) -> Option<Vec<RunKey>> {
    Some(app.runs.targets()).filter(|targets| !targets.is_empty())
}
