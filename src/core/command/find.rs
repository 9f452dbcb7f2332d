use std::ops::Range;

/// What a person typed to find something, ready to be held against many names.
#[derive(Debug, Clone, Default)]
pub struct Words(Vec<Vec<char>>);

/// How well a name fits, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The higher, the better.
    pub score: i32,
    /// The letters that were typed, as byte ranges of the name: ascending, apart from each other.
    pub marks: Vec<Range<usize>>,
}

/// More of a name or of what was typed is not looked at: the work stays small whatever somebody logged or pasted.
const LONGEST_NAME: usize = 200;
const LONGEST_WORD: usize = 40;
const MOST_WORDS: usize = 8;

/// A letter that was typed is in the name.
const MATCH: i32 = 4;
/// It begins the name.
const AT_START: i32 = 12;
/// It begins a word of the name.
const AT_WORD: i32 = 8;
/// It follows the letter that was typed before it.
const NEXT: i32 = 10;
/// What it costs at most that it begins far behind.
const WORST_GAP: i32 = 6;
const NONE: i32 = i32::MIN / 2;

impl Words {
    /// What was typed. Blanks separate words, which may stand anywhere in the name, in any order.
    pub fn new(typed: &str) -> Self {
        let word = |word: &str| word.chars().take(LONGEST_WORD).map(fold).collect();
        Self(typed.split_whitespace().take(MOST_WORDS).map(word).collect())
    }

    /// Whether nothing was typed; it fits every name.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well a name fits; `None` when it lacks a letter of any word.
    pub fn find(&self, name: &str) -> Option<Found> {
        let letters: Vec<(usize, char)> = name.char_indices().take(LONGEST_NAME).collect();
        let mut score = 0;
        let mut marked = vec![false; letters.len()];
        for word in &self.0 {
            let (word_score, places) = best(word, &letters)?;
            score += word_score;
            for place in places {
                if let Some(mark) = marked.get_mut(place) {
                    *mark = true;
                }
            }
        }
        // Of two names that hold the same, the shorter says little else.
        score -= i32::try_from(letters.len() / 8).unwrap_or(0);
        Some(Found { score, marks: ranges(&letters, &marked) })
    }
}

/// One letter for one, so that places stay what they were.
fn fold(letter: char) -> char {
    letter.to_lowercase().next().unwrap_or(letter)
}

/// The best way to lay the letters of a word over a name in order: its score and the places.
fn best(word: &[char], name: &[(usize, char)]) -> Option<(i32, Vec<usize>)> {
    if !is_within(word, name) {
        return None;
    }
    let wide = name.len();
    // By letter of the word and place in the name: the best score with that letter there, and where the letter
    // before it stands.
    let mut from = vec![0_usize; word.len() * wide];
    let mut before = vec![NONE; wide];
    for (at, &letter) in word.iter().enumerate() {
        let mut now = vec![NONE; wide];
        // The best of the places before the last, less for every letter that is skipped.
        let (mut skipped, mut skipped_at) = (NONE, 0);
        for (place, &(_, found)) in name.iter().enumerate() {
            let last = place.checked_sub(1).and_then(|last| before.get(last)).copied().unwrap_or(NONE);
            if fold(found) == letter {
                let (base, way) = match (at, last + NEXT >= skipped) {
                    (0, _) => (0, 0),
                    (_, true) => (last + NEXT, place.saturating_sub(1)),
                    (_, false) => (skipped, skipped_at),
                };
                if base > NONE / 2 {
                    set(&mut now, place, base + MATCH + bonus(name, place));
                    set(&mut from, at * wide + place, way);
                }
            }
            skipped = (skipped - 1).max(NONE);
            if last > NONE / 2 && last - 1 > skipped {
                (skipped, skipped_at) = (last - 1, place - 1);
            }
        }
        before = now;
    }
    let (mut place, score) =
        before.iter().copied().enumerate().max_by_key(|&(place, score)| (score, usize::MAX - place))?;
    let first_gap = |first: usize| i32::try_from(first / 2).unwrap_or(i32::MAX).min(WORST_GAP);
    let mut places = vec![place; word.len()];
    for at in (1..word.len()).rev() {
        place = from.get(at * wide + place).copied().unwrap_or(0);
        set(&mut places, at - 1, place);
    }
    (score > NONE / 2).then(|| (score - first_gap(place), places))
}

fn set<T>(list: &mut [T], at: usize, value: T) {
    if let Some(entry) = list.get_mut(at) {
        *entry = value;
    }
}

/// Whether the letters of a word are in a name, in order.
fn is_within(word: &[char], name: &[(usize, char)]) -> bool {
    let mut letters = name.iter();
    !word.is_empty() && word.iter().all(|letter| letters.any(|(_, found)| fold(*found) == *letter))
}

fn bonus(name: &[(usize, char)], place: usize) -> i32 {
    let at = |place: usize| name.get(place).map(|(_, letter)| *letter);
    let Some(before) = place.checked_sub(1).and_then(at) else { return AT_START };
    let this = at(place).unwrap_or(' ');
    let begins = !before.is_alphanumeric() && this.is_alphanumeric();
    let camel = before.is_lowercase() && this.is_uppercase();
    let number = before.is_alphabetic() && this.is_numeric();
    if begins || camel || number { AT_WORD } else { 0 }
}

fn ranges(letters: &[(usize, char)], marked: &[bool]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for ((start, letter), _) in letters.iter().zip(marked).filter(|(_, marked)| **marked) {
        let end = start + letter.len_utf8();
        match ranges.last_mut() {
            Some(last) if last.end == *start => last.end = end,
            _ => ranges.push(*start..end),
        }
    }
    ranges
}
