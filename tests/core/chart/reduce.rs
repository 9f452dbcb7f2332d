use std::sync::Arc;

use super::bitmap::{Bitmap, KINDS, Whole};
use super::{history, plot};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::reduce::reduce;
use runatlas_core::chart::series::Curve;
use runatlas_core::chart::{Plot, Range, Reduced, ScaleKind, Trace, XAxis};
use runatlas_core::history::History;
use runatlas_core::model::Point;

const LINEAR: ScaleKind = ScaleKind::Linear;

fn range(lo: f64, hi: f64) -> Range {
    Range { lo, hi }
}

/// Points of the reduction that lie in each column, at most.
fn most_in_a_column(reduced: &Reduced) -> usize {
    let mut columns: Vec<i64> = reduced.lines.coords().chunks(2).map(|p| p[0].floor() as i64).collect();
    columns.sort_unstable();
    columns.chunk_by(|a, b| a == b).map(<[i64]>::len).max().unwrap_or_default()
}

fn bitmaps(curve: &Curve, plot: &Plot) -> (Whole, Bitmap, Reduced) {
    let mut painted = Bitmap::new(plot.rect.width(), plot.rect.height());
    let reduced = reduce(curve.xs(), curve.raw(), plot);
    painted.reduced(&reduced);
    (Whole::of(curve.xs(), curve.raw().values(), plot), painted, reduced)
}

fn check(points: &[(i64, f64)], x: Range, y: Range) -> Reduced {
    let trace = Trace::new(history(points.iter().copied()), None);
    let plot = plot(40.0, 20.0, (LINEAR, x), (LINEAR, y));
    let (whole, painted, reduced) = bitmaps(trace.curve(XAxis::Step), &plot);
    assert!(whole.is(&painted), "{whole:?}\n{painted:?}");
    reduced
}

#[test]
fn nothing_gives_nothing() {
    assert_eq!(check(&[], range(0.0, 1.0), range(0.0, 1.0)), Reduced::default());
    assert_eq!(
        check(&[(0, f64::NAN), (1, f64::INFINITY)], range(0.0, 1.0), range(0.0, 1.0)),
        Reduced::default()
    );
}

#[test]
fn a_single_point_is_a_dot() {
    let reduced = check(&[(5, 0.5)], range(0.0, 10.0), range(0.0, 1.0));
    assert_eq!(reduced.dots, [20.0, 10.0]);
    assert!(reduced.lines.is_empty());
    let between_gaps = check(
        &[(1, 0.1), (2, f64::NAN), (5, 0.5), (6, f64::NAN), (8, 0.5), (9, 0.5)],
        range(0.0, 10.0),
        range(0.0, 1.0),
    );
    assert_eq!(between_gaps.dots.len(), 4);
    assert_eq!(between_gaps.lines.ends(), [2]);
}

#[test]
fn a_spike_among_many_points_stays() {
    let spike = (0..4000).map(|i| (i, if i == 1777 { 1.0 } else { 0.1 }));
    let reduced = check(&spike.collect::<Vec<_>>(), range(0.0, 3999.0), range(0.0, 1.0));
    assert!(most_in_a_column(&reduced) <= 4);
    assert!(reduced.lines.coords().chunks(2).any(|p| p[1] == 0.0));
}

#[test]
fn lines_enter_and_leave_a_zoom_between_two_points() {
    let reduced = check(&[(0, 0.0), (1_000_000, 1.0)], range(499_999.0, 500_001.0), range(0.4, 0.6));
    assert_eq!(reduced.lines.ends(), [2]);
    // Far outside, an f32 could not tell pixels apart.
    assert!(reduced.lines.coords().iter().all(|c| c.abs() < 200.0));
}

#[test]
fn a_gap_after_every_point_costs_pixels() {
    let points: Vec<_> =
        (0..20_000).map(|i| (i, if i % 2 == 0 { (i as f64 * 0.37).sin() } else { f64::NAN })).collect();
    let reduced = check(&points, range(0.0, 20_000.0), range(-1.1, 1.1));
    assert!(reduced.dots.len() / 2 + reduced.lines.points() <= 40 * 20, "{} dots", reduced.dots.len() / 2);
}

