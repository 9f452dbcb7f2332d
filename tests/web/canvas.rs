//! Charts on a real canvas, checked by their pixels.

use std::sync::Arc;

use runatlas::web::canvas::Canvas;
use runatlas_core::{
    chart::{
        ChartSpec, Dash, Mark, MarkKind, MarkStyle, Palette, Rect, Rgb, Scene, Series, SeriesPainter as _,
        Slot, Stroke, Trace, draw::Emphasis,
    },
    history::History,
    model::Point,
};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

const RED: Rgb = Rgb(255, 0, 0);
const BLUE: Rgb = Rgb(0, 0, 255);

struct Sheet {
    canvas: Canvas,
    context: CanvasRenderingContext2d,
}

impl Sheet {
    fn new(width: u32, height: u32) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let element: HtmlCanvasElement = document.create_element("canvas").unwrap().unchecked_into();
        element.set_width(width);
        element.set_height(height);
        let context = element.get_context("2d").unwrap().unwrap().unchecked_into();
        Self { canvas: Canvas::new(element).unwrap(), context }
    }

    /// Red, green, blue, alpha of every pixel.
    fn pixels(&self) -> Vec<[u8; 4]> {
        let (width, height) = self.canvas.size();
        let image = self.context.get_image_data(0.0, 0.0, f64::from(width), f64::from(height)).unwrap();
        image.data().0.as_chunks::<4>().0.to_vec()
    }

    fn at(&self, x: u32, y: u32) -> [u8; 4] {
        self.pixels()[(y * self.canvas.size().0 + x) as usize]
    }

    fn count(&self, is: impl Fn([u8; 4]) -> bool) -> usize {
        self.pixels().into_iter().filter(|&pixel| is(pixel)).count()
    }
}

fn stroke(color: Rgb, width: f32) -> Stroke {
    Stroke { color, width, dash: None }
}

#[wasm_bindgen_test]
fn lines_go_from_point_to_point_and_no_further() {
    let sheet = Sheet::new(40, 40);
    // Two lines in one call: nothing may join them.
    let coords = [2.0, 10.5, 18.0, 10.5, 22.0, 30.5, 38.0, 30.5];
    sheet.canvas.painter().polylines(&coords, &[2, 4], &stroke(RED, 1.0)).unwrap();
    assert_eq!(sheet.at(10, 10), [255, 0, 0, 255]);
    assert_eq!(sheet.at(30, 30), [255, 0, 0, 255]);
    assert_eq!(sheet.at(20, 20)[3], 0, "no line between the two");
    assert_eq!(sheet.at(30, 10)[3], 0);
}

/// The reason for cutting a line into strokes is speed; it must not show.
#[wasm_bindgen_test]
fn a_line_in_many_strokes_looks_like_one_stroke() {
    let points: Vec<(f32, f32)> =
        (0..1000).map(|at| (10.0 + at as f32 * 0.28, 75.0 + 60.0 * (at as f32 * 0.7).sin())).collect();
    for width in [1.0, 2.0, 3.2] {
        let (cut, whole) = (Sheet::new(300, 150), Sheet::new(300, 150));
        let coords: Vec<f32> = points.iter().flat_map(|&(x, y)| [x, y]).collect();
        cut.canvas.painter().polylines(&coords, &[1000], &stroke(BLUE, width)).unwrap();
        let context = &whole.context;
        context.set_stroke_style_str("#0000ff");
        context.set_line_width(f64::from(width));
        context.set_line_join("bevel");
        context.set_line_cap("round");
        context.begin_path();
        for &(x, y) in &points {
            context.line_to(f64::from(x), f64::from(y));
        }
        context.stroke();
        let alike = |(a, b): &([u8; 4], [u8; 4])| a[3].abs_diff(b[3]) < 96;
        let pairs: Vec<_> = cut.pixels().into_iter().zip(whole.pixels()).collect();
        let other = pairs.iter().filter(|pair| !alike(pair)).count();
        let painted = pairs.iter().filter(|pair| pair.1[3] > 0).count();
        assert!(painted > 3000, "{painted} pixels painted");
        // Where strokes overlap, half covered edge pixels are covered twice.
        assert!(other * 200 < painted, "width {width}: {other} of {painted} pixels differ");
    }
}

#[wasm_bindgen_test]
fn dashes_go_on_over_the_cuts() {
    let sheet = Sheet::new(1000, 10);
    let coords: Vec<f32> = (0..500).flat_map(|at| [at as f32 * 2.0, 5.5]).collect();
    let dashed = Stroke { dash: Some([10.0, 10.0]), ..stroke(RED, 1.0) };
    sheet.canvas.painter().polylines(&coords, &[500], &dashed).unwrap();
    for x in (0..990).step_by(20) {
        assert_eq!(sheet.at(x + 5, 5)[3], 255, "on at {x}");
        assert_eq!(sheet.at(x + 15, 5)[3], 0, "off at {x}");
    }
}

