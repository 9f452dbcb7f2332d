use std::time::Duration;

use leptos::prelude::*;

/// How a notice looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Something was done.
    Good,
    /// Something a person should know.
    Plain,
    /// Something failed; it stays until it is dismissed.
    Bad,
}

/// What a person can do about a notice.
#[derive(Clone)]
pub struct NoticeAction {
    /// The words on the button.
    pub label: String,
    /// What it does.
    pub run: Callback<()>,
}

/// A message at the bottom of the screen.
#[derive(Clone)]
pub struct Notice {
    /// Tells it from others.
    pub id: u64,
    /// How it looks.
    pub tone: Tone,
    /// What happened, why, what to do.
    pub text: String,
    /// One thing to do.
    pub action: Option<NoticeAction>,
}

/// The messages on screen.
#[derive(Clone, Copy)]
pub struct Notices {
    /// Oldest first.
    pub list: RwSignal<Vec<Notice>>,
    /// While it is true, for instance because the pointer rests on a message, none goes away by
    /// itself.
    pub held: RwSignal<bool>,
    next: StoredValue<u64>,
}

/// How long a notice that is no failure stays.
const STAYS: Duration = Duration::from_secs(6);

impl Notices {
    pub(super) fn new() -> Self {
        Self { list: RwSignal::new(Vec::new()), held: RwSignal::new(false), next: StoredValue::new(0) }
    }

    /// Says that something was done.
    pub fn good(&self, text: impl Into<String>) {
        self.show(Tone::Good, text.into(), None);
    }

    /// Says something worth knowing.
    pub fn plain(&self, text: impl Into<String>) {
        self.show(Tone::Plain, text.into(), None);
    }

    /// Says that something failed; it stays until it is dismissed.
    pub fn bad(&self, text: impl Into<String>) {
        self.show(Tone::Bad, text.into(), None);
    }

    /// A notice with a button; it stays until it is used or dismissed.
    pub fn offer(&self, tone: Tone, text: impl Into<String>, action: NoticeAction) {
        self.show(tone, text.into(), Some(action));
    }

    /// Takes a notice away.
    pub fn dismiss(&self, id: u64) {
        self.list.update(|list| list.retain(|notice| notice.id != id));
    }

    fn show(&self, tone: Tone, text: String, action: Option<NoticeAction>) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        let stays = tone == Tone::Bad || action.is_some();
        self.list.update(|list| {
            // The same words twice help nobody.
            list.retain(|notice| notice.text != text);
            list.push(Notice { id, tone, text, action });
        });
        if !stays {
            self.expire(id);
        }
    }

    fn expire(self, id: u64) {
        let later = move || if self.held.get_untracked() { self.expire(id) } else { self.dismiss(id) };
        set_timeout(later, STAYS);
    }
}
