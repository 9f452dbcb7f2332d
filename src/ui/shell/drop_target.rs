use leptos::{ev, prelude::*};

use crate::{
    ui::{app::app, part::Icon},
    web::files,
};

/// The whole window takes dropped files.
#[component]
pub(crate) fn DropTarget(children: Children) -> impl IntoView {
    let imports = app().imports;
    // Enter and leave come for every element below; the balance says whether the pointer is inside.
    let depth = RwSignal::new(0_i32);
    let over = Signal::derive(move || depth.get() > 0);
    let drop = move |event: ev::DragEvent| {
        event.prevent_default();
        depth.set(0);
        if carries_files(&event) {
            imports.start_dropped(files::dropped(&event));
        }
    };
    view! {
        <div
            class="root"
            on:dragenter=move |event| {
                event.prevent_default();
                if carries_files(&event) {
                    depth.update(|depth| *depth += 1);
                }
            }
            on:dragover=|event| event.prevent_default()
            on:dragleave=move |_| depth.update(|depth| *depth = (*depth - 1).max(0))
            on:drop=drop
        >
            {children()}
            <Show when=move || over.get()>
                <div class="dropveil" aria-hidden="true">
                    <div><Icon name="upload" class="s20" /><b>"Drop to open"</b><span>"mlruns, a zip of it, or mlflow.db"</span></div>
                </div>
            </Show>
        </div>
    }
}

/// Not so for a link or a piece of text that is dragged.
fn carries_files(event: &ev::DragEvent) -> bool {
    let types = event.data_transfer().map(|transfer| transfer.types());
    types.is_some_and(|types| types.iter().any(|kind| kind.as_string().as_deref() == Some("Files")))
}
