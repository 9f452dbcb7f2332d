//! A chart's curves in numbers: what stands beside a picture, and is read where it is not seen.

use super::series::Curve;
use super::{Direction, ScaleKind};

/// A curve in numbers, of all its points as logged.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Facts {
    /// How many points it has.
    pub points: u64,
    /// How many of them are NaN or infinite.
    pub gaps: u64,
    /// The value of the last point, whatever it is.
    pub last: Option<f64>,
    /// The least finite value.
    pub least: Option<f64>,
    /// The greatest finite value.
    pub greatest: Option<f64>,
}

/// What curves can be brought into order by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Fact {
    /// The value of the last point.
    Last,
    /// The least value.
    Least,
    /// The greatest value.
    Greatest,
    /// The number of points.
    Points,
}

impl Facts {
    /// Costs as much as the curve has gaps, not points.
    pub fn of(curve: &Curve) -> Self {
        let track = curve.raw();
        let pieces = track.pieces(ScaleKind::Linear);
        let bounds = || pieces.iter().filter_map(|piece| track.bounds(piece.start, piece.end));
        let points = track.values().len();
        Self {
            points: points as u64,
            gaps: (points - pieces.iter().map(ExactSizeIterator::len).sum::<usize>()) as u64,
            last: track.values().last().copied(),
            least: bounds().map(|bounds| bounds.least).reduce(f64::min),
            greatest: bounds().map(|bounds| bounds.greatest).reduce(f64::max),
        }
    }

    fn number(&self, fact: Fact) -> Option<f64> {
        match fact {
            Fact::Last => self.last.filter(|last| !last.is_nan()),
            Fact::Least => self.least,
            Fact::Greatest => self.greatest,
            Fact::Points => Some(self.points as f64),
        }
    }
}

impl Fact {
    /// Whether the greatest come first, unless a person wants it the other way.
    pub fn falls(self, better: Direction) -> bool {
        self == Self::Points || better != Direction::Lower
    }

    /// The places of curves in order; those without the number come last, equals as they stand.
    pub fn order(self, all: &[Facts], falling: bool) -> Vec<usize> {
        let number = |&place: &usize| all.get(place).and_then(|facts| facts.number(self));
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by(|a, b| match (number(a), number(b)) {
            (Some(a), Some(b)) if falling => b.total_cmp(&a),
            (Some(a), Some(b)) => a.total_cmp(&b),
            (a, b) => a.is_none().cmp(&b.is_none()),
        });
        order
    }
}
