use crate::chart::reduce::{Plot, Reduced, Reducer, reduce, visible};
use crate::chart::series::{Curve, Track};
use crate::chart::{ChartSpec, Columns};

/// A curve ready to paint.
#[derive(Debug, Clone, PartialEq)]
pub enum Ink {
    /// To be stroked: the finest, and for few points the fastest.
    Lines(Reduced),
    /// To be painted pixel by pixel: strokes cost more with every point.
    Columns(Columns),
}

/// Points of a chart, after reduction, from which on its curves are painted pixel by pixel.
pub(super) const MOST_STROKED: usize = 4_000;

impl Ink {
    /// The lines, if it is to be stroked.
    pub fn lines(&self) -> Option<&Reduced> {
        match self {
            Self::Lines(lines) => Some(lines),
            Self::Columns(_) => None,
        }
    }

    /// Whether there is a line anywhere.
    pub fn has_line(&self) -> bool {
        match self {
            Self::Lines(lines) => !lines.lines.is_empty(),
            Self::Columns(columns) => columns.lines().next().is_some(),
        }
    }
}

/// About how many points the curves of a chart come to as lines.
pub(super) fn points(spec: &ChartSpec, curves: &[&Curve], plot: &Plot) -> usize {
    let most = plot.rect.width().max(1.0) as usize * 4;
    let of = |curve: &&Curve| {
        let (from, to) = visible(curve.xs(), plot.x.range());
        to.saturating_sub(from).min(most)
    };
    let points: usize = curves.iter().map(of).sum();
    if spec.raw && spec.smoothing.is_on() { points * 2 } else { points }
}

/// Makes ink of the curves of a plot.
pub(super) struct Pen<'a> {
    plot: &'a Plot,
    reducer: Option<Reducer<'a>>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(plot: &'a Plot, strokes: bool) -> Self {
        Self { plot, reducer: (!strokes).then(|| Reducer::new(plot)) }
    }

    pub(super) fn ink(&mut self, curve: &Curve, track: &Track) -> Ink {
        match &mut self.reducer {
            Some(reducer) => Ink::Columns(reducer.columns(curve.xs(), curve.spacing(), track)),
            None => Ink::Lines(reduce(curve.xs(), track, self.plot)),
        }
    }
}
