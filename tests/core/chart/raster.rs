use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::columns::Column;
use runatlas_core::chart::reduce::Reducer;
use runatlas_core::chart::{Columns, Plot, Range, Raster, Rect, Rgb, ScaleKind, Stroke, Trace, XAxis};

use super::{history, plot};

const INK: Rgb = Rgb(200, 40, 90);
const WIDTH: usize = 60;
const HEIGHT: usize = 40;

fn stroke(width: f32) -> Stroke {
    Stroke { color: INK, width, dash: None }
}

const PICTURE: Rect = Rect { left: 0.0, top: 0.0, right: WIDTH as f64, bottom: HEIGHT as f64 };

fn traced(lines: &[Vec<f32>]) -> Columns {
    let mut columns = Columns::default();
    let mut tracer = columns.trace(PICTURE);
    for line in lines {
        line.chunks(2).for_each(|point| tracer.line_to((f64::from(point[0]), f64::from(point[1]))));
        tracer.end();
    }
    drop(tracer);
    columns
}

fn painted(lines: &[Vec<f32>], stroke: &Stroke) -> Vec<u8> {
    let mut raster = Raster::new(PICTURE);
    raster.lines(&traced(lines), stroke);
    raster.rgba()
}

/// How much of a pixel is inked, 0 to 255.
fn alpha(picture: &[u8], x: usize, y: usize) -> u8 {
    picture[(y * WIDTH + x) * 4 + 3]
}

/// Slow and near to exact: 64 looks a pixel, each inked if it is within half the width of the line.
fn truth(line: &[f32], width: f32) -> Vec<f32> {
    let looks = |pixel: usize| (0..8).map(move |i| pixel as f32 + (i as f32 + 0.5) / 8.0);
    let points: Vec<[f32; 2]> = line.chunks(2).map(|p| [p[0], p[1]]).collect();
    let is_inked =
        |x: f32, y: f32| points.windows(2).any(|pair| distance(x, y, pair[0], pair[1]) <= width / 2.0);
    let mut out = Vec::new();
    for row in 0..HEIGHT {
        for column in 0..WIDTH {
            let all = looks(row).flat_map(|y| looks(column).map(move |x| (x, y)));
            out.push(all.filter(|&(x, y)| is_inked(x, y)).count() as f32 / 64.0);
        }
    }
    out
}

