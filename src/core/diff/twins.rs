//! Runs that are equal in what went into them, but for few keys.

use std::collections::{BTreeSet, HashMap};

use super::{Diff, RowId, values::Found};
use crate::format;

/// A key in nothing but which runs differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NothingBut {
    /// The key; `None` for runs that do not differ at all.
    pub key: Option<RowId>,
    /// How many runs are in a group of two or more, the baseline not counted.
    pub runs: usize,
    /// How many such groups there are.
    pub groups: usize,
}

impl NothingBut {
    /// `7 runs differ in nothing but seed`, `12 runs in 3 groups differ in nothing but seed`.
    pub fn words(&self) -> String {
        let runs = format::count(self.runs as u64, "run", "runs");
        let groups = if self.groups > 1 { format!(" in {} groups", self.groups) } else { String::new() };
        match &self.key {
            Some(key) => format!("{runs}{groups} differ in nothing but {}", key.words()),
            None => format!("{runs}{groups} had the same params, environment, datasets and source code"),
        }
    }
}

/// For every key that matters and differs: which runs have the same value, exactly. Equality is an
/// equivalence here, as a tolerance would not be.
pub(super) struct Classes {
    keys: Vec<RowId>,
    /// Key after key, one a run.
    of: Vec<Vec<u32>>,
}

impl Classes {
    pub(super) fn of(diff: &Diff, except: &BTreeSet<RowId>) -> Self {
        let mut classes = Self { keys: Vec::new(), of: Vec::new() };
        for (index, section) in
            diff.sections.iter().enumerate().filter(|(_, section)| section.kind.is_setup())
        {
            for (row, _) in section.keys.iter().enumerate().filter(|(_, key)| key.parent.is_none()) {
                let Some(id) = diff.id_of(index, row).filter(|id| !except.contains(id)) else { continue };
                let of_key = section_classes(diff, index, row);
                if of_key.iter().any(|class| *class != 0) {
                    classes.keys.push(id);
                    classes.of.push(of_key);
                }
            }
        }
        classes
    }

    pub(super) fn of_run(&self, run: usize) -> Vec<u32> {
        self.of.iter().map(|key| key.get(run).copied().unwrap_or_default()).collect()
    }
}

/// Equal values have the same number; the first run's is 0.
fn section_classes(diff: &Diff, section: usize, row: usize) -> Vec<u32> {
    let Some(section) = diff.sections.get(section) else { return Vec::new() };
    let mut numbers: HashMap<Option<&str>, u32> = HashMap::new();
    let class = |run: usize| {
        let text = match section.found(&diff.runs, row, run) {
            Found::Text(text) => Some(text),
            _ => None,
        };
        let next = numbers.len() as u32;
        *numbers.entry(text).or_insert(next)
    };
    (0..diff.runs.len()).map(class).collect()
}

/// So many suggestions are made.
const AT_MOST: usize = 4;

pub(super) fn nothing_but(diff: &Diff) -> Vec<NothingBut> {
    let classes = Classes::of(diff, &BTreeSet::new());
    let runs: Vec<usize> = (0..diff.runs.len()).filter(|run| *run != diff.baseline).collect();
    // A sum of one number a key: without a key is the sum less its number.
    let sum = |run: usize| {
        let of_key = classes.of.iter().zip(0_u64..);
        of_key.fold(0_u64, |sum, (of, key)| {
            sum.wrapping_add(mixed(key, of.get(run).copied().unwrap_or_default()))
        })
    };
    let sums: Vec<u64> = runs.iter().map(|run| sum(*run)).collect();
    let mut found: Vec<NothingBut> = Vec::new();
    let equal = count(sums.iter().copied());
    found.extend((equal.0 > 0).then_some(NothingBut { key: None, runs: equal.0, groups: equal.1 }));
    for ((id, of), key) in classes.keys.iter().zip(&classes.of).zip(0_u64..) {
        let class = |run: &usize| of.get(*run).copied().unwrap_or_default();
        let without = runs.iter().zip(&sums).map(|(run, sum)| sum.wrapping_sub(mixed(key, class(run))));
        let (joined, groups) = count(without);
        // Only what joins more than equality alone.
        if joined > equal.0 || groups < equal.1 {
            found.push(NothingBut { key: Some(id.clone()), runs: joined, groups });
        }
    }
    found.sort_by(|a, b| (b.runs, a.groups).cmp(&(a.runs, b.groups)));
    found.truncate(AT_MOST);
    found
}

/// How many are in a group of two or more, and how many such groups there are.
fn count(sums: impl Iterator<Item = u64>) -> (usize, usize) {
    let mut sizes: HashMap<u64, usize> = HashMap::new();
    for sum in sums {
        *sizes.entry(sum).or_default() += 1;
    }
    let groups = || sizes.values().filter(|size| **size > 1);
    (groups().sum(), groups().count())
}

/// splitmix64's finish: neighbours become strangers, so that no sums meet by chance.
fn mixed(key: u64, class: u32) -> u64 {
    let value = (key << 32 | u64::from(class)).wrapping_add(0x9E37_79B9_7F4A_7C15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    value ^ (value >> 31)
}
