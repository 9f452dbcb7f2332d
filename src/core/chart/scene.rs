//! What a chart looks like, in pixels.

mod band;
mod extent;
mod ink;
mod marks;

use super::axis::{full_x_range, full_y_range};
use super::reduce::{Plot, visible};
use super::series::{Curve, Track};
use super::{Axis, ChartSpec, Dash, Direction, Polylines, Range, Rect, Scale, ScaleKind, Series, Slot};
use crate::format;
use crate::history::smooth::Smoothing;

pub use ink::Ink;
use ink::Pen;
pub use marks::{Mark, MarkKind};

/// Room for the tick labels, in CSS pixels.
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 22.0;
/// Room for half a label, a mark or a thick line at the edge.
const TOP: f64 = 8.0;
const RIGHT: f64 = 10.0;
/// Distance that x labels need, in CSS pixels.
const X_TICK_ROOM: f64 = 72.0;

/// A chart as it is to be painted. Every coordinate is in device pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width of the picture in device pixels.
    pub width: u32,
    /// Height of the picture in device pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub dpr: f64,
    /// How curves are smoothed, for the x that this chart has.
    pub smoothing: Smoothing,
    /// Where curves are drawn.
    pub plot: Rect,
    /// The axis below.
    pub x: Axis,
    /// The metric on it, where x is one.
    pub x_metric: String,
    /// The axis at the left.
    pub y: Axis,
    /// One for each series, in the order in which they were given.
    pub series: Vec<SceneSeries>,
    /// How many points there are and how many are shown.
    pub counts: Counts,
}

/// A curve as it is to be painted.
#[derive(Debug, Clone, PartialEq)]
pub struct SceneSeries {
    /// Its colour.
    pub slot: Slot,
    /// How its line is dashed.
    pub dash: Dash,
    /// The curve as logged, to be painted faintly behind; only where smoothing is on.
    pub raw: Option<Ink>,
    /// The curve.
    pub main: Ink,
    /// What is filled around it, as closed polygons.
    pub band: Polylines,
    /// Crosses, dots and arrows on it.
    pub marks: Vec<Mark>,
    /// x went back in the history; the line follows x, not the steps.
    pub reordered: bool,
    /// Several points, all with the same x: another axis would show them better.
    pub upright: bool,
}

/// How many points a chart has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Points of all series.
    pub total: u64,
    /// Those within the visible range of x, whatever their value.
    pub in_view: u64,
    /// Of those in view: NaN or infinite, left as gaps.
    pub non_finite: u64,
    /// Of those in view: finite, but not above zero where y is logarithmic.
    pub hidden_by_log: u64,
    /// Points that have no x: the metric on x was not logged around their step.
    pub without_x: u64,
}

impl Counts {
    /// For people: `all 1,000,000 points`, `18,772 of 1,000,000 points in view`, with what is hidden.
    pub fn words(&self) -> String {
        let shown = if self.in_view == self.total {
            format!("all {}", format::count(self.total, "point", "points"))
        } else {
            format!("{} in view", format::of_total(self.in_view, self.total, "point", "points"))
        };
        let hidden = [
            (self.hidden_by_log, "not above 0 hidden by the log scale"),
            (self.non_finite, "NaN or infinite"),
            (self.without_x, "without a value on x"),
        ];
        let hidden = hidden.into_iter().filter(|(count, _)| *count > 0);
        let hidden = hidden.map(|(count, why)| format!("{} {why}", format::unsigned(count)));
        std::iter::once(shown).chain(hidden).collect::<Vec<_>>().join(", ")
    }
}

impl Scene {
    /// Lays a chart out, all curves as lines: for pictures that are scaled. Costs pixels, not
    /// points, once the traces are warm.
    pub fn build(spec: &ChartSpec, series: &[Series]) -> Self {
        Self::with(spec, series, usize::MAX)
    }

    /// Lays a chart out for a picture of pixels: see [`Ink`].
    pub fn on_screen(spec: &ChartSpec, series: &[Series]) -> Self {
        Self::with(spec, series, ink::MOST_STROKED)
    }

    fn with(spec: &ChartSpec, series: &[Series], most_stroked: usize) -> Self {
        let dpr = if spec.dpr.is_finite() { spec.dpr.clamp(0.25, 16.0) } else { 1.0 };
        let (width, height) = (pixels(spec.width, dpr), pixels(spec.height, dpr));
        let rect = plot_rect(width, height, dpr);
        let curves: Vec<&Curve> = series.iter().map(|series| series.trace.curve(spec.x)).collect();

        let whole = curves.iter().filter_map(|curve| curve.extent(false)).reduce(Range::union);
        // Of all that there is, whatever is visible: a zoom must not change what is drawn.
        let smoothing = spec.smoothing.over(whole.map_or(0.0, |whole| whole.hi - whole.lo));
        let spec = &ChartSpec { smoothing, ..spec.clone() };

        let x_range = spec.x_zoom.unwrap_or_else(|| x_range(spec, &curves));
        let x = Scale::new(spec.x_scale, x_range, rect.left, rect.right);
        let y_range = spec.y_zoom.unwrap_or_else(|| {
            full_y_range(extent::of_values(spec, series, &curves, x.range()), spec.y_scale)
        });
        let y = Scale::new(spec.y_scale, y_range, rect.bottom, rect.top);

        let plot = Plot { x, y, rect };
        let pen = Pen::new(&plot, ink::points(spec, &curves, &plot) <= most_stroked);
        let mut painter = Painter { spec, plot: &plot, pen, dpr };
        let painted = series.iter().zip(&curves).map(|(series, curve)| painter.paint(series, curve));
        let most = ((rect.width() / dpr / X_TICK_ROOM) as usize).clamp(2, 10);
        Self {
            width,
            height,
            dpr,
            smoothing,
            plot: rect,
            x: Axis::of_x(x, spec.x, most, spec.utc_offset_minutes),
            x_metric: spec.x_metric.clone(),
            y: Axis::of_values(y),
            series: painted.collect(),
            counts: count(spec, &curves, x.range()),
        }
    }
}

