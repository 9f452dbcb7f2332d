use super::{any_value, bits, history};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::History;
use runatlas_core::history::merge::merge;
use std::collections::BTreeMap;

fn check(a: &[(i64, i64, f64)], b: &[(i64, i64, f64)], expected: &[(i64, i64, f64)]) {
    assert_eq!(bits(&merge(&history(a), &history(b))), bits(&history(expected)));
}

#[test]
fn points_of_both_are_kept_once() {
    check(&[], &[], &[]);
    check(&[(0, 1, 0.5)], &[], &[(0, 1, 0.5)]);
    check(&[(0, 1, 0.5)], &[(0, 1, 0.5)], &[(0, 1, 0.5)]);
    check(&[(0, 1, 0.5)], &[(0, 1, 0.5), (1, 2, 0.4)], &[(0, 1, 0.5), (1, 2, 0.4)]);
    check(&[(1, 2, 0.4), (0, 1, 0.5)], &[(2, 3, 0.3)], &[(0, 1, 0.5), (1, 2, 0.4), (2, 3, 0.3)]);
}

#[test]
fn points_that_differ_in_one_bit_are_two() {
    check(&[(0, 1, 0.0)], &[(0, 1, -0.0)], &[(0, 1, 0.0), (0, 1, -0.0)]);
    check(&[(0, 1, f64::NAN)], &[(0, 1, f64::NAN)], &[(0, 1, f64::NAN)]);
}

#[test]
fn the_larger_multiplicity_wins_and_ties_keep_their_order() {
    check(&[(0, 1, 5.0), (0, 1, 5.0)], &[(0, 1, 5.0)], &[(0, 1, 5.0), (0, 1, 5.0)]);
    check(
        &[(0, 1, 5.0), (0, 1, 3.0)],
        &[(0, 1, 3.0), (0, 1, 4.0), (0, 1, 3.0)],
        &[(0, 1, 5.0), (0, 1, 3.0), (0, 1, 4.0), (0, 1, 3.0)],
    );
}

fn clashing_history() -> impl Strategy<Value = History> {
    vec((0..4i64, 0..3i64, prop_oneof![any_value(), Just(1.0), Just(2.0)]), 0..40)
        .prop_map(|points| history(&points))
}

fn multiplicities(history: &History) -> BTreeMap<(i64, i64, u64), usize> {
    let mut counts = BTreeMap::new();
    for point in bits(history) {
        *counts.entry(point).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn it_is_the_union_of_multisets(a in clashing_history(), b in clashing_history()) {
        let mut expected = multiplicities(&a);
        for (point, count) in multiplicities(&b) {
            let kept = expected.entry(point).or_default();
            *kept = count.max(*kept);
        }
        let merged = merge(&a, &b);
        prop_assert_eq!(multiplicities(&merged), expected);
        let mut sorted = merged.clone();
        sorted.sort();
        prop_assert_eq!(bits(&sorted), bits(&merged));
    }

    #[test]
    fn merging_again_changes_nothing(mut a in clashing_history(), b in clashing_history()) {
        a.sort();
        prop_assert_eq!(bits(&merge(&a, &a)), bits(&a));
        let both = merge(&a, &b);
        prop_assert_eq!(bits(&merge(&both, &b)), bits(&both));
        prop_assert_eq!(bits(&merge(&both, &a)), bits(&both));
    }
}
