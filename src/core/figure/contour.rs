use super::{
    Figure, FigureRun, Hit, Ink, Item, Shape,
    frame::{Frame, Plane},
    legend,
    values::Values,
};
use crate::{
    board::AxisColumn,
    chart::{Range, Rect},
    stat::grid::{Field, Sample, field},
    table::Column,
};

/// Cells across and up, and how many colours there are: their borders are the contours.
const COLUMNS: usize = 120;
const ROWS: usize = 80;
const LEVELS: f64 = 9.0;
/// A guess this far from all runs, in widths of the picture, is at its palest.
const FAR: f64 = 0.5;

pub(super) fn build(
    [x, y]: [&AxisColumn; 2],
    value: &Column,
    runs: &[FigureRun<'_>],
    frame: &Frame,
) -> Figure {
    let offset = frame.utc_offset_minutes;
    let (x, y) = (Values::of(x, runs, offset), Values::of(y, runs, offset));
    let metric = Values::numbers(value, runs, offset);
    let mut notes = vec![format!("the colours are a guess: {}", Field::METHOD)];
    notes.extend([&x, &y, &metric].into_iter().flat_map(Values::lacks));
    let spread = |values: &Values, run: usize| values.spread(run);
    let samples: Vec<Sample> = (0..runs.len())
        .map(|run| Sample { x: spread(&x, run), y: spread(&y, run), value: metric.spread(run) })
        .collect();
    let Some(guess) = field(&samples, COLUMNS, ROWS) else {
        return frame.empty(
            format!("No run has usable values of {}, {} and {}.", x.label, y.label, metric.label),
            notes,
        );
    };
    let drawn = samples.iter().filter(|s| s.x.is_finite() && s.y.is_finite());
    let range = Range::of(drawn.map(|sample| sample.value)).unwrap_or(Range { lo: 0.0, hi: 1.0 });
    let (mut figure, plane) = frame.plane(&x, &y);
    paint(&mut figure, &guess, range, &plane, [&x, &y]);
    for run in 0..runs.len() {
        figure.items.extend(item(run, runs, [&x, &y, &metric], range, &plane, frame));
    }
    figure.items.sort_by(|a, b| a.anchor().0.total_cmp(&b.anchor().0));
    let ends = [range.lo, range.hi].map(|end| metric.say(end));
    legend::strip(&mut figure, frame, (plane.rect.right, frame.px(10.0)), &metric.label, &ends);
    figure.notes = notes;
    figure
}

/// The field as rows of rectangles, each as long as its colour stays the same.
fn paint(figure: &mut Figure, guess: &Field, range: Range, plane: &Plane, [x, y]: [&Values; 2]) {
    let xs: Vec<f64> = guess.xs.iter().map(|&at| plane.x.px_of_spread(x, at)).collect();
    let ys: Vec<f64> = guess.ys.iter().map(|&at| plane.y.px_of_spread(y, at)).collect();
    let (columns, rows) = (edges(&xs), edges(&ys));
    for row in 0..ys.len() {
        let mut open: Option<(usize, f64, f64)> = None;
        let cell = |column: usize| -> Option<(f64, f64)> {
            let share = legend::share(range, guess.value(column, row)?)?;
            let level = (share * LEVELS).floor().min(LEVELS - 1.0) / (LEVELS - 1.0);
            let away = guess.distances.get(row * xs.len() + column).copied().unwrap_or_default();
            // In steps, so that cells of one colour stay one rectangle.
            let strong = ((1.0 - (away / FAR).min(1.0) * 0.5) * 8.0).round() / 8.0;
            Some((level, strong * 0.8))
        };
        for column in 0..=xs.len() {
            let now = cell(column);
            if open.map(|(_, level, strong)| (level, strong)) == now && column < xs.len() {
                continue;
            }
            if let (Some((from, level, strong)), Some(&[top, bottom])) = (open, rows.get(row))
                && let (Some([left, _]), Some([_, right])) =
                    (columns.get(from), columns.get(column.saturating_sub(1)))
            {
                let rect = Rect { left: *left, right: *right, top, bottom };
                figure.ground.push(Shape::rect(rect, Ink::Scale(level)).faint(strong));
            }
            open = now.map(|(level, strong)| (column, level, strong));
        }
    }
}

/// The borders half way between places: the lesser and the greater pixel of each.
fn edges(places: &[f64]) -> Vec<[f64; 2]> {
    let last = places.len().saturating_sub(1);
    let at = |place: usize| places.get(place).copied().unwrap_or_default();
    let border = |a: usize, b: usize| f64::midpoint(at(a), at(b)).round();
    (0..places.len())
        .map(|place| {
            let before = border(place.saturating_sub(1), place);
            let after = border(place, (place + 1).min(last));
            [before.min(after), before.max(after)]
        })
        .collect()
}

fn item(
    run: usize,
    runs: &[FigureRun<'_>],
    [x, y, metric]: [&Values; 3],
    range: Range,
    plane: &Plane,
    frame: &Frame,
) -> Option<Item> {
    let at = (plane.x.px(x, run)?, plane.y.px(y, run)?);
    let share = legend::share(range, metric.code(run)?)?;
    Some(Item {
        runs: vec![run],
        label: runs.get(run)?.run.run.display_name().to_owned(),
        ink: Ink::Scale(share),
        rows: vec![x.row(run), y.row(run), metric.row(run)],
        shapes: vec![
            Shape::dot(at, frame.px(5.0), Ink::Text),
            Shape::dot(at, frame.px(3.4), Ink::Scale(share)),
        ],
        hit: Hit::Dot(at.0, at.1),
        places: Vec::new(),
    })
}
