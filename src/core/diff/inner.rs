//! Rows that are put together: from inside of values, from files.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    SectionKind,
    extras::{Files, RunFiles},
    section::{At, Key},
    texts::{Texts, TextsMaker},
};
use crate::{
    format,
    model::{DatasetInput, Pairs},
    structure::{self, Leaf},
    table::{RunRef, natural},
};

mod datasets;
mod outcome;

/// A section of texts.
pub(super) struct Made {
    pub(super) keys: Vec<Key>,
    pub(super) texts: Texts,
    pub(super) left_out: usize,
}

/// So many rows inside of one key are shown at once; more start closed.
const MOST_OPEN: usize = 60;
/// So many files are compared; those that most runs have.
const MOST_FILES: usize = 5_000;

/// Adds rows to a section.
pub(super) struct Inner {
    texts: TextsMaker,
}

impl Inner {
    pub(super) fn new(runs: usize) -> Self {
        Self { texts: TextsMaker::new(runs) }
    }

    pub(super) fn done(self) -> Texts {
        self.texts.done()
    }

    /// A key with texts of its own.
    fn key(&mut self, name: &str, parent: Option<usize>) -> (Key, usize) {
        let row = self.texts.row();
        let key = Key {
            name: name.to_owned(),
            differs: false,
            parent,
            children: 0,
            starts_closed: false,
            at: At::Inner(row),
        };
        (key, row)
    }

    /// Opens a key: a row for every place inside of the nested values of the runs.
    pub(super) fn open<'a>(
        &mut self,
        keys: &mut Vec<Key>,
        parent: usize,
        texts: impl Iterator<Item = Option<&'a str>>,
    ) {
        let mut read: HashMap<&str, Option<Vec<Leaf>>> = HashMap::new();
        let texts: Vec<Option<&str>> = texts.collect();
        for text in texts.iter().flatten() {
            read.entry(text).or_insert_with(|| structure::leaves(text));
        }
        let mut rows: HashMap<&str, usize> = HashMap::new();
        let mut bare = true;
        // Places in the order in which they are first written.
        let known = texts.iter().flatten().filter_map(|text| read.get(text)?.as_ref());
        let mut seen: HashSet<*const Leaf> = HashSet::new();
        for leaves in known.filter(|leaves| seen.insert(leaves.as_ptr())) {
            for leaf in leaves {
                bare = bare && leaf.path.starts_with('[');
                if !rows.contains_key(leaf.path.as_str()) {
                    let (key, row) = self.key(&leaf.path, Some(parent));
                    keys.push(key);
                    rows.insert(&leaf.path, row);
                }
            }
        }
        for (run, text) in texts.iter().enumerate() {
            let Some(Some(leaves)) = text.and_then(|text| read.get(text)) else { continue };
            for leaf in leaves {
                if let Some(row) = rows.get(leaf.path.as_str()) {
                    self.texts.set(*row, run, &leaf.text);
                }
            }
        }
        if let Some(key) = keys.get_mut(parent) {
            key.children = rows.len();
            key.starts_closed = bare || rows.len() > MOST_OPEN;
        }
    }

    /// Rows of a section that the runs tell, but not as they stand.
    pub(super) fn extra(&mut self, kind: SectionKind, runs: &[RunRef], keys: &mut Vec<Key>) {
        if kind == SectionKind::Outcome {
            outcome::points(self, runs, keys);
        }
    }
}

/// Datasets by name, with what is known of each below.
pub(super) fn datasets(runs: &[RunRef]) -> Made {
    datasets::of(runs)
}

/// What the machine was, then packages by name.
pub(super) fn environment(runs: &[RunRef], files: &Files) -> Made {
    let mut inner = Inner::new(runs.len());
    let mut keys = Vec::new();
    outcome::machine(&mut inner, runs, &mut keys);
    let packages =
        |of: &RunFiles| of.packages.iter().map(|(name, version)| (name.clone(), version.clone())).collect();
    flat(&mut inner, &mut keys, rows(files, packages));
    Made { keys, texts: inner.done(), left_out: 0 }
}

