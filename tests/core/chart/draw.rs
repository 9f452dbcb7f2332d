use super::series;
use plotters::backend::{BitMapBackend, SVGBackend};
use plotters::prelude::DrawingBackend;
use proptest::collection::vec;
use proptest::prelude::*;
use runatlas_core::chart::Dash;
use runatlas_core::chart::draw::{self, Emphasis, PlottersPainter};
use runatlas_core::chart::{
    ChartSpec, Mark, MarkStyle, Palette, Range, Rect, Rgb, Scene, Series, SeriesPainter, Slot, Stroke, XAxis,
};
use runatlas_core::history::smooth::Smoothing;

fn palette() -> Palette {
    Palette {
        series: std::array::from_fn(|i| Rgb(10 * i as u8, 100, 200)),
        ground: Rgb(255, 255, 255),
        grid: Rgb(226, 229, 235),
        axis: Rgb(207, 213, 221),
        ink: Rgb(21, 25, 31),
        tick: Rgb(97, 107, 121),
        text: Rgb(69, 78, 91),
        scale: [Rgb(233, 162, 59), Rgb(200, 50, 110), Rgb(43, 20, 112)],
        font: "Inter, sans-serif".to_owned(),
    }
}

fn svg(scene: &Scene, emphasis: Emphasis<'_>) -> String {
    let mut text = String::new();
    {
        let mut backend = SVGBackend::with_string(&mut text, (scene.width, scene.height));
        draw::furniture(&mut backend, scene, &palette()).unwrap();
        let mut painter = PlottersPainter::new(&mut backend);
        draw::series(&mut painter, scene, &palette(), emphasis).unwrap();
        draw::marks(&mut painter, scene, &palette(), emphasis).unwrap();
        backend.present().unwrap();
    }
    text
}

fn check_has(picture: &str, parts: &[&str]) {
    for part in parts {
        assert!(picture.contains(part), "no {part} in {picture}");
    }
}

#[test]
fn a_picture_has_labels_grid_lines_and_marks() {
    let all = [
        Series { running: true, ..series([(0, 0.1), (50, 0.9), (100, 0.5)]) },
        Series { slot: Slot::new(9), dash: Dash::Dashes, ..series([(0, 0.5), (60, 0.2), (61, f64::NAN)]) },
    ];
    let scene = Scene::build(&ChartSpec::default(), &all);
    let picture = svg(&scene, Emphasis::default());
    check_has(
        &picture,
        &[
            "Inter, sans-serif",
            "0.2",
            "0.8",
            "<circle",
            "#0064C8",
            "#5A64C8",
            "#E2E5EB",
            "#CFD5DD",
            "#616B79",
        ],
    );
    assert!(picture.matches("<polyline").count() > 5, "dashes and the cross");
}

#[test]
fn the_focused_curve_is_last_and_thick_and_the_others_fade() {
    let all = [series([(0, 0.1), (9, 0.9)]), Series { slot: Slot::new(1), ..series([(0, 0.5), (9, 0.2)]) }];
    let scene = Scene::build(&ChartSpec { dpr: 2.0, ..ChartSpec::default() }, &all);
    let picture = svg(&scene, Emphasis { focused: Some(0), ..Emphasis::default() });
    let faded = Rgb(10, 100, 200).over(Rgb(255, 255, 255), 0.3);
    let faded = format!("#{:02X}{:02X}{:02X}", faded.0, faded.1, faded.2);
    let (own, other) = (picture.rfind("#0064C8").unwrap(), picture.find(&faded).unwrap());
    assert!(own > other);
    check_has(&picture, &["stroke-width=\"5\"", "stroke-width=\"3\""]);
}

#[test]
fn marked_curves_lie_in_front_and_the_others_stand_back() {
    let all = [series([(0, 0.1), (9, 0.9)]), Series { slot: Slot::new(1), ..series([(0, 0.5), (9, 0.2)]) }];
    let scene = Scene::build(&ChartSpec::default(), &all);
    let marked = std::collections::BTreeSet::from([0]);
    let picture = svg(&scene, Emphasis { marked: Some(&marked), ..Emphasis::default() });
    let aside = Rgb(10, 100, 200).over(Rgb(255, 255, 255), 0.18);
    let aside = format!("#{:02X}{:02X}{:02X}", aside.0, aside.1, aside.2);
    assert!(picture.rfind("#0064C8").unwrap() > picture.find(&aside).unwrap());
}

#[test]
fn colours_are_read_and_mixed() {
    assert_eq!(Rgb::from_hex(" #0043C5"), Some(Rgb(0, 0x43, 0xc5)));
    assert_eq!(Rgb::from_hex("#fa0"), Some(Rgb(255, 170, 0)));
    for wrong in ["", "#", "0043C5", "#0043C", "#00é", "rgb(1,2,3)"] {
        assert_eq!(Rgb::from_hex(wrong), None, "{wrong}");
    }
    assert_eq!(Rgb(0, 0, 0).over(Rgb(255, 255, 255), 0.2), Rgb(204, 204, 204));
}

const SIZE: (u32, u32) = (160, 90);

