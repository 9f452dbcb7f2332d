use std::sync::Arc;

use super::{history, series};
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::{
    ChartSpec, Counts, Fit, Ink, MarkKind, Range, ScaleKind, Scene, Series, Trace, XAxis,
};
use runatlas_core::history::History;
use runatlas_core::history::smooth::Smoothing;
use runatlas_core::model::Point;

fn build(spec: ChartSpec, points: &[(i64, f64)]) -> Scene {
    Scene::build(&spec, &[series(points.iter().copied())])
}

fn marks(scene: &Scene, kind: MarkKind) -> Vec<(usize, f32, f32)> {
    let marks = scene.series.iter().flat_map(|series| &series.marks);
    marks.filter(|mark| mark.kind == kind).map(|mark| (mark.point, mark.x, mark.y)).collect()
}

#[test]
fn an_empty_chart_has_axes() {
    for spec in [
        ChartSpec::default(),
        ChartSpec { y_scale: ScaleKind::Log, x_scale: ScaleKind::Log, ..ChartSpec::default() },
    ] {
        for scene in
            [Scene::build(&spec, &[]), build(spec.clone(), &[]), build(spec.clone(), &[(0, f64::NAN)])]
        {
            assert!(!scene.y.ticks.is_empty() && !scene.x.ticks.is_empty());
        }
    }
}

#[test]
fn the_plot_leaves_room_for_labels_in_device_pixels() {
    let scene = build(ChartSpec { dpr: 2.0, ..ChartSpec::default() }, &[(0, 1.0), (10, 2.0)]);
    assert_eq!((scene.width, scene.height), (680, 340));
    assert_eq!((scene.plot.left, scene.plot.bottom), (88.0, 296.0));
    let line = scene.series[0].main.lines().unwrap().lines.coords();
    assert_eq!((line[0], line[2]), (88.0, 660.0));
    for (width, height, dpr) in
        [(0.0, 0.0, 1.0), (-5.0, 1e9, 2.0), (f64::NAN, 10.0, f64::NAN), (10.0, 10.0, 0.0)]
    {
        let scene = build(ChartSpec { width, height, dpr, ..ChartSpec::default() }, &[(0, 1.0), (10, 2.0)]);
        assert!(scene.plot.width() >= 1.0 && scene.plot.height() >= 1.0 && scene.width <= 32_767);
    }
}

#[test]
fn every_point_is_counted() {
    let points = [(0, 1.0), (1, f64::NAN), (2, -1.0), (3, 0.0), (4, f64::INFINITY), (5, 2.0)];
    let counts = |spec| build(spec, &points).counts;
    assert_eq!(
        counts(ChartSpec::default()),
        Counts { total: 6, in_view: 6, non_finite: 2, hidden_by_log: 0, without_x: 0 }
    );
    let log = ChartSpec { y_scale: ScaleKind::Log, ..ChartSpec::default() };
    assert_eq!(
        counts(log.clone()),
        Counts { total: 6, in_view: 6, non_finite: 2, hidden_by_log: 2, without_x: 0 }
    );
    let zoomed = ChartSpec { x_zoom: Some(Range { lo: 0.5, hi: 3.0 }), ..log };
    assert_eq!(
        counts(zoomed),
        Counts { total: 6, in_view: 3, non_finite: 1, hidden_by_log: 2, without_x: 0 }
    );
}

#[test]
fn counts_have_words() {
    let words = |total, in_view, non_finite, hidden_by_log| {
        Counts { total, in_view, non_finite, hidden_by_log, without_x: 0 }.words()
    };
    assert_eq!(words(1_000_000, 1_000_000, 0, 0), "all 1,000,000 points");
    assert_eq!(words(1, 1, 0, 0), "all 1 point");
    assert_eq!(
        words(1_000_000, 18_772, 3, 12),
        "18,772 of 1,000,000 points in view, 12 not above 0 hidden by the log scale, 3 NaN or infinite"
    );
}

#[test]
fn a_run_that_diverged_gets_one_cross_where_it_began() {
    let points: Vec<_> =
        (0..1000).map(|i| (i, if i < 400 { f64::from(i as i32) } else { f64::NAN })).collect();
    let scene = build(ChartSpec::default(), &points);
    let crosses = marks(&scene, MarkKind::NonFinite);
    let x = scene.x.scale.px_from_value(400.0) as f32;
    let y = scene.y.scale.px_from_value(399.0) as f32;
    assert_eq!(crosses, [(400, x, y)]);
}

#[test]
fn gaps_are_marked_but_not_plastered() {
    let alternating: Vec<_> = (0..10_000).map(|i| (i, if i % 2 == 0 { f64::NAN } else { 1.0 })).collect();
    let crosses = marks(&build(ChartSpec::default(), &alternating), MarkKind::NonFinite);
    assert_eq!(crosses[0].0, 0);
    assert!((10..30).contains(&crosses.len()), "{}", crosses.len());
    // All NaN: one cross, at the foot.
    let scene = build(ChartSpec::default(), &[(0, f64::NAN), (1, f64::NAN)]);
    assert_eq!(marks(&scene, MarkKind::NonFinite), [(0, scene.plot.left as f32, scene.plot.bottom as f32)]);
}

