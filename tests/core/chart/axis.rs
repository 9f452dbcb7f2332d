use proptest::prelude::*;
use runatlas_core::chart::axis::{full_x_range, full_y_range};
use runatlas_core::chart::{Axis, Range, Scale, ScaleKind, XAxis};

use ScaleKind::{Linear, Log};

fn range(lo: f64, hi: f64) -> Range {
    Range { lo, hi }
}

fn labels(axis: &Axis) -> Vec<&str> {
    axis.ticks.iter().map(|tick| tick.label.as_str()).collect()
}

fn check_y(kind: ScaleKind, lo: f64, hi: f64, expected: &[&str]) {
    let axis = Axis::of_values(Scale::new(kind, range(lo, hi), 100.0, 0.0));
    assert_eq!(labels(&axis), expected, "{lo}..{hi}");
}

fn check_x(x: XAxis, kind: ScaleKind, lo: f64, hi: f64, offset: i32, expected: &[&str]) {
    let axis = Axis::of_x(Scale::new(kind, range(lo, hi), 0.0, 300.0), x, 5, offset);
    assert_eq!(labels(&axis), expected, "{x:?} {lo}..{hi}");
}

#[test]
fn y_ticks_are_round_and_few() {
    check_y(Linear, 0.47, 0.86, &["0.5", "0.6", "0.7", "0.8"]);
    check_y(Linear, 0.0, 1.0, &["0", "0.5", "1.0"]);
    check_y(Linear, -0.2, 4.3, &["0", "1", "2", "3", "4"]);
    check_y(Linear, 980.0, 2600.0, &["1.0k", "1.5k", "2.0k", "2.5k"]);
    check_y(Linear, -30_000.0, 45_000.0, &["\u{2212}20k", "0", "20k", "40k"]);
    check_y(Linear, 0.0, 0.0011, &["0", "5e\u{2212}4", "1e\u{2212}3"]);
    check_y(Linear, 0.9500, 0.9512, &["0.9500", "0.9505", "0.9510"]);
    check_y(Linear, 18_721.0, 18_724.0, &["18,721", "18,722", "18,723", "18,724"]);
    check_y(Linear, 0.0, 2.6e6, &["0", "1e6", "2e6"]);
    check_y(Linear, 0.0, 1.3e6, &["0", "500k", "1e6"]);
    check_y(Linear, -1.1e308, 1.5e308, &["\u{2212}1e308", "\u{2212}5e307", "0", "5e307", "1e308"]);
}

#[test]
fn log_ticks_are_decades_or_parts_of_them() {
    check_y(Log, 0.7, 120.0, &["1", "10", "100"]);
    check_y(Log, 0.45, 4.5, &["0.5", "1", "2"]);
    check_y(Log, 9e-6, 1.2e-3, &["1e\u{2212}5", "1e\u{2212}4", "1e\u{2212}3"]);
    check_y(Log, 1.5e-5, 2.0, &["1e\u{2212}4", "1e\u{2212}3", "0.01", "0.1", "1"]);
    check_y(Log, 1e-12, 1e12, &["1e\u{2212}10", "1e\u{2212}5", "1", "100k", "1e10"]);
    check_y(Log, 3.1, 3.6, &["3.2", "3.4", "3.6"]);
}

#[test]
fn step_ticks_are_whole() {
    check_x(XAxis::Step, Linear, 0.0, 49_000.0, 0, &["0", "10k", "20k", "30k", "40k"]);
    check_x(XAxis::Step, Linear, 0.0, 2.0, 0, &["0", "1", "2"]);
    check_x(XAxis::Step, Linear, 0.0, 1_000_000.0, 0, &["0", "500k", "1e6"]);
    check_x(XAxis::Step, Linear, 7.2, 7.4, 0, &[]);
    check_x(XAxis::Step, Log, 1.0, 20_000.0, 0, &["1", "10", "100", "1k", "10k"]);
    check_x(XAxis::Step, Linear, -9.3e18, 9.3e18, 0, &["\u{2212}5e18", "0", "5e18"]);
}

