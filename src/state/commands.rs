//! One registry of everything a person can do: the palette, the key map and the keys themselves come from it.

mod command;
mod everywhere;
mod palette;

use leptos::prelude::*;
use runatlas_core::command::Chord;

use crate::web::{kept, keyboard};

pub use command::{Command, CommandGroup};
pub use palette::{Palette, PaletteItem, PaletteRow};

/// What a command may open over the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overlay {
    /// Commands and places by name.
    Palette,
    /// The keys that hold here.
    KeyMap,
    /// Asks for the name of a view.
    Name(Naming),
}

/// What a name is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Naming {
    /// What is shown, saved as a view.
    New,
    /// The saved view of this id.
    Rename(String),
}

/// The commands of the screens that are there, and those that hold everywhere.
#[derive(Clone, Copy)]
pub struct Commands {
    /// In the order in which they were added: what is added later goes before, where two have one key.
    list: RwSignal<Vec<(u64, Command)>>,
    next: StoredValue<u64>,
    /// What lies over the page.
    pub overlay: RwSignal<Option<Overlay>>,
    /// Whether single letters are commands.
    pub single_keys: RwSignal<bool>,
    /// What was last chosen in the palette, by id, the last one first.
    recent: RwSignal<Vec<String>>,
    /// Whether the command key is ⌘.
    pub mac: bool,
}

const SINGLE_KEYS: &str = "single-keys";
const RECENT: &str = "recent-commands";
const MOST_RECENT: usize = 6;

impl Commands {
    pub(super) fn new() -> Self {
        let recent = kept::get(RECENT).unwrap_or_default();
        Self {
            list: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            overlay: RwSignal::new(None),
            single_keys: RwSignal::new(kept::get(SINGLE_KEYS).as_deref() != Some("off")),
            recent: RwSignal::new(recent.lines().take(MOST_RECENT).map(str::to_owned).collect()),
            mac: keyboard::is_mac(),
        }
    }

    /// Adds a command for as long as the component that calls this is there.
    pub fn add(self, command: Command) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.list.update(|list| list.push((id, command)));
        on_cleanup(move || {
            // The whole app may be going.
            self.list.try_update(|list| list.retain(|(other, _)| *other != id));
        });
    }

    /// Does what a key means here; answers whether it means anything.
    pub fn press(self, chord: &Chord) -> bool {
        if chord.is_single() && !self.single_keys.get_untracked() {
            return false;
        }
        // Many signs need Shift; with Ctrl it means something else, and a redo that cannot be is no undo.
        let without_shift = || (!chord.ctrl).then(|| self.of(&chord.without_shift())).flatten();
        let Some(command) = self.of(chord).or_else(without_shift) else { return false };
        command.run.run(());
        true
    }

    fn of(self, chord: &Chord) -> Option<Command> {
        untrack(|| {
            self.list.with(|list| {
                let mut latest = list.iter().rev().map(|(_, command)| command);
                latest.find(|command| !command.is_local && command.has(chord) && command.when.get()).cloned()
            })
        })
    }

    /// What can be done here, in the order in which it was added.
    pub fn available(self) -> Vec<Command> {
        self.list.with(|list| {
            list.iter().map(|(_, command)| command).filter(|command| command.when.get()).cloned().collect()
        })
    }

    /// The keys that hold here, by group: also those of what cannot be done at the moment. Where two commands have one
    /// key, the one that the key does.
    pub fn key_map(self) -> Vec<(CommandGroup, Vec<Command>)> {
        let all: Vec<Command> =
            self.list.with(|list| list.iter().map(|(_, command)| command.clone()).collect());
        let hidden = |at: usize, command: &Command| {
            let mut later = all.iter().skip(at + 1);
            later.any(|later| command.keys.iter().all(|key| later.has(key)))
        };
        let keyed = all.iter().enumerate();
        let keyed = keyed.filter(|(at, command)| !command.keys.is_empty() && !hidden(*at, command));
        let keyed: Vec<&Command> = keyed.map(|(_, command)| command).collect();
        let of =
            |group| keyed.iter().filter(|command| command.group == group).map(|&it| it.clone()).collect();
        let groups = CommandGroup::ALL.into_iter().map(|group| (group, of(group)));
        groups.filter(|(_, commands): &(_, Vec<Command>)| !commands.is_empty()).collect()
    }

    /// Lets single letters be commands, or not.
    pub fn set_single_keys(self, on: bool) {
        self.single_keys.set(on);
        kept::set(SINGLE_KEYS, (!on).then_some("off"));
    }

    /// A key in words for a hint, `Ctrl K`.
    pub fn words(self, chord: &str) -> String {
        Chord::parse(chord).words(self.mac)
    }

    fn remember(self, id: &str) {
        self.recent.update(|recent| {
            recent.retain(|other| other != id);
            recent.insert(0, id.to_owned());
            recent.truncate(MOST_RECENT);
        });
        let text = self.recent.with_untracked(|recent| recent.join("\n"));
        kept::set(RECENT, Some(&text));
    }
}