#[test]
fn a_running_run_ends_in_a_dot() {
    let running = Series { running: true, ..series([(0, 1.0), (7, 2.0), (9, f64::NAN)]) };
    let dots =
        |spec: &ChartSpec| marks(&Scene::build(spec, std::slice::from_ref(&running)), MarkKind::Running);
    assert_eq!(dots(&ChartSpec::default()).iter().map(|dot| dot.0).collect::<Vec<_>>(), [1]);
    assert_eq!(dots(&ChartSpec { x_zoom: Some(Range { lo: 0.0, hi: 5.0 }), ..ChartSpec::default() }), []);
}

#[test]
fn one_outlier_does_not_flatten_the_rest() {
    let points: Vec<_> =
        (0..1000).map(|i| (i, if i == 500 { 1e6 } else { (i as f64 / 50.0).sin() })).collect();
    let scene = build(ChartSpec::default(), &points);
    assert!(scene.y.scale.range().hi < 2.0);
    let above = marks(&scene, MarkKind::Above);
    assert_eq!((above.len(), above[0].0, above[0].2), (1, 500, scene.plot.top as f32));
    let all = build(ChartSpec { fit: Fit::All, ..ChartSpec::default() }, &points);
    assert!(all.y.scale.range().hi > 1e6 && marks(&all, MarkKind::Above).is_empty());
    // A chosen range speaks for itself.
    let chosen =
        build(ChartSpec { y_zoom: Some(Range { lo: -0.5, hi: 0.5 }), ..ChartSpec::default() }, &points);
    assert!(marks(&chosen, MarkKind::Above).is_empty());
}

#[test]
fn a_usual_curve_is_shown_whole() {
    let loss: Vec<_> = (0..1000).map(|i| (i, 4.0 * (-i as f64 / 150.0).exp() + 0.5)).collect();
    let range = build(ChartSpec::default(), &loss).y.scale.range();
    assert!(range.contains(4.5) && range.contains(0.5));
}

#[test]
fn y_fits_what_is_visible() {
    let points: Vec<_> = (0..100).map(|i| (i, i as f64)).collect();
    let spec = |lo, hi| ChartSpec { x_zoom: Some(Range { lo, hi }), ..ChartSpec::default() };
    let range = |lo, hi| build(spec(lo, hi), &points).y.scale.range();
    assert!(range(10.0, 20.0).lo > 9.0 && range(10.0, 20.0).hi < 21.0);
    // Between two points only their line is visible.
    let between = range(10.25, 10.75);
    assert!(between.lo > 10.2 && between.hi < 10.8 && between.contains(10.5), "{between:?}");
    let nothing = range(200.0, 300.0);
    assert_eq!(nothing, Range { lo: 0.0, hi: 1.0 });
}

#[test]
fn the_curve_as_logged_stays_behind_the_smoothed_one() {
    let points: Vec<_> = (0..100).map(|i| (i, f64::from(i as i32 % 2))).collect();
    let smooth = build(ChartSpec { smoothing: Smoothing::Ema(0.9), ..ChartSpec::default() }, &points);
    let plain = build(ChartSpec::default(), &points);
    assert_eq!(smooth.series[0].raw.as_ref().unwrap().lines().unwrap().lines.points(), 100);
    assert_ne!(smooth.series[0].raw.as_ref(), Some(&smooth.series[0].main));
    assert!(plain.series[0].raw.is_none());
    assert!(smooth.y.scale.range().contains(0.0) && smooth.y.scale.range().contains(1.0));
}

#[test]
fn a_million_points_cost_pixels() {
    let points = (0..1_000_000).map(|i| (i, (i as f64 / 1000.0).sin() + (i as f64).sin()));
    let all = [Series { trace: Arc::new(Trace::new(history(points), None)), ..series([]) }];
    let scene = Scene::build(&ChartSpec::default(), &all);
    assert_eq!(scene.counts.words(), "all 1,000,000 points");
    assert!(scene.series[0].main.lines().unwrap().lines.points() <= 4 * scene.plot.width() as usize + 8);
}

