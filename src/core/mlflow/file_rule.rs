use serde::{Deserialize, Serialize};

use crate::model::{ArtifactEntry, Millis};

/// Which artifact files of a server's source are read without being opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRule {
    /// Files up to this size, in bytes.
    pub up_to: u64,
    /// Only files that match one of these, separated by commas; empty for all. In a pattern `*` is any
    /// part of a name, `?` one letter of it, `**` any folders too. One without `/` is matched with the
    /// file's name, in every folder; one that ends in `/` is all of that folder.
    pub patterns: String,
    /// When a person made it: what was refused before is asked for again.
    pub since: Millis,
}

/// What a rule finds among listed artifacts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FileTally {
    /// Files that match and whose bytes are not here.
    pub missing: u64,
    /// Their listed sizes together, in bytes.
    pub missing_bytes: u64,
    /// Files that match and are here.
    pub here: u64,
}

impl FileRule {
    /// The largest file that may be read by rule, in bytes: several are in memory at once.
    pub const LARGEST: u64 = 256_000_000;

    /// The rule as it is kept in a setting.
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Reads [`Self::to_text`]; `None` for anything else.
    pub fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Where the rule of a source is kept among the settings.
    pub fn setting(source: &str) -> String {
        format!("files:{source}")
    }

    /// Whether a file of this path and size is meant, wherever its bytes are.
    pub fn matches(&self, path: &str, size: u64) -> bool {
        if size > self.up_to.min(Self::LARGEST) {
            return false;
        }
        let mut patterns = self.patterns.split(',').map(str::trim).filter(|pattern| !pattern.is_empty());
        patterns.clone().next().is_none() || patterns.any(|pattern| matches(pattern, path))
    }

    /// Counts what the rule finds.
    pub fn tally<'a>(&self, entries: impl IntoIterator<Item = &'a ArtifactEntry>) -> FileTally {
        let mut tally = FileTally::default();
        for entry in entries.into_iter().filter(|entry| self.matches(&entry.path, entry.size)) {
            if entry.kept {
                tally.here += 1;
            } else {
                tally.missing += 1;
                tally.missing_bytes = tally.missing_bytes.saturating_add(entry.size);
            }
        }
        tally
    }
}

/// Whether a pattern of [`FileRule::patterns`] means a path.
fn matches(pattern: &str, path: &str) -> bool {
    let pattern = pattern.strip_prefix('/').unwrap_or(pattern);
    if let Some(folder) = pattern.strip_suffix('/') {
        return glob(&format!("{folder}/**"), path);
    }
    if pattern.contains('/') || pattern == "**" {
        return glob(pattern, path);
    }
    glob(pattern, path.rsplit('/').next().unwrap_or(path))
}

/// Follows all ways at once, so that no pattern takes longer than the product of both lengths.
fn glob(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Which places of the pattern can have been reached after the letters so far.
    let mut reached = vec![false; pattern.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    skip_stars(&pattern, &mut reached, true);
    for &letter in &text {
        let mut next = vec![false; pattern.len() + 1];
        for (at, &sign) in pattern.iter().enumerate().filter(|&(at, _)| reached.get(at) == Some(&true)) {
            let deep = is_deep(&pattern, at);
            let to = match sign {
                '*' if deep || letter != '/' => at,
                '?' if letter != '/' => at + 1,
                sign if sign == letter && sign != '*' => at + 1,
                _ => continue,
            };
            if let Some(place) = next.get_mut(to) {
                *place = true;
            }
        }
        skip_stars(&pattern, &mut next, letter == '/');
        reached = next;
    }
    reached.last() == Some(&true)
}

/// Whether the star at a place is one of two.
fn is_deep(pattern: &[char], at: usize) -> bool {
    let star = |at: usize| pattern.get(at) == Some(&'*');
    star(at) && (star(at + 1) || at.checked_sub(1).is_some_and(star))
}

/// Stars may stand for nothing; `**/` for no more folder where one begins.
fn skip_stars(pattern: &[char], reached: &mut [bool], folder_begins: bool) {
    for at in 0..pattern.len() {
        if reached.get(at) != Some(&true) || pattern.get(at) != Some(&'*') {
            continue;
        }
        let begins = at.checked_sub(1).is_none_or(|before| pattern.get(before) == Some(&'/'));
        let no_folder = folder_begins && begins && pattern.get(at..at + 3) == Some(&['*', '*', '/']);
        for to in [Some(at + 1), no_folder.then_some(at + 3)].into_iter().flatten() {
            if let Some(place) = reached.get_mut(to) {
                *place = true;
            }
        }
    }
}
