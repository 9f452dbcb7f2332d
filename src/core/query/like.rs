//! LIKE and ILIKE, which the two stores of MLflow read differently.
//!
//! The file store makes a regular expression: no wildcard passes a line break, a line break at the end
//! may be left over, and ILIKE knows the cases of all scripts. SQLite's wildcards pass anything, and
//! ILIKE knows the cases of ASCII alone.

use super::StoreKind;

/// A pattern made ready.
#[derive(Debug, Clone)]
pub(super) struct Like {
    parts: Vec<Part>,
    rules: Rules,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Letter(char),
    /// `_`
    Any,
    /// `%`
    Some,
}

#[derive(Debug, Clone, Copy)]
struct Rules {
    /// As the file store: by lines.
    lines: bool,
    fold: fn(char) -> char,
}

impl Like {
    pub(super) fn new(pattern: &str, ignore_case: bool, store: StoreKind) -> Self {
        let fold: fn(char) -> char = match (ignore_case, store) {
            (false, _) => |letter| letter,
            (true, StoreKind::File) => python_fold,
            (true, StoreKind::Sql) => |letter| letter.to_ascii_lowercase(),
        };
        let part = |letter: char| match letter {
            '%' => Part::Some,
            '_' => Part::Any,
            _ => Part::Letter(fold(letter)),
        };
        let text = if store == StoreKind::Sql { before_nul(pattern) } else { pattern };
        let rules = Rules { lines: store == StoreKind::File, fold };
        Self { parts: text.chars().map(part).collect(), rules }
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let text = if self.rules.lines { text } else { before_nul(text) };
        let letters: Vec<char> = text.chars().collect();
        let (mut part, mut at) = (0, 0);
        // The last `%`: the part after it, and how far it reaches.
        let mut back: Option<(usize, usize)> = None;
        loop {
            match self.parts.get(part) {
                Some(Part::Some) => {
                    part += 1;
                    if part == self.parts.len() {
                        return true;
                    }
                    back = Some((part, at));
                    continue;
                }
                Some(&wanted) if letters.get(at).is_some_and(|&letter| self.fits(wanted, letter)) => {
                    part += 1;
                    at += 1;
                    continue;
                }
                None if self.is_end(&letters, at) => return true,
                _ => {}
            }
            let Some((after, reached)) = back else { return false };
            match letters.get(reached) {
                Some(&letter) if !(self.rules.lines && letter == '\n') => {
                    back = Some((after, reached + 1));
                    (part, at) = (after, reached + 1);
                }
                _ => return false,
            }
        }
    }

    fn fits(&self, wanted: Part, letter: char) -> bool {
        match wanted {
            Part::Letter(wanted) => (self.rules.fold)(letter) == wanted,
            _ => !(self.rules.lines && letter == '\n'),
        }
    }

    /// Python's `$` also stands before a line break at the very end.
    fn is_end(&self, letters: &[char], at: usize) -> bool {
        let left = letters.get(at..).unwrap_or_default();
        left.is_empty() || self.rules.lines && left == ['\n']
    }
}

/// SQLite's LIKE takes a zero byte for the end of a text.
fn before_nul(text: &str) -> &str {
    text.split('\0').next().unwrap_or_default()
}

/// One letter for all that Python's `re.IGNORECASE` takes for the same.
fn python_fold(letter: char) -> char {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    let same = EQUAL.iter().find(|class| class.contains(lower));
    same.and_then(|class| class.chars().next()).unwrap_or(lower)
}

/// Letters that are equal with case ignored though their lower cases differ: `re._casefix`.
const EQUAL: &[&str] = &[
    "i\u{131}",
    "s\u{17f}",
    "\u{b5}\u{3bc}",
    "\u{345}\u{3b9}\u{1fbe}",
    "\u{390}\u{1fd3}",
    "\u{3b0}\u{1fe3}",
    "\u{3b2}\u{3d0}",
    "\u{3b5}\u{3f5}",
    "\u{3b8}\u{3d1}",
    "\u{3ba}\u{3f0}",
    "\u{3c0}\u{3d6}",
    "\u{3c1}\u{3f1}",
    "\u{3c2}\u{3c3}",
    "\u{3c6}\u{3d5}",
    "\u{432}\u{1c80}",
    "\u{434}\u{1c81}",
    "\u{43e}\u{1c82}",
    "\u{441}\u{1c83}",
    "\u{442}\u{1c84}\u{1c85}",
    "\u{44a}\u{1c86}",
    "\u{463}\u{1c87}",
    "\u{1c88}\u{a64b}",
    "\u{1e61}\u{1e9b}",
    "\u{fb05}\u{fb06}",
];
