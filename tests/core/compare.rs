//! Tests of compare: applying what differs gives the other side, nothing differs from itself, work is bounded.

mod cells;
mod choice;
mod golden;
mod lines;
mod listing;
mod rows;
mod structure;

use runatlas_core::compare::{CompareOptions, Comparison, Side, Text, TextDiff, TextOptions, compare};

/// Two texts as files of one path.
fn files(path: &str, left: &str, right: &str) -> Comparison {
    let (left, right) = (Side { path, bytes: left.as_bytes() }, Side { path, bytes: right.as_bytes() });
    compare(Some(left), Some(right), &CompareOptions::default())
}

fn lines(left: &str, right: &str) -> TextDiff {
    with(left, right, TextOptions::default())
}

fn with(left: &str, right: &str, options: TextOptions) -> TextDiff {
    TextDiff::new(Text::new(left, usize::MAX), Text::new(right, usize::MAX), options)
}
