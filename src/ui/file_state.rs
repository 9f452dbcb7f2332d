//! A file on its way: from the store, or from the server that has it.

use leptos::prelude::*;
use runatlas_core::{format, link::Page, mlflow::FileTrouble};

use super::{
    copy::CopyButton,
    part::{EmptyState, Loading},
};
use crate::state::{FileState, OpenArtifact, OpenAs, ViewState};

/// Files up to this size, in bytes, come too soon to show how far they are.
const SLOW: u64 = 1_000_000;

/// A file: what is made of it once it is here, and until then how it stands and what can be done.
#[component]
pub(crate) fn FileBody<T: OpenAs>(
    file: OpenArtifact<T>,
    /// For people.
    name: String,
    /// As it was listed, in bytes.
    size: u64,
    /// The source that it belongs to.
    source: String,
    /// Shows it.
    ready: impl Fn(T) -> AnyView + Send + 'static,
) -> impl IntoView {
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
            FileState::Ready(content) => ready(content),
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
fn Offered<T: OpenAs>(file: OpenArtifact<T>, size: u64) -> impl IntoView {
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
fn Coming<T: OpenAs>(file: OpenArtifact<T>, name: String, size: u64) -> impl IntoView {
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
fn Refused<T: OpenAs>(file: OpenArtifact<T>, trouble: FileTrouble) -> impl IntoView {
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
