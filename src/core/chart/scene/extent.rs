//! Which values y must show.

use crate::chart::reduce::visible;
use crate::chart::series::{Curve, Track};
use crate::chart::{ChartSpec, Fit, Range, ScaleKind, Series, axis::Symlog};

/// Values looked at to find the central ones. Only the choice of the range rests on them.
const SAMPLE: usize = 1 << 13;
/// Outer values are clipped where the central ones would have less than this share of the height.
const LEAST_SHARE: f64 = 0.25;

/// The range of the values that are visible in `x`, smoothed and as logged, with those where a
/// line enters or leaves the picture; `None` where nothing can be shown.
pub(super) fn of_values(spec: &ChartSpec, series: &[Series], curves: &[&Curve], x: Range) -> Option<Range> {
    let bands = series.iter().zip(curves).filter_map(|(series, curve)| {
        let extent = super::band::extent(curve.xs(), series.band.as_ref()?, x)?;
        (spec.y_scale != ScaleKind::Log || extent.lo > 0.0).then_some(extent)
    });
    of_lines(spec, curves, x).into_iter().chain(bands).reduce(Range::union)
}

fn of_lines(spec: &ChartSpec, curves: &[&Curve], x: Range) -> Option<Range> {
    let tracks = || {
        curves.iter().flat_map(|curve| {
            let raw = std::sync::Arc::clone(curve.raw());
            let smoothed = spec.smoothing.is_on().then(|| curve.smoothed(spec.smoothing));
            (spec.raw || smoothed.is_none())
                .then_some(raw)
                .into_iter()
                .chain(smoothed)
                .map(|track| (curve.xs(), track))
        })
    };
    let kind = spec.y_scale;
    let all = tracks().filter_map(|(xs, track)| of_track(xs, &track, kind, x)).reduce(Range::union)?;
    if spec.fit == Fit::All {
        return Some(all);
    }
    let visible_points: usize = curves.iter().map(|curve| points(curve.xs(), x)).sum();
    let stride = visible_points.div_ceil(SAMPLE).max(1);
    let sample = tracks().flat_map(|(xs, track)| sample(xs, &track, kind, x, stride)).collect();
    let percent = if let Fit::Percentile(cut) = spec.fit { cut } else { 1 };
    let Some(central) = central(sample, percent) else {
        return Some(all);
    };
    let symlog = Symlog::of(all);
    let share = span(central, kind, symlog) / span(all, kind, symlog);
    Some(if share < LEAST_SHARE || spec.fit != Fit::Central { central } else { all })
}

fn points(xs: &[f64], x: Range) -> usize {
    let (from, to) = visible(xs, x);
    to.saturating_sub(from)
}

fn of_track(xs: &[f64], track: &Track, kind: ScaleKind, x: Range) -> Option<Range> {
    let (from, to) = visible(xs, x);
    let within = track.pieces_within(kind, from, to).filter_map(|piece| {
        let bounds = track.bounds(piece.start, piece.end)?;
        Range::between(bounds.least, bounds.greatest)
    });
    let edges = [crossing(xs, track, kind, from, x.lo), crossing(xs, track, kind, to, x.hi)];
    within.chain(edges.into_iter().flatten()).reduce(Range::union)
}

/// The value where the line between the points before and at `at` crosses `x`.
fn crossing(xs: &[f64], track: &Track, kind: ScaleKind, at: usize, x: f64) -> Option<Range> {
    let before = at.checked_sub(1)?;
    let (x0, x1) = (*xs.get(before)?, *xs.get(at)?);
    let (y0, y1) = (*track.values().get(before)?, *track.values().get(at)?);
    if !kind.shows(y0) || !kind.shows(y1) || x1 <= x0 {
        return None;
    }
    let share = ((x - x0) / (x1 - x0)).clamp(0.0, 1.0);
    let value = match kind {
        ScaleKind::Linear | ScaleKind::Symlog => y0 * (1.0 - share) + y1 * share,
        ScaleKind::Log => (y0.ln() * (1.0 - share) + y1.ln() * share).exp(),
    };
    Range::between(value, value)
}

fn sample(xs: &[f64], track: &Track, kind: ScaleKind, x: Range, stride: usize) -> Vec<f64> {
    let (from, to) = visible(xs, x);
    let values = track.values().get(from..to).unwrap_or_default();
    values.iter().step_by(stride).copied().filter(|&value| kind.shows(value)).collect()
}

/// Without so many percent at both ends.
fn central(mut sample: Vec<f64>, percent: u8) -> Option<Range> {
    let last = sample.len().checked_sub(1)?;
    let cut = (sample.len() * usize::from(percent) / 100).min(last / 2);
    let mut nth = |at: usize| Some(*sample.select_nth_unstable_by(at, f64::total_cmp).1);
    Range::between(nth(cut)?, nth(last - cut)?)
}

fn span(range: Range, kind: ScaleKind, symlog: Symlog) -> f64 {
    match kind {
        // Halves: the whole may overflow.
        ScaleKind::Linear => range.hi / 2.0 - range.lo / 2.0,
        ScaleKind::Log => range.hi.ln() - range.lo.ln(),
        ScaleKind::Symlog => symlog.apply(range.hi) - symlog.apply(range.lo),
    }
}
