use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use runatlas_core::{
    command::Chord,
    link::{ExperimentKey, Page},
    model::Source,
};

use super::{brand::Brand, drawer::DrawerButton};
use crate::{
    state::{App, Command, CommandGroup, Overlay, PageKind, ThemeChoice, ViewState},
    ui::{
        app::{app, focus_main},
        live_mark::{LiveChip, standing},
        part::{FileInput, Icon, Menu, MenuItem, file_input},
    },
};

/// Logo, where we are, what holds everywhere.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let app = app();
    let at_home = Signal::derive(move || app.view.page.get() == PageKind::Home);
    view! {
        <header class="topbar">
            <a class="skip" href="#main" on:click=|event| { event.prevent_default(); focus_main(); }>"Skip to content"</a>
            <Show when=move || !at_home.get()>
                <DrawerButton />
            </Show>
            <Brand />
            <Crumbs />
            <div class="row g1 top-end">
                <LiveChips />
                <Show when=move || !app.prefs.online.get()>
                    <span class="sync" role="status" title="Everything here is read from this browser"><Icon name="cloud-off" class="s14" />"Offline"</span>
                </Show>
                <FindButton />
                <ThemeMenu />
                <Settings />
            </div>
        </header>
    }
}

/// Opens the palette.
#[component]
fn FindButton() -> impl IntoView {
    let commands = app().commands;
    let caps = Chord::parse("ctrl+k").caps(commands.mac);
    view! {
        <button class="findbtn" aria-label="Find or run a command" title="Find or run a command" on:click=move |_| commands.overlay.set(Some(Overlay::Palette))>
            <Icon name="search" />
            <span class="findbtn-w grow ell">"Find or run a command"</span>
            <span class="row g1 keys-only">{caps.into_iter().map(|cap| view! { <kbd>{cap}</kbd> }).collect_view()}</span>
        </button>
    }
}

/// What a person sets once.
#[component]
fn Settings() -> impl IntoView {
    let commands = app().commands;
    let views = app().views;
    let single = commands.single_keys;
    let file = NodeRef::<html::Input>::new();
    let any = move || views.list.with(|list| !list.is_empty());
    commands.add(
        Command::new("views.export", "Export the saved views", move || views.export())
            .group(CommandGroup::Everywhere)
            .icon("download")
            .when(any),
    );
    commands.add(
        Command::new("views.import", "Import saved views…", move || file_input::open(file))
            .group(CommandGroup::Everywhere)
            .icon("upload"),
    );
    view! {
        <FileInput label="Files of saved views" input=file on_chosen=move |files| views.import(files) />
        <Menu label="Settings" face=|| view! { <Icon name="settings" /> } class="iconbtn" align_end=true title="Settings">
            <MenuItem label="Keyboard shortcuts" icon="keyboard" action=Callback::new(move |()| commands.overlay.set(Some(Overlay::KeyMap))) />
            <Show when=move || views.list.with(|list| !list.is_empty())>
                <MenuItem label="Export saved views" icon="download" action=Callback::new(move |()| views.export()) />
            </Show>
            <MenuItem label="Import saved views…" icon="upload" action=Callback::new(move |()| file_input::open(file)) />
            <MenuItem label="Single-letter keys" ticked=single action=Callback::new(move |()| commands.set_single_keys(!single.get_untracked())) />
        </Menu>
    }
}

/// The live sources that are looked at.
#[component]
fn LiveChips() -> impl IntoView {
    let app = app();
    let sources = Memo::new(move |_| {
        let ids: BTreeSet<String> = match app.view.page.get() {
            PageKind::Runs(_) | PageKind::Run(_) | PageKind::Compare => {
                app.runs.scope.with(|scope| scope.iter().map(|key| key.source.clone()).collect())
            }
            PageKind::Source(source) | PageKind::Models(source) => BTreeSet::from([source]),
            PageKind::Home | PageKind::Demo => BTreeSet::new(),
        };
        app.library
            .sources
            .with(|all| all.iter().filter(|source| ids.contains(&source.id)).cloned().collect::<Vec<_>>())
    });
    let chip = |source: Source| {
        standing(source.clone()).map(|standing| view! { <LiveChip source=source standing=standing /> })
    };
    move || sources.get().into_iter().map(chip).collect_view()
}

