use super::super::chars::{fold, is_word};

/// A text by letters, as Python counts, with the byte where each begins.
pub(super) struct Cursor {
    letters: Vec<char>,
    bytes: Vec<usize>,
}

impl Cursor {
    pub(super) fn new(text: &str) -> Self {
        let letters: Vec<char> = text.chars().collect();
        let bytes = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
        Self { letters, bytes }
    }

    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    pub(super) fn byte(&self, at: usize) -> usize {
        self.bytes.get(at).or(self.bytes.last()).copied().unwrap_or(0)
    }

    pub(super) fn get(&self, at: usize) -> Option<char> {
        self.letters.get(at).copied()
    }

    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.get(at.checked_sub(1)?)
    }

    pub(super) fn is(&self, at: usize, letter: char) -> bool {
        self.get(at) == Some(letter)
    }

    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.letters.get(from..to).unwrap_or_default().iter().collect()
    }

    /// Whether the ASCII text `what` stands here.
    pub(super) fn starts(&self, at: usize, what: &str) -> bool {
        what.chars().enumerate().all(|(i, letter)| self.is(at + i, letter))
    }

    /// Where `what` (lower-case letters and signs) ends if it stands here in any case.
    pub(super) fn folded(&self, at: usize, what: &str) -> Option<usize> {
        let stands = what.chars().enumerate().all(|(i, letter)| self.get(at + i).map(fold) == Some(letter));
        stands.then_some(at + what.chars().count())
    }

    /// The first place from `at` on that is not of a class.
    pub(super) fn skip(&self, at: usize, class: impl Fn(char) -> bool) -> usize {
        let mut end = at;
        while self.get(end).is_some_and(&class) {
            end += 1;
        }
        end
    }

    /// At least one of a class: the first place that is not.
    pub(super) fn some(&self, at: usize, class: impl Fn(char) -> bool) -> Option<usize> {
        let end = self.skip(at, class);
        (end > at).then_some(end)
    }

    /// `\b`: whether one side of the place is a letter of a word and the other is none.
    pub(super) fn is_boundary(&self, at: usize) -> bool {
        self.before(at).is_some_and(is_word) != self.get(at).is_some_and(is_word)
    }
}
