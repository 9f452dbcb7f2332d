use leptos::{ev, html, prelude::*};
use runatlas_core::{
    format,
    link::Page,
    model::{Source, SourceKind},
};

use super::files::FilesCard;
use crate::{
    state::Standing,
    ui::{
        app::app,
        live_mark::standing,
        part::{Dialog, FileInput, Icon, file_input},
    },
};

/// Rename, read again, delete.
#[component]
pub(super) fn SourceTools(source: Source) -> impl IntoView {
    let app = app();
    let name = RwSignal::new(source.name.clone());
    let id = StoredValue::new(source.id.clone());
    let asked = RwSignal::new(false);
    let rename = move |event: ev::SubmitEvent| {
        event.prevent_default();
        app.library.rename(id.get_value(), name.get_untracked());
    };
    let what = StoredValue::new(format!(
        "{}, {} and {}, will be deleted from this browser. This cannot be undone. What it was read from is not touched: read it again to have it back.",
        source.name,
        format::count(source.counts.runs, "run", "runs"),
        format::bytes(source.bytes),
    ));
    let server = StoredValue::new((source.kind == SourceKind::Server).then(|| source.clone()));
    let delete = move || {
        asked.set(false);
        if let Some(server) = server.get_value() {
            app.servers.forget_source(server);
        }
        app.library.delete(id.get_value());
        // "Back" would lead to a source that is gone.
        app.view.replace(Page::Home);
    };
    view! {
        <div class="col g3">
            <section class="card tools">
                <div class="card-h"><h2>"Name"</h2></div>
                <form class="row g2 tools-b" on:submit=rename>
                    <div class="field grow">
                        <input aria-label="Name of this source" maxlength="200" prop:value=move || name.get() on:input:target=move |event| name.set(event.target().value()) />
                    </div>
                    <button class="btn">"Rename"</button>
                </form>
            </section>
            {if source.kind == SourceKind::Server {
                view! { <Refresh source=source.clone() /> <FilesCard source=source.clone() /> }.into_any()
            } else {
                view! { <ReadAgain id=source.id.clone() /> }.into_any()
            }}
            <section class="card tools">
                <div class="card-h"><h2>"Delete"</h2></div>
                <p class="tools-b fs12 t2">"Takes this source out of this browser and frees its space."</p>
                <div class="tools-b"><button class="btn danger" on:click=move |_| asked.set(true)><Icon name="trash-2" class="s14" />"Delete this source…"</button></div>
            </section>
            <Dialog open=asked title="Delete this source?">
                <p class="dialog-t">{what.get_value()}</p>
                <div class="dialog-f">
                    <button class="btn" autofocus on:click=move |_| asked.set(false)>"Keep it"</button>
                    <button class="btn primary danger" on:click=move |_| { delete() }>"Delete"</button>
                </div>
            </Dialog>
        </div>
    }
}

/// Files that are merged into the source.
#[component]
fn ReadAgain(id: String) -> impl IntoView {
    let app = app();
    let files_input = NodeRef::<html::Input>::new();
    let folder_input = NodeRef::<html::Input>::new();
    let again = move |files| app.imports.start(files, Some(id.clone()));
    view! {
        <section class="card tools">
            <div class="card-h"><h2>"Read again"</h2></div>
            <p class="tools-b fs12 t2">
                "Choose a newer copy of the same store. Runs that are here are updated, new ones are added, nothing is doubled."
            </p>
            <div class="row g2 tools-b">
                <button class="btn" on:click=move |_| file_input::open(files_input)><Icon name="refresh-cw" class="s14" />"Choose files"</button>
                <button class="btn" on:click=move |_| file_input::open(folder_input)><Icon name="folder-open" class="s14" />"Choose a folder"</button>
            </div>
            <FileInput label="Files to read again" input=files_input on_chosen=again.clone() />
            <FileInput folder=true label="Folder to read again" input=folder_input on_chosen=again />
        </section>
    }
}

/// Brings a server's source up to date.
#[component]
fn Refresh(source: Source) -> impl IntoView {
    let (servers, clock) = (app().servers, app().clock);
    let server = source.path.clone();
    let again = source.clone();
    let mark = standing(source.clone());
    let story = move || mark.map(|standing| standing.with(|standing| standing.words(|at| clock.ago(at))));
    let wants_sign_in =
        move || mark.is_some_and(|standing| standing.with(|it| matches!(it, Standing::SignIn(_))));
    let forget = {
        let server = server.clone();
        move |_| servers.forget_sign_in(server.clone())
    };
    view! {
        <section class="card tools">
            <div class="card-h"><h2>"Server"</h2></div>
            <p class="tools-b fs12 t2 brk"><span class="mono">{server}</span></p>
            <p class="tools-b fs12 brk" role="status">{story}</p>
            <p class="tools-b fs12 t2">
                "Refresh asks for all that is new: runs, points, tags, models. Finished runs that have not changed are not read again."
            </p>
            <div class="row g2 tools-b">
                <Show when=wants_sign_in>
                    {let again = again.clone();
                    view! { <button class="btn primary" on:click=move |_| servers.sign_in_again(&again)>"Sign in"</button> }}
                </Show>
                <button class="btn" on:click=move |_| servers.refresh(source.clone())><Icon name="refresh-cw" class="s14" />"Refresh"</button>
                <button class="btn ghost" on:click=forget>"Forget the sign-in"</button>
            </div>
        </section>
    }
}
