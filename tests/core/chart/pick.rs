use super::series;
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::pick::{moved, readout, readout_at, snapped, sort_by_nearness, sort_by_value};
use runatlas_core::chart::{ChartSpec, Direction, Range, Scene, Series, XAxis};
use runatlas_core::history::smooth::Smoothing;

fn spec() -> ChartSpec {
    ChartSpec { x_zoom: Some(Range { lo: 0.0, hi: 100.0 }), ..ChartSpec::default() }
}

fn read(all: &[Series], x: f64) -> Vec<(usize, i64, f64)> {
    let scene = Scene::build(&spec(), all);
    let px = scene.x.scale.px_from_value(x);
    readout(&scene, all, XAxis::Step, px).iter().map(|r| (r.series, r.step, r.value)).collect()
}

#[test]
fn the_nearest_logged_point_of_each_series_is_read() {
    let all = [series([(0, 1.0), (10, 2.0), (20, 3.0)]), series([(12, 5.0)]), series([])];
    assert_eq!(read(&all, 9.0), [(0, 10, 2.0), (1, 12, 5.0)]);
    assert_eq!(read(&all, 15.1), [(0, 20, 3.0), (1, 12, 5.0)]);
    assert_eq!(read(&all, 99.0), [(0, 20, 3.0), (1, 12, 5.0)]);
    assert_eq!(read(&all, -50.0), [(0, 0, 1.0), (1, 12, 5.0)]);
}

#[test]
fn curves_that_have_ended_are_not_read() {
    let all = [series([(0, 1.0), (100, 2.0)]), series([(0, 5.0), (40, 6.0)]), series([])];
    let scene = Scene::build(&spec(), &all);
    let at = |x: f64| {
        let rows = readout_at(&scene, &all, XAxis::Step, x);
        rows.iter().map(|row| (row.series, row.step)).collect::<Vec<_>>()
    };
    assert_eq!(at(30.0), [(0, 0), (1, 40)]);
    assert_eq!(at(41.0), [(0, 0), (1, 40)]);
    assert_eq!(at(60.0), [(0, 100)]);
}

#[test]
fn a_cursor_snaps_to_what_was_logged() {
    let all = [series([(0, 1.0), (100, 2.0)]), series([(33, 5.0)])];
    let scene = Scene::build(&spec(), &all);
    let at = |x: f64| snapped(&scene, &all, XAxis::Step, scene.x.scale.px_from_value(x));
    assert_eq!([at(5.0), at(30.0), at(90.0)], [Some(0.0), Some(33.0), Some(100.0)]);
    assert_eq!(snapped(&scene, &[], XAxis::Step, 5.0), None);
}

#[test]
fn of_points_at_one_step_the_last_is_read() {
    let all = [series([(0, 1.0), (10, 2.0), (10, 3.0), (10, 4.0), (20, 0.0)])];
    for x in [8.0, 10.0, 12.0] {
        assert_eq!(read(&all, x), [(0, 10, 4.0)]);
    }
}

#[test]
fn a_row_says_when_and_how_smooth() {
    let all = [series([(0, 1.0), (10, 3.0)])];
    let smoothing = Smoothing::Ema(0.5);
    let scene = Scene::build(&ChartSpec { smoothing, ..spec() }, &all);
    let rows = readout(&scene, &all, XAxis::Step, scene.x.scale.px_from_value(11.0));
    let row = rows.first().unwrap();
    assert_eq!((row.timestamp, row.elapsed, row.value), (1_700_000_010_000, 10_000, 3.0));
    assert!((row.smoothed.unwrap() - 1.75 / 0.75).abs() < 1e-12);
    assert_eq!(row.px_y, scene.y.scale.px_from_value(row.painted()));
    assert!(row.distance_x > 0.0);
}

#[test]
fn rows_are_sorted_by_nearness_or_value() {
    let all = [series([(0, 1.0)]), series([(0, f64::NAN)]), series([(0, 3.0)]), series([(0, 2.0)])];
    let scene = Scene::build(&spec(), &all);
    let mut rows = readout(&scene, &all, XAxis::Step, 0.0);
    let order =
        |rows: &[runatlas_core::chart::pick::ReadoutRow]| rows.iter().map(|r| r.series).collect::<Vec<_>>();
    sort_by_nearness(&mut rows, scene.y.scale.px_from_value(2.1));
    assert_eq!(order(&rows), [3, 2, 0, 1]);
    sort_by_value(&mut rows, Direction::Lower);
    assert_eq!(order(&rows), [0, 3, 2, 1]);
    sort_by_value(&mut rows, Direction::Higher);
    assert_eq!(order(&rows), [2, 3, 0, 1]);
}

#[test]
fn arrow_keys_go_from_logged_point_to_logged_point() {
    let all = [series([(0, 1.0), (10, 2.0)]), series([(4, 5.0), (4, 6.0), (30, 1.0)])];
    assert_eq!(moved(&all, XAxis::Step, 0.0, 1), Some(4.0));
    assert_eq!(moved(&all, XAxis::Step, 4.0, 1), Some(10.0));
    assert_eq!(moved(&all, XAxis::Step, 5.0, -1), Some(4.0));
    assert_eq!(moved(&all, XAxis::Step, 4.0, 10), Some(30.0));
    assert_eq!(moved(&all, XAxis::Step, 4.0, -10), Some(0.0));
    assert_eq!(moved(&[series([])], XAxis::Step, 4.0, 1), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_point_is_nearer(steps in vec(0..100i64, 1..60), px in 0.0..340.0f64) {
        let mut steps = steps;
        steps.sort_unstable();
        let all = [series(steps.iter().map(|&step| (step, 0.5)))];
        let scene = Scene::build(&spec(), &all);
        let rows = readout(&scene, &all, XAxis::Step, px);
        let nearest = steps.iter().map(|&s| (scene.x.scale.px_from_value(s as f64) - px).abs()).fold(f64::INFINITY, f64::min);
        prop_assert!((rows[0].distance_x - nearest).abs() < 1e-9);
    }
}
