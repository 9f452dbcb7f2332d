use leptos::prelude::*;
use runatlas_core::{format, job::LargeArchives};

use crate::{
    state::ImportStatus,
    ui::{
        app::app,
        part::{Dialog, Icon},
    },
};

/// An import under way: what is read, how far it is, and a button that stops it.
#[component]
pub(crate) fn ImportBar() -> impl IntoView {
    let imports = app().imports;
    let status = move || imports.status.get();
    let percent = Signal::derive(move || imports.status.with(|status| status.as_ref()?.percent()));
    let stopping =
        Signal::derive(move || imports.status.with(|status| status.as_ref().is_some_and(|s| s.stopping)));
    // Spoken when it changes, and only then.
    let title = Memo::new(move |_| imports.status.with(|status| status.as_ref().map(ImportStatus::title)));
    view! {
        <Show when=move || imports.status.with(Option::is_some)>
            <section class="importbar" aria-label="Import">
                <div class="row g2">
                    <Icon name="database" class="s14" />
                    <span class="b5 ell grow" role="status">{title}</span>
                    <button class="btn ghost sm" disabled=stopping on:click=move |_| imports.cancel()>
                        {move || if stopping.get() { "Stopping…" } else { "Stop" }}
                    </button>
                </div>
                <div
                    class="meter"
                    class:busy=move || percent.get().is_none()
                    role="progressbar"
                    aria-label="Import progress"
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=move || percent.get().map(|percent| format!("{percent:.0}"))
                >
                    <i style:width=move || format!("{:.1}%", percent.get().unwrap_or(100.0))></i>
                </div>
                <span class="fs12 t3">{move || status().map(|status| status.counts())}</span>
            </section>
        </Show>
        <LargeArchivesDialog />
        <UnopenedDialog />
    }
}

/// Asks before an archive is unpacked that would become very large.
#[component]
fn LargeArchivesDialog() -> impl IntoView {
    let imports = app().imports;
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(imports.too_large.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            imports.drop_too_large();
        }
        is
    });
    let answer = move |archives| imports.answer_too_large(archives);
    let rows = move || {
        imports
            .too_large
            .get()
            .unwrap_or_default()
            .into_iter()
            .map(|archive| {
                let size = format!(
                    "{} in {}",
                    format::bytes(archive.bytes),
                    format::count(archive.entries, "file", "files")
                );
                view! { <li><span class="mono">{archive.path}</span>" would unpack to " <b>{size}</b></li> }
            })
            .collect_view()
    };
    view! {
        <Dialog open=open title="Unpack a very large archive?">
            <div class="dialog-t">
                <ul class="dialog-l">{rows}</ul>
                <p>"That may be more than this browser can hold, or be made to exhaust it. Read it only if you know where it is from. Nothing has been read so far."</p>
            </div>
            <div class="dialog-f">
                <button class="btn" on:click=move |_| answer(LargeArchives::Read)>"Read it all the same"</button>
                <button class="btn primary" autofocus on:click=move |_| answer(LargeArchives::Skip)>"Leave it out"</button>
            </div>
        </Dialog>
    }
}

/// What could not be opened, and why.
#[component]
fn UnopenedDialog() -> impl IntoView {
    let unopened = app().imports.unopened;
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(unopened.with(Option::is_some)));
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            unopened.set(None);
        }
        is
    });
    let rows = move || {
        let notes = unopened.get().unwrap_or_default().into_iter();
        notes.map(|note| view! { <li><b class="mono">{note.path}</b><br />{format::sentence(&note.reason)}</li> }).collect_view()
    };
    view! {
        <Dialog open=open title="What could not be opened">
            <div class="dialog-t"><ul class="dialog-l">{rows}</ul></div>
        </Dialog>
    }
}
