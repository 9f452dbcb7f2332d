use std::time::Instant;

use proptest::prelude::*;
use runatlas_core::compare::{Block, BlockKind, Text, TextDiff, TextOptions, words};

use super::{lines, with};

/// The right text, made of the left one and the blocks.
fn apply(diff: &TextDiff) -> Vec<String> {
    let mut out = Vec::new();
    for block in &diff.blocks {
        let from =
            if block.kind == BlockKind::Same { (&diff.left, block.left) } else { (&diff.right, block.right) };
        out.extend((0..block.right_len()).map(|at| from.0.line(from.1 + at).to_owned()));
    }
    out
}

fn covers(diff: &TextDiff) -> bool {
    let (mut left, mut right) = (0, 0);
    for block in &diff.blocks {
        if (block.left, block.right) != (left, right) || block.len == 0 {
            return false;
        }
        (left, right) = (left + block.left_len(), right + block.right_len());
    }
    (left, right) == (diff.left.len(), diff.right.len())
}

fn mirrored(diff: &TextDiff) -> Vec<(u32, u32)> {
    diff.blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Same)
        .map(|block| (block.right, block.left))
        .collect()
}

prop_compose! {
    /// Lines of few letters, so that many are equal.
    fn text()(lines in prop::collection::vec("[ab ]{0,3}", 0..40), closed in any::<bool>(), returns in any::<bool>()) -> String {
        let mut text = lines.join(if returns { "\r\n" } else { "\n" });
        if closed && !text.is_empty() { text.push('\n'); }
        text
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn applying_gives_the_other_side(left in text(), right in text()) {
        let diff = lines(&left, &right);
        prop_assert!(covers(&diff), "{:?}", diff.blocks);
        let right: Vec<String> = diff.right.lines().map(str::to_owned).collect();
        prop_assert_eq!(apply(&diff), right);
    }

    #[test]
    fn nothing_differs_from_itself(text in text()) {
        let diff = lines(&text, &text);
        prop_assert!(diff.is_equal());
        prop_assert_eq!((diff.added(), diff.removed()), (0, 0));
    }

    #[test]
    fn is_equal_exactly_when_the_texts_are(left in text(), right in text()) {
        let unix = |text: &str| text.replace("\r\n", "\n");
        prop_assert_eq!(lines(&left, &right).is_equal(), unix(&left) == unix(&right));
    }

    #[test]
    fn swapping_the_sides_mirrors_the_counts(left in text(), right in text()) {
        let (there, back) = (lines(&left, &right), lines(&right, &left));
        let equal = |diff: &TextDiff| diff.left.len() - diff.removed();
        // Of several ways that are as short either may be taken.
        prop_assert_eq!(equal(&there), diff_equal_right(&there));
        prop_assert_eq!(equal(&there), equal(&back), "{:?} {:?}", mirrored(&there), back.blocks);
    }

    #[test]
    fn partners_point_at_each_other(left in text(), right in text()) {
        let diff = lines(&left, &right);
        for line in 0..diff.left.len() {
            if let Some(partner) = diff.partner_of_left(line) {
                prop_assert_eq!(diff.partner_of_right(partner), Some(line));
            }
        }
    }

    #[test]
    fn words_that_differ_are_all_that_differs(left in "\\PC{0,24}", right in "\\PC{0,24}") {
        if let Some((gone, come)) = words(&left, &right, TextOptions::default()) {
            let rest = |line: &str, marked: &[std::ops::Range<usize>]| {
                let is_marked = |at: usize| marked.iter().any(|range| range.contains(&at));
                line.char_indices().filter(|(at, c)| !is_marked(*at) && !c.is_whitespace()).map(|(_, c)| c).collect::<String>()
            };
            prop_assert_eq!(rest(&left, &gone), rest(&right, &come));
        }
    }
}

fn diff_equal_right(diff: &TextDiff) -> u32 {
    diff.right.len() - diff.added()
}

#[test]
fn changed_lines_stand_beside_what_they_were() {
    let left = "timm==1.0.8\ntorch==2.4.0+cu121\ntorchvision==0.19.0+cu121\n";
    let right = "timm==1.0.9\ntorch==2.4.1+cu124\ntorch-ema==0.3\ntorchvision==0.19.1+cu124\n";
    let diff = lines(left, right);
    let kinds: Vec<(BlockKind, u32)> = diff.blocks.iter().map(|block| (block.kind, block.len)).collect();
    assert_eq!(kinds, [(BlockKind::Paired, 2), (BlockKind::Right, 1), (BlockKind::Paired, 1)]);
    assert_eq!((diff.added(), diff.removed()), (4, 3));
}

#[test]
fn versions_and_numbers_are_marked_whole() {
    let marked = |left: &str, right: &str| {
        let (gone, come) = words(left, right, TextOptions::default()).unwrap();
        let texts = |line: &str, ranges: Vec<std::ops::Range<usize>>| {
            ranges.into_iter().map(|range| line[range].to_owned()).collect::<Vec<_>>()
        };
        (texts(left, gone), texts(right, come))
    };
    assert_eq!(
        marked("torch==2.4.0+cu121", "torch==2.4.1+cu124"),
        (vec!["2.4.0+cu121".into()], vec!["2.4.1+cu124".into()])
    );
    assert_eq!(marked("lr: 1e-3 # fast", "lr: 5e-4 # fast"), (vec!["1e-3".into()], vec!["5e-4".into()]));
    assert_eq!(marked("def fit(a, b):", "def fit(a, b, seed):"), (vec![], vec![", seed".into()]));
}

#[test]
fn lines_with_little_in_common_are_not_marked_word_by_word() {
    assert_eq!(words("optimizer: adamw", "layers = [1, 2]", TextOptions::default()), None);
}

#[test]
fn a_missing_line_end_is_a_difference_that_white_space_hides() {
    assert!(!lines("a\nb", "a\nb\n").is_equal());
    let options = TextOptions { ignore_whitespace: true, ignore_case: false };
    assert!(with("a\nb", "a\nb\n", options).is_equal());
    assert!(lines("a\r\nb\r\n", "a\nb\n").is_equal(), "how lines end is told elsewhere");
}

#[test]
fn white_space_and_case_can_be_left_out() {
    let options = TextOptions { ignore_whitespace: true, ignore_case: true };
    assert!(with("Learning Rate:  1\n", "learning\trate: 1\n", options).is_equal());
    assert!(!with("Learning Rate: 1\n", "learning rate: 2\n", options).is_equal());
}

/// The ends of what a text can be.
#[test]
fn texts_of_every_end() {
    let text = |text: &str| Text::new(text, 3).lines().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(text(""), Vec::<String>::new());
    assert_eq!(text("\n"), [""]);
    assert_eq!(text("a\rb\r\nc"), ["a", "b", "c"]);
    assert_eq!(text("a\nb\nc\nd\ne"), ["a", "b", "c"], "no more than are wanted");
}

fn numbered(numbers: impl Iterator<Item = u32>) -> String {
    numbers.map(|number| number.to_string()).collect::<Vec<_>>().join("\n")
}

/// Inputs on which naive searches take quadratic time and more; each takes well under a second even unoptimised when
/// work is bounded, and minutes when it is not.
#[test]
fn hostile_texts_cost_bounded_work() {
    let few = |seed: u32, count: u32| {
        let mut state = seed;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 24
        };
        numbered((0..count).map(|_| next() % 7))
    };
    let counted = |from: u32, to: u32| numbered(from..to);
    let cases = [
        (few(1, 60_000), few(2, 60_000)),
        ("a\n".repeat(100_000), "b\na\n".repeat(60_000)),
        (counted(0, 80_000), counted(80_000, 160_000)),
        (counted(0, 80_000), numbered((0..80_000).rev())),
        ("x".repeat(2_000_000), "x ".repeat(1_000_000)),
    ];
    for (at, (left, right)) in cases.iter().enumerate() {
        let began = Instant::now();
        let diff = lines(left, right);
        assert!(covers(&diff));
        let _ = words(diff.left.line(0), diff.right.line(0), TextOptions::default());
        assert!(began.elapsed().as_secs() < 30, "case {at} took {:?}", began.elapsed());
    }
}

#[test]
fn a_block_of_nothing_is_never_kept() {
    let diff = lines("a\n", "");
    assert_eq!(diff.blocks, [Block { kind: BlockKind::Left, left: 0, right: 0, len: 1 }]);
    assert_eq!(lines("", "").blocks, []);
}
