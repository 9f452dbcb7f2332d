use std::sync::Arc;

use super::history;
use runatlas_core::chart::{ScaleKind, Trace, XAxis};
use runatlas_core::history::History;
use runatlas_core::history::smooth::Smoothing;
use runatlas_core::model::Point;

fn timed(points: &[(i64, i64, f64)]) -> Arc<History> {
    Arc::new(
        points.iter().map(|&(step, timestamp, value)| Point { step, timestamp, value }).collect::<History>(),
    )
}

#[test]
fn relative_time_counts_from_the_start_of_the_run() {
    let check = |start: Option<i64>, timestamps: &[i64], expected: &[f64]| {
        let points: Vec<_> = timestamps.iter().map(|&t| (t, t, 0.0)).collect();
        let trace = Trace::new(timed(&points), start);
        assert_eq!(trace.curve(XAxis::RelativeTime).xs(), expected, "{start:?}");
    };
    let now = 1_700_000_000_000;
    check(Some(now), &[now + 5, now + 9], &[5.0, 9.0]);
    check(None, &[now + 5, now + 9], &[0.0, 4.0]);
    // The run claims to start after its points, or they were logged in seconds, or at 0.
    check(Some(now + 7), &[now + 5, now + 9], &[0.0, 4.0]);
    check(Some(now), &[now / 1000, now / 1000 + 60], &[0.0, 60.0]);
    check(Some(0), &[now, now + 1], &[0.0, 1.0]);
    check(Some(i64::MAX), &[i64::MIN, i64::MAX], &[0.0, 18_446_744_073_709_551_615.0]);
}

#[test]
fn x_that_goes_back_is_sorted_and_said() {
    let trace = Trace::new(timed(&[(0, 30, 1.0), (1, 10, 2.0), (2, 10, 3.0), (3, 20, 4.0)]), None);
    let wall = trace.curve(XAxis::WallTime);
    assert!(wall.is_reordered() && !trace.curve(XAxis::Step).is_reordered());
    assert_eq!(wall.xs(), [10.0, 10.0, 20.0, 30.0]);
    assert_eq!(wall.raw().values(), [2.0, 3.0, 4.0, 1.0]);
    assert_eq!(
        (0..5).map(|i| wall.point(i).map(|p| p.step)).collect::<Vec<_>>(),
        [Some(1), Some(2), Some(3), Some(0), None]
    );
}

#[test]
fn a_metric_without_steps_stands_upright() {
    let trace = Trace::new(timed(&[(0, 10, 1.0), (0, 20, 2.0)]), None);
    assert!(trace.curve(XAxis::Step).is_upright() && !trace.curve(XAxis::WallTime).is_upright());
    assert!(!Trace::new(timed(&[(0, 10, 1.0)]), None).curve(XAxis::Step).is_upright());
}

#[test]
fn pieces_are_what_a_scale_can_show() {
    let values = [1.0, f64::NAN, 0.0, 2.0, 3.0, f64::INFINITY, -1.0, 4.0];
    let trace = Trace::new(history(values.into_iter().enumerate().map(|(i, v)| (i as i64, v))), None);
    let track = trace.curve(XAxis::Step).raw();
    assert_eq!(track.pieces(ScaleKind::Linear), [0..1, 2..5, 6..8]);
    assert_eq!(track.pieces(ScaleKind::Log), [0..1, 3..5, 7..8]);
    assert_eq!((track.shown(ScaleKind::Linear, 1, 7), track.shown(ScaleKind::Log, 1, 7)), (4, 2));
}

#[test]
fn smoothing_follows_the_drawing_order_and_is_kept() {
    let trace = Trace::new(timed(&[(0, 30, 8.0), (1, 10, 2.0)]), None);
    let wall = trace.curve(XAxis::WallTime);
    let smoothed = wall.smoothed(Smoothing::Ema(0.5));
    assert_eq!(smoothed.values(), [2.0, (1.0 * 0.5 + 4.0) / 0.75]);
    assert!(Arc::ptr_eq(&smoothed, &wall.smoothed(Smoothing::Ema(0.5))));
    assert!(Arc::ptr_eq(wall.raw(), &wall.smoothed(Smoothing::Off)));
}