fn pixels(css: f64, dpr: f64) -> u32 {
    // Browsers refuse canvases beyond 32,767 pixels.
    (css * dpr).round().clamp(1.0, 32_767.0) as u32
}

fn plot_rect(width: u32, height: u32, dpr: f64) -> Rect {
    let room = |css: f64| (css * dpr).round();
    let (left, top) = (room(LEFT), room(TOP));
    Rect {
        left,
        top,
        right: (f64::from(width) - room(RIGHT)).max(left + 1.0),
        bottom: (f64::from(height) - room(BOTTOM)).max(top + 1.0),
    }
}

fn x_range(spec: &ChartSpec, curves: &[&Curve]) -> Range {
    let above_zero = spec.x_scale == ScaleKind::Log;
    let extents = curves.iter().filter_map(|curve| curve.extent(above_zero));
    full_x_range(extents.reduce(Range::union), spec.x, spec.x_scale)
}

struct Painter<'a> {
    spec: &'a ChartSpec,
    plot: &'a Plot,
    pen: Pen<'a>,
    dpr: f64,
}

impl Painter<'_> {
    fn paint(&mut self, series: &Series, curve: &Curve) -> SceneSeries {
        let Self { spec, plot, pen, dpr } = self;
        let main = curve.smoothed(spec.smoothing);
        // Who chose the visible values knows that there are others.
        let outliers = spec.y_zoom.is_none();
        let raw = (spec.raw && spec.smoothing.is_on()).then(|| pen.ink(curve, curve.raw()));
        SceneSeries {
            slot: series.slot,
            dash: series.dash,
            raw,
            main: pen.ink(curve, &main),
            band: series.band.as_ref().map(|band| band::of(curve.xs(), band, plot)).unwrap_or_default(),
            marks: marks::of(curve.xs(), &main, plot, outliers, series.running, &chosen(spec, curve), *dpr),
            reordered: curve.is_reordered(),
            upright: curve.is_upright(),
        }
    }
}

/// The points of a curve that a person wants to see marked.
fn chosen(spec: &ChartSpec, curve: &Curve) -> Vec<(MarkKind, usize)> {
    let mut chosen = Vec::new();
    if spec.marks.last {
        let last = curve.raw().pieces(ScaleKind::Linear).last().map(|piece| piece.end - 1);
        chosen.extend(last.map(|point| (MarkKind::Chosen, point)));
    }
    if let Some(step) = spec.marks.step {
        chosen.extend(curve.last_of_step(step).map(|point| (MarkKind::Chosen, point)));
    }
    if spec.marks.best {
        let best = best(curve.raw(), Direction::of_metric(&spec.metric));
        chosen.extend(best.map(|point| (MarkKind::Best, point)));
    }
    chosen
}

/// The best finite value; the first of equals: reached earliest.
fn best(track: &Track, direction: Direction) -> Option<usize> {
    let value = |point: usize| track.values().get(point).copied().unwrap_or(f64::NAN);
    let is_better = |a: usize, b: usize| match direction {
        Direction::Higher => value(a) > value(b),
        Direction::Lower => value(a) < value(b),
        Direction::Unknown => false,
    };
    let of_piece = |piece: &std::ops::Range<usize>| {
        let extremes = track.extremes(piece.start, piece.end)?;
        match direction {
            Direction::Higher => Some(extremes.greatest),
            Direction::Lower => Some(extremes.least),
            Direction::Unknown => None,
        }
    };
    let all = track.pieces(ScaleKind::Linear).iter().filter_map(of_piece);
    all.reduce(|best, next| if is_better(next, best) { next } else { best })
}

fn count(spec: &ChartSpec, curves: &[&Curve], range: Range) -> Counts {
    let mut counts = Counts::default();
    for curve in curves {
        let (from, to) = visible(curve.xs(), range);
        let finite = curve.raw().shown(ScaleKind::Linear, from, to);
        let shown = curve.raw().shown(spec.y_scale, from, to);
        counts.total += curve.xs().len() as u64 + curve.without_x();
        counts.without_x += curve.without_x();
        counts.in_view += to.saturating_sub(from) as u64;
        counts.non_finite += (to.saturating_sub(from) - finite) as u64;
        counts.hidden_by_log += (finite - shown) as u64;
    }
    counts
}
