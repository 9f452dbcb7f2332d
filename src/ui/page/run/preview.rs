use leptos::prelude::*;
use runatlas_core::{
    format,
    link::{Page, RunKey},
    model::ArtifactEntry,
    read::ReadOptions,
    run_page::not_kept,
};

use super::{copy::CopyButton, file_view::FileView};
use crate::{
    state::{Loadable, ViewState},
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
    let library = app().library;
    let Some(entry) = entry else {
        let text = format!("{address} is not among the files of this run. Choose another one in the tree.");
        return view! { <EmptyState icon="file" title="There is no such file" text=text /> }.into_any();
    };
    let name = entry.path.rsplit('/').next().unwrap_or_default().to_owned();
    let (source, run) = (key.source.clone(), key.run.clone());
    let save = {
        let (source, run, address) = (source.clone(), run.clone(), address.clone());
        move |_| library.save_file(source.clone(), run.clone(), address.clone())
    };
    let body = if entry.kept {
        let file = library.open_file(source, run, address);
        let name = name.clone();
        (move || match file.get() {
            Loadable::Loading => view! { <Loading what=format!("Reading {name}") /> }.into_any(),
            Loadable::Failed(reason) => {
                view! { <EmptyState icon="triangle-alert" title="This file could not be read" text=sentence(&reason) error=true /> }.into_any()
            }
            Loadable::Ready(file) => view! { <FileView file=file name=name.clone() /> }.into_any(),
        })
        .into_any()
    } else {
        let report = ViewState::href(Page::Source { source });
        let text = not_kept(&entry, ReadOptions::default().keep_artifacts_up_to);
        view! {
            <EmptyState icon="hard-drive" title="This file is not kept in this browser" text=text>
                <a class="btn sm" href=report>"Report of the source"</a>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <div class="prev-h">
            <h3 class="ell" title=entry.path.clone()>{name.clone()}</h3>
            <span class="fs12 t3 nowrap">{format::bytes(entry.size)}</span>
            <span class="grow"></span>
            <CopyButton what="The path" text=entry.path.clone() />
            {entry.kept.then(|| view! {
                <button class="iconbtn sm" aria-label=format!("Download {name}") title="Download" on:click=save>
                    <Icon name="download" class="s14" />
                </button>
            })}
        </div>
        {body}
    }
    .into_any()
}

fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters.next().map(|first| first.to_uppercase().chain(letters).collect::<String>());
    format!("{}.", first.unwrap_or_default())
}
