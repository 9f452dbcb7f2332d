use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::reduce::reduce;
use runatlas_core::chart::{Range, Raster, Rgb, ScaleKind, Stroke, Trace, XAxis};

use super::{history, plot};

const INK: Rgb = Rgb(200, 40, 90);
const WIDTH: usize = 60;
const HEIGHT: usize = 40;

fn stroke(width: f32) -> Stroke {
    Stroke { color: INK, width, dash: None }
}

fn painted(lines: &[Vec<f32>], stroke: &Stroke) -> Vec<u8> {
    let mut raster = Raster::new(0, 0, WIDTH, HEIGHT);
    let coords: Vec<f32> = lines.concat();
    let ends: Vec<u32> = lines
        .iter()
        .scan(0, |end, line| {
            *end += line.len() as u32 / 2;
            Some(*end)
        })
        .collect();
    raster.polylines(&coords, &ends, stroke);
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

    let mut raster = Raster::new(0, 0, WIDTH, HEIGHT);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The promise of the whole room: to the bit.
    #[test]
    fn a_reduced_curve_becomes_the_same_pixels_as_all_of_its_points(
        values in vec(prop_oneof![6 => -1.0..1.0, 1 => -2.9..2.9], 2..600),
        gaps in vec(0..4_i64, 600),
        width in 1.0..6.0_f32,
        dash in prop::option::of(Just([6.0_f32, 3.5])),
    ) {
        let stroke = Stroke { dash, ..stroke(width) };
        let steps = gaps.iter().scan(0, |step, gap| { *step += gap; Some(*step) });
        let trace = Trace::new(history(steps.zip(values)), None);
        let curve = trace.curve(XAxis::Step);
        let (xs, ys) = (curve.xs(), curve.raw().values());
        let range = |lo, hi| (ScaleKind::Linear, Range { lo, hi });
        let plot = plot(WIDTH as f64, HEIGHT as f64, range(0.0, xs[xs.len() - 1] + 1.0), range(-3.0, 3.0));

        let reduced = reduce(xs, curve.raw(), &plot).lines;
        let mut ours = Raster::new(0, 0, WIDTH, HEIGHT);
        ours.polylines(reduced.coords(), reduced.ends(), &stroke);

        let all = xs.iter().zip(ys);
        let all: Vec<f32> = all.flat_map(|(&x, &y)| [plot.x.px_from_value(x) as f32, plot.y.px_from_value(y) as f32]).collect();
        let whole = if reduced.is_empty() { Vec::new() } else { vec![all] };
        prop_assert!(ours.rgba() == painted(&whole, &stroke));
    }
}