fn paint(paint: impl FnOnce(&mut PlottersPainter<'_, BitMapBackend<'_>>)) -> Vec<u8> {
    let mut pixels = vec![255; (SIZE.0 * SIZE.1 * 3) as usize];
    {
        let mut backend = BitMapBackend::with_buffer(&mut pixels, SIZE);
        paint(&mut PlottersPainter::new(&mut backend));
        backend.present().unwrap();
    }
    pixels
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// plotters' own, smoothing rasteriser cannot tell a reduced curve from the whole one.
    #[test]
    fn a_bitmap_of_the_reduced_curve_is_that_of_the_whole(
        // A single point between gaps has no line to paint; the reduction has a dot for it.
        pieces in vec(vec(0.0..1.0f64, 2..80), 1..30),
        zoom in (0.0..0.9f64, 0.05..1.0f64),
    ) {
        let values = pieces.join(&f64::NAN);
        let count = values.len() as f64;
        let all = [series(values.iter().enumerate().map(|(i, &v)| (i as i64, v)))];
        let spec = ChartSpec {
            width: f64::from(SIZE.0),
            height: f64::from(SIZE.1),
            x_zoom: Some(Range { lo: zoom.0 * count, hi: (zoom.0 + zoom.1) * count }),
            y_zoom: Some(Range { lo: 0.2, hi: 0.9 }),
            ..ChartSpec::default()
        };
        let scene = Scene::build(&spec, &all);
        let stroke = Stroke { color: Rgb(0, 67, 197), width: 1.0, dash: None };
        let main = scene.series[0].main.lines().unwrap();
        let reduced = paint(|painter| {
            painter.clip(Some(scene.plot)).unwrap();
            painter.polylines(main.lines.coords(), main.lines.ends(), &stroke).unwrap();
        });
        let (mut coords, mut ends) = (Vec::new(), Vec::new());
        for (i, value) in values.iter().enumerate() {
            if value.is_nan() {
                ends.push(coords.len() as u32 / 2);
            } else {
                coords.extend([scene.x.scale.px_from_value(i as f64) as f32, scene.y.scale.px_from_value(*value) as f32]);
            }
        }
        ends.push(coords.len() as u32 / 2);
        let whole = paint(|painter| {
            painter.clip(Some(scene.plot)).unwrap();
            painter.polylines(&coords, &ends, &stroke).unwrap();
        });
        // Pieces within one pixel are dots in the reduction: they are compared on the judge's bitmap.
        prop_assume!(main.dots.is_empty());
        let different = reduced.iter().zip(&whole).filter(|(a, b)| a != b).count();
        prop_assert_eq!(different, 0);
    }

    #[test]
    fn any_chart_can_be_painted(values in vec(any::<f64>(), 0..50), dash in 0..4_usize, factor in 0.0..1.0f64) {
        let all = [Series { dash: Dash::new(dash), running: true, ..series(values.iter().enumerate().map(|(i, &v)| (i as i64, v))) }];
        let spec = ChartSpec { smoothing: Smoothing::Ema(factor), x: XAxis::RelativeTime, ..ChartSpec::default() };
        svg(&Scene::build(&spec, &all), Emphasis::default());
    }
}

/// Notes what is painted, and whether it is cut at the plot.
#[derive(Default)]
struct Notes {
    is_clipped: bool,
    dots: Vec<(bool, Vec<f32>)>,
}

impl SeriesPainter for Notes {
    type Error = std::convert::Infallible;

    fn clip(&mut self, rect: Option<Rect>) -> Result<(), Self::Error> {
        self.is_clipped = rect.is_some();
        Ok(())
    }

    fn polylines(&mut self, _: &[f32], _: &[u32], _: &Stroke) -> Result<(), Self::Error> {
        Ok(())
    }

    fn dots(&mut self, centers: &[f32], _: f32, _: Rgb) -> Result<(), Self::Error> {
        self.dots.push((self.is_clipped, centers.to_vec()));
        Ok(())
    }

    fn areas(&mut self, _: &[f32], _: &[u32], _: Rgb, _: f64) -> Result<(), Self::Error> {
        Ok(())
    }

    fn mark(&mut self, _: &Mark, _: &MarkStyle) -> Result<(), Self::Error> {
        Ok(())
    }
}

#[test]
fn a_single_point_is_a_whole_dot_also_at_the_edge() {
    let both = [super::series([(3, 0.5)]), super::series([(7, 0.7)])];
    let painted = |zoom: Option<Range>| {
        let scene = Scene::build(&ChartSpec { x_zoom: zoom, ..ChartSpec::default() }, &both);
        let mut notes = Notes::default();
        let Ok(()) = draw::series(&mut notes, &scene, &palette(), Emphasis::default());
        (scene.plot, notes.dots)
    };
    let (plot, dots) = painted(None);
    let xs: Vec<f64> = dots
        .iter()
        .map(|(is_clipped, dot)| {
            assert!(!is_clipped, "it is cut");
            f64::from(dot[0])
        })
        .collect();
    assert_eq!(xs, [plot.left, plot.right], "on both edges");
    // What lies beside the plot is not painted, however near.
    let (_, dots) = painted(Some(Range { lo: 3.1, hi: 7.1 }));
    assert_eq!(dots.iter().map(|(_, dot)| dot.len()).sum::<usize>(), 2);
}
