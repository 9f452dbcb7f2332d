use std::fmt::Write as _;

use super::{
    rows::CONTEXT,
    text::{Block, BlockKind, Text, TextDiff},
};

impl TextDiff {
    /// The changes as a unified patch, as `diff -u` writes it, from these names; empty if nothing differs.
    pub fn patch(&self, left: &str, right: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        while let Some(first) = self.next_changed(at) {
            if out.is_empty() {
                let _ = write!(out, "--- {}\n+++ {}\n", name(left), name(right));
            }
            let last = self.end_of_hunk(first);
            self.hunk(first, last, &mut out);
            at = last + 1;
        }
        out
    }

    fn next_changed(&self, from: usize) -> Option<usize> {
        let rest = self.blocks.get(from..)?;
        Some(from + rest.iter().position(|block| block.kind != BlockKind::Same)?)
    }

    /// The last changed block of the hunk that begins with this one: changes with little between them are one.
    fn end_of_hunk(&self, first: usize) -> usize {
        let mut last = first;
        while let Some(next) = self.next_changed(last + 1) {
            let between = self.blocks.get(last + 1..next).unwrap_or_default();
            if between.iter().any(|block| block.len > 2 * CONTEXT) {
                break;
            }
            last = next;
        }
        last
    }

    fn hunk(&self, first: usize, last: usize, out: &mut String) {
        let is_same = |at: &usize| self.blocks.get(*at).filter(|block| block.kind == BlockKind::Same);
        let before = first.checked_sub(1).as_ref().and_then(is_same).map(|block| tail(*block));
        let after = is_same(&(last + 1)).map(|block| Block { len: block.len.min(CONTEXT), ..*block });
        let inside = self.blocks.get(first..=last).unwrap_or_default();
        let blocks: Vec<Block> = before.into_iter().chain(inside.iter().copied()).chain(after).collect();
        let Some(start) = blocks.first() else { return };
        let lefts: u32 = blocks.iter().map(Block::left_len).sum();
        let rights: u32 = blocks.iter().map(Block::right_len).sum();
        let _ = writeln!(out, "@@ -{} +{} @@", range(start.left, lefts), range(start.right, rights));
        let mut at = 0;
        while let Some(block) = blocks.get(at) {
            if block.kind == BlockKind::Same {
                lines(&self.right, ' ', block.right, block.len, out);
                at += 1;
                continue;
            }
            let rest = blocks.get(at..).unwrap_or_default();
            let count = rest.iter().position(|block| block.kind == BlockKind::Same).unwrap_or(rest.len());
            let change = rest.get(..count).unwrap_or_default();
            lines(&self.left, '-', block.left, change.iter().map(Block::left_len).sum(), out);
            lines(&self.right, '+', block.right, change.iter().map(Block::right_len).sum(), out);
            at += count;
        }
    }
}

/// The end of equal lines.
fn tail(block: Block) -> Block {
    let left_out = block.len.saturating_sub(CONTEXT);
    Block { left: block.left + left_out, right: block.right + left_out, len: block.len - left_out, ..block }
}

/// Where lines are, counted from 1; an empty range stands behind the line before it.
fn range(from: u32, len: u32) -> String {
    match len {
        0 => format!("{from},0"),
        1 => format!("{}", from + 1),
        _ => format!("{},{len}", from + 1),
    }
}

fn lines(text: &Text, sign: char, from: u32, len: u32, out: &mut String) {
    for at in from..from + len {
        let _ = writeln!(out, "{sign}{}", text.line(at));
        if text.is_open_end(at) {
            out.push_str("\\ No newline at end of file\n");
        }
    }
}

/// A name on a line of its own.
fn name(name: &str) -> String {
    name.replace(['\n', '\r', '\t'], " ")
}
