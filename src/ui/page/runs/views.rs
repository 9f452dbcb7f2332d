use leptos::prelude::*;

use crate::{
    state::{Command, Naming, Overlay, SavedViews, ViewState},
    ui::{
        app::app,
        part::{Icon, Menu, MenuItem},
    },
};

/// The saved view that is open, what can be done with it, and the others.
#[component]
pub(super) fn ViewMenu() -> impl IntoView {
    let (views, commands) = (app().views, app().commands);
    let open = views.open;
    let is_open = Memo::new(move |_| open.with(Option::is_some));
    let changed = views.is_changed;
    add_commands(is_open);
    let name =
        move || open.with(|open| open.as_ref().map_or_else(|| "Views".to_owned(), |open| open.name.clone()));
    let label = Signal::derive(move || {
        let name = open.with(|open| open.as_ref().map(|open| open.name.clone()));
        name.map_or_else(|| "Saved views".to_owned(), |name| format!("Saved view {name}"))
    });
    let face = move || {
        view! {
            <Icon name="bookmark" class="s14" />
            <span class="ell viewmenu-n">{name}</span>
            <Icon name="chevron-down" class="s12 caret" />
        }
    };
    let with_open = move |act: fn(crate::state::SavedViews, String)| {
        Callback::new(move |()| {
            if let Some(open) = open.get_untracked() {
                act(views, open.id);
            }
        })
    };
    let rename = Callback::new(move |()| {
        if let Some(open) = open.get_untracked() {
            commands.overlay.set(Some(Overlay::Name(Naming::Rename(open.id))));
        }
    });
    view! {
        <Show when=move || changed.get()>
            <button class="btn sm" title="Save what is shown over the saved view" on:click=move |_| views.save_changes()>"Save changes"</button>
        </Show>
        <Menu label=label face=face class="btn sm ghost viewmenu" align_end=true title="Saved views">
            <Others />
            <MenuItem label="Save as…" icon="plus" action=Callback::new(move |()| commands.overlay.set(Some(Overlay::Name(Naming::New)))) />
            <Show when=move || is_open.get()>
                <Show when=move || changed.get()>
                    <MenuItem label="Reset to saved" icon="history" action=Callback::new(move |()| views.reset()) />
                </Show>
                <MenuItem label="Rename…" icon="pencil" action=rename />
                <MenuItem label="Duplicate" icon="copy" action=with_open(|views, id| views.duplicate(&id)) />
                <MenuItem label="Delete" icon="trash-2" danger=true action=with_open(SavedViews::delete) />
            </Show>
        </Menu>
    }
}

/// The saved views, to open one.
#[component]
fn Others() -> impl IntoView {
    let views = app().views;
    let rows = move || {
        let open = views.open.with(|open| open.as_ref().map(|open| open.id.clone()));
        let row = |saved: runatlas_core::link::SavedView| {
            let on = open.as_ref() == Some(&saved.id);
            let href = ViewState::href(views.page(&saved));
            view! {
                <a class="menu-item" href=href aria-current=on.then_some("true") title=saved.name.clone()>
                    <span class="menu-tick" class:off=!on><Icon name="check" class="s14" /></span>
                    <span class="grow ell">{saved.name.clone()}</span>
                </a>
            }
        };
        views.list.get().into_iter().map(row).collect_view()
    };
    view! {
        <Show when=move || views.list.with(|list| !list.is_empty())>
            <div class="viewmenu-l">{rows}</div>
            <div class="hr viewmenu-hr"></div>
        </Show>
    }
}

fn add_commands(is_open: Memo<bool>) {
    let (views, commands) = (app().views, app().commands);
    let name_new = move || commands.overlay.set(Some(Overlay::Name(Naming::New)));
    let with_open = move |act: fn(crate::state::SavedViews, String)| {
        move || {
            if let Some(open) = views.open.get_untracked() {
                act(views, open.id);
            }
        }
    };
    let rename = move || {
        if let Some(open) = views.open.get_untracked() {
            commands.overlay.set(Some(Overlay::Name(Naming::Rename(open.id))));
        }
    };
    commands.add(Command::new("view.save-as", "Save this view as…", name_new).icon("bookmark"));
    commands.add(
        Command::new("view.save", "Save the changes of this view", move || views.save_changes())
            .icon("bookmark")
            .when(move || views.is_changed.get()),
    );
    commands.add(
        Command::new("view.reset", "Reset to the saved view", move || views.reset())
            .icon("history")
            .when(move || views.is_changed.get()),
    );
    let of_open = [
        Command::new("view.rename", "Rename this saved view…", rename).icon("pencil"),
        Command::new(
            "view.duplicate",
            "Duplicate this saved view",
            with_open(|views, id| views.duplicate(&id)),
        )
        .icon("copy"),
        Command::new("view.delete", "Delete this saved view", with_open(SavedViews::delete)).icon("trash-2"),
    ];
    for command in of_open {
        commands.add(command.when(move || is_open.get()));
    }
}
