use leptos::prelude::*;
use runatlas_core::command::Chord;

use super::open_until_closed;
use crate::{
    state::{Command, CommandGroup},
    ui::{
        app::app,
        keys::keys_of_buttons,
        part::{Dialog, Switch},
    },
};

/// The keys that hold on this screen.
#[component]
pub(super) fn KeyMap() -> impl IntoView {
    let commands = app().commands;
    let open = open_until_closed();
    let single = commands.single_keys;
    let mut groups = untrack(|| commands.key_map());
    let of_buttons = keys_of_buttons()
        .into_iter()
        .map(|(chord, name)| Command::new("", name, || {}).key(&chord.to_string()));
    match groups.first_mut().filter(|(group, _)| *group == CommandGroup::Screen) {
        Some((_, commands)) => commands.extend(of_buttons),
        None => groups.insert(0, (CommandGroup::Screen, of_buttons.collect())),
    }
    groups.retain(|(_, commands)| !commands.is_empty());
    view! {
        <Dialog open=open title="Keyboard shortcuts" class="wide">
            {groups
                .clone()
                .into_iter()
                .map(|(group, commands)| {
                    view! {
                        <section>
                            <h3 class="keymap-h">{group.label()}</h3>
                            <dl class="keymap" class:off=move || !single.get()>
                                {commands.into_iter().map(|command| view! { <Line command=command /> }).collect_view()}
                            </dl>
                        </section>
                    }
                })
                .collect_view()}
            <div class="keymap-f">
                <Switch
                    label="Single-letter keys"
                    value=single
                    on_change=Callback::new(move |on| commands.set_single_keys(on))
                />
                <span class="fs12 t3">"Off while you type. Keys with Ctrl or ⌘ always work."</span>
            </div>
        </Dialog>
    }
}

#[component]
fn Line(command: Command) -> impl IntoView {
    let mac = app().commands.mac;
    let is_single = command.keys.iter().all(Chord::is_single);
    let chord =
        move |key: &Chord| key.caps(mac).into_iter().map(|cap| view! { <kbd>{cap}</kbd> }).collect_view();
    view! {
        <div class:single=is_single>
            <dt>{command.keys.iter().map(|key| view! { <span class="keymap-k">{chord(key)}</span> }).collect_view()}</dt>
            <dd>{move || command.title.get()}</dd>
        </div>
    }
}
