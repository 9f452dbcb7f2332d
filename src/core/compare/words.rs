use std::{collections::HashMap, ops::Range};

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::TextOptions;

/// Lines of more pieces than this are not looked into.
const MOST_PIECES: usize = 2_000;
/// Lines that have less than this in common are not the same line changed.
const ALIKE: f64 = 0.25;

/// Pieces of a line, in bytes.
pub type Marks = Vec<Range<usize>>;

/// What of two lines differs, as ranges of bytes of each; `None` where they have too little in common, or too much in
/// them to look into: then the whole lines differ.
pub fn words(left: &str, right: &str, options: TextOptions) -> Option<(Marks, Marks)> {
    let (before, after) = (pieces(left), pieces(right));
    if before.len() > MOST_PIECES || after.len() > MOST_PIECES {
        return None;
    }
    let mut known = HashMap::new();
    let mut number = |line: &str, pieces: &[Range<usize>]| -> Vec<u32> {
        let of = |piece: &Range<usize>| {
            let next = known.len() as u32;
            let text = options.essence(line.get(piece.clone()).unwrap_or_default()).into_owned();
            *known.entry(text).or_insert(next)
        };
        pieces.iter().map(of).collect()
    };
    let (old, new) = (number(left, &before), number(right, &after));
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut common = 0;
    for op in capture_diff_slices(Algorithm::Myers, &old, &new) {
        if matches!(op, DiffOp::Equal { .. }) {
            let here = before.get(op.old_range()).unwrap_or_default();
            common += here.iter().map(|piece| weight(left, piece)).sum::<usize>();
        } else {
            join(&mut gone, before.get(op.old_range()).unwrap_or_default(), left);
            join(&mut come, after.get(op.new_range()).unwrap_or_default(), right);
        }
    }
    let all =
        |line: &str, pieces: &[Range<usize>]| pieces.iter().map(|piece| weight(line, piece)).sum::<usize>();
    let larger = all(left, &before).max(all(right, &after));
    (common as f64 >= ALIKE * larger as f64).then_some((gone, come))
}

/// How alike two lines are, from 0 to 1, by the words that they share wherever they stand. Looks at the first
/// kilobyte.
pub(super) fn likeness(left: &[(&str, usize)], right: &[(&str, usize)]) -> f64 {
    let (mut common, mut at, mut other) = (0, 0, 0);
    while let (Some((a, weight)), Some((b, _))) = (left.get(at), right.get(other)) {
        match a.cmp(b) {
            std::cmp::Ordering::Less => at += 1,
            std::cmp::Ordering::Greater => other += 1,
            std::cmp::Ordering::Equal => {
                common += weight;
                (at, other) = (at + 1, other + 1);
            }
        }
    }
    let all: usize = left.iter().chain(right).map(|(_, weight)| weight).sum();
    if all == 0 { 1.0 } else { 2.0 * common as f64 / all as f64 }
}

/// The words of a line, sorted, with their weights, for [`likeness`].
pub(super) fn bag(line: &str) -> Vec<(&str, usize)> {
    const MOST: usize = 1024;
    let head = line.get(..line.floor_char_boundary(MOST)).unwrap_or(line);
    let mut bag: Vec<(&str, usize)> = pieces(head)
        .iter()
        .map(|piece| (head.get(piece.clone()).unwrap_or_default(), weight(head, piece)))
        .filter(|(_, weight)| *weight > 0)
        .collect();
    bag.sort_unstable();
    bag
}

/// White space weighs nothing, a sign as much as a letter.
fn weight(line: &str, piece: &Range<usize>) -> usize {
    let text = line.get(piece.clone()).unwrap_or_default();
    if text.starts_with(char::is_whitespace) { 0 } else { text.chars().count() }
}

/// A line cut into words, numbers, runs of white space and single signs. A number goes on over the signs within it, so
/// that `1.0.8`, `2.4.0+cu121`, `1e-3` and `2026-12-01` are one piece each.
fn pieces(line: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, first)) = chars.next() {
        let mut end = start + first.len_utf8();
        let is_number = first.is_ascii_digit();
        let is_word = first.is_alphanumeric() || first == '_';
        while let Some(&(at, next)) = chars.peek() {
            let goes_on = if first.is_whitespace() {
                next.is_whitespace()
            } else if is_word {
                let after = || line.get(at + next.len_utf8()..).and_then(|rest| rest.chars().next());
                let is_within =
                    || matches!(next, '.' | '+' | '-') && after().is_some_and(char::is_alphanumeric);
                next.is_alphanumeric() || next == '_' || is_number && is_within()
            } else {
                false
            };
            if !goes_on {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        found.push(start..end);
    }
    found
}

/// Adds pieces that stand behind one another as one range; white space between two that differ does not part them.
fn join(out: &mut Vec<Range<usize>>, pieces: &[Range<usize>], line: &str) {
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
    let range = first.start..last.end;
    match out.last_mut() {
        Some(before) if line.get(before.end..range.start).is_some_and(|gap| gap.trim().is_empty()) => {
            before.end = range.end;
        }
        _ => out.push(range),
    }
}