#[test]
fn wall_time_ticks_are_local() {
    // 2026-11-19T08:41:07.120Z
    let at = 1_795_077_667_120.0;
    let hour = 3_600_000.0;
    check_x(XAxis::WallTime, Linear, at, at + 4.0 * hour, 60, &["10:00", "11:00", "12:00", "13:00"]);
    check_x(XAxis::WallTime, Linear, at, at + 48.0 * hour, 0, &["12:00", "20 Nov", "12:00", "21 Nov"]);
    check_x(XAxis::WallTime, Linear, at, at + 48.0 * hour, -330, &["12:00", "20 Nov", "12:00", "21 Nov"]);
    check_x(XAxis::WallTime, Linear, at, at + 3000.0, 0, &["08:41:08", "08:41:09", "08:41:10"]);
    check_x(XAxis::WallTime, Linear, at, at + 3.0, 0, &["41:07.120", "41:07.121", "41:07.122", "41:07.123"]);
    check_x(XAxis::WallTime, Linear, at, at + 24.0 * hour * 100.0, 0, &["Dec", "2027", "Feb"]);
    check_x(XAxis::WallTime, Linear, 0.0, at, 0, &["1980", "2000", "2020"]);
}

#[test]
fn relative_ticks_are_durations() {
    let minute = 60_000.0;
    check_x(XAxis::RelativeTime, Linear, 0.0, 100.0 * minute, 0, &["0", "30m", "1h", "1h 30m"]);
    check_x(XAxis::RelativeTime, Linear, 0.0, 900.0, 0, &["0", "200ms", "400ms", "600ms", "800ms"]);
    check_x(XAxis::RelativeTime, Linear, 0.0, 3.2 * 1440.0 * minute, 0, &["0", "1d", "2d", "3d"]);
    check_x(XAxis::RelativeTime, Linear, 0.0, 45.0 * 1440.0 * minute, 0, &["0", "10d", "20d", "30d", "40d"]);
    check_x(XAxis::RelativeTime, Log, 10.0, 100.0 * minute, 0, &["10ms", "1s", "1m", "1h"]);
}

#[test]
fn degenerate_data_have_a_range() {
    assert_eq!(full_y_range(None, Linear), range(0.0, 1.0));
    assert_eq!(full_y_range(None, Log), range(0.1, 10.0));
    assert_eq!(full_y_range(Some(range(0.0, 0.0)), Linear), range(-1.0, 1.0));
    assert_eq!(full_y_range(Some(range(0.5, 0.5)), Linear), range(0.45, 0.55));
    assert_eq!(full_x_range(None, XAxis::Step, Linear), range(0.0, 10.0));
    assert_eq!(full_x_range(Some(range(7.0, 7.0)), XAxis::Step, Linear), range(6.0, 8.0));
    assert_eq!(full_x_range(Some(range(1.0, 500.0)), XAxis::Step, Linear), range(0.0, 500.0));
    assert_eq!(full_x_range(Some(range(400.0, 500.0)), XAxis::Step, Linear), range(400.0, 500.0));
    for range in [
        range(f64::MIN, f64::MAX),
        range(f64::MAX, f64::MAX),
        range(5e-324, 5e-324),
        range(1.0, 1.0 + f64::EPSILON),
    ] {
        let full = full_y_range(Some(range), Linear);
        let scale = Scale::new(Linear, full, 100.0, 0.0);
        for value in [range.lo, range.hi] {
            let px = scale.px_from_value(value);
            assert!((0.0..=100.0).contains(&px), "{range:?} {full:?} {px}");
        }
    }
}

#[test]
fn a_zoom_keeps_what_is_under_the_pointer() {
    let scale = Scale::new(Linear, range(0.0, 100.0), 0.0, 200.0);
    assert_eq!(scale.zoom_at(50.0, 2.0), range(12.5, 62.5));
    assert_eq!(scale.zoom_at(50.0, 0.5), range(-25.0, 175.0));
    assert_eq!(scale.pan(20.0), range(-10.0, 90.0));
    assert_eq!(scale.range_between_px(150.0, 50.0), range(25.0, 75.0));
    for factor in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(scale.zoom_at(50.0, factor), scale.range());
    }
    // Deeper than numbers reach, and wider than there are numbers.
    assert_eq!(scale.zoom_at(50.0, 1e15), scale.range());
    assert_eq!(Scale::new(Linear, range(-1e308, 1e307), 0.0, 1.0).zoom_at(0.5, 1e-3), range(-1e308, 1e307));
}

