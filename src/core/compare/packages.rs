use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use serde::{Deserialize, Serialize};

use super::count_words;
use crate::{environment::Requirement, table::natural};

/// Two lists of packages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct PackageDiff {
    /// Packages of both, by name.
    pub rows: Vec<PackageRow>,
}

/// A package of one or both lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackageRow {
    /// Its name, as pip normalises it.
    pub name: String,
    /// The version on the left, or what is asked of it.
    pub left: Option<String>,
    /// The version on the right.
    pub right: Option<String>,
    /// What became of it.
    pub change: PackageChange,
}

/// What became of a package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum PackageChange {
    /// Nothing.
    Same,
    /// A later version.
    Raised,
    /// An earlier version.
    Lowered,
    /// Another condition, which is neither later nor earlier.
    Changed,
    /// On the right only.
    Added,
    /// On the left only.
    Removed,
}

impl PackageDiff {
    /// Compares two lists.
    pub(super) fn new(left: &[Requirement], right: &[Requirement]) -> Self {
        let (left, right) = (by_name(left), by_name(right));
        let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
        let row = |name: &String| {
            let (left, right) = (left.get(name).cloned(), right.get(name).cloned());
            PackageRow { name: name.clone(), change: change(left.as_deref(), right.as_deref()), left, right }
        };
        Self { rows: names.into_iter().map(row).collect() }
    }

    /// Whether nothing differs.
    pub fn is_equal(&self) -> bool {
        self.rows.iter().all(|row| row.change == PackageChange::Same)
    }

    /// `3 versions changed, 1 package added, 38 equal`.
    pub fn words(&self) -> String {
        let count =
            |is: &[PackageChange]| self.rows.iter().filter(|row| is.contains(&row.change)).count() as u64;
        let versions = count(&[PackageChange::Raised, PackageChange::Lowered, PackageChange::Changed]);
        let rest = [
            (count(&[PackageChange::Added]), "added"),
            (count(&[PackageChange::Removed]), "removed"),
            (count(&[PackageChange::Same]), "equal"),
        ];
        let rest_words = count_words(&rest, "package", "packages");
        match versions {
            0 => rest_words,
            _ if rest.iter().all(|(count, _)| *count == 0) => {
                count_words(&[(versions, "changed")], "version", "versions")
            }
            _ => format!("{}, {rest_words}", count_words(&[(versions, "changed")], "version", "versions")),
        }
    }
}

/// Versions by package; one that is named twice has both.
fn by_name(list: &[Requirement]) -> BTreeMap<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for Requirement { name, version } in list {
        let versions = found.entry(name.clone()).or_default();
        if versions.is_empty() {
            versions.clone_from(version);
        } else if versions.split(", ").all(|known| known != version) {
            versions.push_str(", ");
            versions.push_str(version);
        }
    }
    found
}

fn change(left: Option<&str>, right: Option<&str>) -> PackageChange {
    let is_version =
        |text: &str| text.starts_with(|c: char| c.is_ascii_digit()) && !text.contains([',', ' ']);
    match (left, right) {
        (None, _) => PackageChange::Added,
        (_, None) => PackageChange::Removed,
        (Some(a), Some(b)) if a == b => PackageChange::Same,
        (Some(a), Some(b)) if is_version(a) && is_version(b) => match natural(a, b) {
            Ordering::Less => PackageChange::Raised,
            Ordering::Greater => PackageChange::Lowered,
            Ordering::Equal => PackageChange::Changed,
        },
        _ => PackageChange::Changed,
    }
}
