//! Pictures that have one value a run instead of a history: scatter, parallel coordinates, bars,
//! boxes, violins, histograms, heat maps, contours and importances.
//!
//! [`build`] lays a card out: runs and a [`CardKind`] become a [`Figure`] of shapes in **device
//! pixels**, y downwards. [`draw`] paints it on any plotters backend, [`Figure::at`] answers what
//! lies under a pointer. Colours are named by what they mean ([`Ink`]) and looked up while
//! painting, so a theme costs no layout. [`FigureTable`] says the same in words and numbers,
//! and [`Figure::paper`] makes a picture of its own of it.
//!
//! Contract of this room: any value is taken and none panics; a run that cannot be drawn is counted
//! and said ([`Figure::notes`]).

mod bars;
mod boxes;
mod brush;
mod contour;
pub mod draw;
mod frame;
mod groups;
mod heat;
mod histogram;
pub mod images;
mod importance;
mod legend;
mod paper;
mod parallel;
mod ruler;
mod scatter;
mod shape;
mod suggest;
mod table;
mod values;

use crate::{
    board::CardKind,
    chart::Slot,
    format,
    stat::importance::Importance,
    table::{Column, RunRef},
};

pub use brush::{Brush, Rail};
pub use paper::{Paper, paper_size};
pub use shape::{Anchor, Figure, Hit, Ink, Item, Label, Shape};
pub use suggest::Suggestions;
pub use table::{FigureRow, FigureTable};
pub use values::Cell;

/// Which params (of those that differ) a metric goes with over these runs.
pub fn importance_of(value: &Column, runs: &[RunRef]) -> Importance {
    let runs: Vec<FigureRun<'_>> = runs.iter().map(FigureRun::from).collect();
    importance::of(value, &runs)
}

/// A run in a figure.
#[derive(Debug, Clone, Copy)]
pub struct FigureRun<'a> {
    /// The run.
    pub run: &'a RunRef,
    /// Its colour; `None` for one that is not on the charts.
    pub slot: Option<Slot>,
}

/// How much room a figure has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureSpec {
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub dpr: f64,
    /// Minutes that local time is ahead of UTC.
    pub utc_offset_minutes: i32,
}

/// What is costly and does not depend on the size: keep it while kind and runs stay the same.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prepared {
    importance: Option<Importance>,
}

impl Prepared {
    /// Computes what a card of this kind needs.
    pub fn of(kind: &CardKind, runs: &[FigureRun<'_>]) -> Self {
        let importance = match kind {
            CardKind::Importance { value } => Some(importance::of(value, runs)),
            _ => None,
        };
        Self { importance }
    }
}

/// Lays a card out. `None` for a line chart and for images, which are no figures.
pub fn build(
    kind: &CardKind,
    runs: &[FigureRun<'_>],
    prepared: &Prepared,
    spec: &FigureSpec,
) -> Option<Figure> {
    let frame = &frame::Frame::new(spec);
    let mut figure = match kind {
        CardKind::Line { .. } | CardKind::Images { .. } => return None,
        CardKind::Scatter { x, y, color, trend } => {
            scatter::build(&scatter::Choice { x, y, color: color.as_ref(), trend: *trend }, runs, frame)
        }
        CardKind::Parallel { axes, color } => parallel::build(axes, color.as_ref(), runs, frame),
        CardKind::Bar { value, by } => bars::build(value, by.as_ref(), runs, frame),
        CardKind::Distribution { value, by, form } => match form {
            crate::board::Form::Histogram => histogram::build(value, by.as_ref(), runs, frame),
            form => boxes::build(value, by.as_ref(), *form, runs, frame),
        },
        CardKind::Heat { x, y, value, smooth: false } => heat::build([x, y], value, runs, frame),
        CardKind::Heat { x, y, value, smooth: true } => contour::build([x, y], value, runs, frame),
        CardKind::Importance { value } => {
            let found = prepared.importance.clone().unwrap_or_else(|| importance::of(value, runs));
            importance::build(value, &found, runs, frame)
        }
    };
    if figure.items.is_empty() && figure.empty.is_none() {
        figure.empty = Some("No run has values here.".to_owned());
    }
    figure.summary = summary(kind, runs.len(), &figure);
    Some(figure)
}

/// A figure in a few sentences, for people who do not see it.
fn summary(kind: &CardKind, runs: usize, figure: &Figure) -> String {
    let runs = format::count(runs as u64, "run", "runs");
    let mut text = format!("{}: {}, {runs}.", kind.label(), kind.title());
    for note in &figure.notes {
        text.push(' ');
        text.push_str(&format::sentence(note));
    }
    text
}