#[wasm_bindgen_test]
fn what_lies_outside_the_clip_is_not_painted() {
    let sheet = Sheet::new(30, 30);
    {
        let mut painter = sheet.canvas.painter();
        painter.clip(Some(Rect { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 })).unwrap();
        painter.polylines(&[0.0, 15.5, 30.0, 15.5], &[2], &stroke(RED, 1.0)).unwrap();
        painter.dots(&[2.0, 2.0, 15.0, 15.0], 3.0, RED).unwrap();
        // Given up while clipped.
    }
    assert_eq!(sheet.at(15, 15)[3], 255);
    assert_eq!(sheet.at(5, 15)[3], 0);
    assert_eq!(sheet.at(2, 2)[3], 0);
    sheet.canvas.painter().dots(&[2.0, 2.0], 2.0, BLUE).unwrap();
    assert_eq!(sheet.at(2, 2), [0, 0, 255, 255], "the next painter paints everywhere");
}

#[wasm_bindgen_test]
fn marks_are_seen() {
    let style = MarkStyle { color: RED, halo: Rgb(255, 255, 255), radius: 6.0 };
    for (kind, x, y) in [
        (MarkKind::Running, 20, 20),
        (MarkKind::NonFinite, 20, 20),
        (MarkKind::Above, 20, 23),
        (MarkKind::Below, 20, 17),
    ] {
        let sheet = Sheet::new(40, 40);
        let mark = Mark { kind, x: 20.5, y: 20.5, point: 0 };
        sheet.canvas.painter().mark(&mark, &style).unwrap();
        assert_eq!(sheet.at(x, y), [255, 0, 0, 255], "{kind:?}");
    }
}

fn palette() -> Palette {
    Palette {
        series: std::array::from_fn(|_| RED),
        ground: Rgb(255, 255, 255),
        grid: Rgb(200, 200, 200),
        axis: Rgb(100, 100, 100),
        ink: Rgb(0, 0, 0),
        tick: Rgb(0, 128, 0),
        text: Rgb(69, 78, 91),
        scale: [Rgb(233, 162, 59), Rgb(200, 50, 110), Rgb(43, 20, 112)],
        font: "sans-serif".into(),
    }
}

fn series(points: i64, seed: f64) -> Series {
    let history: History = (0..points)
        .map(|step| Point {
            step,
            timestamp: step,
            value: (step as f64 * 0.001 + seed).sin() + (step as f64 * 12.9898).sin() * 0.1,
        })
        .collect();
    let trace = Arc::new(Trace::new(Arc::new(history), None));
    Series {
        id: "r".into(),
        label: "r".into(),
        slot: Slot::new(0),
        dash: Dash::Whole,
        band: None,
        running: false,
        trace,
    }
}

#[wasm_bindgen_test]
fn a_chart_has_lines_labels_grid_and_axis() {
    // One curve is stroked, fifty are painted as a picture.
    for (dpr, runs) in [(1.0, 1), (2.0, 1), (1.0, 50), (2.0, 50)] {
        let series: Vec<Series> = (0..runs).map(|_| series(5000, 0.0)).collect();
        let spec = ChartSpec { width: 400.0, height: 200.0, dpr, ..ChartSpec::default() };
        let scene = Scene::on_screen(&spec, &series);
        let sheet = Sheet::new(scene.width, scene.height);
        sheet.canvas.paint(&scene, &palette(), Emphasis::default()).unwrap();
        let in_plot = |at: usize| {
            let (x, y) = (at as u32 % scene.width, at as u32 / scene.width);
            scene.plot.contains(f64::from(x), f64::from(y))
        };
        let pixels = sheet.pixels();
        let red = pixels.iter().enumerate().filter(|(_, p)| **p == [255, 0, 0, 255]);
        let (inside, outside): (Vec<_>, Vec<_>) = red.partition(|(at, _)| in_plot(*at));
        assert!(inside.len() > 1000 && outside.is_empty(), "the curve is in the plot");
        let green = |p: [u8; 4]| p[1] > p[0] && p[1] > p[2] && p[3] > 100;
        assert!(sheet.count(green) > 50, "labels are written");
        assert!(sheet.count(|p| p == [100, 100, 100, 255]) > 200, "the axis is there, and sharp");
        assert!(sheet.count(|p| p == [200, 200, 200, 255]) > 200, "so is the grid");
    }
}
