//! Keeps an import report readable: eleven thousand of the same are one line.

use std::collections::BTreeMap;

use crate::model::Note;

/// Notes of one kind that are given one by one before the rest is only counted.
const ONE_BY_ONE: u64 = 20;

/// Gathers notes; those of a group are counted once there are many.
#[derive(Debug, Default)]
pub(crate) struct Notebook {
    notes: Vec<Note>,
    groups: BTreeMap<&'static str, Group>,
}

#[derive(Debug)]
struct Group {
    count: u64,
    shown: u64,
    first: Note,
}

impl Notebook {
    /// A note that always stands for itself.
    pub(crate) fn add(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// A note of which there may be thousands and the first says it all; the rest is counted.
    /// `what` names them in the plural: "folders without a run".
    pub(crate) fn count(&mut self, what: &'static str, note: Note) {
        self.group(what, note, 0);
    }

    /// A note about something that was lost: each is given, up to a bound beyond which the rest
    /// is counted. `what` names them in the plural.
    pub(crate) fn list(&mut self, what: &'static str, note: Note) {
        self.group(what, note, ONE_BY_ONE);
    }

    /// Notes that are ready now; groups are kept for [`Self::finish`].
    pub(crate) fn take(&mut self) -> Vec<Note> {
        std::mem::take(&mut self.notes)
    }

    /// All that is left, groups last.
    pub(crate) fn finish(&mut self) -> Vec<Note> {
        let mut notes = self.take();
        notes.extend(std::mem::take(&mut self.groups).into_iter().filter_map(|(what, g)| g.into_note(what)));
        notes
    }

    fn group(&mut self, what: &'static str, note: Note, show: u64) {
        let Some(group) = self.groups.get_mut(what) else {
            self.groups.insert(what, Group { count: 1, shown: show.min(1), first: note.clone() });
            if show > 0 {
                self.notes.push(note);
            }
            return;
        };
        group.count += 1;
        if group.shown < show {
            group.shown += 1;
            self.notes.push(note);
        }
    }
}

impl Group {
    fn into_note(self, what: &str) -> Option<Note> {
        let Self { count, shown, mut first } = self;
        let left = count - shown;
        match (left, shown) {
            (0, _) => return None,
            (1, 0) => {}
            (_, 0) => first.reason = format!("{}; {left} {what} in all, this is the first", first.reason),
            _ => first.reason = format!("{left} more {what}, not listed one by one"),
        }
        Some(first)
    }
}
