use crate::support::reference::{assert_close, close, numbers, of};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::stat::group::{Alignment, Ask, Band, Centre, Group, Member, aggregate};

type Curve = (Vec<f64>, Vec<f64>);

fn group(curves: &[Curve], ask: &Ask) -> Group {
    let members: Vec<Member> = curves.iter().map(|(xs, values)| Member { xs, values }).collect();
    aggregate(&members, ask)
}

fn ask(centre: Centre, band: Band) -> Ask {
    Ask { centre, band, ..Ask::default() }
}

fn curve(xs: &[f64], values: &[f64]) -> Curve {
    (xs.to_vec(), values.to_vec())
}

#[test]
fn centres_and_bands_are_those_of_numpy_and_scipy() {
    let cases = of("groups");
    let cases = cases.as_array().unwrap();
    assert_eq!(cases.len(), 3);
    for case in cases {
        let name = case["name"].as_str().unwrap();
        let members = case["members"].as_array().unwrap().iter();
        let curves: Vec<Curve> = members.map(|m| (numbers(&m["xs"]), numbers(&m["values"]))).collect();
        for (centre, key) in
            [(Centre::Mean, "mean"), (Centre::Median, "median"), (Centre::Min, "min"), (Centre::Max, "max")]
        {
            let found = group(&curves, &ask(centre, Band::MinMax));
            assert_close(&found.xs, &numbers(&case["xs"]), 1e-12, &format!("{name} xs"));
            assert_close(&found.centre, &numbers(&case[key]), 1e-12, &format!("{name} {key}"));
            assert_close(&found.lower, &numbers(&case["min"]), 1e-12, &format!("{name} lower"));
            assert_close(&found.upper, &numbers(&case["max"]), 1e-12, &format!("{name} upper"));
            let counts: Vec<f64> = found.counts.iter().copied().map(f64::from).collect();
            assert_eq!(counts, numbers(&case["counts"]), "{name}");
            assert_eq!(found.members, curves.len());
            let is = match found.alignment {
                Alignment::Exact => "exact",
                Alignment::Interpolated { .. } => "interpolated",
                Alignment::Binned { .. } => "binned",
            };
            assert_eq!(is, name);
        }
        let mean = numbers(&case["mean"]);
        for (band, key) in
            [(Band::Deviation, "deviation"), (Band::Error, "error"), (Band::Interval, "interval")]
        {
            let found = group(&curves, &ask(Centre::Median, band));
            let reach = numbers(&case[key]);
            let edge = |sign: f64| mean.iter().zip(&reach).map(|(m, r)| m + sign * r).collect::<Vec<_>>();
            assert_close(&found.lower, &edge(-1.0), 1e-11, &format!("{name} {key}"));
            assert_close(&found.upper, &edge(1.0), 1e-11, &format!("{name} {key}"));
        }
        assert!(group(&curves, &ask(Centre::Mean, Band::None)).lower.is_empty());
    }
}

#[test]
fn the_interval_is_students() {
    for pair in of("student").as_array().unwrap() {
        let (count, expected) = (pair[0].as_u64().unwrap(), pair[1].as_f64().unwrap());
        // Of -1 and 1 in turn the standard error is known.
        let value = |member: u64| {
            if member + 1 == count && count % 2 == 1 { 0.0 } else { (member % 2) as f64 * 2.0 - 1.0 }
        };
        let curves: Vec<Curve> = (0..count).map(|member| curve(&[0.0], &[value(member)])).collect();
        let found = group(&curves, &ask(Centre::Mean, Band::Interval));
        let errors = group(&curves, &ask(Centre::Mean, Band::Error));
        assert!(close(found.upper[0] / errors.upper[0], expected, 1e-10), "{count}: {expected}");
    }
}

#[test]
fn how_members_were_aligned_is_said() {
    let check = |curves: &[Curve], ask: &Ask, expected: &str| {
        let words = group(curves, ask).alignment.words(|width| format!("{width} steps"));
        assert_eq!(words, expected);
    };
    let all = Ask::default();
    let line = |every: usize, to: usize| -> Curve {
        let xs: Vec<f64> = (0..=to).step_by(every).map(|x| x as f64).collect();
        (xs.clone(), xs)
    };
    check(&[], &all, "exact: every value as logged");
    check(&[line(1, 10), line(1, 30)], &all, "exact: every value as logged");
    check(
        &[line(1, 10), line(5, 10)],
        &all,
        "interpolated: 8 of 22 values on the line between two logged points",
    );
    // One ends before the other begins: nobody lacks anything.
    check(
        &[curve(&[0.0, 1.0], &[1.0; 2]), curve(&[2.0, 3.5], &[1.0; 2])],
        &all,
        "exact: every value as logged",
    );
    let apart = [curve(&[0.0, 10.0, 20.0, 30.0], &[0.0; 4]), curve(&[4.0, 15.0, 24.0, 34.0], &[0.0; 4])];
    check(&apart, &all, "binned: 4 bins of 10 steps, each run's mean in each");
    // A hole of one member in the grid of the other two.
    let holed = [apart[0].clone(), apart[1].clone(), curve(&[1.0, 32.0], &[0.0; 2])];
    check(
        &holed,
        &all,
        "binned: 4 bins of 10 steps, each run's mean in each; 2 of 12 values on the line between two logged points",
    );
    // More xs than the answer may have.
    let few = Ask { most: 4, ..all };
    check(&[line(1, 10), line(1, 10)], &few, "binned: 4 bins of 3 steps, each run's mean in each");
}

