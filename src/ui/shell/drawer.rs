use leptos::{ev, html, prelude::*};

use crate::ui::{app::app, part::Icon};

/// Whether the side bar lies over the page, where the window is too narrow for both.
#[derive(Clone, Copy)]
pub(crate) struct Drawer {
    /// It does.
    pub(super) open: RwSignal<bool>,
    /// The button that opens it and gets the focus back.
    button: NodeRef<html::Button>,
}

/// Makes the drawer for the components below; it closes when another page is opened.
pub(crate) fn provide_drawer() {
    let drawer = Drawer { open: RwSignal::new(false), button: NodeRef::new() };
    let page = app().view;
    Effect::new(move |_| {
        let _ = page.get();
        drawer.open.set(false);
    });
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && drawer.open.get_untracked() {
            drawer.close();
        }
    });
    on_cleanup(move || handle.remove());
    provide_context(drawer);
}

impl Drawer {
    /// Closes it and gives the focus back.
    pub(super) fn close(self) {
        self.open.set(false);
        if let Some(button) = self.button.get_untracked() {
            let _ = button.focus();
        }
    }
}

/// Opens and closes the drawer; not there where the side bar stands beside the page.
#[component]
pub(super) fn DrawerButton() -> impl IntoView {
    let Some(drawer) = use_context::<Drawer>() else { return ().into_any() };
    view! {
        <button
            class="iconbtn nav-open"
            node_ref=drawer.button
            aria-label="Sources and experiments"
            title="Sources and experiments"
            aria-expanded=move || drawer.open.get().to_string()
            aria-controls="side"
            on:click=move |_| drawer.open.update(|open| *open = !*open)
        >
            <Icon name="panel-left-open" />
        </button>
    }
    .into_any()
}
