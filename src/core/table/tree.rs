use std::{collections::HashMap, sync::Arc};

use super::{Query, Row, RunRef, Table};
use crate::format;

/// The index of each run's parent, where that is among `runs`.
pub(super) fn parents(runs: &[RunRef]) -> Vec<Option<u32>> {
    let place = |run: &RunRef| (run.source.clone(), run.run.id.clone());
    if runs.iter().all(|run| run.run.parent_id().is_none()) {
        return vec![None; runs.len()];
    }
    let by_id: HashMap<_, u32> = runs.iter().map(place).zip(0..).collect();
    let parent = |run: &RunRef| {
        let id = run.run.parent_id()?;
        by_id.get(&(run.source.clone(), id.to_owned())).copied()
    };
    runs.iter().map(parent).collect()
}

/// Tells each run what its parent is called: the name, with the id where several parents have that name.
pub(super) fn name_parents(runs: &mut [RunRef], parents: &[Option<u32>]) {
    let mut named: HashMap<&str, Option<u32>> = HashMap::new();
    for &parent in parents.iter().flatten() {
        let Some(run) = runs.get(parent as usize) else { continue };
        let only = named.entry(run.run.display_name()).or_insert(Some(parent));
        *only = only.filter(|other| *other == parent);
    }
    let name = |&parent: &u32| {
        let run = runs.get(parent as usize)?;
        let name = run.run.display_name();
        let is_only = named.get(name).is_some_and(Option::is_some);
        let name =
            if is_only { name.to_owned() } else { format!("{name} ({})", format::short_id(&run.run.id)) };
        Some((parent, Arc::from(name)))
    };
    let names: HashMap<u32, Arc<str>> = parents.iter().flatten().filter_map(name).collect();
    for (run, parent) in runs.iter_mut().zip(parents) {
        run.parent = parent.and_then(|parent| names.get(&parent).cloned());
    }
}

/// Children under their parents: `sorted` are the indices of all runs that are left, in order;
/// each comes out once, unless a parent above it is collapsed.
pub(super) fn flatten(table: &Table, sorted: &[u32], query: &Query, open_all: bool) -> Vec<Row> {
    let mut walk = Walk::new(table, sorted);
    let mut rows = Vec::new();
    // Runs that are each other's ancestors have no root: the first of them in order serves.
    let (roots, others): (Vec<u32>, Vec<u32>) = sorted.iter().partition(|&&index| walk.is_root(index));
    for &root in roots.iter().chain(&others) {
        walk.visit(root, &mut rows, &|index| {
            open_all || table.runs.get(index as usize).is_some_and(|run| query.expanded.contains(&run.key()))
        });
    }
    rows
}

struct Walk<'a> {
    table: &'a Table,
    left: Vec<bool>,
    visited: Vec<bool>,
    /// Children of each run, in order.
    children: HashMap<u32, Vec<u32>>,
}

impl<'a> Walk<'a> {
    fn new(table: &'a Table, sorted: &[u32]) -> Self {
        let mut left = vec![false; table.runs.len()];
        for &index in sorted {
            set(&mut left, index);
        }
        let mut walk = Self { table, visited: vec![false; left.len()], left, children: HashMap::new() };
        for &index in sorted {
            if let Some(parent) = walk.parent(index) {
                walk.children.entry(parent).or_default().push(index);
            }
        }
        walk
    }

    /// The parent, if it is left and is not the run itself.
    fn parent(&self, index: u32) -> Option<u32> {
        let parent = (*self.table.parents.get(index as usize)?)?;
        (parent != index && self.left.get(parent as usize) == Some(&true)).then_some(parent)
    }

    fn is_root(&self, index: u32) -> bool {
        self.parent(index).is_none()
    }

    /// Marks all below `root`, and writes the rows that are shown. A stack, as a chain of
    /// parents may be as long as the table.
    fn visit(&mut self, root: u32, rows: &mut Vec<Row>, is_open: &dyn Fn(u32) -> bool) {
        let mut stack = vec![(root, 0_u16, true)];
        while let Some((index, depth, shown)) = stack.pop() {
            if self.visited.get(index as usize) != Some(&false) {
                continue;
            }
            set(&mut self.visited, index);
            let children = self.children.get(&index).map(Vec::as_slice).unwrap_or_default();
            let new = children.iter().filter(|&&child| self.visited.get(child as usize) == Some(&false));
            let children: Vec<u32> = new.copied().collect();
            let expanded = !children.is_empty() && is_open(index);
            if shown {
                rows.push(Row { index, depth, children: children.len() as u32, expanded });
            }
            let below = |child: &u32| (*child, depth.saturating_add(1), shown && expanded);
            stack.extend(children.iter().rev().map(below));
        }
    }
}

fn set(flags: &mut [bool], index: u32) {
    if let Some(flag) = flags.get_mut(index as usize) {
        *flag = true;
    }
}
