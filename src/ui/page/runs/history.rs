use leptos::prelude::*;

use crate::{
    state::Command,
    ui::{app::app, part::Icon},
};

/// Back and forth through the changes of the view.
#[component]
pub(super) fn UndoButtons() -> impl IntoView {
    let app = app();
    let commands = app.commands;
    let undo = Memo::new(move |_| app.view.undo_words());
    let redo = Memo::new(move |_| app.view.redo_words());
    let words = |verb: &'static str, what: Memo<Option<String>>| {
        move || {
            what.with(|what| {
                what.as_ref().map_or_else(|| format!("{verb}: nothing"), |it| format!("{verb}: {it}"))
            })
        }
    };
    let (undo_words, redo_words) = (Signal::derive(words("Undo", undo)), Signal::derive(words("Redo", redo)));
    commands.add(
        Command::new("undo", undo_words, move || app.undo())
            .key("ctrl+z")
            .icon("undo-2")
            .when(move || undo.with(Option::is_some)),
    );
    commands.add(
        Command::new("redo", redo_words, move || app.redo())
            .key("ctrl+shift+z")
            .key("ctrl+y")
            .icon("redo-2")
            .when(move || redo.with(Option::is_some)),
    );
    let (undo_key, redo_key) = (commands.words("ctrl+z"), commands.words("ctrl+shift+z"));
    view! {
        <button
            class="iconbtn"
            aria-label="Undo"
            title=move || format!("{} ({undo_key})", undo_words.get())
            disabled=move || undo.with(Option::is_none)
            on:click=move |_| app.undo()
        >
            <Icon name="undo-2" />
        </button>
        <button
            class="iconbtn"
            aria-label="Redo"
            title=move || format!("{} ({redo_key})", redo_words.get())
            disabled=move || redo.with(Option::is_none)
            on:click=move |_| app.redo()
        >
            <Icon name="redo-2" />
        </button>
    }
}
