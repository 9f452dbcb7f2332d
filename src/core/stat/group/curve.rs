use std::borrow::Cow;
use std::ops::Range;

use super::Member;

/// What lies farther out is left out: the distance of two xs must be finite.
const FARTHEST: f64 = 1e300;

/// A member made ready: strictly rising finite xs, one value each.
pub(super) struct Curve<'a> {
    xs: Cow<'a, [f64]>,
    values: Cow<'a, [f64]>,
    /// The places of the points within what was asked for.
    inside: Range<usize>,
    /// How many of the points inside are not finite.
    pub(super) not_finite: u64,
}

impl<'a> Curve<'a> {
    /// `None` if its line does not touch what was asked for.
    pub(super) fn of(member: &Member<'a>, within: [f64; 2]) -> Option<Self> {
        let points = member.xs.len().min(member.values.len());
        let all = member.xs.get(..points)?;
        let first = all.partition_point(|&x| x.is_nan() || x < -FARTHEST);
        let last = all.partition_point(|&x| x <= FARTHEST).max(first);
        let (xs, values) = strictly_rising(all.get(first..last)?, member.values.get(first..last)?);
        if *xs.first()? > within[1] || *xs.last()? < within[0] || within[0] > within[1] {
            return None;
        }
        let inside = xs.partition_point(|&x| x < within[0])..xs.partition_point(|&x| x <= within[1]);
        let values_inside = values.get(inside.clone()).unwrap_or_default();
        let not_finite = values_inside.iter().filter(|value| !value.is_finite()).count() as u64;
        Some(Self { xs, values, inside, not_finite })
    }

    /// The xs within what was asked for.
    pub(super) fn xs(&self) -> &[f64] {
        self.xs.get(self.inside.clone()).unwrap_or_default()
    }

    /// Those, and one more at either end: a line enters and leaves a picture.
    pub(super) fn xs_around(&self) -> &[f64] {
        let around = self.inside.start.saturating_sub(1)..(self.inside.end + 1).min(self.xs.len());
        self.xs.get(around).unwrap_or_default()
    }

    /// The point at a place.
    pub(super) fn point(&self, place: usize) -> Option<(f64, f64)> {
        self.xs.get(place).copied().zip(self.values.get(place).copied())
    }

    /// The place of the first point at or after an x.
    pub(super) fn place(&self, x: f64) -> usize {
        self.xs.partition_point(|&own| own < x)
    }

    /// How far its points within are apart.
    pub(super) fn spacing(&self) -> Option<f64> {
        let xs = self.xs();
        let gaps = xs.len().checked_sub(1).filter(|&gaps| gaps > 0)?;
        Some((xs.last()? - xs.first()?) / gaps as f64)
    }

    /// From its first to its last x, those beyond what was asked for included.
    pub(super) fn extent(&self) -> (f64, f64) {
        let first = self.xs.first().copied().unwrap_or(f64::NAN);
        (first, self.xs.last().copied().unwrap_or(f64::NAN))
    }

    /// Its value at an x. `place` is where the walk stands, at or before the x: ask with rising xs.
    pub(super) fn at(&self, x: f64, place: &mut usize) -> At {
        while self.xs.get(*place + 1).is_some_and(|&next| next <= x) {
            *place += 1;
        }
        match (self.point(*place), self.point(*place + 1)) {
            (Some((here, value)), _) if here == x => At::Logged(value),
            (Some((left, from)), Some((right, to))) if left < x => {
                let share = ((x - left) / (right - left)).clamp(0.0, 1.0);
                At::Between(between(from, to, share))
            }
            _ => At::Outside,
        }
    }
}

/// The line from one value to another; NaN where one of them is not finite.
fn between(from: f64, to: f64, share: f64) -> f64 {
    if !from.is_finite() || !to.is_finite() {
        return f64::NAN;
    }
    // Not from + (to - from) * share: that would not end at `to`, and could overflow.
    (from * (1.0 - share) + to * share).clamp(from.min(to), from.max(to))
}

/// What a curve has at an x.
pub(super) enum At {
    /// Its own point.
    Logged(f64),
    /// The line between two points; NaN where one of them is not finite.
    Between(f64),
    /// It has not begun or has ended.
    Outside,
}

fn strictly_rising<'a>(xs: &'a [f64], values: &'a [f64]) -> (Cow<'a, [f64]>, Cow<'a, [f64]>) {
    if xs.windows(2).all(|pair| pair[0] < pair[1]) {
        return (Cow::Borrowed(xs), Cow::Borrowed(values));
    }
    let last_of_its_x = |place: &usize| xs.get(place + 1).is_none_or(|next| xs.get(*place) < Some(next));
    let places: Vec<usize> = (0..xs.len()).filter(last_of_its_x).collect();
    let take = |from: &[f64]| places.iter().filter_map(|&place| from.get(place).copied()).collect();
    (Cow::Owned(take(xs)), Cow::Owned(take(values)))
}

/// The power of two that brings the greatest value near one where squares or sums of the values
/// could leave what an f64 can hold; one for all usual values.
pub(super) fn scale(curves: &[Curve]) -> f64 {
    let values = curves.iter().flat_map(|curve| curve.values.iter().map(|value| value.abs()));
    let greatest = values.filter(|value| value.is_finite()).fold(0.0, f64::max);
    if greatest == 0.0 || (1e-100..1e100).contains(&greatest) {
        return 1.0;
    }
    2.0_f64.powi(-(greatest.log2().floor().clamp(-1_000.0, 1_000.0) as i32))
}
