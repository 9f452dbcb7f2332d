//! Commands on groups, pinned runs and colours.

use std::collections::BTreeSet;

use leptos::prelude::*;
use runatlas_core::{
    chart::Slot,
    link::RunKey,
    table::{Column, Group, GroupKey, RunRef, Stat},
};

use super::RunTable;

impl RunTable {
    /// A group, by its index among the rows' groups.
    pub fn group(&self, at: usize) -> Option<Group> {
        self.rows.with(|rows| rows.groups.get(at).cloned())
    }

    /// The keys of a group's runs.
    pub fn group_keys(&self, at: usize) -> Vec<RunKey> {
        self.table.with(|table| {
            let Some(table) = table.ready() else { return Vec::new() };
            self.rows
                .with(|rows| rows.groups.get(at).map(|group| group.runs(table).map(RunRef::key).collect()))
                .unwrap_or_default()
        })
    }

    /// Opens or closes a group.
    pub fn toggle_group(&self, key: GroupKey) {
        self.view.edit_runs(|runs| {
            let open = &mut runs.table.groups.open;
            if !open.remove(&key) {
                open.insert(key);
            }
        });
    }

    /// Opens all groups, or closes them.
    pub fn open_groups(&self, open: bool) {
        let all =
            self.rows.with_untracked(|rows| rows.groups.iter().map(|group| group.key.clone()).collect());
        self.view.edit_runs(|runs| runs.table.groups.open = if open { all } else { BTreeSet::default() });
    }

    /// Puts runs together that have the same in this column too, or no longer.
    pub fn toggle_group_by(&self, column: &Column) {
        self.view.edit_runs(|runs| {
            let groups = &mut runs.table.groups;
            if groups.by.contains(column) {
                groups.by.retain(|other| other != column);
            } else {
                groups.by.push(column.clone());
            }
            // Keys of other columns mean nothing any more.
            groups.open.clear();
        });
    }

    /// Shows every run for itself.
    pub fn ungroup(&self) {
        self.view.edit_runs(|runs| {
            runs.table.groups.by.clear();
            runs.table.groups.open.clear();
        });
    }

    /// What groups show of numbers.
    pub fn set_stat(&self, stat: Stat) {
        self.view.edit_runs(|runs| runs.table.groups.stat = stat);
    }

    /// Pins runs, or lets them go where all of them are pinned.
    pub fn toggle_pinned(&self, keys: &[RunKey]) {
        self.view.edit_runs(|runs| {
            if keys.iter().all(|key| runs.pinned.contains(key)) {
                runs.pinned.retain(|key| !keys.contains(key));
            } else {
                runs.pinned.extend(keys.iter().cloned());
            }
        });
    }

    /// Whether a run is pinned.
    pub fn is_pinned(&self, key: &RunKey) -> bool {
        self.view.runs.with(|runs| runs.pinned.contains(key))
    }

    /// Gives runs a colour; `None` lets them have the ones that are given.
    pub fn set_color(&self, keys: &[RunKey], slot: Option<Slot>) {
        self.view.edit_runs(|runs| match slot {
            Some(slot) => runs.colors.extend(keys.iter().map(|key| (key.clone(), slot))),
            None => runs.colors.retain(|key, _| !keys.contains(key)),
        });
    }

    /// The colour that a person chose for a run.
    pub fn chosen_color(&self, key: &RunKey) -> Option<Slot> {
        self.view.runs.with(|runs| runs.colors.get(key).copied())
    }
}
