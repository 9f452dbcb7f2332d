//! A frame of a chart without a browser: where its curves run, and every pixel.

use std::sync::Arc;
use std::time::Duration;

use runatlas_core::chart::{
    ChartSpec, Dash, Palette, Range, Rgb, Scene, Series, Slot, Trace, XAxis,
    draw::{Emphasis, picture},
};
use runatlas_core::history::{History, codec};

use crate::report::{Row, best};
use crate::stat::noise;

const ROUNDS: usize = 7;
/// As large as a chart alone on a desktop, in CSS pixels.
const SIZE: (f64, f64) = (896.0, 648.0);

/// Curves, and points of each: as `scripts/bench-charts` has them.
const LOADS: [(&str, usize, usize); 3] = [
    ("166,650 points in 3 lines", 3, 55_550),
    ("1 M points in 20 lines", 20, 50_000),
    ("10 M points in 50 lines", 50, 200_000),
];

fn history(points: usize, curve: usize) -> History {
    let values = noise(points, curve as u64 + 1).into_iter().enumerate().map(|(at, noise)| {
        let progress = at as f64 / points as f64;
        0.2 + curve as f64 * 0.02 + 2.0 / (1.0 + 8.0 * progress) + noise * 0.3
    });
    let steps: Vec<i64> = (0..points as i64).collect();
    let timestamps = steps.iter().map(|step| 1_700_000_000_000 + step * 100).collect();
    History { steps, timestamps, values: values.collect() }
}

fn series(history: Arc<History>, curve: usize) -> Series {
    let slot = Slot::new(curve);
    let trace = Arc::new(Trace::new(history, None));
    Series {
        id: curve.to_string(),
        label: curve.to_string(),
        slot,
        dash: Dash::Whole,
        running: false,
        trace,
        band: None,
    }
}

fn palette() -> Palette {
    let gray = |light: u8| Rgb(light, light, light);
    Palette {
        series: std::array::from_fn(|slot| Rgb(slot as u8 * 16, 255 - slot as u8 * 16, 90)),
        ground: gray(255),
        grid: gray(230),
        axis: gray(200),
        ink: gray(20),
        tick: gray(120),
        text: gray(90),
        scale: [gray(200), gray(120), gray(40)],
        font: "sans-serif".to_owned(),
    }
}

/// First frames, with all that is made once; then frames of a zoom.
pub(crate) fn frames() -> Vec<Row> {
    LOADS.iter().flat_map(|&(load, curves, points)| frames_of(load, curves, points)).collect()
}

fn frames_of(load: &str, curves: usize, points: usize) -> [Row; 3] {
    let blocks: Vec<Vec<u8>> = (0..curves).map(|curve| codec::encode(&history(points, curve))).collect();
    let decoded = || -> Vec<Arc<History>> {
        blocks.iter().map(|block| Arc::new(codec::decode(block).unwrap())).collect()
    };
    let histories = decoded();
    let fresh = || -> Vec<Series> {
        histories.iter().enumerate().map(|(curve, history)| series(Arc::clone(history), curve)).collect()
    };
    let palette = palette();
    let frame = |series: &[Series], zoom: Option<Range>| {
        let spec =
            ChartSpec { width: SIZE.0, height: SIZE.1, x: XAxis::Step, x_zoom: zoom, ..ChartSpec::default() };
        let scene = Scene::on_screen(&spec, series);
        picture(&scene, &palette, Emphasis::default()).map(|picture| picture.rgba())
    };
    let warm = fresh();
    frame(&warm, None);
    let mut zoom = 0.0;
    let zoomed = best(ROUNDS, || {
        zoom += 0.003;
        let width = points as f64;
        frame(&warm, Some(Range { lo: width * zoom, hi: width * (1.0 - zoom) }))
    });
    [
        Row::time(&format!("{load}: decoded"), best(ROUNDS, decoded), Duration::from_millis(100)),
        Row::time(
            &format!("{load}: first frame"),
            best(ROUNDS, || frame(&fresh(), None)),
            Duration::from_millis(50),
        ),
        Row::time(&format!("{load}: frame of a zoom"), zoomed, Duration::from_millis(8)),
    ]
}
