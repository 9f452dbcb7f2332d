use std::{borrow::Cow, collections::HashMap};

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::align::Aligner;

/// A text as lines. Line ends are taken off: `\n`, `\r\n` and a lone `\r` end a line all the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Text {
    content: String,
    /// Where each line ends in `content`, in bytes; the next one begins a byte later.
    ends: Vec<u32>,
    /// Whether the last line ends as a line does.
    pub is_closed: bool,
    /// Whether lines end as on Windows.
    pub has_returns: bool,
}

impl Text {
    /// The first `most` lines of a text of up to 4 GB.
    pub fn new(text: &str, most: usize) -> Self {
        let has_returns = text.contains('\r');
        let mut text =
            if has_returns { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        let mut ends: Vec<u32> = text.match_indices('\n').take(most).map(|(at, _)| at as u32).collect();
        let last = ends.last().map_or(0, |end| *end as usize + 1);
        let is_closed = ends.len() == most || last == text.len();
        if is_closed {
            text.truncate(last);
        } else {
            ends.push(text.len() as u32);
        }
        Self { content: text, ends, is_closed, has_returns }
    }

    /// How many lines there are.
    pub fn len(&self) -> u32 {
        self.ends.len() as u32
    }

    /// Whether there is no line.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// A line without its end; empty beyond the last.
    pub fn line(&self, at: u32) -> &str {
        let Some(end) = self.ends.get(at as usize) else { return "" };
        let before = (at as usize).checked_sub(1).and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |end| *end as usize + 1);
        self.content.get(start..*end as usize).unwrap_or_default()
    }

    /// The length of its longest line, in bytes.
    pub fn longest(&self) -> usize {
        let starts = std::iter::once(0).chain(self.ends.iter().map(|end| end + 1));
        self.ends.iter().zip(starts).map(|(end, start)| (end - start) as usize).max().unwrap_or_default()
    }

    /// Its lines.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|at| self.line(at))
    }

    /// The whole, with `\n` between its lines.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// Whether a line is the last one and has no end.
    pub fn is_open_end(&self, at: u32) -> bool {
        !self.is_closed && at + 1 == self.len()
    }
}

/// What counts as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
pub struct TextOptions {
    /// Lines that differ in nothing but white space are equal.
    pub ignore_whitespace: bool,
    /// Lines that differ in nothing but upper and lower case are equal.
    pub ignore_case: bool,
}

impl TextOptions {
    /// What is compared of a piece of text.
    pub(super) fn essence(self, text: &str) -> Cow<'_, str> {
        match (self.ignore_whitespace, self.ignore_case) {
            (false, false) => Cow::Borrowed(text),
            (true, false) => Cow::Owned(text.split_whitespace().collect()),
            (false, true) => Cow::Owned(text.to_lowercase()),
            (true, true) => Cow::Owned(text.split_whitespace().collect::<String>().to_lowercase()),
        }
    }
}

/// Some lines behind one another that are alike in what became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What became of them.
    pub kind: BlockKind,
    /// The first of them on the left; where they would be, if they are on the right only.
    pub left: u32,
    /// The first of them on the right; where they would be, if they are on the left only.
    pub right: u32,
    /// How many lines.
    pub len: u32,
}

/// What became of lines from left to right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// They are equal.
    Same,
    /// Each was changed into the one beside it.
    Paired,
    /// They were removed.
    Left,
    /// They were added.
    Right,
}

/// Two texts and what differs between them, line by line.
///
/// The blocks cover every line of both sides once, in order. Work is bounded whatever the texts are: about linear in
/// their lines where few differ, and a heuristic ends expensive searches, at the price of more changes than the fewest.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TextDiff {
    /// The text on the left.
    pub left: Text,
    /// The text on the right.
    pub right: Text,
    /// What became of the lines.
    pub blocks: Vec<Block>,
}

impl TextDiff {
    /// Compares two texts.
    pub fn new(left: Text, right: Text, options: TextOptions) -> Self {
        let (before, after) = tokens(&left, &right, options);
        let mut aligner = Aligner::new(&left, &right);
        let mut blocks = Vec::new();
        for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
            let (old, new) = (op.old_range(), op.new_range());
            if matches!(op, DiffOp::Equal { .. }) {
                let (left, right) = (old.start as u32, new.start as u32);
                push(&mut blocks, Block { kind: BlockKind::Same, left, right, len: old.len() as u32 });
            } else {
                let (old, new) = (old.start as u32..old.end as u32, new.start as u32..new.end as u32);
                aligner.align(old, new, |block| push(&mut blocks, block));
            }
        }
        Self { left, right, blocks }
    }

    /// Lines on the right that are not on the left.
    pub fn added(&self) -> u32 {
        self.sum(&[BlockKind::Paired, BlockKind::Right])
    }

    /// Lines on the left that are not on the right.
    pub fn removed(&self) -> u32 {
        self.sum(&[BlockKind::Paired, BlockKind::Left])
    }

    /// Whether no line differs.
    pub fn is_equal(&self) -> bool {
        self.blocks.iter().all(|block| block.kind == BlockKind::Same)
    }

    /// The line on the right that a line on the left was changed into.
    pub fn partner_of_left(&self, line: u32) -> Option<u32> {
        let at = self.blocks.partition_point(|block| block.left + block.left_len() <= line);
        let block = self.blocks.get(at).filter(|block| block.kind == BlockKind::Paired)?;
        Some(block.right + line.checked_sub(block.left)?)
    }

    /// The line on the left that a line on the right was made of.
    pub fn partner_of_right(&self, line: u32) -> Option<u32> {
        let at = self.blocks.partition_point(|block| block.right + block.right_len() <= line);
        let block = self.blocks.get(at).filter(|block| block.kind == BlockKind::Paired)?;
        Some(block.left + line.checked_sub(block.right)?)
    }

    fn sum(&self, kinds: &[BlockKind]) -> u32 {
        self.blocks.iter().filter(|block| kinds.contains(&block.kind)).map(|block| block.len).sum()
    }
}

impl Block {
    /// How many lines it has on the left.
    pub fn left_len(&self) -> u32 {
        if self.kind == BlockKind::Right { 0 } else { self.len }
    }

    /// How many lines it has on the right.
    pub fn right_len(&self) -> u32 {
        if self.kind == BlockKind::Left { 0 } else { self.len }
    }
}

/// Adds a block, or makes the last one longer.
fn push(blocks: &mut Vec<Block>, block: Block) {
    match blocks.last_mut() {
        _ if block.len == 0 => {}
        Some(last) if last.kind == block.kind => last.len += block.len,
        _ => blocks.push(block),
    }
}

/// Lines as numbers: equal lines have equal ones.
fn tokens(left: &Text, right: &Text, options: TextOptions) -> (Vec<u32>, Vec<u32>) {
    let mut known: HashMap<(Cow<str>, bool), u32> = HashMap::new();
    let mut before = Vec::with_capacity(left.len() as usize);
    let mut after = Vec::with_capacity(right.len() as usize);
    for (text, out) in [(left, &mut before), (right, &mut after)] {
        for at in 0..text.len() {
            // A last line without an end is another line, unless white space does not count.
            let is_open = text.is_open_end(at) && !options.ignore_whitespace;
            let next = known.len() as u32;
            out.push(*known.entry((options.essence(text.line(at)), is_open)).or_insert(next));
        }
    }
    (before, after)
}
