use std::collections::{BTreeSet, HashMap};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::value::{Inside, Known, Numbered, ScalarKind, Value};
use crate::format;

/// Characters of a value that are shown.
const SHOWN: usize = 400;
/// Rows that are kept.
const MOST_ROWS: usize = 20_000;
/// Keys that tell the items of a list apart, the best first.
const NAMES: [&str; 4] = ["id", "name", "key", "path"];

/// Two configs, value by value.
///
/// The order of keys counts for nothing; numbers are equal by their value; the items of a list are aligned by a key
/// that names them (`id`, `name`, …) if there is one, else so that most of them are equal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct StructureDiff {
    /// Values, in the order of the left file, those of the right beside them. What is equal is one row, however much
    /// is in it.
    pub rows: Vec<StructureRow>,
    /// Whether there were more rows than are kept.
    pub is_cut: bool,
}

/// A value of one or both files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StructureRow {
    /// Where it is: `model.layers[2]`, without its own key.
    pub parent: String,
    /// Its own key, with what joins it to the parent: `.units`, `[2]`.
    pub key: String,
    /// What became of it.
    pub change: StructureChange,
    /// On the left, in one line.
    pub left: Option<String>,
    /// On the right, in one line.
    pub right: Option<String>,
}

/// What became of a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum StructureChange {
    /// Nothing.
    Same,
    /// It has another value.
    Changed,
    /// It has another value of another kind.
    Kind {
        /// What it was: `number`, `text`, …
        from: String,
        /// What it is.
        to: String,
    },
    /// It is on the right only.
    Added,
    /// It is on the left only.
    Removed,
}

impl StructureDiff {
    /// Compares two values.
    pub(super) fn new(left: &Value, right: &Value) -> Self {
        let mut known = Known::default();
        let (left, right) = (known.number(left), known.number(right));
        let mut diff = Self::default();
        diff.pair(Place::default(), &left, &right);
        diff
    }

    /// Whether nothing differs.
    pub fn is_equal(&self) -> bool {
        self.rows.iter().all(|row| row.change == StructureChange::Same)
    }

    /// `3 values changed, 1 added, 38 equal`.
    pub fn words(&self) -> String {
        let count =
            |is: fn(&StructureChange) -> bool| self.rows.iter().filter(|row| is(&row.change)).count() as u64;
        let changed =
            count(|change| matches!(change, StructureChange::Changed | StructureChange::Kind { .. }));
        let parts = [
            (changed, "changed"),
            (count(|change| *change == StructureChange::Added), "added"),
            (count(|change| *change == StructureChange::Removed), "removed"),
            (count(|change| *change == StructureChange::Same), "equal"),
        ];
        super::count_words(&parts, "value", "values")
    }

    fn pair(&mut self, place: Place, left: &Numbered, right: &Numbered) {
        if left.number == right.number {
            return self.push(place, StructureChange::Same, Some(left.value), Some(right.value));
        }
        match (&left.inside, &right.inside) {
            (Inside::Map(left), Inside::Map(right)) => self.maps(&place, left, right),
            (Inside::List(left), Inside::List(right)) => self.lists(&place, left, right),
            _ => {
                let (from, to) = (left.value.kind(), right.value.kind());
                let change = if from == to {
                    StructureChange::Changed
                } else {
                    StructureChange::Kind { from: from.to_owned(), to: to.to_owned() }
                };
                self.push(place, change, Some(left.value), Some(right.value));
            }
        }
    }

    fn maps(&mut self, place: &Place, left: &[(&str, Numbered)], right: &[(&str, Numbered)]) {
        let by_key: HashMap<&str, usize> =
            right.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
        for (key, value) in left {
            match by_key.get(key).and_then(|at| right.get(*at)) {
                Some((_, other)) => self.pair(place.key(key), value, other),
                None => self.push(place.key(key), StructureChange::Removed, Some(value.value), None),
            }
        }
        let known: BTreeSet<&str> = left.iter().map(|(key, _)| *key).collect();
        for (key, value) in right.iter().filter(|(key, _)| !known.contains(key)) {
            self.push(place.key(key), StructureChange::Added, None, Some(value.value));
        }
    }

