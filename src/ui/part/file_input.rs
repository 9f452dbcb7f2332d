use leptos::{ev, html, prelude::*};

use crate::web::files::{self, Dropped};

/// A file input that a button opens with [`open`]: with `folder` it chooses a folder with all that lies below it.
#[component]
pub(crate) fn FileInput(
    #[prop(optional)] folder: bool,
    label: &'static str,
    input: NodeRef<html::Input>,
    on_chosen: impl Fn(Dropped) + 'static,
) -> impl IntoView {
    if folder {
        // Not an attribute that the view macro knows: it is in every browser and in no standard.
        input.on_load(|input| {
            let _ = input.set_attribute("webkitdirectory", "");
        });
    }
    let chosen = move |event: ev::Targeted<ev::Event, leptos::web_sys::HtmlInputElement>| {
        let input = event.target();
        on_chosen(files::chosen(&input));
        // Or the same file could not be chosen again.
        input.set_value("");
    };
    view! {
        <input class="vh" type="file" multiple tabindex="-1" aria-label=label node_ref=input on:change:target=chosen />
    }
}

/// Opens the browser's file dialog of this input.
pub(crate) fn open(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}
