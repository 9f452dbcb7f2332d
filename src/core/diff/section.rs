use super::{
    Rules,
    inner::{self, Inner},
    texts::Texts,
    tolerant,
    values::{Found, Values},
};
use crate::table::RunRef;

mod kind;

pub use kind::SectionKind;

/// A section with its keys.
#[derive(Debug)]
pub struct Section {
    /// Which.
    pub kind: SectionKind,
    /// How many of its keys differ; rows inside of a key are not counted.
    pub differing: usize,
    /// What it shows is still being read.
    pub pending: bool,
    /// How many more keys there are than are shown.
    pub left_out: usize,
    pub(super) keys: Vec<Key>,
    values: Values,
    inner: Texts,
}

/// A key, and whether its values differ between runs.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) differs: bool,
    /// The key in whose value this one is.
    pub(super) parent: Option<usize>,
    /// How many rows inside of its value follow.
    pub(super) children: usize,
    /// Its rows are hidden until a person opens it: a list of bare values says little one by one.
    pub(super) starts_closed: bool,
    pub(super) at: At,
}

/// Where the values of a key are.
#[derive(Debug, Clone, Copy)]
pub(super) enum At {
    Own(usize),
    Inner(usize),
}

impl Section {
    /// From the runs themselves.
    pub(super) fn of_runs(kind: SectionKind, runs: &[RunRef], rules: &Rules) -> Self {
        let (names, values) = Values::gather(kind, runs, rules);
        let mut differs = vec![false; names.len()];
        let mut nested = vec![false; names.len()];
        let opens = matches!(kind, SectionKind::Params | SectionKind::Tags);
        // Run after run, as the values of one run lie side by side in memory.
        for run in 0..runs.len() {
            for (row, (differs, nested)) in differs.iter_mut().zip(&mut nested).enumerate() {
                *differs = *differs || (run > 0 && !values.same(runs, row, 0, run));
                if opens && !*nested {
                    *nested = matches!(values.get(runs, row, run), Found::Text(text) if crate::structure::may_be_nested(text));
                }
            }
        }
        let mut made = Inner::new(runs.len());
        let mut keys = Vec::with_capacity(names.len());
        for (row, name) in names.into_iter().enumerate() {
            let at = keys.len();
            let differs = differs.get(row).copied().unwrap_or_default();
            let key =
                Key { name, differs, parent: None, children: 0, starts_closed: false, at: At::Own(row) };
            keys.push(key);
            if nested.get(row) == Some(&true) {
                let texts = (0..runs.len()).map(|run| match values.get(runs, row, run) {
                    Found::Text(text) => Some(text),
                    _ => None,
                });
                made.open(&mut keys, at, texts);
            }
        }
        made.extra(kind, runs, &mut keys);
        Self::finished(kind, keys, values, made.done(), runs, rules)
    }

    /// From texts that were put together.
    pub(super) fn of_texts(
        kind: SectionKind,
        made: inner::Made,
        runs: &[RunRef],
        rules: &Rules,
        pending: bool,
    ) -> Self {
        let inner::Made { keys, texts, left_out } = made;
        Self { pending, left_out, ..Self::finished(kind, keys, Values::Nothing, texts, runs, rules) }
    }

    fn finished(
        kind: SectionKind,
        keys: Vec<Key>,
        values: Values,
        inner: Texts,
        runs: &[RunRef],
        rules: &Rules,
    ) -> Self {
        let mut section = Self { kind, differing: 0, pending: false, left_out: 0, keys, values, inner };
        for at in 0..section.keys.len() {
            let differs = section.judge(at, runs, rules);
            if let Some(key) = section.keys.get_mut(at) {
                key.differs = differs;
            }
        }
        section.differing = section.keys.iter().filter(|key| key.differs && key.parent.is_none()).count();
        section
    }

    /// Whether any two runs differ in a row.
    fn judge(&self, at: usize, runs: &[RunRef], rules: &Rules) -> bool {
        let Some(key) = self.keys.get(at) else { return false };
        let differs = match key.at {
            At::Own(_) => key.differs,
            At::Inner(row) => (1..runs.len()).any(|run| !self.inner.same(row, 0, run)),
        };
        if differs && !rules.tolerance.is_exact() {
            return tolerant::any_two_differ(
                (0..runs.len()).map(|run| self.found(runs, at, run)),
                rules.tolerance,
            );
        }
        differs
    }

    /// What a run has in a row.
    pub(super) fn found<'a>(&'a self, runs: &'a [RunRef], at: usize, run: usize) -> Found<'a> {
        match self.keys.get(at).map(|key| key.at) {
            Some(At::Own(row)) => self.values.get(runs, row, run),
            Some(At::Inner(row)) => self.inner.get(row, run).map_or(Found::Missing, Found::Text),
            None => Found::Missing,
        }
    }

    /// Whether two runs have exactly the same in a row.
    pub(super) fn same(&self, runs: &[RunRef], at: usize, a: usize, b: usize) -> bool {
        match self.keys.get(at).map(|key| key.at) {
            Some(At::Own(row)) => self.values.same(runs, row, a, b),
            Some(At::Inner(row)) => self.inner.same(row, a, b),
            None => true,
        }
    }

    pub(super) fn values(&self) -> &Values {
        &self.values
    }

    /// How many keys it has; rows inside of a key are not counted.
    pub fn len(&self) -> usize {
        self.keys.iter().filter(|key| key.parent.is_none()).count() + self.left_out
    }

    /// How many rows it has, those inside of keys too.
    pub fn rows(&self) -> usize {
        self.keys.len()
    }

    /// Whether it has no key.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// `6 differ`, or `all equal`; `of 34` stands behind it in another tone.
    pub fn differ_words(&self) -> String {
        match self.differing {
            0 => "all equal".to_owned(),
            1 => "1 differs".to_owned(),
            many => format!("{} differ", crate::format::unsigned(many as u64)),
        }
    }

    /// The keys that differ, for the head of a closed section: `phase, owner, 3 more`.
    pub fn differing_keys(&self, at_most: usize) -> String {
        let differing = self.keys.iter().filter(|key| key.differs && key.parent.is_none());
        let mut words: Vec<String> = differing.map(|key| key.name.clone()).take(at_most).collect();
        let more = self.differing.saturating_sub(words.len());
        if more > 0 {
            words.push(format!("{} more", crate::format::unsigned(more as u64)));
        }
        words.join(", ")
    }
}
