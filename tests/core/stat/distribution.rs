use crate::support::reference::{assert_close, close, number, numbers, of};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::distribution::{Bins, MOST_BINS, Sample};
use runatlas_core::stat::outlier::{self, Bounds};

#[test]
fn quantiles_boxes_histograms_and_densities_are_those_of_numpy_and_scipy() {
    let cases = of("distributions");
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 8);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let values = numbers(&case["values"]);
        let sample = Sample::of(values.iter().copied());
        let shares = numbers(&case["quantiles"][0]);
        let quantiles: Vec<f64> = shares.iter().map(|&q| sample.quantile(q).unwrap()).collect();
        assert_close(&quantiles, &numbers(&case["quantiles"][1]), 1e-12, name);
        let deviation = sample.deviation().unwrap_or(f64::NAN);
        assert!(close(deviation, number(&case["deviation"]), 1e-12), "{name}");

        let (tukey, expected) = (sample.tukey().unwrap(), &case["tukey"]);
        assert_close(&[tukey.q1, tukey.median, tukey.q3], &numbers(&expected["q"]), 1e-12, name);
        assert_close(&tukey.whiskers, &numbers(&expected["whiskers"]), 1e-12, name);
        assert_close(&tukey.outliers, &numbers(&expected["outliers"]), 1e-12, name);
        assert!(close(tukey.mean, number(&expected["mean"]), 1e-12) && tukey.n == values.len());

        for (key, bins) in [("auto", Bins::Auto), ("fd", Bins::FreedmanDiaconis), ("seven", Bins::Count(7))] {
            let found = sample.histogram(bins).unwrap();
            assert_close(&found.edges, &numbers(&case[key]["edges"]), 1e-12, &format!("{name} {key}"));
            let counts: Vec<f64> = found.counts.iter().map(|&count| count as f64).collect();
            assert_eq!(counts, numbers(&case[key]["counts"]), "{name} {key}");
            assert!(!found.capped);
        }

        let kernels = sample.kernels();
        assert_eq!(kernels.is_some(), case.get("density").is_some(), "{name}");
        if let Some(kernels) = kernels {
            let density = &case["density"];
            assert!(close(kernels.bandwidth, number(&density["bandwidth"]), 1e-12), "{name}");
            let ys: Vec<f64> = numbers(&density["xs"]).iter().map(|&x| kernels.at(x)).collect();
            assert_close(&ys, &numbers(&density["ys"]), 1e-12, &format!("{name} density"));
        }

        let fences = outlier::tukey(values.iter().copied()).unwrap();
        assert_close(&[fences.low, fences.high], &numbers(&expected["fences"]), 1e-12, name);
        assert_eq!(fences.below + fences.above, tukey.outliers.len(), "{name}");
        let bounds = outlier::percentiles(values.iter().copied(), 5.0, 95.0).unwrap();
        let (low, high) = (sample.quantile(0.05).unwrap(), sample.quantile(0.95).unwrap());
        assert_eq!((bounds.low, bounds.high, bounds.of), (low, high, values.len()), "{name}");
    }
}

#[test]
fn without_values_nothing_is_said() {
    let nothing = Sample::of([f64::NAN, f64::INFINITY]);
    assert_eq!((nothing.not_finite(), nothing.values().len()), (2, 0));
    assert_eq!((nothing.quantile(0.5), nothing.mean(), nothing.deviation()), (None, None, None));
    assert!(
        nothing.tukey().is_none() && nothing.histogram(Bins::Auto).is_none() && nothing.kernels().is_none()
    );
    assert_eq!(outlier::percentiles([f64::NAN], 1.0, 99.0), None);
    assert_eq!(outlier::tukey([]), None);
}

#[test]
fn clipping_looks_at_what_is_visible() {
    let xs: Vec<f64> = (0..100).map(f64::from).collect();
    let mut values = xs.clone();
    values[0] = 1e9;
    values[50] = f64::NAN;
    let visible = outlier::within(&xs, &values, [10.0, 89.5]);
    assert_eq!((visible.len(), visible[0]), (80, 10.0));
    let bounds = outlier::percentiles(visible.iter().copied(), 1.0, 99.0).unwrap();
    assert!(close(bounds.low, 10.78, 1e-12) && close(bounds.high, 88.22, 1e-12), "{bounds:?}");
    assert_eq!((bounds.below, bounds.above, bounds.of), (1, 1, 79));
    assert!(outlier::within(&xs, &values, [200.0, 300.0]).is_empty());
    assert!(outlier::within(&xs, &values, [50.0, 10.0]).is_empty());
    assert_eq!(outlier::within(&xs, &values[..20], [10.0, 50.0]).len(), 10);
    // All the same: nothing lies beyond.
    let same = Bounds { low: 2.0, high: 2.0, below: 0, above: 0, of: 3 };
    assert_eq!(outlier::tukey([2.0; 3]), Some(same));
}

