//! Open files; what is in this browser.

mod connect;
mod demo_card;
mod doctor;
mod drop_zone;
mod source_list;

use connect::ConnectCard;
use demo_card::DemoCard;
use drop_zone::DropZone;
use leptos::prelude::*;
use source_list::SourceList;

use crate::ui::{app::app, part::Icon};

/// The home page.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    view! {
        <div class="home-scroll">
            <div class="home-m">
                <div class="home-l">
                    <div class="hero">
                        <div>
                            <h1>"Open your experiments"</h1>
                            <p>"Read, compare and share MLflow runs. No install, no server."</p>
                        </div>
                        <p class="privacy">
                            <Icon name="shield-check" />
                            <span>
                                <b>"Your data never leaves this browser."</b>
                                <br />
                                "No account, no upload, no telemetry."
                            </span>
                        </p>
                    </div>
                    <DropZone />
                    <ConnectCard />
                    <div class="home-two">
                        <Formats />
                        <Promises />
                    </div>
                </div>
                <aside class="home-r" aria-label="In this browser">
                    <DemoCard />
                    <SourceList />
                </aside>
            </div>
        </div>
    }
}

/// What can be opened, in short.
#[component]
fn Formats() -> impl IntoView {
    view! {
        <section class="card fmts">
            <div class="card-h"><h2>"What can be opened"</h2></div>
            <ul>
                <Fact icon="folder" name="mlruns" mono=true text="A file store of any MLflow age, also as git left it: without its empty folders, or deep in a project." />
                <Fact icon="database" name="mlflow.db" mono=true text="A tracking database of any name and schema age, with the -wal file beside it. Read in place." />
                <Fact icon="file-archive" name="*.zip" mono=true text="A zip with any of these in it, such as a downloaded repository. Several stores become several sources." />
            </ul>
        </section>
    }
}

/// What happens to the data.
#[component]
fn Promises() -> impl IntoView {
    let persisted = app().library.space;
    let kept = move || {
        if persisted.with(|space| space.persisted) {
            "A copy stays in this browser until you delete it. The browser has agreed not to clear it by itself."
        } else {
            "A copy stays in this browser until you delete it, or clear the data of this site."
        }
    };
    view! {
        <section class="card fmts">
            <div class="card-h"><h2>"What happens to your data"</h2></div>
            <ul>
                <Fact icon="monitor" name="Read here" text="Your files are read in this tab and are never changed. Nothing is uploaded." />
                <Fact icon="hard-drive" name="Kept here" text=Signal::derive(move || kept().to_owned()) />
                <Fact icon="cloud-off" name="Works offline" text="Once loaded, Runatlas and what you opened work without a network." />
            </ul>
        </section>
    }
}

#[component]
fn Fact(
    icon: &'static str,
    name: &'static str,
    #[prop(into)] text: Signal<String>,
    /// A file's name.
    #[prop(optional)]
    mono: bool,
) -> impl IntoView {
    view! {
        <li class="fmt">
            <span class="wsi"><Icon name=icon /></span>
            <span class="col grow">
                <span class="b5" class:mono=mono>{name}</span>
                <span class="fs12 t2">{move || text.get()}</span>
            </span>
        </li>
    }
}
