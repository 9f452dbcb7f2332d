use leptos::{html, prelude::*};

use crate::{
    state::Command,
    ui::{
        app::app,
        part::{FileInput, Icon, file_input},
    },
};

/// The contours behind the drop zone, drawn for the brand: a loss landscape.
const CONTOURS: &str = include_str!("contours.svg");

/// Where files are dropped or chosen.
#[component]
pub(super) fn DropZone() -> impl IntoView {
    let (imports, commands) = (app().imports, app().commands);
    let files_input = NodeRef::<html::Input>::new();
    let folder_input = NodeRef::<html::Input>::new();
    commands.add(
        Command::new("open.files", "Choose files to open", move || file_input::open(files_input))
            .key("o")
            .icon("upload"),
    );
    commands.add(
        Command::new("open.folder", "Choose a folder to open", move || file_input::open(folder_input))
            .icon("folder-open"),
    );
    view! {
        <section class="drop" aria-label="Open files">
            <svg class="topo" viewBox="0 0 720 284" preserveAspectRatio="xMidYMid slice" aria-hidden="true" inner_html=CONTOURS></svg>
            <div class="drop-c">
                <span class="drop-i"><Icon name="upload" class="s20" /></span>
                <h2>"Drop " <b>"mlruns"</b> ", a " <b>"zip"</b> " of it, or " <b>"mlflow.db"</b></h2>
                <p class="fs12 t2">"Files are read in this tab. Nothing is uploaded, and a copy stays here for offline use."</p>
                <div class="row g2 drop-a">
                    <button class="btn primary" on:click=move |_| file_input::open(files_input)>
                        "Choose files"
                        <kbd class="onp" aria-hidden="true">"O"</kbd>
                    </button>
                    <button class="btn" on:click=move |_| file_input::open(folder_input)>
                        <Icon name="folder-open" class="s14" />
                        "Choose a folder"
                    </button>
                </div>
                <FileInput label="Files to open" input=files_input on_chosen=move |files| imports.start(files, None) />
                <FileInput folder=true label="Folder to open" input=folder_input on_chosen=move |files| imports.start(files, None) />
            </div>
        </section>
    }
}
