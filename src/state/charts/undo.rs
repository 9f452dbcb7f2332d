use leptos::prelude::*;
use runatlas_core::board::Board;

/// The boards before and after the changes of this visit, to go back and forth.
#[derive(Debug, Clone, Copy)]
pub struct Undo {
    past: RwSignal<Vec<Board>>,
    future: RwSignal<Vec<Board>>,
}

/// So many changes can be taken back.
const MOST: usize = 200;

impl Undo {
    pub(in crate::state) fn new() -> Self {
        Self { past: RwSignal::new(Vec::new()), future: RwSignal::new(Vec::new()) }
    }

    /// Whether there is a change to take back.
    pub fn can_undo(&self) -> bool {
        self.past.with(|past| !past.is_empty())
    }

    /// Whether there is a change that was taken back.
    pub fn can_redo(&self) -> bool {
        self.future.with(|future| !future.is_empty())
    }

    /// Another experiment's board has changes of its own.
    pub(in crate::state) fn forget(&self) {
        self.past.update(Vec::clear);
        self.future.update(Vec::clear);
    }

    pub(super) fn note(&self, before: Board, after: &Board) {
        if before == *after {
            return;
        }
        self.past.update(|past| {
            if past.len() == MOST {
                past.remove(0);
            }
            past.push(before);
        });
        self.future.update(Vec::clear);
    }

    pub(super) fn back(&self, now: Board) -> Option<Board> {
        let before = self.past.try_update(Vec::pop).flatten()?;
        self.future.update(|future| future.push(now));
        Some(before)
    }

    pub(super) fn forth(&self, now: Board) -> Option<Board> {
        let after = self.future.try_update(Vec::pop).flatten()?;
        self.past.update(|past| past.push(now));
        Some(after)
    }
}
