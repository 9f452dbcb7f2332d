//! Which runs are on charts and in the diff, and in which colours.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leptos::prelude::*;
use runatlas_core::{
    chart::{Slot, colors},
    link::{RunKey, RunsView},
    table::{Freshness, Query, Row, Rows, RunRef, Table, Twin},
};

/// How many runs are on charts until a person chooses.
const SHOWN_AT_FIRST: usize = 10;

/// A run with its colour.
#[derive(Debug, Clone)]
pub struct ShownRun {
    /// The run.
    pub run: RunRef,
    /// Which.
    pub key: RunKey,
    /// Its colour.
    pub slot: Slot,
}

impl PartialEq for ShownRun {
    fn eq(&self, other: &Self) -> bool {
        self.slot == other.slot
            && self.key == other.key
            && Arc::ptr_eq(&self.run.run, &other.run.run)
            && self.run.parent == other.run.parent
    }
}

impl super::RunTable {
    /// All runs that search and lifecycle leave, in the table's order, also those in closed parents.
    pub fn left(&self) -> Vec<RunRef> {
        self.table.with(|table| {
            let runs = table.ready().map(|table| table.runs()).unwrap_or_default();
            let run = |&index: &u32| runs.get(index as usize).cloned();
            self.rows.with(|rows| rows.order.iter().filter_map(run).collect())
        })
    }
}

pub(super) fn query_of(runs: &RunsView) -> Query {
    Query {
        search: runs.search.clone(),
        lifecycle: runs.lifecycle,
        sort: runs.sort.clone(),
        tree: true,
        expanded: runs.expanded.clone(),
        groups: runs.table.groups.clone(),
        pinned: runs.pinned.clone(),
        ..Query::default()
    }
}

/// The chosen runs that are in the table, in its order; without a choice the first few rows that
/// have metrics.
pub(super) fn choose(table: &Table, rows: &Rows, choice: Option<&BTreeSet<RunKey>>) -> Vec<RunRef> {
    let Some(choice) = choice else {
        // Of a run that is here twice, the one that knows more.
        let is_surpassed = |row: &Row| {
            let twins = table.twins(row).iter();
            let mine = table.run(row).map(RunRef::key);
            let surpasses = |twin: &Twin| match twin.is {
                Freshness::Newer => true,
                Freshness::Equal => Some(&twin.key) < mine.as_ref(),
                Freshness::Older => false,
            };
            twins.into_iter().any(surpasses)
        };
        // Closed groups list nobody.
        let flat = |&index: &u32| Row { index, depth: 0, children: 0, expanded: false };
        let listed: Vec<Row> =
            if rows.groups.is_empty() { rows.rows.clone() } else { rows.order.iter().map(flat).collect() };
        let visible = listed.iter().filter(|row| !is_surpassed(row)).filter_map(|row| table.run(row));
        return visible.filter(|run| !run.run.metrics.is_empty()).take(SHOWN_AT_FIRST).cloned().collect();
    };
    let mut found: Vec<RunRef> = rows
        .rows
        .iter()
        .filter_map(|row| table.run(row))
        .filter(|run| choice.contains(&run.key()))
        .cloned()
        .collect();
    // Runs that the search, or a closed parent or group, hides stay on the charts.
    let mut listed: BTreeSet<RunKey> = found.iter().map(RunRef::key).collect();
    let in_order = rows.order.iter().filter_map(|&index| table.runs().get(index as usize));
    for run in in_order.chain(table.runs()) {
        if found.len() == choice.len() {
            break;
        }
        if choice.contains(&run.key()) && listed.insert(run.key()) {
            found.push(run.clone());
        }
    }
    found
}

/// The runs with their colours: those that a person chose, else those that were given once.
pub(super) fn with_slots(
    runs: Vec<RunRef>,
    slots: StoredValue<BTreeMap<String, Slot>>,
    chosen: &BTreeMap<RunKey, Slot>,
) -> Vec<ShownRun> {
    let asked: Vec<colors::Shown<'_>> = runs
        .iter()
        .map(|run| colors::Shown { run_id: &run.run.id, start_time: run.run.start_time })
        .collect();
    let known = slots
        .try_update_value(|known| {
            let new = colors::assign(&asked, known);
            known.extend(new);
            known.clone()
        })
        .unwrap_or_default();
    runs.iter()
        .map(|run| {
            let key = run.key();
            let slot = chosen.get(&key).or_else(|| known.get(&run.run.id)).copied();
            let slot = slot.unwrap_or_else(|| Slot::preferred(&run.run.id));
            ShownRun { key, slot, run: run.clone() }
        })
        .collect()
}
