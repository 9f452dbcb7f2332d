//! The row that has the keyboard.

use leptos::prelude::*;

use super::RunTable;

/// Where the keyboard takes the cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CursorMove {
    /// Rows down, or up if negative.
    By(isize),
    /// The first row.
    First,
    /// The last row.
    Last,
}

impl RunTable {
    /// Moves the cursor, and answers its row; from nowhere it enters at the first row.
    pub fn move_cursor(&self, to: CursorMove) -> Option<usize> {
        untrack(|| {
            let last = self.rows.with(|rows| rows.rows.len()).checked_sub(1)?;
            let at = self.cursor.with(|key| key.as_ref().and_then(|key| self.row_of(key)));
            let row = match (to, at) {
                (CursorMove::By(rows), Some(at)) => at.saturating_add_signed(rows).min(last),
                (CursorMove::First, _) | (CursorMove::By(_), None) => 0,
                (CursorMove::Last, _) => last,
            };
            self.cursor.set(self.at(row).map(|run| run.key()));
            Some(row)
        })
    }

    /// Opens the children of the cursor's row, or goes to the first of them.
    pub fn cursor_in(&self) -> Option<usize> {
        untrack(|| {
            let key = self.cursor.get()?;
            let at = self.row_of(&key)?;
            let row = self.row(at)?;
            if row.children > 0 && !row.expanded {
                self.toggle_children(key);
                return Some(at);
            }
            if row.children > 0 { self.move_cursor(CursorMove::By(1)) } else { None }
        })
    }

    /// Closes the children of the cursor's row, or goes to its parent.
    pub fn cursor_out(&self) -> Option<usize> {
        untrack(|| {
            let key = self.cursor.get()?;
            let at = self.row_of(&key)?;
            let row = self.row(at)?;
            if row.expanded && row.children > 0 {
                self.toggle_children(key);
                return Some(at);
            }
            let parent =
                (0..at).rev().find(|&above| self.row(above).is_some_and(|it| it.depth < row.depth))?;
            self.cursor.set(self.at(parent).map(|run| run.key()));
            Some(parent)
        })
    }
}
