use leptos::{ev, html, prelude::*};

use crate::{
    ui::{app::app, part::Icon},
    web::files,
};

/// The contours behind the drop zone, drawn for the brand: a loss landscape.
const CONTOURS: &str = include_str!("contours.svg");

/// Where files are dropped or chosen.
#[component]
pub(super) fn DropZone() -> impl IntoView {
    let imports = app().imports;
    let files_input = NodeRef::<html::Input>::new();
    let folder_input = NodeRef::<html::Input>::new();
    let chosen = move |event: ev::Targeted<ev::Event, leptos::web_sys::HtmlInputElement>| {
        let input = event.target();
        imports.start(files::chosen(&input), None);
        // The same file can be chosen again.
        input.set_value("");
    };
    let open = |input: NodeRef<html::Input>| {
        if let Some(input) = input.get_untracked() {
            input.click();
        }
    };
    view! {
        <section class="drop" aria-label="Open files">
            <svg class="topo" viewBox="0 0 720 284" preserveAspectRatio="xMidYMid slice" aria-hidden="true" inner_html=CONTOURS></svg>
            <div class="drop-c">
                <span class="drop-i"><Icon name="upload" class="s20" /></span>
                <h2>"Drop " <b>"mlruns"</b> ", a " <b>"zip"</b> " of it, or " <b>"mlflow.db"</b></h2>
                <p class="fs12 t2">"Files are read in this tab. Nothing is uploaded, and a copy stays here for offline use."</p>
                <div class="row g2 drop-a">
                    <button class="btn primary" data-hotkey="o" on:click=move |_| open(files_input)>
                        "Choose files"
                        <kbd class="onp" aria-hidden="true">"O"</kbd>
                    </button>
                    <button class="btn" on:click=move |_| open(folder_input)>
                        <Icon name="folder-open" class="s14" />
                        "Choose a folder"
                    </button>
                </div>
                <input class="vh" type="file" multiple tabindex="-1" aria-label="Files to open" node_ref=files_input on:change:target=chosen />
                <input class="vh" type="file" multiple tabindex="-1" node_ref=folder_input on:change:target=chosen aria-label="Folder to open" {..} webkitdirectory="" />
            </div>
        </section>
    }
}
