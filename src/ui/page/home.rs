//! Open files; what is in this browser.

mod demo_card;
mod drop_zone;
mod source_list;

use demo_card::DemoCard;
use drop_zone::DropZone;
use leptos::prelude::*;
use source_list::SourceList;

use crate::ui::part::Icon;

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
                    <Formats />
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
    let row = |icon: &'static str, name: &'static str, text: &'static str| {
        view! {
            <li class="fmt">
                <span class="wsi"><Icon name=icon /></span>
                <span class="col grow">
                    <span class="b5 mono">{name}</span>
                    <span class="fs12 t2">{text}</span>
                </span>
            </li>
        }
    };
    view! {
        <section class="card fmts" aria-label="What can be opened">
            <div class="card-h"><h2>"What can be opened"</h2></div>
            <ul>
                {row("folder", "mlruns/", "A file store of any MLflow age, also as git left it: without empty folders, in a project folder, several at once.")}
                {row("database", "mlflow.db", "A tracking database of any name and schema age, with its -wal beside it. Read in place, never loaded whole.")}
                {row("file-archive", "*.zip", "A zip with any of these inside, a downloaded repository for example.")}
            </ul>
        </section>
    }
}
