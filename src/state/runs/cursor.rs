//! The line that has the keyboard.

use leptos::prelude::*;
use runatlas_core::{
    link::RunKey,
    table::{GroupKey, Line},
};

use super::RunTable;

/// Where the keyboard takes the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorMove {
    /// Lines down, or up if negative.
    By(isize),
    /// The first line.
    First,
    /// The last line.
    Last,
}

/// What identifies a line that can have the cursor.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum LineKey {
    /// A run.
    Run(RunKey),
    /// A group.
    Group(GroupKey),
}

impl RunTable {
    /// What is at a line.
    pub fn line(&self, at: usize) -> Option<Line> {
        self.rows.with(|rows| rows.lines.get(at).copied())
    }

    /// How many lines there are.
    pub fn lines(&self) -> usize {
        self.rows.with(|rows| rows.lines.len())
    }

    /// What identifies a line; `None` for headings.
    pub fn line_key(&self, at: usize) -> Option<LineKey> {
        match self.line(at)? {
            Line::Part(..) => None,
            Line::Group(group) => {
                self.rows.with(|rows| rows.groups.get(group).map(|group| LineKey::Group(group.key.clone())))
            }
            Line::Run(row) => self.at(row).map(|run| LineKey::Run(run.key())),
        }
    }

    /// Where a line is.
    pub fn line_of(&self, key: &LineKey) -> Option<usize> {
        match key {
            LineKey::Run(key) => {
                let row = self.row_of(key)?;
                self.rows.with(|rows| rows.line_of(row))
            }
            LineKey::Group(key) => {
                let group = self.group_of(key)?;
                self.rows.with(|rows| rows.lines.iter().position(|line| *line == Line::Group(group)))
            }
        }
    }

    /// The index of a group.
    pub fn group_of(&self, key: &GroupKey) -> Option<usize> {
        self.rows.with(|rows| rows.groups.iter().position(|group| group.key == *key))
    }

    /// The run that has the cursor.
    pub fn cursor_run(&self) -> Option<RunKey> {
        self.cursor.with(|cursor| match cursor {
            Some(LineKey::Run(key)) => Some(key.clone()),
            _ => None,
        })
    }

    /// Moves the cursor, and answers its line; from nowhere it enters at the first one. Headings are
    /// passed by.
    pub fn move_cursor(&self, to: CursorMove) -> Option<usize> {
        untrack(|| {
            let last = self.lines().checked_sub(1)?;
            let at = self.cursor.with(|key| key.as_ref().and_then(|key| self.line_of(key)));
            let (line, up) = match (to, at) {
                (CursorMove::By(lines), Some(at)) => (at.saturating_add_signed(lines).min(last), lines < 0),
                (CursorMove::First, _) | (CursorMove::By(_), None) => (0, false),
                (CursorMove::Last, _) => (last, true),
            };
            let (line, key) = self.near(line, up).or_else(|| self.near(line, !up))?;
            self.cursor.set(Some(key));
            Some(line)
        })
    }

    /// The nearest line from here on that can have the cursor.
    fn near(&self, from: usize, up: bool) -> Option<(usize, LineKey)> {
        let found = |line: usize| Some((line, self.line_key(line)?));
        if up { (0..=from).rev().find_map(found) } else { (from..self.lines()).find_map(found) }
    }

    /// Opens what is below the cursor's line, or goes to the first of it.
    pub fn cursor_in(&self) -> Option<usize> {
        untrack(|| {
            let at = self.cursor.with(|key| key.as_ref().and_then(|key| self.line_of(key)))?;
            match self.is_open(at) {
                Some(false) => {
                    self.toggle_line(at);
                    Some(at)
                }
                Some(true) => self.move_cursor(CursorMove::By(1)),
                None => None,
            }
        })
    }

    /// Closes what is below the cursor's line, or goes to the line that it is below of.
    pub fn cursor_out(&self) -> Option<usize> {
        untrack(|| {
            let at = self.cursor.with(|key| key.as_ref().and_then(|key| self.line_of(key)))?;
            if self.is_open(at) == Some(true) {
                self.toggle_line(at);
                return Some(at);
            }
            let depth = self.depth(at)?;
            let above = (0..at).rev().find(|&above| self.depth(above).is_some_and(|it| it < depth))?;
            self.cursor.set(self.line_key(above));
            Some(above)
        })
    }

    /// Opens or closes a group or a parent.
    pub fn toggle_line(&self, at: usize) {
        match untrack(|| self.line_key(at)) {
            Some(LineKey::Run(key)) => self.toggle_children(key),
            Some(LineKey::Group(key)) => self.toggle_group(key),
            None => {}
        }
    }

    /// Whether what is below a line is listed; `None` where nothing is below it.
    pub fn is_open(&self, at: usize) -> Option<bool> {
        self.rows.with(|rows| match *rows.lines.get(at)? {
            Line::Part(..) => None,
            Line::Group(group) => Some(rows.groups.get(group)?.open),
            Line::Run(row) => rows.rows.get(row).filter(|row| row.children > 0).map(|row| row.expanded),
        })
    }

    fn depth(&self, at: usize) -> Option<u16> {
        self.rows.with(|rows| match *rows.lines.get(at)? {
            Line::Part(..) => None,
            Line::Group(_) => Some(0),
            Line::Run(row) => rows.rows.get(row).map(|row| row.depth),
        })
    }
}
