use crate::chart::lines::Polylines;
use crate::chart::reduce::{Plot, visible};
use crate::chart::{Band, Range};

/// The part of a band that is visible, as polygons: above from left to right, below and back. A
/// group has at most some thousand xs, so that none needs to be left out.
pub(super) fn of(xs: &[f64], band: &Band, plot: &Plot) -> Polylines {
    let (from, to) = visible(xs, plot.x.range());
    let (from, to) = (from.saturating_sub(1), (to + 1).min(xs.len()));
    let mut polygons = Polylines::default();
    let mut above: Vec<(f64, f64)> = Vec::new();
    let mut below: Vec<(f64, f64)> = Vec::new();
    let y = |value: f64| plot.y.px_from_value(value).clamp(plot.rect.top - 1.0, plot.rect.bottom + 1.0);
    for point in from..to {
        let place = || Some((*xs.get(point)?, *band.low.get(point)?, *band.high.get(point)?));
        let Some((x, low, high)) = place() else { break };
        let x = plot.x.px_from_value(x);
        let (low, high) = (y(low), y(high));
        if x.is_finite() && low.is_finite() && high.is_finite() {
            let x = x.clamp(plot.rect.left - 1e5, plot.rect.right + 1e5);
            above.push((x, high));
            below.push((x, low));
        } else {
            close(&mut above, &mut below, &mut polygons);
        }
    }
    close(&mut above, &mut below, &mut polygons);
    polygons
}

fn close(above: &mut Vec<(f64, f64)>, below: &mut Vec<(f64, f64)>, polygons: &mut Polylines) {
    above.drain(..).chain(below.drain(..).rev()).for_each(|point| polygons.push(point));
    polygons.end();
}

/// The values that the visible part of a band spans.
pub(super) fn extent(xs: &[f64], band: &Band, x: Range) -> Option<Range> {
    let (from, to) = visible(xs, x);
    let values = [&band.low, &band.high].map(|side| side.get(from..to).unwrap_or_default());
    Range::of(values.into_iter().flatten().copied())
}
