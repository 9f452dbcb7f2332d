//! The stroke of a line that passes a column straight.

use super::run::{Run, higher, lower};

/// Between an upper and a lower edge.
#[derive(Debug, Clone, Copy)]
pub(super) struct Band {
    upper: Edge,
    lower: Edge,
    /// The rows, from..to, that it covers wholly.
    solid: (f32, f32),
}

impl Band {
    /// Covers nothing.
    pub(super) const NOTHING: Self = {
        let edge = Edge { high: 0.0, low: 1.0, per_pixel: 0.0 };
        Self { upper: edge, lower: edge, solid: (0.0, 0.0) }
    };

    /// Of a stroke that lies between these heights and reaches so far to all sides of its line.
    #[inline]
    pub(super) fn of(run: &Run, (top, bottom): (f32, f32), reach: f32) -> Self {
        let (enter, leave) = (run.enter, run.leave);
        let rise = leave - enter;
        // Not `hypot`, whose care for huge numbers takes longer than all the rest.
        let half = reach * (rise * rise + 1.0).sqrt();
        let at = |y: f32| lower(higher(y, top), bottom);
        let (upper, under) = ((at(enter - half), at(leave - half)), (at(enter + half), at(leave + half)));
        let solid = (higher(upper.0, upper.1).ceil(), lower(under.0, under.1));
        Self { upper: Edge::between(upper.0, upper.1), lower: Edge::between(under.0, under.1), solid }
    }

    /// The rows, from..to, that it covers wholly.
    pub(super) fn solid(&self) -> (f32, f32) {
        self.solid
    }

    /// How much of the row that ends at `y` lies between the edges.
    #[inline]
    pub(super) fn share(&self, y: f32) -> f32 {
        lower(higher(self.upper.share_above(y) - self.lower.share_above(y), 0.0), 1.0)
    }
}

/// An edge from the left side of a column to its right side.
#[derive(Debug, Clone, Copy)]
struct Edge {
    high: f32,
    low: f32,
    per_pixel: f32,
}

/// A level edge is taken to fall by this, which nobody sees and division needs.
const LEAST_FALL: f32 = 1.0 / 64.0;

impl Edge {
    #[inline]
    fn between(a: f32, b: f32) -> Self {
        let high = lower(a, b);
        let low = higher(higher(a, b), high + LEAST_FALL);
        Self { high, low, per_pixel: 1.0 / (low - high) }
    }

    /// How much of the row that ends at `y` lies below the edge.
    #[inline]
    fn share_above(&self, y: f32) -> f32 {
        (ramp_area(y - self.high) - ramp_area(y - self.low)) * self.per_pixel
    }
}

/// The area below `clamp(v, 0, 1)` up to here.
#[inline]
fn ramp_area(v: f32) -> f32 {
    let within = lower(higher(v, 0.0), 1.0);
    within * within * 0.5 + higher(v - 1.0, 0.0)
}
