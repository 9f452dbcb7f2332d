//! Commands on the table's columns.

use leptos::prelude::*;
use runatlas_core::table::{Column, ColumnGroup, LEAST_PIXELS, MOST_PIXELS, SortBy, Take, fitting_pixels};

use super::RunTable;

impl RunTable {
    /// Sorts by a column: first downwards for numbers and upwards for words, then the other way,
    /// then not at all. `more` keeps the columns that came before.
    pub fn sort_by(&self, column: &Column, more: bool) {
        let is_time = matches!(column, Column::StartTime | Column::EndTime | Column::Duration);
        let first = is_time || column.metric_key().is_some();
        self.view.edit_runs(|runs| {
            let old = runs.sort.iter().position(|by| by.column == *column);
            let was = old.and_then(|at| runs.sort.get(at)).map(|by| by.descending);
            if !more {
                runs.sort.clear();
            }
            let next = match was {
                None => Some(first),
                Some(descending) if descending == first => Some(!first),
                Some(_) => None,
            };
            let old = old.filter(|_| more);
            match (old, next) {
                // It keeps its place among several.
                (Some(at), Some(descending)) => {
                    if let Some(by) = runs.sort.get_mut(at) {
                        by.descending = descending;
                    }
                }
                (Some(at), None) => drop(runs.sort.remove(at)),
                (None, Some(descending)) => runs.sort.push(SortBy { column: column.clone(), descending }),
                (None, None) => {}
            }
        });
    }

    /// Sorts by a column alone, in this direction.
    pub fn sort_only_by(&self, column: Column, descending: bool) {
        self.view.edit_runs(|runs| runs.sort = vec![SortBy { column, descending }]);
    }

    /// Shows or hides a column.
    pub fn toggle_column(&self, column: &Column) {
        self.edit_columns(|columns| {
            if let Some(at) = columns.iter().position(|shown| shown == column) {
                columns.remove(at);
            } else {
                // Beside its like, where it is looked for.
                let like = columns.iter().rposition(|shown| shown.group() == column.group());
                columns.insert(like.map_or(columns.len(), |at| at + 1), column.clone());
            }
        });
    }

    /// Shows these columns too, or hides them.
    pub fn show_columns(&self, wanted: &[Column], show: bool) {
        self.edit_columns(|columns| {
            if show {
                let new = wanted.iter().filter(|column| !columns.contains(column)).cloned();
                columns.extend(new.collect::<Vec<_>>());
            } else {
                columns.retain(|column| !wanted.contains(column));
            }
        });
    }

    /// The columns to begin with again, as wide as they fit, none pinned.
    pub fn reset_columns(&self) {
        self.view.edit_runs(|runs| {
            runs.columns = None;
            runs.table.pinned_columns.clear();
            runs.table.widths.clear();
            runs.table.differing = false;
        });
    }

    /// Puts a column before or behind another one; in the company of a pinned one it is pinned too.
    pub fn move_column(&self, column: &Column, to: &Column, behind: bool) {
        if column == to {
            return;
        }
        let pinned = self.view.runs.with_untracked(|runs| runs.table.pinned_columns.contains(to));
        self.edit_columns(|columns| {
            columns.retain(|other| other != column);
            let at = columns.iter().position(|other| other == to).unwrap_or(columns.len());
            columns.insert((at + usize::from(behind)).min(columns.len()), column.clone());
        });
        self.view.edit_runs(|runs| {
            if pinned {
                runs.table.pinned_columns.insert(column.clone());
            } else {
                runs.table.pinned_columns.remove(column);
            }
        });
    }

    /// Moves a column one place to the left or right among those on screen.
    pub fn step_column(&self, column: &Column, right: bool) {
        let to = self.grid.with_untracked(|grid| {
            let at = grid.all().iter().position(|other| other == column)?;
            let to = if right { at + 1 } else { at.checked_sub(1)? };
            grid.all().get(to).cloned()
        });
        if let Some(to) = to {
            self.move_column(column, &to, right);
        }
    }

