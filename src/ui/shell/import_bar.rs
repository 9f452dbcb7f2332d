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
    let percent = Signal::derive(move || status().and_then(|status| percent(&status)));
    view! {
        <Show when=move || imports.status.with(Option::is_some)>
            <section class="importbar" role="status" aria-label="Import">
                <div class="row g2">
                    <Icon name="database" class="s14" />
                    <span class="b5 ell grow">{move || status().map(|status| title(&status))}</span>
                    <button class="btn sm" disabled=move || status().is_some_and(|s| s.stopping) on:click=move |_| imports.cancel()>
                        {move || if status().is_some_and(|s| s.stopping) { "Stopping…" } else { "Stop" }}
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
                <span class="fs12 t3">{move || status().map(|status| counts(&status))}</span>
            </section>
        </Show>
        <LargeArchivesDialog />
    }
}

/// Asks before an archive is unpacked that would become very large.
#[component]
fn LargeArchivesDialog() -> impl IntoView {
    let imports = app().imports;
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(imports.too_large.with(Option::is_some)));
    let answer = move |archives| {
        imports.answer_too_large(archives);
    };
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
                <p>"It may be more than this browser can hold, or made to exhaust it. Read it only if you trust where it is from."</p>
                <ul class="dialog-l">{rows}</ul>
            </div>
            <div class="dialog-f">
                <button class="btn" on:click=move |_| answer(LargeArchives::Read)>"Read it all the same"</button>
                <button class="btn primary" autofocus on:click=move |_| answer(LargeArchives::Skip)>"Leave it out"</button>
            </div>
        </Dialog>
    }
}

fn percent(status: &ImportStatus) -> Option<f64> {
    let total = status.progress.total.filter(|total| *total > 0)?;
    Some((status.progress.done as f64 / total as f64 * 100.0).min(100.0))
}

fn title(status: &ImportStatus) -> String {
    let what = status.store.as_ref().unwrap_or(&status.file_name);
    match status.of {
        (index, all) if all > 1 => format!("Reading {what}, {index} of {all}"),
        _ => format!("Reading {what}"),
    }
}

fn counts(status: &ImportStatus) -> String {
    let progress = &status.progress;
    if status.store.is_none() {
        return "Looking for MLflow stores".to_owned();
    }
    format!(
        "{}, {}, {} stored",
        format::count(progress.runs, "run", "runs"),
        format::count(progress.points, "point", "points"),
        format::bytes(progress.bytes)
    )
}
