//! What lies over the page when it is asked for: its code is loaded by then, not before.

mod key_map;
mod name;
mod palette;

use key_map::KeyMap;
use leptos::prelude::*;
use name::NameDialog;
use palette::PaletteDialog;

use super::{app::app, screen::overlay_part};
use crate::state::{Loadable, Overlay};

/// Shows what the commands have asked for.
#[component]
pub(super) fn Overlays() -> impl IntoView {
    let (commands, notices) = (app().commands, app().notices);
    let part = overlay_part();
    Effect::new(move |_| {
        let Some(part) = part.filter(|_| commands.overlay.get().is_some()) else { return };
        part.want();
        if let Loadable::Failed(reason) = part.get() {
            notices.bad(reason);
            commands.overlay.set(None);
        }
    });
    move || {
        let overlay = commands.overlay.get()?;
        part?.get().ready().map(|make| make(overlay))
    }
}

/// Makes one.
pub(super) fn make(overlay: Overlay) -> AnyView {
    match overlay {
        Overlay::Palette => view! { <PaletteDialog /> }.into_any(),
        Overlay::KeyMap => view! { <KeyMap /> }.into_any(),
        Overlay::Name(what) => view! { <NameDialog what=what /> }.into_any(),
    }
}

/// Whether a dialog of this room is open: until it is closed.
fn open_until_closed() -> RwSignal<bool> {
    let commands = app().commands;
    let open = RwSignal::new(true);
    Effect::new(move |_| {
        if !open.get() {
            commands.overlay.set(None);
        }
    });
    open
}