/// Logged models by name, with flavours and signature below.
pub(super) fn models(runs: &[RunRef], files: &Files) -> Made {
    let mut names: BTreeMap<&str, Vec<Option<Pairs>>> = BTreeMap::new();
    for (run, of) in files.iter().enumerate() {
        for model in of.iter().flat_map(|of| &of.models) {
            let row = names.entry(&model.name).or_insert_with(|| vec![None; runs.len()]);
            if let Some(cell) = row.get_mut(run) {
                *cell = Some(model.facts.clone());
            }
        }
    }
    nested(runs.len(), names, |facts| {
        let flavors = facts.iter().filter_map(|(name, version)| {
            let flavor = name.strip_prefix("flavor ")?;
            Some(if version == "no version" { flavor.to_owned() } else { format!("{flavor} {version}") })
        });
        let words = flavors.collect::<Vec<_>>().join(", ");
        if words.is_empty() { "python_function".to_owned() } else { words }
    })
}

/// Files by path: size and, where the bytes were compared, their hash.
pub(super) fn artifacts(runs: &[RunRef], files: &Files) -> Made {
    let mut inner = Inner::new(runs.len());
    let mut keys = Vec::new();
    let of_run = |of: &RunFiles| {
        let text = |file: &super::ArtifactOf| {
            let hash = file.hash.as_deref().map(|hash| format!(" · {hash}")).unwrap_or_default();
            (file.path.clone(), format!("{}{hash}", format::bytes(file.size)))
        };
        of.artifacts.iter().map(text).collect()
    };
    let mut found: Vec<_> = rows(files, of_run).into_iter().collect();
    let left_out = found.len().saturating_sub(MOST_FILES);
    if left_out > 0 {
        found.sort_by_key(|(_, cells)| std::cmp::Reverse(cells.len()));
        found.truncate(MOST_FILES);
    }
    flat(&mut inner, &mut keys, found.into_iter().collect());
    Made { keys, texts: inner.done(), left_out }
}

/// Key to (run, text).
type Rows = BTreeMap<String, Vec<(usize, String)>>;

fn rows(files: &Files, of: impl Fn(&RunFiles) -> Pairs) -> Rows {
    let mut rows = Rows::new();
    for (run, files) in files.iter().enumerate() {
        for (key, text) in files.iter().flat_map(|files| of(files)) {
            rows.entry(key).or_default().push((run, text));
        }
    }
    rows
}

/// Rows without anything below them, by name with the numbers in it.
fn flat(inner: &mut Inner, keys: &mut Vec<Key>, rows: Rows) {
    let mut rows: Vec<_> = rows.into_iter().collect();
    rows.sort_by(|a, b| natural(&a.0, &b.0));
    for (name, cells) in rows {
        let (key, row) = inner.key(&name, None);
        keys.push(key);
        for (run, text) in cells {
            inner.texts.set(row, run, &text);
        }
    }
}

/// Rows with facts below them: one row a name, which says in short what they are.
fn nested(runs: usize, names: BTreeMap<&str, Vec<Option<Pairs>>>, short: impl Fn(&Pairs) -> String) -> Made {
    let mut inner = Inner::new(runs);
    let mut keys: Vec<Key> = Vec::new();
    for (name, cells) in names {
        let parent = keys.len();
        let (key, row) = inner.key(name, None);
        keys.push(key);
        let mut children: HashMap<&str, usize> = HashMap::new();
        for (run, facts) in cells.iter().enumerate() {
            let Some(facts) = facts else { continue };
            inner.texts.set(row, run, &short(facts));
            for (fact, text) in facts {
                let child = children.get(fact.as_str()).copied().unwrap_or_else(|| {
                    let (key, row) = inner.key(fact, Some(parent));
                    keys.push(key);
                    children.insert(fact, row);
                    row
                });
                inner.texts.set(child, run, text);
            }
        }
        if let Some(key) = keys.get_mut(parent) {
            key.children = children.len();
            key.starts_closed = children.len() > MOST_OPEN;
        }
    }
    Made { keys, texts: inner.done(), left_out: 0 }
}

/// What a run's use of a dataset says in one line.
fn digest_words(input: &DatasetInput) -> String {
    let digest = format::one_line(&input.digest, 80);
    match context(input) {
        Some(context) if !context.is_empty() => format!("{digest} ({})", format::one_line(context, 80)),
        _ => digest.into_owned(),
    }
}

fn context(input: &DatasetInput) -> Option<&str> {
    input.tags.iter().find(|(key, _)| key == "mlflow.data.context").map(|(_, value)| value.as_str())
}

/// What a section has until its files are read.
pub(super) fn nothing(runs: usize) -> Made {
    Made { keys: Vec::new(), texts: Inner::new(runs).done(), left_out: 0 }
}