#[test]
fn columns_of_unequal_length_are_cut() {
    let history = History { steps: vec![0, 1, 2], timestamps: vec![5], values: vec![1.0, 2.0] };
    let trace = Trace::new(Arc::new(history), None);
    assert_eq!(trace.curve(XAxis::Step).xs().len(), trace.curve(XAxis::Step).raw().values().len());
    assert_eq!(trace.curve(XAxis::WallTime).xs().len(), trace.curve(XAxis::WallTime).raw().values().len());
}

fn over(points: &[(i64, f64)], x: &[(i64, f64)]) -> (Vec<f64>, Vec<f64>, u64, bool) {
    let trace = Trace::new(history(points.iter().copied()), None).over(history(x.iter().copied()));
    let curve = trace.curve(XAxis::Metric);
    (curve.xs().to_vec(), curve.raw().values().to_vec(), curve.without_x(), curve.is_reordered())
}

#[test]
fn another_metric_on_x_is_read_at_the_step_or_between_its_steps() {
    let epochs = [(10, 0.0), (20, 1.0), (40, 2.0)];
    let points = [(5, 9.0), (10, 8.0), (15, 7.0), (20, 6.0), (30, 5.0), (40, 4.0), (41, 3.0)];
    let (xs, values, without_x, reordered) = over(&points, &epochs);
    assert_eq!(xs, [0.0, 0.5, 1.0, 1.5, 2.0]);
    assert_eq!((values, without_x, reordered), (vec![8.0, 7.0, 6.0, 5.0, 4.0], 2, false));

    // The last of several at one step; a metric that falls is drawn from its least on.
    let (xs, values, _, reordered) = over(&[(0, 1.0), (1, 2.0)], &[(0, 7.0), (0, 5.0), (1, 3.0)]);
    assert_eq!((xs, values, reordered), (vec![3.0, 5.0], vec![2.0, 1.0], true));

    let (xs, _, without_x, _) = over(&[(0, 1.0), (1, 2.0), (2, 3.0)], &[(0, f64::NAN), (2, 1.0)]);
    assert_eq!((xs, without_x), (vec![1.0], 2));
    assert_eq!(over(&[(0, 1.0)], &[]).2, 1);
}

#[test]
fn oddities_are_seen_wherever_they_are() {
    let of = |points: &[(i64, i64, f64)]| {
        let odd = Trace::new(timed(points), None).oddities();
        (odd.same_step, odd.time_back)
    };
    assert_eq!(of(&[]), (false, false));
    assert_eq!(of(&[(0, 1, 0.0)]), (false, false));
    // Before, at and behind the end of a block.
    for at in [0_usize, 1, 1022, 1023, 1024, 1025, 2047, 2998] {
        let plain: Vec<_> = (0..3000).map(|i| (i, i, 0.0)).collect();
        assert_eq!(of(&plain), (false, false));
        let mut twice = plain.clone();
        twice[at + 1].0 = twice[at].0;
        assert_eq!(of(&twice), (true, false), "{at}");
        let mut back = plain.clone();
        back[at + 1].1 = back[at].1 - 1;
        assert_eq!(of(&back), (false, true), "{at}");
    }
}

#[test]
fn the_last_point_of_a_step_is_found() {
    let points = [(0, 40, 1.0), (2, 20, 2.0), (2, 30, 3.0), (5, 10, 4.0)];
    let trace = Trace::new(timed(&points), None);
    for x in [XAxis::Step, XAxis::WallTime] {
        let curve = trace.curve(x);
        let value = |step| curve.last_of_step(step).and_then(|at| curve.point(at)).map(|it| it.value);
        assert_eq!([-1, 0, 1, 2, 5, 6].map(value), [None, Some(1.0), None, Some(3.0), Some(4.0), None]);
    }
}

#[test]
fn spacing_sees_every_point() {
    let even: Vec<i64> = (0..5000).map(|i| 7 + 3 * i).collect();
    let spacing = |steps: &[i64]| {
        let trace = Trace::new(timed(&steps.iter().map(|&s| (s, s, 0.0)).collect::<Vec<_>>()), None);
        trace.curve(XAxis::Step).spacing()
    };
    assert!(spacing(&even).is_some() && spacing(&even) == spacing(&even));
    assert_ne!(spacing(&even), spacing(&even[1..]));
    for at in [2, 1023, 1024, 4999] {
        let mut odd = even.clone();
        odd[at] += 1;
        assert_eq!(spacing(&odd), None, "{at}");
    }
}
