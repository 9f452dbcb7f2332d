//! Tests of figures: where things stand, what is under a pointer, what is said of runs that cannot
//! be drawn, and that no value panics.

mod any;
mod away;
mod images;
mod kinds;

use plotters::{
    backend::{BitMapBackend, SVGBackend},
    prelude::DrawingBackend,
};
use runatlas_core::{
    board::{AxisColumn, CardKind},
    chart::{Palette, Rgb, Slot, draw::PlottersPainter},
    figure::{
        self, Figure, FigureRun, FigureSpec, Prepared,
        draw::{Emphasis, fills, marks, texts},
    },
    table::{Column, RunRef},
};

use crate::table::make::run;

const SPEC: FigureSpec = FigureSpec { width: 400.0, height: 240.0, dpr: 1.0, utc_offset_minutes: 0 };

fn build(kind: &CardKind, runs: &[RunRef]) -> Figure {
    let runs: Vec<FigureRun<'_>> =
        runs.iter().enumerate().map(|(at, run)| FigureRun { run, slot: Some(Slot::new(at)) }).collect();
    figure::build(kind, &runs, &Prepared::of(kind, &runs), &SPEC).unwrap()
}

fn metric(key: &str) -> Column {
    Column::Metric(key.to_owned())
}

fn param(key: &str) -> Column {
    Column::Param(key.to_owned())
}

fn axis(column: Column) -> AxisColumn {
    AxisColumn::of(column)
}

fn log(column: Column) -> AxisColumn {
    AxisColumn { column, log: true }
}

/// Runs of a sweep: learning rate, optimizer, loss.
fn sweep() -> Vec<RunRef> {
    [
        ("a", "0.1", "sgd", 0.9),
        ("b", "0.01", "adam", 0.5),
        ("c", "0.001", "adam", 0.3),
        ("d", "0.0001", "sgd", 0.2),
    ]
    .map(|(name, lr, optimizer, loss)| {
        run(name).param("lr", lr).param("optimizer", optimizer).metric("loss", loss).done()
    })
    .to_vec()
}

fn palette() -> Palette {
    Palette {
        series: std::array::from_fn(|i| Rgb(10 * i as u8, 100, 200)),
        ground: Rgb(255, 255, 255),
        grid: Rgb(226, 229, 235),
        axis: Rgb(207, 213, 221),
        tick: Rgb(97, 107, 121),
        text: Rgb(69, 78, 91),
        ink: Rgb(21, 25, 31),
        scale: [Rgb(233, 162, 59), Rgb(200, 50, 110), Rgb(43, 20, 112)],
        font: "Inter, sans-serif".to_owned(),
    }
}

fn paint<DB: DrawingBackend>(backend: &mut DB, figure: &Figure, emphasis: Emphasis<'_>) {
    let palette = palette();
    assert!(fills(backend, figure, &palette, emphasis).is_ok());
    assert!(marks(&mut PlottersPainter::new(backend), figure, &palette, emphasis).is_ok());
    assert!(texts(backend, figure, &palette).is_ok());
    assert!(backend.present().is_ok());
}

fn svg(figure: &Figure) -> String {
    let mut text = String::new();
    paint(
        &mut SVGBackend::with_string(&mut text, (figure.width, figure.height)),
        figure,
        Emphasis::default(),
    );
    text
}

/// Red, green and blue of every pixel: fills and marks, no text, which is not the same everywhere.
fn bitmap(figure: &Figure, emphasis: Emphasis<'_>) -> Vec<u8> {
    let mut pixels = vec![255; (figure.width * figure.height * 3) as usize];
    {
        let mut backend = BitMapBackend::with_buffer(&mut pixels, (figure.width, figure.height));
        fills(&mut backend, figure, &palette(), emphasis).unwrap();
        marks(&mut PlottersPainter::new(&mut backend), figure, &palette(), emphasis).unwrap();
        backend.present().unwrap();
    }
    pixels
}
