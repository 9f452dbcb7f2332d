use std::sync::Arc;

use super::{history, series};
use runatlas_core::chart::export::{Figure, PointTable, csv};
use runatlas_core::chart::{Band, ChartSpec, Dash, Palette, Range, Rgb, Scene, Series, Slot, Trace, XAxis};
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

fn two() -> Vec<Series> {
    let named = |id: &str, points: &[(i64, f64)]| Series {
        id: id.to_owned(),
        label: format!("run {id}"),
        ..series(points.iter().copied())
    };
    vec![named("a", &[(0, 0.1), (1, f64::NAN), (2, 1.0 / 3.0)]), named("b", &[(1, -0.0), (5, f64::INFINITY)])]
}

#[test]
fn every_point_is_a_row_and_reads_back_exactly() {
    let table = PointTable::new(two(), XAxis::Step, Smoothing::Off, None);
    assert_eq!(table.len(), 5);
    let rows: Vec<(String, i64, f64)> = (0..5)
        .filter_map(|at| table.row(at))
        .map(|row| (row.series.id.clone(), row.step, row.value))
        .collect();
    assert_eq!((rows[2].clone(), rows[3].clone()), (("a".into(), 2, 1.0 / 3.0), ("b".into(), 1, -0.0)));
    assert!(table.row(5).is_none());
    let text = csv(&table, "loss", "");
    let mut lines = text.lines();
    assert_eq!(lines.next(), Some("run,run_id,metric,step,timestamp,value"));
    assert_eq!(lines.next(), Some("run a,a,loss,0,1700000000000,0.1"));
    let values: Vec<u64> = text
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap().parse::<f64>().unwrap().to_bits())
        .collect();
    let expected = [0.1, f64::NAN, 1.0 / 3.0, -0.0, f64::INFINITY].map(f64::to_bits);
    assert_eq!(values, expected);
}

#[test]
fn a_table_of_what_is_shown_has_its_range_smoothing_x_and_bands() {
    let shown = PointTable::new(two(), XAxis::Step, Smoothing::Ema(0.5), Some(Range { lo: 1.0, hi: 2.0 }));
    assert_eq!(shown.len(), 3);
    assert_eq!(shown.row(1).unwrap().smoothed, Some((0.1 * 0.25 + 0.5 / 3.0) / 0.75));
    let band = Some(Arc::new(Band { low: vec![1.0], high: vec![2.0] }));
    let trace = Trace::new(history([(7, 1.5)]), None).over(history([(7, 3.0)]));
    let group = Series { band, label: "=cmd".into(), trace: Arc::new(trace), ..series([]) };
    let table = PointTable::new(vec![group], XAxis::Metric, Smoothing::Off, None);
    let text = csv(&table, "loss", "epoch");
    assert_eq!(
        text,
        "run,run_id,metric,step,timestamp,epoch,value,low,high\n'=cmd,run,loss,7,1700000007000,3,1.5,1,2\n"
    );
}

#[test]
fn a_figure_is_a_document_with_title_axes_legend_and_note() {
    let all = two();
    let spec = ChartSpec { width: 400.0, height: 200.0, dpr: 2.0, ..ChartSpec::default() };
    let scene = Scene::build(&spec, &all);
    let legend = (0..30).map(|i| (format!("run <{i}> & co"), Slot::new(i), Dash::new(i))).collect();
    let figure =
        Figure { title: "a < b".into(), x_label: "step".into(), note: "all 5 points".into(), legend };
    let svg = figure.svg(&scene, &palette());
    let (width, height) = figure.size(&scene);
    assert_eq!(width, 400.0);
    assert!(svg.starts_with(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"400\" height=\"{height}\""
    )));
    for part in [
        "<title>a &lt; b</title>",
        ">step</text>",
        ">all 5 points</text>",
        "run &lt;29&gt; &amp; co",
        "stroke-dasharray=\"6 3.5\"",
        "<clipPath",
    ] {
        assert!(svg.contains(part), "no {part} in {svg}");
    }
    for tick in scene.x.ticks.iter().chain(&scene.y.ticks) {
        assert!(svg.contains(&format!(">{}</text>", tick.label)), "no tick {}", tick.label);
    }
    // Opened and closed alike; every y of the legend lies within.
    assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
    let lowest = svg.split(" y=\"").skip(1).filter_map(|rest| rest.split('"').next()?.parse::<f64>().ok());
    assert!(lowest.fold(0.0, f64::max) <= height.max(400.0));
    let more = Figure { legend: Vec::new(), ..figure };
    assert!(more.size(&scene).1 < height, "a legend takes room");
}

#[test]
fn curves_are_in_the_figure_as_they_are_in_the_scene() {
    let line = series((0..500).map(|i| (i, (i as f64 * 0.1).sin())));
    let scene = Scene::build(&ChartSpec::default(), std::slice::from_ref(&line));
    let figure = Figure::default().svg(&scene, &palette());
    let coords = scene.series[0].main.lines().unwrap().lines.coords();
    let first = format!("M{:.2} {:.2}L{:.2} {:.2}", coords[0], coords[1], coords[2], coords[3]);
    let last = format!("L{:.2} {:.2}\"", coords[coords.len() - 2], coords[coords.len() - 1]);
    assert!(figure.contains(&first) && figure.contains(&last));
}