fn distance(x: f32, y: f32, a: [f32; 2], b: [f32; 2]) -> f32 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let along = (((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (x - a[0] - dx * along).hypot(y - a[1] - dy * along)
}

/// Mean and greatest error of coverage, over the pixels that either inks. How an end is capped does
/// not matter: curves end where nobody looks for half a pixel.
fn errors(line: &[f32], width: f32) -> (f32, f32) {
    let picture = painted(&[line.to_vec()], &stroke(width));
    let truth = truth(line, width);
    let (mut sum, mut worst, mut count) = (0.0, 0.0_f32, 0.0);
    let ends = (line[0] + width)..(line[line.len() - 2] - width);
    let is_within = |at: usize| {
        ends.contains(&((at % WIDTH) as f32 - 1.0)) && ends.contains(&((at % WIDTH) as f32 + 2.0))
    };
    for (at, &exact) in truth.iter().enumerate().filter(|(at, _)| is_within(*at)) {
        let ours = f32::from(picture[at * 4 + 3]) / 255.0;
        if exact > 0.0 || ours > 0.0 {
            sum += (ours - exact).abs();
            worst = worst.max((ours - exact).abs());
            count += 1.0;
        }
    }
    (sum / count, worst)
}

#[test]
fn straight_and_bent_lines_are_covered_as_a_stroke_is() {
    let cases: [(&str, &[f32]); 5] = [
        ("level", &[5.0, 20.3, 55.0, 20.3]),
        ("gentle", &[5.0, 10.2, 55.0, 31.7]),
        ("steep", &[12.0, 1.0, 48.0, 39.0]),
        ("bent", &[5.0, 30.0, 20.5, 12.0, 33.2, 14.0, 55.0, 33.0]),
        ("peak", &[5.0, 35.0, 30.4, 5.0, 55.0, 35.0]),
    ];
    for (name, line) in cases {
        for width in [1.0, 1.6, 2.6, 3.2] {
            let (mean, worst) = errors(line, width);
            assert!(mean < 0.06, "{name}, {width} wide: {mean} off on average");
            assert!(worst < 0.6, "{name}, {width} wide: {worst} off somewhere");
        }
    }
}

#[test]
fn a_spike_keeps_its_height_and_its_width() {
    let picture = painted(&[vec![5.0, 30.0, 29.5, 30.0, 30.5, 5.0, 31.5, 30.0, 55.0, 30.0]], &stroke(1.6));
    assert_eq!(alpha(&picture, 30, 8), 255, "inked up to its tip");
    assert_eq!(alpha(&picture, 30, 2), 0, "and not beyond");
    let across: u32 = (26..36).map(|x| u32::from(alpha(&picture, x, 15))).sum();
    assert!((255..=255 * 3).contains(&across), "{across} of 255 a pixel across the spike");
    assert_eq!(alpha(&picture, 20, 20), 0, "nothing far from it");
}

#[test]
fn colours_are_not_multiplied_by_alpha() {
    let picture = painted(&[vec![5.0, 20.3, 55.0, 20.3]], &stroke(1.6));
    let edge = (0..HEIGHT).map(|y| (y * WIDTH + 30) * 4).find(|&at| (1..255).contains(&picture[at + 3]));
    let edge = &picture[edge.expect("a smooth edge")..][..3];
    for (ours, ink) in edge.iter().zip([INK.0, INK.1, INK.2]) {
        assert!(ours.abs_diff(ink) <= 3, "{edge:?}");
    }
}

#[test]
fn dashes_leave_gaps_and_dots_are_round() {
    let dashed = Stroke { dash: Some([6.0, 4.0]), ..stroke(2.0) };
    let picture = painted(&[vec![0.0, 20.0, 60.0, 20.0]], &dashed);
    let on = (0..50).filter(|&x| alpha(&picture, x, 20) > 200).count();
    let off = (0..50).filter(|&x| alpha(&picture, x, 20) == 0).count();
    assert_eq!((on, off), (30, 20), "six on, four off, five times");

    let mut raster = Raster::new(PICTURE);
    raster.dots(&[30.0, 20.0, -50.0, 20.0, 30.0, 900.0], 4.0, INK);
    let picture = raster.rgba();
    let area: u32 = (0..WIDTH * HEIGHT).map(|at| u32::from(picture[at * 4 + 3])).sum();
    let expected = std::f32::consts::PI * 16.0 * 255.0;
    assert!((area as f32 - expected).abs() < expected * 0.05, "{area}, a circle has {expected}");
}

#[test]
fn lines_outside_of_the_picture_leave_it_as_it_is() {
    let lines = [
        vec![-500.0, 20.0, -20.0, 10.0],
        vec![80.0, 20.0, 1e6, 30.0],
        vec![0.0, -900.0, 60.0, -800.0],
        vec![10.0, 4000.0, 50.0, 3000.0],
    ];
    assert!(painted(&lines, &stroke(3.2)).iter().all(|&byte| byte == 0));
}

#[test]
fn what_is_painted_first_lies_in_front() {
    let line = |y: f32| traced(&[vec![0.0, y, 60.0, y]]);
    let mut raster = Raster::new(PICTURE);
    for (y, color) in [(20.0, INK), (20.5, Rgb(0, 0, 255))] {
        raster.lines(&line(y), &Stroke { color, ..stroke(4.0) });
    }
    let picture = raster.rgba();
    let at = |y: usize| <[u8; 4]>::try_from(&picture[(y * WIDTH + 30) * 4..][..4]).unwrap();
    assert_eq!(at(20), [INK.0, INK.1, INK.2, 255], "the front one hides the one behind");
    assert_eq!(at(17)[3], 0);
    let [red, _, blue, alpha] = at(22);
    assert!(alpha > 120 && blue > 200 && red < 40, "half of the one behind looks out: {:?}", at(22));
}

#[test]
fn what_is_covered_by_half_lets_half_through() {
    // A level line from 20 to 22 and, behind it, one from 20.5 to 22.5: row 22 has half of the second.
    let mut raster = Raster::new(PICTURE);
    let line = |y: f32| traced(&[vec![0.0, y, 60.0, y]]);
    raster.lines(&line(20.5), &Stroke { color: Rgb(255, 0, 0), ..stroke(2.0) });
    raster.lines(&line(20.0), &Stroke { color: Rgb(0, 0, 255), ..stroke(2.0) });
    let picture = raster.rgba();
    let [red, _, blue, alpha] = picture[(19 * WIDTH + 30) * 4..][..4] else { unreachable!() };
    assert_eq!(alpha, 255, "half of red and all of blue leave nothing open");
    assert!(red.abs_diff(128) <= 8 && blue.abs_diff(128) <= 8, "{red} red, {blue} blue");
}

/// Where the line through these points runs in each column of a plot: the definition, without any
/// of the short cuts.
fn naive(points: &[(f64, f64)], left: i32, right: i32) -> Vec<Option<Column>> {
    let mut columns: Vec<Option<Column>> = vec![None; (right - left) as usize];
    let mut pass = |column: f64, y: f64| {
        let at = column - f64::from(left);
        if at < 0.0 || at >= f64::from(right - left) {
            return;
        }
        let y = y as f32;
        let column = columns[at as usize].get_or_insert(Column { least: y, greatest: y, enter: y, leave: y });
        (column.least, column.greatest, column.leave) = (column.least.min(y), column.greatest.max(y), y);
    };
    let points: Vec<(f64, f64)> = points.iter().map(|&(x, y)| (f64::from(x as f32), y)).collect();
    pass(points[0].0.floor(), points[0].1);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        for edge in (x0.floor() as i64 + 1).max(-100)..=(x1.floor() as i64).min(1000) {
            let edge = edge as f64;
            let slope = (y1 - y0) / (x1 - x0);
            let y = if edge - x0 <= x1 - edge { y0 + slope * (edge - x0) } else { y1 - slope * (x1 - edge) };
            pass(edge - 1.0, y);
            pass(edge, y);
        }
        pass(x1.floor(), y1);
    }
    columns
}

/// What a plot shows of a curve, column by column, by the reduction.
fn reduced(curve: &runatlas_core::chart::series::Curve, plot: &Plot) -> Vec<(i32, Vec<Column>)> {
    let columns = Reducer::new(plot).columns(curve.xs(), curve.spacing(), curve.raw());
    columns.lines().map(|(first, line)| (first, line.to_vec())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The promise of the whole room: to the bit.
    #[test]
    fn a_reduced_curve_runs_through_the_same_pixels_as_all_of_its_points(
        values in vec(prop_oneof![6 => -1.0..1.0, 1 => -2.9..2.9], 2..900),
        gaps in prop_oneof![Just(vec![1_i64; 900]), vec(0..4_i64, 900)],
        (from, share) in (-0.2..0.9_f64, 0.05..1.3_f64),
        kind in prop::sample::select(vec![ScaleKind::Linear, ScaleKind::Symlog]),
    ) {
        let steps = gaps.iter().scan(0, |step, gap| { *step += gap; Some(*step) });
        let trace = Trace::new(history(steps.zip(values)), None);
        let curve = trace.curve(XAxis::Step);
        let (xs, ys) = (curve.xs(), curve.raw().values());
        let end = xs[xs.len() - 1] + 1.0;
        let x = Range { lo: end * from, hi: end * (from + share) };
        let plot = plot(WIDTH as f64, HEIGHT as f64, (ScaleKind::Linear, x), (kind, Range { lo: -3.0, hi: 3.0 }));

        let ours = reduced(curve, &plot);
        let all: Vec<(f64, f64)> =
            xs.iter().zip(ys).map(|(&x, &y)| (plot.x.px_from_value(x), plot.y.px_from_value(y))).collect();
        let whole = naive(&all, 0, WIDTH as i32);
        for (place, &expected) in whole.iter().enumerate() {
            let found = ours.iter().find_map(|(first, line)| line.get(usize::try_from(place as i32 - first).ok()?));
            // A single point in view, or a line that stands in one column: told as a dot or an island.
            if ours.len() == 1 && ours[0].1.len() > 1 {
                prop_assert_eq!(found.copied(), expected, "column {}", place);
            }
        }
    }

    #[test]
    fn curves_with_the_same_steps_share_what_is_known_of_them(
        count in 2..400_usize,
        zoom in (0.0..0.5_f64, 0.6..1.0_f64),
    ) {
        let curve = |seed: f64| Trace::new(history((0..count as i64).map(|i| (i, (i as f64 * seed).sin()))), None);
        let traces = [curve(0.7), curve(1.3)];
        let x = Range { lo: count as f64 * zoom.0, hi: count as f64 * zoom.1 };
        let plot = plot(60.0, 40.0, (ScaleKind::Linear, x), (ScaleKind::Linear, Range { lo: -1.0, hi: 1.0 }));
        let mut reducer = Reducer::new(&plot);
        for trace in &traces {
            let curve = trace.curve(XAxis::Step);
            prop_assert!(curve.spacing().is_some());
            let shared = reducer.columns(curve.xs(), curve.spacing(), curve.raw());
            prop_assert_eq!(shared, Reducer::new(&plot).columns(curve.xs(), None, curve.raw()));
        }
    }
}