#[test]
fn points_that_a_logarithm_hides_are_gaps() {
    let points = [(0, 1.0), (1, -1.0), (2, 10.0), (3, 0.0), (4, 100.0), (5, 1000.0)];
    let trace = Trace::new(history(points), None);
    let plot = plot(40.0, 20.0, (LINEAR, range(0.0, 5.0)), (ScaleKind::Log, range(1.0, 1000.0)));
    let (whole, painted, reduced) = bitmaps(trace.curve(XAxis::Step), &plot);
    assert!(whole.is(&painted), "{whole:?}\n{painted:?}");
    assert_eq!((reduced.dots.len(), reduced.lines.ends()), (4, &[2][..]));
}

fn values() -> impl Strategy<Value = Vec<f64>> {
    let walk = vec(-1.0..1.0f64, 1..600).prop_map(|steps| {
        let mut at = 5.0;
        steps
            .into_iter()
            .map(|step| {
                at += step;
                at
            })
            .collect::<Vec<_>>()
    });
    let odd = prop::sample::select(vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        0.0,
        -3.0,
        1e30,
        -1e30,
        40.0,
        1e-9,
    ]);
    (walk, vec((any::<prop::sample::Index>(), odd), 0..20)).prop_map(|(mut values, odds)| {
        for (at, odd) in odds {
            let at = at.index(values.len());
            values[at] = odd;
        }
        values
    })
}

/// Steps that are dense, far apart, and repeated; unsorted wall time comes with the timestamps.
fn points() -> impl Strategy<Value = History> {
    let gap = prop_oneof![6 => Just(1i64), 2 => Just(0i64), 1 => 2..200i64];
    values().prop_flat_map(move |values| {
        let count = values.len();
        (Just(values), vec(gap.clone(), count), vec(-50..50i64, count)).prop_map(|(values, gaps, jitter)| {
            let mut step = 0;
            let point = |((value, gap), jitter)| {
                step += gap;
                Point { step, timestamp: 1_000_000 + step * 20 + jitter, value }
            };
            values.into_iter().zip(gaps).zip(jitter).map(point).collect()
        })
    })
}

/// A range somewhere in and around another, down to a thousandth of it.
fn zoom() -> impl Strategy<Value = (f64, f64)> {
    (-0.2..1.1f64, prop_oneof![Just(1.0), 0.5..1.5f64, 0.001..0.1f64])
}

fn zoomed(full: Range, (at, share): (f64, f64)) -> Range {
    let lo = full.lo + (full.hi - full.lo) * at;
    range(lo, lo + (full.hi - full.lo) * share)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_reduction_paints_the_same_pixels(
        history in points(),
        axis in prop::sample::select(vec![XAxis::Step, XAxis::WallTime, XAxis::RelativeTime]),
        kinds in (prop::sample::select(KINDS.to_vec()), prop::sample::select(KINDS.to_vec())),
        (x_zoom, y_zoom) in (zoom(), zoom()),
        (width, height) in (1..120u32, 1..60u32),
    ) {
        let trace = Trace::new(Arc::new(history), None);
        let curve = trace.curve(axis);
        let x = curve.extent(kinds.0 == ScaleKind::Log).unwrap_or(range(0.0, 1.0));
        let plot = plot(
            f64::from(width),
            f64::from(height),
            (kinds.0, zoomed(x.widened(), x_zoom)),
            (kinds.1, zoomed(range(0.01, 15.0), y_zoom)),
        );
        let (whole, painted, reduced) = bitmaps(curve, &plot);
        prop_assert!(whole.is(&painted), "{:?}\n{:?}", whole, painted);
        prop_assert!(reduced.lines.ends().last().copied().unwrap_or_default() as usize == reduced.lines.points());
    }

    #[test]
    fn a_column_costs_four_points(values in vec(-1.0..1.0f64, 1..3000), width in 1..50u32) {
        let count = values.len() as f64;
        let trace = Trace::new(history(values.into_iter().enumerate().map(|(i, v)| (i as i64, v))), None);
        let plot = plot(f64::from(width), 30.0, (LINEAR, range(0.0, count)), (LINEAR, range(-1.0, 1.0)));
        let (whole, painted, reduced) = bitmaps(trace.curve(XAxis::Step), &plot);
        prop_assert!(whole.is(&painted), "{:?}\n{:?}", whole, painted);
        prop_assert!(most_in_a_column(&reduced) <= 4);
    }
}