fn any_series() -> impl Strategy<Value = Series> {
    let value = prop_oneof![4 => -10.0..10.0f64, 1 => any::<f64>()];
    let step = prop_oneof![4 => -5..100i64, 1 => any::<i64>()];
    vec((step.clone(), step, value), 0..60).prop_map(|points| {
        let mut history: History =
            points.into_iter().map(|(step, timestamp, value)| Point { step, timestamp, value }).collect();
        history.sort();
        Series { running: true, trace: Arc::new(Trace::new(Arc::new(history), Some(3))), ..series([]) }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_chart_has_a_picture(
        all in vec(any_series(), 0..4),
        x in prop::sample::select(vec![XAxis::Step, XAxis::WallTime, XAxis::RelativeTime]),
        (x_log, y_log, fit) in (any::<bool>(), any::<bool>(), prop::sample::select(vec![Fit::All, Fit::Central])),
        factor in 0.0..1.0f64,
        zoom in prop::option::of((any::<f64>(), any::<f64>())),
    ) {
        let kind = |log| if log { ScaleKind::Log } else { ScaleKind::Linear };
        let spec = ChartSpec {
            x,
            x_scale: kind(x_log),
            y_scale: kind(y_log),
            fit,
            smoothing: Smoothing::Ema(factor),
            x_zoom: zoom.and_then(|(a, b)| Range::between(a, b)),
            y_zoom: zoom.and_then(|(a, b)| Range::between(b, a)),
            ..ChartSpec::default()
        };
        let scene = Scene::build(&spec, &all);
        prop_assert_eq!(scene.counts.total, all.iter().map(|s| s.trace.history().len() as u64).sum::<u64>());
        let frame = scene.plot.grown(33.0);
        for series in &scene.series {
            let lines = series.raw.iter().chain([&series.main]);
            for xy in lines.filter_map(Ink::lines).flat_map(|line| line.lines.coords().chunks(2).chain(line.dots.chunks(2))) {
                prop_assert!(frame.contains(f64::from(xy[0]), f64::from(xy[1])), "{:?}", xy);
            }
            for mark in &series.marks {
                let within = scene.plot.grown(0.01).contains(f64::from(mark.x), f64::from(mark.y));
                prop_assert!(within, "{:?}", mark);
            }
        }
    }
}

#[test]
fn best_last_and_chosen_points_are_marked() {
    use runatlas_core::chart::Marks;
    let points = [(0, 3.0), (1, 1.0), (2, 1.0), (3, 2.0), (4, f64::NAN)];
    let spec = |metric: &str| ChartSpec {
        metric: metric.to_owned(),
        marks: Marks { best: true, last: true, step: Some(2) },
        ..ChartSpec::default()
    };
    let of =
        |scene: &Scene, kind| marks(scene, kind).into_iter().map(|(point, ..)| point).collect::<Vec<_>>();
    let loss = build(spec("val/loss"), &points);
    assert_eq!((of(&loss, MarkKind::Best), of(&loss, MarkKind::Chosen)), (vec![1], vec![3, 2]));
    assert_eq!(of(&build(spec("accuracy"), &points), MarkKind::Best), [0]);
    assert_eq!(of(&build(spec("thing"), &points), MarkKind::Best), [0_usize; 0]);
    let zoomed = build(ChartSpec { x_zoom: Some(Range { lo: 2.5, hi: 4.0 }), ..spec("loss") }, &points);
    assert_eq!((of(&zoomed, MarkKind::Best).len(), of(&zoomed, MarkKind::Chosen)), (0, vec![3]));
}

#[test]
fn percentiles_fit_what_they_say_and_mark_the_rest() {
    let points: Vec<(i64, f64)> = (0..1000).map(|i| (i, i as f64)).collect();
    let range = |fit| build(ChartSpec { fit, ..ChartSpec::default() }, &points).y.scale.range();
    let within = |fit, lo: f64, hi: f64| {
        let found = range(fit);
        // A twentieth of air on both sides.
        let air = (hi - lo) * 0.05;
        assert!((found.lo - (lo - air)).abs() < 2.0 && (found.hi - (hi + air)).abs() < 2.0, "{found:?}");
    };
    within(Fit::All, 0.0, 999.0);
    within(Fit::Percentile(10), 100.0, 899.0);
    let scene = build(ChartSpec { fit: Fit::Percentile(10), ..ChartSpec::default() }, &points);
    assert!(!marks(&scene, MarkKind::Above).is_empty() && !marks(&scene, MarkKind::Below).is_empty());
}

#[test]
fn a_band_is_filled_where_it_is_known_and_fits_the_picture() {
    use runatlas_core::chart::Band;
    let band = Band { low: vec![0.0, 1.0, f64::NAN, 2.0, 2.0], high: vec![4.0, 5.0, f64::NAN, 9.0, 3.0] };
    let line = series([(0, 2.0), (1, 3.0), (2, 3.0), (3, 2.5), (4, 2.5)]);
    let scene = Scene::build(&ChartSpec::default(), &[Series { band: Some(Arc::new(band)), ..line }]);
    let polygons: Vec<usize> = scene.series[0].band.iter().map(|polygon| polygon.len() / 2).collect();
    assert_eq!(polygons, [4, 4], "two points above and below on both sides of the gap");
    assert!(scene.y.scale.range().contains(9.0) && scene.y.scale.range().contains(0.0));
    let first: Vec<f32> = scene.series[0].band.iter().next().unwrap().to_vec();
    let px = |value| scene.y.scale.px_from_value(value) as f32;
    assert_eq!([first[1], first[3], first[5], first[7]], [px(4.0), px(5.0), px(1.0), px(0.0)]);
}