    /// Keeps a column at the left edge, or lets it go.
    pub fn pin_column(&self, column: &Column) {
        self.view.edit_runs(|runs| {
            let pinned = &mut runs.table.pinned_columns;
            if !pinned.remove(column) {
                pinned.insert(column.clone());
            }
        });
    }

    /// Makes a column so wide, in CSS pixels; `None` for as wide as it fits.
    pub fn set_width(&self, column: &Column, width: Option<f64>) {
        self.view.edit_runs(|runs| match width {
            Some(width) => {
                let width = width.clamp(LEAST_PIXELS, MOST_PIXELS).round() as u32;
                runs.table.widths.insert(column.clone(), width);
            }
            None => drop(runs.table.widths.remove(column)),
        });
    }

    /// Makes a column wider or narrower.
    pub fn widen(&self, column: &Column, by: f64) {
        let now = self.width_of(column);
        self.set_width(column, Some(now + by));
    }

    /// How wide a column is, in CSS pixels.
    pub fn width_of(&self, column: &Column) -> f64 {
        let at = self.grid.with_untracked(|grid| grid.all().iter().position(|other| other == column));
        match at {
            Some(at) => self.shape.with_untracked(|shape| shape.width(at)),
            None => self.table.with_untracked(|table| {
                table.ready().map_or(LEAST_PIXELS, |table| fitting_pixels(column, table, 200))
            }),
        }
    }

    /// Shows something else of a metric in the place of this column.
    pub fn take(&self, column: &Column, take: Option<Take>) {
        let Some(key) = column.metric_key() else { return };
        let new = Column::of_metric(key.to_owned(), take);
        if new == *column {
            return;
        }
        self.edit_columns(|columns| {
            if columns.contains(&new) {
                columns.retain(|other| other != column);
            } else if let Some(place) = columns.iter_mut().find(|other| *other == column) {
                *place = new.clone();
            }
        });
        self.view.edit_runs(|runs| {
            if runs.table.pinned_columns.remove(column) {
                runs.table.pinned_columns.insert(new.clone());
            }
            if let Some(width) = runs.table.widths.remove(column) {
                runs.table.widths.insert(new.clone(), width);
            }
            for by in runs.sort.iter_mut().filter(|by| by.column == *column) {
                by.column = new.clone();
            }
        });
    }

    /// Adds another column of the same metric behind this one.
    pub fn take_too(&self, column: &Column) {
        let Some(key) = column.metric_key() else { return };
        let choices = [None, Some(Take::Best), Some(Take::Min), Some(Take::Max), Some(Take::Mean)];
        self.edit_columns(|columns| {
            let free = choices
                .into_iter()
                .map(|take| Column::of_metric(key.to_owned(), take))
                .find(|new| !columns.contains(new));
            let at = columns.iter().position(|other| other == column);
            if let (Some(at), Some(new)) = (at, free) {
                columns.insert(at + 1, new);
            }
        });
    }

    /// Shows only columns in which the listed runs differ, or all again.
    pub fn set_differing(&self, only: bool) {
        self.view.edit_runs(|runs| runs.table.differing = only);
    }

    /// The columns of a heading that runs could fill.
    pub fn columns_of(&self, group: ColumnGroup) -> Vec<Column> {
        self.table.with_untracked(|table| {
            let all = table.ready().map(|table| table.columns()).unwrap_or_default();
            let of = all.iter().map(|info| &info.column).filter(|column| column.group() == group);
            of.filter(|column| **column != Column::Name).cloned().collect()
        })
    }

    fn edit_columns(&self, edit: impl FnOnce(&mut Vec<Column>)) {
        let mut columns = self.columns.get_untracked();
        edit(&mut columns);
        self.view.edit_runs(|runs| runs.columns = Some(columns));
    }
}
