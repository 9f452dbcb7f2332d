use super::any_value;
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::smooth::{Smoothing, ema};

fn check(values: &[f64], factor: f64, expected: &[f64]) {
    let smoothed = ema(values, factor);
    assert_eq!(smoothed.len(), expected.len());
    for (got, want) in smoothed.iter().zip(expected) {
        let same = (got - want).abs() < 1e-12 || got.to_bits() == want.to_bits();
        assert!(same, "{smoothed:?} instead of {expected:?}");
    }
}

#[test]
fn it_is_tensorboards_debiased_average() {
    // last = last * 0.6 + value * 0.4, divided by 1 - 0.6^n.
    check(&[1.0, 2.0, 4.0], 0.6, &[1.0, (0.24 + 0.8) / 0.64, (0.144 + 0.48 + 1.6) / 0.784]);
    check(&[1.0, 2.0, 4.0], 0.0, &[1.0, 2.0, 4.0]);
    check(&[1.0, 2.0, 4.0], f64::NAN, &[1.0, 2.0, 4.0]);
    check(&[0.1; 5], 0.99, &[0.1; 5]);
    check(&[], 0.5, &[]);
}

#[test]
fn gaps_stay_and_touch_nothing() {
    let nan = f64::NAN;
    check(&[nan, 1.0, nan, 2.0], 0.6, &[nan, 1.0, nan, (0.24 + 0.8) / 0.64]);
    check(&[1.0, f64::INFINITY, 1.0], 0.6, &[1.0, f64::INFINITY, 1.0]);
}

#[test]
fn off_means_off() {
    assert!(!Smoothing::Off.is_on());
    assert!(!Smoothing::Ema(0.0).is_on());
    assert!(Smoothing::Ema(0.6).is_on());
    assert_eq!(Smoothing::Off.apply(&[1.0, 3.0]), [1.0, 3.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn an_average_lies_between_its_values(values in vec(any_value(), 0..100), factor in -1.0..2.0f64) {
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        for (smooth, value) in ema(&values, factor).into_iter().zip(values) {
            if value.is_finite() {
                least = least.min(value);
                greatest = greatest.max(value);
                prop_assert!(least <= smooth && smooth <= greatest);
            } else {
                prop_assert_eq!(smooth.to_bits(), value.to_bits());
            }
        }
    }
}
