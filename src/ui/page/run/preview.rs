use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{Page, RunKey},
    mlflow::FileTrouble,
    model::ArtifactEntry,
};

use super::{copy::CopyButton, file_view::FileView};
use crate::{
    state::{FileState, OpenArtifact, ViewState},
    ui::{
        app::app,
        part::{EmptyState, Icon, Loading},
    },
};

/// The file that is chosen: its name, size, download, and as much of it as can be shown.
#[component]
pub(super) fn PreviewPane(
    key: RunKey,
    /// See `run_page::locate`.
    address: String,
    /// `None` for a link to a file that the run does not have.
    entry: Option<ArtifactEntry>,
) -> impl IntoView {
    let Some(entry) = entry else {
        let text = format!("{address} is not among the files of this run. Choose another one in the tree.");
        return view! { <EmptyState icon="file" title="There is no such file" text=text /> }.into_any();
    };
    let name = entry.path.rsplit('/').next().unwrap_or_default().to_owned();
    let path = entry.path.clone();
    let size = entry.size;
    let file = app().artifacts.open(&key, entry);
    let is_here = Memo::new(move |_| file.state.with(|state| matches!(state, FileState::Ready(_))));
    let label = format!("Download {name}");
    view! {
        <div class="prev-h">
            <h3 class="ell" title=path.clone()>{name.clone()}</h3>
            <span class="fs12 t3 nowrap">{format::bytes(size)}</span>
            <span class="grow"></span>
            <CopyButton what="The path" text=path />
            <Show when=move || is_here.get()>
                <button class="iconbtn sm" aria-label=label.clone() title="Download" on:click=move |_| file.save()>
                    <Icon name="download" class="s14" />
                </button>
            </Show>
        </div>
        <FileBody file=file name=name size=size source=key.source />
    }
    .into_any()
}

/// Files up to this size, in bytes, come too soon to show how far they are.
const SLOW: u64 = 1_000_000;

#[component]
fn FileBody(file: OpenArtifact, name: String, size: u64, source: String) -> impl IntoView {
    let is_coming = Memo::new(move |_| file.state.with(|state| matches!(state, FileState::Coming(_))));
    move || {
        // While bytes come, the pane stays as it is, so that its button can be pressed.
        if size > SLOW && is_coming.get() {
            return view! { <Coming file=file name=name.clone() size=size /> }.into_any();
        }
        match file.state.get() {
            FileState::Loading | FileState::Coming(_) => {
                view! { <Loading what=format!("Reading {name}") /> }.into_any()
            }
            FileState::Ready(ready) => view! { <FileView file=ready name=name.clone() /> }.into_any(),
            FileState::Offered => view! { <Offered file=file size=size /> }.into_any(),
            FileState::Refused(trouble) => view! { <Refused file=file trouble=trouble /> }.into_any(),
            FileState::Failed(reason) => {
                let text = format::sentence(&reason);
                view! { <EmptyState icon="triangle-alert" title="This file could not be read" text=text error=true /> }
                    .into_any()
            }
            FileState::Absent(why) => {
                let report = ViewState::href(Page::Source { source: source.clone() });
                view! {
                    <EmptyState icon="hard-drive" title="This file is not kept in this browser" text=why>
                        <a class="btn sm" href=report>"Report of the source"</a>
                    </EmptyState>
                }
                .into_any()
            }
        }
    }
}

/// A file that its server has.
#[component]
fn Offered(file: OpenArtifact, size: u64) -> impl IntoView {
    let host = file.host().unwrap_or_default();
    let text = format!(
        "Its {} are on {host}. Once they are read, the file stays in this browser, also when the server is gone.",
        format::bytes(size)
    );
    view! {
        <EmptyState icon="server" title="This file is still on the server" text=text>
            <button class="btn primary sm" on:click=move |_| file.read(false)>"Read from the server"</button>
            <button class="btn sm" on:click=move |_| file.save()>"Save as a file"</button>
        </EmptyState>
    }
}

/// A file that is on its way.
#[component]
fn Coming(file: OpenArtifact, name: String, size: u64) -> impl IntoView {
    let bytes = Memo::new(move |_| {
        file.state.with(|state| match state {
            FileState::Coming(bytes) => *bytes,
            _ => 0,
        })
    });
    let percent = move || (bytes.get() as f64 / size.max(1) as f64 * 100.0).min(100.0);
    let words = move || format!("{} of {}", format::bytes(bytes.get()), format::bytes(size));
    view! {
        <section class="state coming" aria-label=format!("Reading {name}")>
            <h2 role="status">{format!("Reading {name} from the server")}</h2>
            <div
                class="meter"
                class:busy=move || bytes.get() == 0
                role="progressbar"
                aria-label="Bytes of the file"
                aria-valuemin="0"
                aria-valuemax="100"
                aria-valuenow=move || format!("{:.0}", percent())
            >
                <i style:width=move || format!("{:.1}%", percent())></i>
            </div>
            <p>{words}</p>
            <div class="row g2"><button class="btn sm" on:click=move |_| file.stop()>"Stop"</button></div>
        </section>
    }
}

/// A file that did not come: what happened, why, and what to do.
#[component]
fn Refused(file: OpenArtifact, trouble: FileTrouble) -> impl IntoView {
    let FileTrouble { title, text, command } = trouble;
    view! {
        <EmptyState icon="triangle-alert" title=title text=text error=true>
            <button class="btn sm" on:click=move |_| file.read(false)>"Try again"</button>
        </EmptyState>
        {command.map(|command| view! {
            <p class="fix"><code>{command.clone()}</code><CopyButton what="The command" text=command /></p>
        })}
    }
}