#[test]
fn bins_are_bounded() {
    let mut values: Vec<f64> = (0..1_000).map(|i| f64::from(i) * 1e-6).collect();
    values.push(1e6);
    let found = Sample::of(values).histogram(Bins::FreedmanDiaconis).unwrap();
    assert_eq!((found.counts.len(), found.capped), (MOST_BINS, true));
    assert_eq!(found.counts.iter().sum::<usize>(), 1_001);
    // Two neighbouring numbers have no room for bins between them.
    let near = Sample::of([1e16, 1e16 + 2.0]).histogram(Bins::Count(100)).unwrap();
    assert!(near.capped && near.edges.windows(2).all(|pair| pair[0] < pair[1]), "{near:?}");
    let far = Sample::of([-f64::MAX, 1.0, f64::MAX]).histogram(Bins::Count(3)).unwrap();
    assert_eq!(far.counts, [1, 1, 1]);
    assert_eq!(Sample::of([-f64::MAX, f64::MAX]).kernels(), None);
}

#[test]
fn many_values_have_the_same_density_as_each_of_them() {
    // The quantiles of two bells, so dense that kernels are put together.
    let values: Vec<f64> =
        (0..5_000).map(|i| (f64::from(i) * 0.618_034).fract() * 4.0 - 2.0).map(|x| x * x * x).collect();
    let sample = Sample::of(values.iter().copied());
    let kernels = sample.kernels().unwrap();
    let h = kernels.bandwidth;
    let exact = |x: f64| {
        let sum: f64 = values.iter().map(|v| (-0.5 * ((x - v) / h).powi(2)).exp()).sum();
        sum / (values.len() as f64 * h * (2.0 * std::f64::consts::PI).sqrt())
    };
    let density = kernels.curve(60, 3.0);
    let peak = density.ys.iter().copied().fold(0.0, f64::max);
    for (&x, &y) in density.xs.iter().zip(&density.ys) {
        assert!((y - exact(x)).abs() < 1e-3 * peak, "{x}: {y} instead of {}", exact(x));
    }
}

fn any_value() -> impl Strategy<Value = f64> {
    prop_oneof![
        6 => -10.0..10.0f64,
        2 => (-3..4i32).prop_map(f64::from),
        1 => any::<u64>().prop_map(f64::from_bits),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn every_finite_value_is_in_one_bin(values in vec(any_value(), 0..80), bins in 0..60usize) {
        let sample = Sample::of(values.iter().copied());
        for bins in [Bins::Auto, Bins::FreedmanDiaconis, Bins::Count(bins)] {
            let Some(found) = sample.histogram(bins) else {
                prop_assert_eq!(sample.values().len(), 0);
                continue;
            };
            prop_assert_eq!(found.counts.iter().sum::<usize>(), sample.values().len());
            prop_assert_eq!(found.n + found.not_finite, values.len());
            prop_assert_eq!(found.counts.len() + 1, found.edges.len());
            prop_assert!(found.counts.len() <= MOST_BINS);
        }
    }

    #[test]
    fn quantiles_rise_and_boxes_hold_together(values in vec(any_value(), 1..80), a in 0.0..1.0f64, b in 0.0..1.0f64) {
        let sample = Sample::of(values.iter().copied());
        let Some(tukey) = sample.tukey() else { return Ok(()) };
        let low = sample.quantile(a.min(b)).unwrap();
        let high = sample.quantile(a.max(b)).unwrap();
        // The line between two values may be off by a rounding.
        prop_assert!(low <= high || (high - low).abs() <= 1e-12 * low.abs());
        let [below, above] = tukey.whiskers;
        prop_assert!(below <= tukey.q1 && tukey.q1 <= tukey.median && tukey.median <= tukey.q3 && tukey.q3 <= above);
        prop_assert!(tukey.outliers.iter().all(|&value| value < below || value > above));
        let bounds = outlier::percentiles(values.iter().copied(), a * 100.0, b * 100.0).unwrap();
        prop_assert!(bounds.low <= bounds.high && bounds.below + bounds.above <= bounds.of);
    }

    #[test]
    fn a_density_has_the_area_one(values in vec(-10.0..10.0f64, 2..60)) {
        let Some(kernels) = Sample::of(values).kernels() else { return Ok(()) };
        let density = kernels.curve(400, 8.0);
        let step = density.xs[1] - density.xs[0];
        let area: f64 = density.ys.iter().sum::<f64>() * step;
        prop_assert!((area - 1.0).abs() < 1e-3, "{}", area);
    }
}