fn any_range() -> impl Strategy<Value = Range> {
    let end =
        prop_oneof![-1e3..1e3f64, any::<f64>(), prop::sample::select(vec![0.0, f64::MAX, f64::MIN, 5e-324])];
    (end.clone(), end).prop_filter_map("two ends", |(a, b)| Range::between(a, b))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn pixels_and_values_are_each_others_reverse(range in any_range(), kind in prop::sample::select(vec![Linear, Log]), px in 0.0..500.0f64) {
        let scale = Scale::new(kind, range, 500.0, 0.0);
        let back = scale.px_from_value(scale.value_from_px(px));
        // The narrowest range holds about 10,000 numbers.
        prop_assert!((back - px).abs() < 1.0, "{px} {back}");
        prop_assert!(scale.range().lo < scale.range().hi);
    }

    #[test]
    fn higher_values_are_never_lower_in_the_picture(range in any_range(), kind in prop::sample::select(vec![Linear, Log]), a in any::<f64>(), b in any::<f64>()) {
        let scale = Scale::new(kind, range, 500.0, 0.0);
        prop_assume!(kind.shows(a) && kind.shows(b));
        prop_assert!(scale.px_from_value(a.max(b)) <= scale.px_from_value(a.min(b)));
    }

    #[test]
    fn any_range_gets_few_ticks_within(range in any_range(), kind in prop::sample::select(vec![Linear, Log]), x in prop::sample::select(vec![XAxis::Step, XAxis::WallTime, XAxis::RelativeTime])) {
        let scale = Scale::new(kind, range, 0.0, 500.0);
        for (axis, most) in [(Axis::of_values(scale), 5), (Axis::of_x(scale, x, 6, 90), 8)] {
            prop_assert!(axis.ticks.len() <= most, "{:?}", labels(&axis));
            for pair in axis.ticks.windows(2) {
                prop_assert!(pair[0].value < pair[1].value && pair[0].label != pair[1].label, "{:?}", labels(&axis));
            }
            for tick in &axis.ticks {
                prop_assert!(scale.range().contains(tick.value) && !tick.label.is_empty() && tick.px.is_finite());
            }
        }
    }
}

#[test]
fn symlog_ticks_are_powers_on_both_sides_of_zero() {
    check_y(ScaleKind::Symlog, -100.0, 100.0, &["\u{2212}100", "\u{2212}1", "0", "1", "100"]);
    check_y(ScaleKind::Symlog, 0.0, 1000.0, &["0", "1", "10", "100", "1k"]);
    check_y(ScaleKind::Symlog, 0.90, 0.96, &["0.90", "0.92", "0.94", "0.96"]);
}

proptest! {
    #[test]
    fn symlog_shows_every_number_in_its_order(lo in -1e6..1e6f64, span in 1e-3..1e6f64, a in -1e9..1e9f64, b in -1e9..1e9f64) {
        let scale = Scale::new(ScaleKind::Symlog, range(lo, lo + span), 0.0, 500.0);
        let (px_a, px_b) = (scale.px_from_value(a), scale.px_from_value(b));
        prop_assert!(px_a.is_finite() && px_b.is_finite());
        prop_assert!(a == b || (a < b) == (px_a < px_b) || px_a == px_b, "{a} at {px_a}, {b} at {px_b}");
        let back = scale.value_from_px(px_a);
        prop_assert!((back - a).abs() <= a.abs() * 1e-6 + span * 1e-9, "{a} came back as {back}");
        prop_assert!((scale.px_from_value(lo)).abs() < 1e-6 && (scale.px_from_value(lo + span) - 500.0).abs() < 1e-6);
    }
}
