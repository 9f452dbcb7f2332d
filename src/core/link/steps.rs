use super::{Change, RunsView, Tab, change};
use crate::model::Millis;

/// The changes of a view, to go back and forth.
#[derive(Debug, Clone, Default)]
pub struct Steps {
    past: Vec<Step>,
    future: Vec<Step>,
}

/// A change that was taken back, or made once more.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The view now.
    pub view: RunsView,
    /// What it was: `sort by val_loss`.
    pub words: String,
    /// The tab on which it was made.
    pub tab: Tab,
}

#[derive(Debug, Clone)]
struct Step {
    /// The view on the other side of the change.
    view: RunsView,
    change: Change,
    tab: Tab,
    at: Millis,
}

/// So many changes can be taken back.
const MOST: usize = 200;
/// Parts of one movement follow each other at least this quickly, in milliseconds.
const ONE_MOVEMENT: Millis = 1200;

impl Steps {
    /// Notes a change that was made at this time.
    pub fn note(&mut self, before: &RunsView, after: &RunsView, at: Millis) {
        if before.scope != after.scope {
            return;
        }
        let Some(change) = change(before, after) else { return };
        self.future.clear();
        if let Some(last) = self.past.last_mut().filter(|last| last.goes_on(&change, at)) {
            last.at = at;
            // Its words are those of where it ended, against where it began.
            match self::change(&last.view, after) {
                Some(whole) => last.change.words = whole.words,
                None => drop(self.past.pop()),
            }
            return;
        }
        if self.past.len() == MOST {
            self.past.remove(0);
        }
        self.past.push(Step { view: before.clone(), change, tab: after.tab, at });
    }

    /// The view before the last change.
    pub fn undo(&mut self, now: &RunsView) -> Option<Taken> {
        step(&mut self.past, &mut self.future, now)
    }

    /// The view after the change that was taken back last.
    pub fn redo(&mut self, now: &RunsView) -> Option<Taken> {
        step(&mut self.future, &mut self.past, now)
    }

    /// What would be taken back.
    pub fn undo_words(&self) -> Option<&str> {
        self.past.last().map(|step| step.change.words.as_str())
    }

    /// What would be made once more.
    pub fn redo_words(&self) -> Option<&str> {
        self.future.last().map(|step| step.change.words.as_str())
    }
}

fn step(from: &mut Vec<Step>, to: &mut Vec<Step>, now: &RunsView) -> Option<Taken> {
    let Step { view, change, tab, .. } = from.pop()?;
    let taken = Taken { view: now.with_choices(&view), words: change.words.clone(), tab };
    // Not to be joined with what follows.
    to.push(Step { view: now.clone(), change, tab, at: Millis::MIN });
    Some(taken)
}

impl Step {
    fn goes_on(&self, change: &Change, at: Millis) -> bool {
        let soon = at.checked_sub(self.at).is_some_and(|since| (0..ONE_MOVEMENT).contains(&since));
        change.is_gesture && self.change.is_gesture && self.change.kind == change.kind && soon
    }
}