/// Light, dark, or as the system says.
#[component]
fn ThemeMenu() -> impl IntoView {
    let prefs = app().prefs;
    let face = move || {
        view! {
            {move || match prefs.theme.get() {
                ThemeChoice::Light => view! { <Icon name="sun" /> },
                ThemeChoice::Dark => view! { <Icon name="moon" /> },
                ThemeChoice::System => view! { <Icon name="monitor" /> },
            }}
        }
    };
    let item = move |choice: ThemeChoice, icon: &'static str, label: &'static str| {
        let ticked = Signal::derive(move || prefs.theme.get() == choice);
        let action = Callback::new(move |()| prefs.choose_theme(choice));
        view! { <MenuItem label=label icon=icon ticked=ticked action=action /> }
    };
    view! {
        <Menu label="Theme" face=face class="iconbtn" align_end=true title="Theme (T switches)">
            {item(ThemeChoice::Light, "sun", "Light")}
            {item(ThemeChoice::Dark, "moon", "Dark")}
            {item(ThemeChoice::System, "monitor", "As the system")}
        </Menu>
    }
}

/// A source, and the experiment of the run that is open.
fn around(app: App, source: &str, source_crumb: (String, String)) -> Vec<(String, String)> {
    let experiment = app.runs.experiment_of_open_run.get().filter(|experiment| experiment.source == source);
    let crumb = |experiment: ExperimentKey| {
        (app.library.experiment_name(&experiment), ViewState::href(app.runs.page_of(experiment)))
    };
    std::iter::once(source_crumb).chain(experiment.map(crumb)).collect()
}

/// Source, experiment, run: each a link to itself.
#[component]
fn Crumbs() -> impl IntoView {
    let app = app();
    let crumbs = move || {
        let library = app.library;
        let source_crumb =
            |id: &str| (library.source_name(id), ViewState::href(Page::Source { source: id.to_owned() }));
        match app.view.page.get() {
            PageKind::Home | PageKind::Demo => Vec::new(),
            PageKind::Source(source) => vec![source_crumb(&source)],
            PageKind::Models(source) => vec![
                source_crumb(&source),
                ("Models".to_owned(), ViewState::href(Page::Models { source: source.clone(), model: None })),
            ],
            PageKind::Run(run) => around(app, &run.source, source_crumb(&run.source)),
            PageKind::Compare => {
                let source = app.view.compare.get().map(|view| view.left.source);
                source.map(|source| around(app, &source, source_crumb(&source))).unwrap_or_default()
            }
            PageKind::Runs(_) => {
                let scope = app.view.runs.get().scope;
                match scope.as_slice() {
                    [] => Vec::new(),
                    [only] => vec![
                        source_crumb(&only.source),
                        (library.experiment_name(only), ViewState::href(app.runs.page_of(only.clone()))),
                    ],
                    many => {
                        vec![(format!("{} experiments", many.len()), ViewState::href(app.view.get().page))]
                    }
                }
            }
        }
    };
    view! {
        <nav class="crumbs" aria-label="Breadcrumb">
            {move || {
                let crumbs = crumbs();
                let last = crumbs.len().saturating_sub(1);
                crumbs
                    .into_iter()
                    .enumerate()
                    .map(|(at, (name, href))| {
                        view! {
                            {(at > 0).then(|| view! { <span class="sep" aria-hidden="true">"/"</span> })}
                            <a href=href class:here=at == last><span class="ell">{name}</span></a>
                        }
                    })
                    .collect_view()
            }}
        </nav>
    }
}