#[test]
fn nobody_is_continued_beyond_its_ends_and_gaps_are_not_bridged() {
    let nan = f64::NAN;
    let found = group(
        &[
            curve(&[0.0, 1.0, 2.0, 3.0, 4.0, 5.0], &[0.0, 0.0, 0.0, 0.0, 0.0, 0.0]),
            curve(&[1.0, 3.0, 4.0], &[10.0, nan, 20.0]),
        ],
        &ask(Centre::Max, Band::Deviation),
    );
    assert_eq!(found.xs, [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
    // At 2 the line would end in a NaN.
    assert_eq!(found.counts, [1, 2, 1, 1, 2, 1]);
    assert_eq!(found.centre, [0.0, 10.0, 0.0, 0.0, 20.0, 0.0]);
    assert_eq!(found.not_finite, 1);
    assert!(found.lower[0].is_nan() && found.upper[2].is_nan());
    assert!(close(found.upper[4], 10.0 + 200.0_f64.sqrt(), 1e-12));
}

#[test]
fn of_points_at_one_x_the_last_one_counts() {
    let found = group(&[curve(&[0.0, 1.0, 1.0, 1.0, 2.0], &[0.0, 7.0, 8.0, 9.0, 0.0])], &Ask::default());
    assert_eq!((found.xs, found.centre), (vec![0.0, 1.0, 2.0], vec![0.0, 9.0, 0.0]));
}

#[test]
fn a_zoom_sees_what_enters_and_leaves_the_picture() {
    let xs: Vec<f64> = (0..100_000).map(f64::from).collect();
    let curves = [(xs.clone(), xs.clone()), (vec![0.0, 99_999.0], vec![0.0, 99_999.0])];
    let all = group(&curves, &Ask::default());
    assert!(
        matches!(all.alignment, Alignment::Binned { bins: 4_000, width: 25.0, .. }),
        "{:?}",
        all.alignment
    );
    let zoomed = group(&curves, &Ask { within: Some([500.0, 510.0]), ..Ask::default() });
    assert_eq!(zoomed.xs.first(), Some(&0.0));
    assert_eq!(zoomed.counts, vec![2; zoomed.xs.len()]);
    assert!(matches!(zoomed.alignment, Alignment::Interpolated { .. }), "{:?}", zoomed.alignment);
    // Bins go over both edges.
    let zoomed = group(&curves, &Ask { within: Some([500.0, 20_500.0]), most: 1_002, ..Ask::default() });
    assert!(zoomed.xs[0] < 500.0 && *zoomed.xs.last().unwrap() > 20_500.0 && zoomed.xs.len() <= 1_002);
    for (x, centre) in zoomed.xs.iter().zip(&zoomed.centre) {
        assert!(close(*x, *centre, 1e-9), "{x} {centre}");
    }
    let beyond = group(&curves, &Ask { within: Some([1e6, 2e6]), ..Ask::default() });
    assert_eq!((beyond.members, beyond.xs.len()), (0, 0));
}

#[test]
fn the_greatest_and_the_least_numbers_do_not_overflow() {
    for size in [f64::MAX, 1e200, 1e-200, 1e-300] {
        let curves = [curve(&[0.0], &[size]), curve(&[0.0], &[size]), curve(&[0.0], &[0.0])];
        let found = group(&curves, &ask(Centre::Mean, Band::Deviation));
        let mean = size / 3.0 * 2.0;
        assert!(close(found.centre[0] / size, mean / size, 1e-12), "{size}: {}", found.centre[0]);
        assert!(found.upper[0] > found.centre[0], "{size}: {}", found.upper[0]);
    }
}

/// Curves with whole or odd xs, gaps, and several points at one x.
fn any_curve() -> impl Strategy<Value = Curve> {
    let value = prop_oneof![8 => -10.0..10.0f64, 1 => Just(f64::NAN), 1 => Just(f64::INFINITY)];
    let step = prop_oneof![6 => Just(1.0), 2 => Just(2.0), 1 => Just(0.0), 2 => 0.0..3.0f64];
    (0.0..5.0f64, any::<bool>(), vec((step, value), 0..40)).prop_map(|(start, whole, points)| {
        let mut x = start;
        let next = |(step, value): (f64, f64)| {
            x += step;
            (if whole { x.floor() } else { x }, value)
        };
        points.into_iter().map(next).unzip()
    })
}

fn any_ask() -> impl Strategy<Value = Ask> {
    let centre = prop::sample::select(vec![Centre::Mean, Centre::Median, Centre::Min, Centre::Max]);
    let bands = vec![Band::None, Band::MinMax, Band::Deviation, Band::Error, Band::Interval];
    let within = prop::option::of((0.0..30.0f64, 0.0..20.0f64).prop_map(|(from, wide)| [from, from + wide]));
    (centre, prop::sample::select(bands), within, 0..60usize).prop_map(|(centre, band, within, most)| Ask {
        centre,
        band,
        within,
        most,
    })
}

/// All bits, so that NaN equals itself.
fn bits(group: &Group) -> Vec<Vec<u64>> {
    let columns = [&group.xs, &group.centre, &group.lower, &group.upper];
    columns.map(|column| column.iter().map(|value| value.to_bits()).collect()).to_vec()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn the_order_of_members_does_not_matter(mut curves in vec(any_curve(), 0..6), ask in any_ask(), turn in 0..6usize) {
        let before = group(&curves, &ask);
        if !curves.is_empty() {
            let turn = turn % curves.len();
            curves.rotate_left(turn);
        }
        let after = group(&curves, &ask);
        prop_assert_eq!(bits(&before), bits(&after));
        prop_assert_eq!((before.counts, before.alignment), (after.counts, after.alignment));
    }

    #[test]
    fn columns_fit_and_the_centre_lies_within_the_extremes(curves in vec(any_curve(), 0..6), ask in any_ask()) {
        let found = group(&curves, &ask);
        let extremes = group(&curves, &Ask { band: Band::MinMax, ..ask });
        let points = found.xs.len();
        prop_assert!(points <= ask.most.max(4), "{} of {}", points, ask.most);
        prop_assert!(found.xs.windows(2).all(|pair| pair[0] < pair[1]));
        prop_assert_eq!((found.counts.len(), found.centre.len()), (points, points));
        let band = if ask.band == Band::None { 0 } else { points };
        prop_assert_eq!((found.lower.len(), found.upper.len()), (band, band));
        for (at, &centre) in found.centre.iter().enumerate() {
            let (least, greatest) = (extremes.lower[at], extremes.upper[at]);
            prop_assert_eq!(found.counts[at] == 0, centre.is_nan());
            prop_assert!(centre.is_nan() || least <= centre && centre <= greatest);
            prop_assert!(found.counts[at] as usize <= curves.len());
            if band > 0 {
                prop_assert!(found.lower[at].is_nan() || found.lower[at] <= found.upper[at]);
            }
        }
    }

    #[test]
    fn no_xs_are_too_wild(
        curves in vec(vec((any::<u64>().prop_map(f64::from_bits), -9.0..9.0f64), 0..30), 0..5),
        most in 0..20usize,
        edges in prop::option::of(any::<(f64, f64)>()),
    ) {
        let curves: Vec<Curve> = curves.into_iter().map(|mut points| {
            points.retain(|point| !point.0.is_nan());
            points.sort_by(|a, b| a.0.total_cmp(&b.0));
            points.into_iter().unzip()
        }).collect();
        let within = edges.map(|(from, to)| [from, to]);
        let found = group(&curves, &Ask { most, within, ..Ask::default() });
        prop_assert!(found.xs.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", found.xs);
        prop_assert!(found.xs.iter().all(|x| x.is_finite()));
        prop_assert_eq!(found.counts.len(), found.xs.len());
    }

    #[test]
    fn doubled_values_double_everything(curves in vec(any_curve(), 0..5), ask in any_ask()) {
        let double = |values: &[f64]| values.iter().map(|v| v * 2.0).collect::<Vec<_>>();
        let doubled: Vec<Curve> = curves.iter().map(|(xs, values)| (xs.clone(), double(values))).collect();
        let (mut once, twice) = (group(&curves, &ask), group(&doubled, &ask));
        for column in [&mut once.centre, &mut once.lower, &mut once.upper] {
            *column = double(column);
        }
        prop_assert_eq!(bits(&once), bits(&twice));
    }

    #[test]
    fn a_shift_shifts(curves in vec(any_curve(), 0..5), ask in any_ask(), by in -100.0..100.0f64) {
        let shifted: Vec<Curve> =
            curves.iter().map(|(xs, values)| (xs.clone(), values.iter().map(|v| v + by).collect())).collect();
        let (here, there) = (group(&curves, &ask), group(&shifted, &ask));
        let columns = [(&here.centre, &there.centre), (&here.lower, &there.lower), (&here.upper, &there.upper)];
        for (here, there) in columns {
            for (here, there) in here.iter().zip(there) {
                prop_assert!(close(here + by, *there, 1e-10), "{} {}", here, there);
            }
        }
    }

    #[test]
    fn members_that_are_equal_are_each_of_them(curve in any_curve(), copies in 2..5usize) {
        let ask = ask(Centre::Mean, Band::Deviation);
        let (one, many) = (group(std::slice::from_ref(&curve), &ask), group(&vec![curve; copies], &ask));
        prop_assert_eq!(one.alignment, many.alignment);
        prop_assert_eq!(bits(&one)[..2].to_vec(), bits(&many)[..2].to_vec());
        for (at, &centre) in many.centre.iter().enumerate() {
            prop_assert!(centre.is_nan() || close(many.upper[at], centre, 1e-12));
        }
    }
}
