use super::any_value;
use crate::support::reference::{assert_close, number, numbers, of};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::history::smooth::{GREATEST_SIGMA, Smoothing, ema, gaussian, mean, time_weighted};

fn check(values: &[f64], factor: f64, expected: &[f64]) {
    assert_close(&ema(values, factor), expected, 1e-12, "ema");
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
fn every_kind_answers_as_its_reference() {
    let reference = of("smoothing");
    let (xs, values) = (numbers(&reference["xs"]), numbers(&reference["values"]));
    let mut compared = 0;
    let mut hold = |kind: &str, smooth: &dyn Fn(&[f64]) -> Vec<f64>| {
        for case in reference[kind].as_array().unwrap() {
            let (expected, chosen) = case.as_array().unwrap().split_last().unwrap();
            let chosen: Vec<f64> = chosen.iter().map(number).collect();
            let what = format!("{kind} {chosen:?}");
            assert_close(&smooth(&chosen), &numbers(expected), 1e-12, &what);
            compared += 1;
        }
    };
    hold("ema", &|chosen| ema(&values, chosen[0]));
    hold("time_weighted", &|chosen| time_weighted(&xs, &values, chosen[0], chosen[1]));
    hold("mean", &|chosen| mean(&values, chosen[0] as u32));
    hold("gaussian", &|chosen| gaussian(&values, chosen[0]));
    assert_eq!(compared, 18);
}

#[test]
fn the_span_of_the_picture_smooths_short_and_long_curves_alike() {
    let (xs, values): (Vec<f64>, Vec<f64>) = (0..200).map(|i| (f64::from(i), f64::from(i * i % 7))).unzip();
    let kind = Smoothing::TimeWeighted { factor: 0.9, span: None };
    let long = kind.apply(&xs, &values);
    let short = kind.over(199.0).apply(&xs[..50], &values[..50]);
    assert_eq!(long[..50], short);
    assert_ne!(long[..50], kind.apply(&xs[..50], &values[..50]));
    // All at one x: nothing to weigh by.
    assert_eq!(kind.apply(&[3.0; 200], &values), values);
    assert_eq!(Smoothing::Mean(3).over(7.0), Smoothing::Mean(3));
}

#[test]
fn off_means_off() {
    let off = [
        Smoothing::Off,
        Smoothing::Ema(0.0),
        Smoothing::Ema(f64::NAN),
        Smoothing::TimeWeighted { factor: 0.0, span: None },
        Smoothing::Mean(0),
        Smoothing::Mean(1),
        Smoothing::Gaussian(0.0),
        Smoothing::Gaussian(0.1),
        Smoothing::Gaussian(f64::NAN),
    ];
    let values = [1.0, 3.0, f64::INFINITY, -2.0];
    for smoothing in off {
        assert!(!smoothing.is_on(), "{smoothing:?}");
        assert_eq!(smoothing.apply(&[0.0, 1.0, 2.0, 3.0], &values), values, "{smoothing:?}");
        assert_eq!(smoothing.words(), "");
    }
    let on = [
        (Smoothing::Ema(0.6), "EMA 0.6"),
        (Smoothing::TimeWeighted { factor: 0.99, span: Some(5.0) }, "time-weighted EMA 0.99"),
        (Smoothing::Mean(2), "running mean of 2 points"),
        (Smoothing::Gaussian(2.5), "Gaussian, sigma 2.5 points"),
    ];
    for (smoothing, words) in on {
        assert!(smoothing.is_on(), "{smoothing:?}");
        assert_eq!(smoothing.words(), words);
    }
}

#[test]
fn no_value_of_the_past_leaves_its_rounding_behind() {
    let mut values = vec![0.25; 40];
    values[10] = 1e300;
    for smoothed in [mean(&values, 5), gaussian(&values, 2.0)] {
        assert_eq!(smoothed[30..], values[30..]);
        assert!(smoothed[10] < 1e300 && smoothed[10] > 1e299);
    }
    // Nor do sums of the greatest values overflow.
    let greatest = vec![f64::MAX; 50];
    for smoothed in [mean(&greatest, 9), gaussian(&greatest, 3.0), ema(&greatest, 0.9)] {
        assert_eq!(smoothed, greatest);
    }
}

fn any_smoothing() -> impl Strategy<Value = Smoothing> {
    prop_oneof![
        (-1.0..2.0f64).prop_map(Smoothing::Ema),
        (-1.0..2.0f64, prop::option::of(-1.0..500.0f64))
            .prop_map(|(factor, span)| Smoothing::TimeWeighted { factor, span }),
        (0..40u32).prop_map(Smoothing::Mean),
        (-1.0..30.0f64).prop_map(Smoothing::Gaussian),
        Just(Smoothing::Gaussian(f64::INFINITY)),
        Just(Smoothing::Mean(u32::MAX)),
    ]
}

fn steps(values: &[f64]) -> Vec<f64> {
    (0..values.len()).map(|at| at as f64).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_smooth_value_lies_between_the_values(values in vec(any_value(), 0..100), smoothing in any_smoothing()) {
        let finite = || values.iter().copied().filter(|value| value.is_finite());
        let (least, greatest) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let smoothed = smoothing.apply(&steps(&values), &values);
        prop_assert_eq!(smoothed.len(), values.len());
        for (&smooth, &value) in smoothed.iter().zip(&values) {
            if value.is_finite() {
                prop_assert!(least <= smooth && smooth <= greatest, "{} beyond {}..{}", smooth, least, greatest);
            } else {
                prop_assert_eq!(smooth.to_bits(), value.to_bits());
            }
        }
    }

    #[test]
    fn a_constant_stays(value in -1e9..1e9f64, points in 1..90usize, smoothing in any_smoothing()) {
        let values = vec![value; points];
        prop_assert_eq!(smoothing.apply(&steps(&values), &values), values);
    }

    #[test]
    fn twice_the_curve_is_twice_the_smooth_curve(values in vec(-1e3..1e3f64, 0..90), smoothing in any_smoothing()) {
        let twice = |values: &[f64]| values.iter().map(|value| value * 2.0).collect::<Vec<_>>();
        let xs = steps(&values);
        prop_assert_eq!(smoothing.apply(&xs, &twice(&values)), twice(&smoothing.apply(&xs, &values)));
    }

    #[test]
    fn windows_see_what_stands_in_them(values in vec(any_value(), 1..60), points in 1..80u32) {
        let expected: Vec<f64> = (0..values.len()).map(|at| {
            let from = at.saturating_sub(points as usize / 2);
            let to = (at + (points as usize - 1) / 2 + 1).min(values.len());
            let finite: Vec<f64> = values[from..to].iter().copied().filter(|v| v.is_finite()).collect();
            let count = finite.len() as f64;
            if values[at].is_finite() { finite.iter().map(|v| v / count).sum() } else { values[at] }
        }).collect();
        for (got, want) in mean(&values, points).into_iter().zip(expected) {
            let same = got.to_bits() == want.to_bits() || got.is_nan() && want.is_nan();
            let scale = values.iter().filter(|v| v.is_finite()).fold(0.0, |most: f64, v| most.max(v.abs()));
            prop_assert!(same || (got - want).abs() <= 1e-13 * scale, "{} instead of {}", got, want);
        }
    }

    #[test]
    fn a_bell_weighs_what_stands_below_it(values in vec(prop_oneof![-9.0..9.0f64, Just(f64::NAN)], 1..60), sigma in 0.2..20.0f64) {
        let radius = (4.0 * sigma + 0.5) as i64;
        let values = &values;
        let around = |at: i64| (at - radius..=at + radius).filter_map(move |place| {
            let value = *values.get(usize::try_from(place).ok()?)?;
            value.is_finite().then(|| (value, (-0.5 * ((place - at) as f64 / sigma).powi(2)).exp()))
        });
        for (at, smooth) in gaussian(values, sigma).into_iter().enumerate() {
            if values[at].is_finite() {
                let (sum, weights) = around(at as i64).fold((0.0, 0.0), |(s, w), (v, weight)| (s + v * weight, w + weight));
                prop_assert!((smooth - sum / weights).abs() < 1e-11, "{} instead of {}", smooth, sum / weights);
            }
        }
    }

    #[test]
    fn a_gaussian_is_the_same_from_both_ends(mut values in vec(any_value(), 0..80), sigma in 0.0..GREATEST_SIGMA) {
        let mut forth = gaussian(&values, sigma);
        values.reverse();
        forth.reverse();
        for (forth, back) in forth.into_iter().zip(gaussian(&values, sigma)) {
            prop_assert!(forth.to_bits() == back.to_bits() || (forth - back).abs() <= 1e-12 * forth.abs().max(1e-300));
        }
    }
}
