use leptos::prelude::*;
use runatlas_core::command::Chord;

/// Something a person can do: a name, keys, when it can be done, and how.
#[derive(Clone)]
pub struct Command {
    /// Tells it from others, and stays the same from release to release: what was used last is kept by it.
    pub id: &'static str,
    /// What it says, beginning with a verb.
    pub title: Signal<String>,
    /// Lucide's name of its icon.
    pub icon: &'static str,
    /// Its keys, in the spelling of [`Chord`]; any of them does it.
    pub keys: Vec<Chord>,
    /// Where the key map lists it.
    pub group: CommandGroup,
    /// Whether it can be done now.
    pub when: Signal<bool>,
    /// Does it.
    pub run: Callback<()>,
    /// A widget handles its keys by itself while it has the focus.
    pub is_local: bool,
    /// The palette leaves it out.
    pub is_silent: bool,
}

/// What a command is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommandGroup {
    /// What is on the screen.
    Screen,
    /// Rows and runs.
    Runs,
    /// Holds everywhere.
    Everywhere,
}

impl CommandGroup {
    /// All of them, in the order of the key map.
    pub const ALL: [Self; 3] = [Self::Screen, Self::Runs, Self::Everywhere];

    /// The heading.
    pub fn label(self) -> &'static str {
        match self {
            Self::Screen => "This screen",
            Self::Runs => "Runs",
            Self::Everywhere => "Everywhere",
        }
    }
}

impl Command {
    /// A command of the screen, without a key, that can always be done.
    pub fn new(
        id: &'static str,
        title: impl Into<Signal<String>>,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        Self {
            id,
            title: title.into(),
            icon: "chevron-right",
            keys: Vec::new(),
            group: CommandGroup::Screen,
            when: Signal::stored(true),
            run: Callback::new(move |()| run()),
            is_local: false,
            is_silent: false,
        }
    }

    /// Gives it a key as well: `"k"`, `"?"`, `"ctrl+shift+z"`.
    #[must_use]
    pub fn key(mut self, chord: &str) -> Self {
        self.keys.push(Chord::parse(chord));
        self
    }

    /// Gives it an icon.
    #[must_use]
    pub fn icon(mut self, icon: &'static str) -> Self {
        self.icon = icon;
        self
    }

    /// Puts it under another heading.
    #[must_use]
    pub fn group(mut self, group: CommandGroup) -> Self {
        self.group = group;
        self
    }

    /// Lets it be done only while this is so.
    #[must_use]
    pub fn when(mut self, when: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        self.when = Signal::derive(when);
        self
    }

    /// Leaves its keys to a widget, which knows more (a row with the cursor, say); the key map shows them.
    #[must_use]
    pub fn local(mut self) -> Self {
        self.is_local = true;
        self
    }

    /// Keeps it out of the palette: a step from row to row is of use by key only.
    #[must_use]
    pub fn silent(mut self) -> Self {
        self.is_silent = true;
        self
    }

    pub(super) fn has(&self, chord: &Chord) -> bool {
        self.keys.contains(chord)
    }
}
