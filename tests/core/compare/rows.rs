use std::collections::BTreeMap;

use proptest::prelude::*;
use runatlas_core::compare::{Layout, Opened, Row, Rows};

use super::lines;

fn all(rows: &Rows) -> Vec<Row> {
    (0..rows.len()).filter_map(|at| rows.get(at)).collect()
}

fn numbered(count: u32, changed: &[u32]) -> (String, String) {
    let text = |word: &str| {
        (0..count)
            .map(|at| if changed.contains(&at) { format!("{word} {at}\n") } else { format!("line {at}\n") })
            .collect::<String>()
    };
    (text("old"), text("new"))
}

#[test]
fn equal_lines_far_from_changes_are_folded() {
    let (left, right) = numbered(20, &[10]);
    let diff = lines(&left, &right);
    let rows = Rows::new(&diff, &Layout::default());
    assert_eq!(
        all(&rows),
        [
            Row::Fold { block: 0, left: 0, lines: 7 },
            Row::Same { left: 7, right: 7 },
            Row::Same { left: 8, right: 8 },
            Row::Same { left: 9, right: 9 },
            Row::Both { left: 10, right: 10 },
            Row::Same { left: 11, right: 11 },
            Row::Same { left: 12, right: 12 },
            Row::Same { left: 13, right: 13 },
            Row::Fold { block: 2, left: 14, lines: 6 },
        ]
    );
    assert_eq!(rows.changes(), [4]);
}

#[test]
fn a_fold_opens_from_both_ends() {
    let (left, right) = numbered(40, &[0, 39]);
    let diff = lines(&left, &right);
    let opened = BTreeMap::from([(1, Opened { above: 2, below: 4 })]);
    let rows = all(&Rows::new(&diff, &Layout { opened, ..Layout::default() }));
    assert!(rows.contains(&Row::Fold { block: 1, left: 6, lines: 38 - 12 }), "{rows:?}");
    let opened = BTreeMap::from([(1, Opened { above: 20, below: 20 })]);
    let rows = Rows::new(&diff, &Layout { opened, ..Layout::default() });
    assert_eq!(rows.len(), 40, "no fold is left");
}

#[test]
fn in_one_column_what_went_stands_before_what_came() {
    let diff = lines("a\nold 1\nold 2\nz\n", "a\nnew 1\nnew 2\nnew 3\nz\n");
    let rows = all(&Rows::new(&diff, &Layout { unified: true, ..Layout::default() }));
    let kinds: Vec<&str> = rows
        .iter()
        .map(|row| match row {
            Row::Left { .. } => "-",
            Row::Right { .. } => "+",
            Row::Same { .. } => " ",
            _ => "?",
        })
        .collect();
    assert_eq!(kinds, [" ", "-", "-", "+", "+", "+", " "]);
}

#[test]
fn steps_go_around() {
    let (left, right) = numbered(60, &[5, 30, 50]);
    let rows = Rows::new(&lines(&left, &right), &Layout::default());
    let [a, b, c] = rows.changes() else { panic!("{:?}", rows.changes()) };
    let (a, b, c) = (*a as usize, *b as usize, *c as usize);
    assert_eq!(rows.next_change(None, true), Some(a));
    assert_eq!(rows.next_change(Some(a), true), Some(b));
    assert_eq!(rows.next_change(Some(c), true), Some(a));
    assert_eq!(rows.next_change(Some(a), false), Some(c));
    assert_eq!(Rows::new(&lines("a", "a"), &Layout::default()).next_change(None, true), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Each line of both sides is in one row, folded or not, in order.
    #[test]
    fn no_line_is_lost(left in prop::collection::vec("[abc]", 0..60), right in prop::collection::vec("[abc]", 0..60), unified in any::<bool>(), unfolded in any::<bool>()) {
        let diff = lines(&left.join("\n"), &right.join("\n"));
        let rows = Rows::new(&diff, &Layout { unified, unfolded, ..Layout::default() });
        let (mut lefts, mut rights) = (Vec::new(), Vec::new());
        for row in all(&rows) {
            match row {
                Row::Fold { block, left, lines } => {
                    prop_assert!(!unfolded && lines > 1);
                    let block = diff.blocks[block as usize];
                    let right = block.right + (left - block.left);
                    lefts.extend(left..left + lines);
                    rights.extend(right..right + lines);
                }
                Row::Same { left, right } | Row::Both { left, right } => {
                    lefts.push(left);
                    rights.push(right);
                }
                Row::Left { left } => lefts.push(left),
                Row::Right { right } => rights.push(right),
            }
        }
        prop_assert_eq!(lefts, (0..diff.left.len()).collect::<Vec<_>>());
        prop_assert_eq!(rights, (0..diff.right.len()).collect::<Vec<_>>());
    }
}
