use std::collections::HashMap;

/// Numbers for keys, in the order in which they first occur. Most runs have the same keys in the
/// same order: the key that followed last time is tried before the hash.
#[derive(Debug, Default)]
pub(crate) struct Keys<'a> {
    all: Vec<&'a str>,
    ids: HashMap<&'a str, usize>,
    /// For each key the one that last came after it; at 0 the one that came first.
    next: Vec<usize>,
}

impl<'a> Keys<'a> {
    /// The number of `key`; `after` is the number of the key before it in the same run.
    pub(crate) fn id(&mut self, key: &'a str, after: Option<usize>) -> usize {
        let slot = after.map_or(0, |id| id + 1);
        if let Some(&guess) = self.next.get(slot)
            && self.all.get(guess) == Some(&key)
        {
            return guess;
        }
        let new = self.all.len();
        let id = *self.ids.entry(key).or_insert(new);
        if id == new {
            self.all.push(key);
        }
        if self.next.len() <= slot {
            self.next.resize(slot + 1, usize::MAX);
        }
        if let Some(next) = self.next.get_mut(slot) {
            *next = id;
        }
        id
    }

    /// All keys, by number.
    pub(crate) fn into_keys(self) -> Vec<&'a str> {
        self.all
    }
}