    fn lists(&mut self, place: &Place, left: &[Numbered], right: &[Numbered]) {
        if let Some(name) =
            NAMES.into_iter().find(|name| names(left, name).is_some() && names(right, name).is_some())
        {
            return self.named(place, name, left, right);
        }
        let numbers = |items: &[Numbered]| items.iter().map(|item| item.number).collect::<Vec<_>>();
        for op in capture_diff_slices(Algorithm::Myers, &numbers(left), &numbers(right)) {
            let (old, new) = (op.old_range(), op.new_range());
            let is_equal = matches!(op, DiffOp::Equal { .. });
            let both = if is_equal || op_is_alike(left, right, &op) { old.len().min(new.len()) } else { 0 };
            for (at, other) in old.clone().zip(new.clone()).take(both) {
                if let (Some(a), Some(b)) = (left.get(at), right.get(other)) {
                    self.pair(place.item(&index(at, other)), a, b);
                }
            }
            for at in old.skip(both) {
                let value = left.get(at).map(|item| item.value);
                self.push(place.item(&at.to_string()), StructureChange::Removed, value, None);
            }
            for at in new.skip(both) {
                let value = right.get(at).map(|item| item.value);
                self.push(place.item(&at.to_string()), StructureChange::Added, None, value);
            }
        }
    }

    /// Lists whose items have names.
    fn named(&mut self, place: &Place, name: &str, left: &[Numbered], right: &[Numbered]) {
        let lefts = names(left, name).unwrap_or_default();
        let rights = names(right, name).unwrap_or_default();
        let by_name: HashMap<&str, usize> = rights.iter().enumerate().map(|(at, text)| (*text, at)).collect();
        let known: BTreeSet<&str> = lefts.iter().copied().collect();
        for (item, text) in left.iter().zip(&lefts) {
            let place = place.item(&format!("{name}={}", format::middle(text, 60)));
            match by_name.get(text).and_then(|at| right.get(*at)) {
                Some(other) => self.pair(place, item, other),
                None => self.push(place, StructureChange::Removed, Some(item.value), None),
            }
        }
        for (item, text) in right.iter().zip(&rights).filter(|(_, text)| !known.contains(*text)) {
            let place = place.item(&format!("{name}={}", format::middle(text, 60)));
            self.push(place, StructureChange::Added, None, Some(item.value));
        }
    }

    fn push(&mut self, place: Place, change: StructureChange, left: Option<&Value>, right: Option<&Value>) {
        if self.rows.len() >= MOST_ROWS {
            self.is_cut = true;
            return;
        }
        let words = |value: Option<&Value>| value.map(|value| value.one_line(SHOWN));
        let (left, right) = (words(left), words(right));
        self.rows.push(StructureRow { parent: place.parent, key: place.key, change, left, right });
    }
}

/// Where a value is.
#[derive(Default)]
struct Place {
    parent: String,
    key: String,
}

impl Place {
    fn key(&self, key: &str) -> Self {
        let parent = format!("{}{}", self.parent, self.key);
        let is_word =
            !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '/'));
        let dot = if parent.is_empty() { "" } else { "." };
        Self { key: if is_word { format!("{dot}{key}") } else { format!("[\"{key}\"]") }, parent }
    }

    fn item(&self, index: &str) -> Self {
        Self { parent: format!("{}{}", self.parent, self.key), key: format!("[{index}]") }
    }
}

fn index(left: usize, right: usize) -> String {
    if left == right { left.to_string() } else { format!("{left} → {right}") }
}

/// Whether the items of a change that stand beside each other are of one kind.
fn op_is_alike(left: &[Numbered], right: &[Numbered], op: &DiffOp) -> bool {
    let is_alike = |(at, other): (usize, usize)| match (left.get(at), right.get(other)) {
        (Some(a), Some(b)) => std::mem::discriminant(a.value) == std::mem::discriminant(b.value),
        _ => false,
    };
    op.old_range().zip(op.new_range()).all(is_alike)
}

/// The texts of a key of all items, if each has one and no two are equal.
fn names<'a>(items: &'a [Numbered], name: &str) -> Option<Vec<&'a str>> {
    let mut seen = BTreeSet::new();
    let of = |item: &'a Numbered| {
        let Inside::Map(pairs) = &item.inside else { return None };
        let (_, value) = pairs.iter().find(|(key, _)| *key == name)?;
        match value.value {
            Value::Scalar(scalar) if scalar.kind != ScalarKind::Null => Some(scalar.text.as_str()),
            _ => None,
        }
    };
    let found: Vec<&str> = items.iter().map(of).collect::<Option<_>>()?;
    (!found.is_empty() && found.iter().all(|text| seen.insert(*text))).then_some(found)
}
