use super::{
    Figure, FigureRun, Hit, Ink, Item, Shape,
    frame::{Frame, Plane},
    legend::Paint,
    values::Values,
};
use crate::{
    board::AxisColumn,
    format,
    stat::relation::{pearson, trend},
};

/// What a scatter shows.
pub(super) struct Choice<'a> {
    pub(super) x: &'a AxisColumn,
    pub(super) y: &'a AxisColumn,
    pub(super) color: Option<&'a AxisColumn>,
    pub(super) trend: bool,
}

/// Radius of a dot in CSS pixels, and of one among many.
const RADIUS: f64 = 4.5;
const SMALL: f64 = 3.0;
const MANY: usize = 300;

pub(super) fn build(choice: &Choice<'_>, runs: &[FigureRun<'_>], frame: &Frame) -> Figure {
    let offset = frame.utc_offset_minutes;
    let (x, y) = (Values::of(choice.x, runs, offset), Values::of(choice.y, runs, offset));
    let paint = Paint::of(choice.color, runs, frame);
    let mut lacks = x.lacks();
    lacks.extend(y.lacks().into_iter().filter(|_| choice.x.column != choice.y.column));
    let others = [&choice.x.column, &choice.y.column];
    if let (Some(values), Some(color)) = (paint.values(), choice.color)
        && !others.contains(&&color.column)
    {
        lacks.extend(values.lacks());
    }
    let (mut figure, plane) = frame.plane(&x, &y);
    let radius = frame.px(if runs.len() > MANY { SMALL } else { RADIUS });
    let mut items: Vec<Item> =
        (0..runs.len()).filter_map(|run| item(run, runs, [&x, &y], &paint, &plane, radius)).collect();
    if items.is_empty() {
        return frame.empty(format!("No run has usable values of both {} and {}.", x.label, y.label), lacks);
    }
    items.sort_by(|a, b| a.anchor().0.total_cmp(&b.anchor().0));
    figure.items = items;
    paint.legend(&mut figure, runs, frame, (plane.rect.right, frame.px(10.0)));
    figure.notes = if choice.trend { relation(&mut figure, frame, &plane, [&x, &y]) } else { Vec::new() };
    figure.notes.extend(lacks);
    figure
}

fn item(
    run: usize,
    runs: &[FigureRun<'_>],
    [x, y]: [&Values; 2],
    paint: &Paint,
    plane: &Plane,
    radius: f64,
) -> Option<Item> {
    let at = (
        plane.x.px(x, run)? + jitter(run, plane.x.band()),
        plane.y.px(y, run)? + jitter(run, plane.y.band()),
    );
    let ink = paint.ink(run, runs);
    let mut rows = vec![x.row(run), y.row(run)];
    rows.extend(paint.values().map(|values| values.row(run)));
    rows.dedup();
    Some(Item {
        runs: vec![run],
        label: runs.get(run)?.run.run.display_name().to_owned(),
        ink,
        rows,
        shapes: vec![Shape::dot(at, radius, ink).faint(paint.share(run, runs))],
        hit: Hit::Dot(at.0, at.1),
        places: Vec::new(),
    })
}

/// Runs of one category do not lie on each other. The same run always lies at the same place.
fn jitter(run: usize, band: f64) -> f64 {
    // The golden ratio spreads consecutive numbers evenly.
    let share = (run as f64 * 0.618_033_988_749_895).fract() - 0.5;
    share * (band * 0.36).min(60.0)
}

/// The line of least squares, and how far it can be trusted.
fn relation(figure: &mut Figure, frame: &Frame, plane: &Plane, [x, y]: [&Values; 2]) -> Vec<String> {
    if x.labels().is_some() || y.labels().is_some() {
        return vec!["no trend over categories".to_owned()];
    }
    let runs = x.factor.len();
    let xs: Vec<f64> = (0..runs).map(|run| x.spread(run)).collect();
    let ys: Vec<f64> = (0..runs).map(|run| y.spread(run)).collect();
    let (Some(line), Some(found)) = (trend(&xs, &ys), pearson(&xs, &ys)) else {
        return vec!["no trend: too few different values".to_owned()];
    };
    let both = xs.iter().zip(&ys).filter(|(x, y)| x.is_finite() && y.is_finite()).map(|(x, _)| *x);
    if let Some(range) = crate::chart::Range::of(both) {
        let end = |at: f64| (plane.x.px_of_spread(x, at), plane.y.px_of_spread(y, line.at(at)));
        let ends = [end(range.lo), end(range.hi)];
        let rect = plane.rect;
        if let Some((from, to)) = crate::chart::cut(ends[0], ends[1], rect) {
            let mut shape = Shape::line([from, to], frame.px(1.5), Ink::Text);
            if let Shape::Line { dash, .. } = &mut shape {
                *dash = Some([frame.px(5.0) as f32, frame.px(3.0) as f32]);
            }
            figure.top.push(shape);
        }
    }
    let scale = match (x.log, y.log) {
        (false, false) => "",
        (true, true) => " of the logarithms",
        (true, false) => " over the logarithm of x",
        (false, true) => " of the logarithm of y",
    };
    let p = if found.p < 0.001 { "p < 0.001".to_owned() } else { format!("p = {:.3}", found.p) };
    let r = format!("{:.2}", found.r).replace('-', "\u{2212}");
    let strength = match found.r.abs() {
        _ if found.p > 0.05 => "no clear correlation",
        0.7.. => "strong correlation",
        0.4..0.7 => "moderate correlation",
        _ => "weak correlation",
    };
    vec![format!("{strength}{scale}: r = {r}, {p}, n = {}", format::unsigned(found.n as u64))]
}
