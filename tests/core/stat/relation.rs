use crate::support::reference::{assert_close, close, numbers, of};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::relation::{Correlation, pearson, spearman, trend};

#[test]
fn correlations_and_trends_are_those_of_scipy() {
    let cases = of("relations");
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 7);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let (xs, ys) = (numbers(&case["xs"]), numbers(&case["ys"]));
        let of = |found: Correlation| {
            assert_eq!(found.n, xs.len());
            [found.r, found.p]
        };
        // p of nearly straight lines is tiny: it is compared by its logarithm.
        let logs = |pair: &[f64]| [pair[0], pair[1].max(1e-300).log10()];
        for (key, found) in [("pearson", pearson(&xs, &ys)), ("spearman", spearman(&xs, &ys))] {
            let expected = numbers(&case[key]);
            assert_close(&logs(&of(found.unwrap())), &logs(&expected), 1e-9, &format!("{name} {key}"));
        }
        let found = trend(&xs, &ys).unwrap();
        let got = [found.slope, found.intercept, found.r2];
        assert_close(&got, &numbers(&case["trend"]), 1e-9, &format!("{name} trend"));
        assert!(close(found.at(2.0), found.intercept + 2.0 * found.slope, 1e-12));
    }
}

#[test]
fn nothing_is_said_of_what_does_not_vary() {
    let none = |xs: &[f64], ys: &[f64]| {
        assert_eq!(pearson(xs, ys), None);
        assert_eq!(spearman(xs, ys), None);
    };
    none(&[], &[]);
    none(&[1.0], &[1.0]);
    none(&[1.0, 1.0], &[1.0, 2.0]);
    none(&[1.0, 2.0], &[5.0, 5.0]);
    none(&[1.0, f64::NAN], &[1.0, 2.0]);
    none(&[0.0, -0.0], &[1.0, 2.0]);
    assert_eq!(trend(&[1.0, 1.0], &[1.0, 2.0]), None);
    let flat = trend(&[1.0, 2.0], &[5.0, 5.0]).unwrap();
    assert_eq!((flat.slope, flat.intercept, flat.r2.is_nan()), (0.0, 5.0, true));
}

#[test]
fn the_greatest_numbers_do_not_overflow() {
    let (xs, ys) = ([-f64::MAX, 0.0, f64::MAX], [1e300, 0.0, -1e300]);
    assert_eq!(pearson(&xs, &ys).unwrap().r, -1.0);
    let found = trend(&xs, &ys).unwrap();
    assert!(close(found.slope * 1e8, -1e300 / f64::MAX * 1e8, 1e-12) && found.r2 == 1.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn order_and_sides_do_not_matter(mut pairs in vec((-9i32..9, -9i32..9), 0..40), by in 1..9i32) {
        let split = |pairs: &[(i32, i32)]| -> (Vec<f64>, Vec<f64>) {
            pairs.iter().map(|&(x, y)| (f64::from(x), f64::from(y))).unzip()
        };
        let (xs, ys) = split(&pairs);
        pairs.reverse();
        let (back_xs, back_ys) = split(&pairs);
        let stretched: Vec<f64> = xs.iter().map(|x| x * f64::from(by) + 3.0).collect();
        for of in [pearson, spearman] {
            let found = of(&xs, &ys);
            let others = [of(&ys, &xs), of(&back_xs, &back_ys), of(&stretched, &ys)];
            for other in others {
                match (found, other) {
                    (Some(a), Some(b)) => {
                        prop_assert!((a.r - b.r).abs() < 1e-12 && (a.p - b.p).abs() < 1e-9 && a.n == b.n);
                        prop_assert!((-1.0..=1.0).contains(&a.r) && (0.0..=1.0).contains(&a.p));
                    }
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
        }
    }

    #[test]
    fn a_line_is_found_again(slope in -5.0..5.0f64, intercept in -5.0..5.0f64, xs in vec(-9.0..9.0f64, 2..30)) {
        prop_assume!(xs.iter().any(|x| (x - xs[0]).abs() > 1e-3));
        let ys: Vec<f64> = xs.iter().map(|x| slope * x + intercept).collect();
        let found = trend(&xs, &ys).unwrap();
        prop_assert!((found.slope - slope).abs() < 1e-9 && (found.intercept - intercept).abs() < 1e-8);
    }

    #[test]
    fn ranks_do_not_see_a_logarithm(pairs in vec((0.01..100.0f64, -9.0..9.0f64), 3..40), gap in 0..40usize) {
        let (mut xs, ys): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        if let Some(x) = xs.get_mut(gap) {
            *x = f64::NAN;
        }
        let logs: Vec<f64> = xs.iter().map(|x| x.ln()).collect();
        prop_assert_eq!(spearman(&xs, &ys), spearman(&logs, &ys));
    }
}
