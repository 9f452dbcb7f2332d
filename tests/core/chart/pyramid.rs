use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::pyramid::{Pyramid, scan};

#[test]
fn an_empty_stretch_has_no_extremes() {
    assert_eq!(scan(&[1.0], 1, 1), None);
    assert_eq!(Pyramid::build(&[]).extremes(&[], 0, 0), None);
    assert_eq!(scan(&[1.0], 0, 2), None);
}

#[test]
fn of_equal_values_the_first_counts() {
    let values = vec![7.0; 5000];
    let extremes = Pyramid::build(&values).extremes(&values, 3, 4990).unwrap();
    assert_eq!((extremes.least, extremes.greatest), (3, 3));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn it_finds_what_a_scan_finds(
        // Few distinct values: ties everywhere.
        values in vec(prop_oneof![(0..9i32).prop_map(f64::from), -1.0..10.0f64], 1..6000),
        stretches in vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..40),
    ) {
        let pyramid = Pyramid::build(&values);
        for (a, b) in stretches {
            let (a, b) = (a.index(values.len() + 1), b.index(values.len() + 1));
            let (from, to) = (a.min(b), a.max(b));
            prop_assert_eq!(pyramid.extremes(&values, from, to), scan(&values, from, to));
        }
    }

    #[test]
    fn gaps_outside_of_the_stretch_do_not_matter(
        mut values in vec(-1.0..1.0f64, 700..3000),
        gap in any::<prop::sample::Index>(),
    ) {
        let gap = gap.index(values.len());
        values[gap] = f64::NAN;
        let pyramid = Pyramid::build(&values);
        for (from, to) in [(0, gap), (gap + 1, values.len())] {
            prop_assert_eq!(pyramid.extremes(&values, from, to), scan(&values, from, to));
        }
    }
}
