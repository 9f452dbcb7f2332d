use leptos::prelude::*;
use runatlas_core::{format, link::RunKey, model::ArtifactEntry};

use super::{copy::CopyButton, file_view::FileView};
use crate::{
    state::{FileState, OpenArtifact},
    ui::{
        app::app,
        file_state::FileBody,
        part::{EmptyState, Icon},
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
    let file: OpenArtifact = app().artifacts.open(&key, entry);
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
        <FileBody
            file=file
            name=name.clone()
            size=size
            source=key.source
            ready=move |ready| view! { <FileView file=ready name=name.clone() /> }.into_any()
        />
    }
    .into_any()
}
