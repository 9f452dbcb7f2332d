use super::{
    Anchor, Figure, FigureRun, Hit, Ink, Item, Label, Shape,
    boxes::places,
    frame::{Frame, Plane},
    legend,
    ruler::{LETTER, Ruler},
    values::Values,
};
use crate::{
    board::AxisColumn,
    chart::{Range, Rect},
    format,
    stat::grid::{Axis, Cell, HeatMap},
    table::Column,
};

/// From this share of the scale on, the ground stands out from the colour better than text does.
const DARK: f64 = 0.3;

pub(super) fn build(
    [x, y]: [&AxisColumn; 2],
    value: &Column,
    runs: &[FigureRun<'_>],
    frame: &Frame,
) -> Figure {
    let offset = frame.utc_offset_minutes;
    let (x, y) = (Values::of(x, runs, offset), Values::of(y, runs, offset));
    let metric = Values::numbers(value, runs, offset);
    let notes: Vec<String> = [&x, &y, &metric].into_iter().flat_map(Values::lacks).collect();
    let numbers: Vec<f64> = (0..runs.len()).map(|run| metric.code(run).unwrap_or(f64::NAN)).collect();
    let map = HeatMap::of(&x.factor, &y.factor, &numbers);
    let means = map.cells.iter().map(|cell| cell.mean);
    let Some(range) = Range::of(means) else {
        return frame.empty(
            format!("No run has usable values of {}, {} and {}.", x.label, y.label, metric.label),
            notes,
        );
    };
    let (columns, rows) = (labels(&map.x, &x), labels(&map.y, &y));
    let up = if matches!(map.y, Axis::Categories { .. }) { 16 } else { 24 };
    let (mut figure, plane) = frame.plane_with(
        (&x.label, &|px| match map.x {
            Axis::Categories { .. } => places(&columns, px, frame),
            // Fewer numbers say more than pieces of them.
            Axis::Numbers(_) | Axis::Bins { .. } => {
                let longest = columns.iter().map(|label| label.chars().count()).max().unwrap_or_default();
                Ruler::of_labels(&columns, px, frame.px((longest + 2) as f64 * LETTER), longest)
            }
        }),
        (&y.label, &|px| Ruler::of_labels(&rows, px, frame.px(13.0), up)),
    );
    for row in 0..map.y.len() {
        for column in 0..map.x.len() {
            let Some(cell) = map.cell(column, row).filter(|cell| cell.count > 0) else { continue };
            let share = legend::share(range, cell.mean).unwrap_or(0.5);
            let members: Vec<usize> = (0..runs.len())
                .filter(|&run| metric.code(run).is_some())
                .filter(|&run| {
                    map.x.place(&x.factor, run) == Some(column) && map.y.place(&y.factor, run) == Some(row)
                })
                .collect();
            let rect = rect(&plane, column, row, frame);
            let name = |labels: &[String], place: usize| labels.get(place).cloned().unwrap_or_default();
            let label = format!("{} {}, {} {}", x.label, name(&columns, column), y.label, name(&rows, row));
            figure.labels.extend(cell_label(cell, rect, share, &metric, frame));
            figure.items.push(Item {
                label,
                ink: Ink::Scale(share),
                rows: cell_rows(cell, &metric),
                runs: members,
                shapes: vec![Shape::rect(rect, Ink::Scale(share))],
                hit: Hit::Rect(rect),
                places: Vec::new(),
            });
        }
    }
    let ends = [range.lo, range.hi].map(|end| metric.say(end));
    legend::strip(&mut figure, frame, (plane.rect.right, frame.px(10.0)), &metric.label, &ends);
    figure.notes = notes;
    figure
}

fn rect(plane: &Plane, column: usize, row: usize, frame: &Frame) -> Rect {
    let (x, y) = (plane.x.px_of(column as f64), plane.y.px_of(row as f64));
    let half = |band: f64| (band / 2.0 - frame.px(0.75)).max(0.5);
    let (across, up) = (half(plane.x.band()), half(plane.y.band()));
    Rect { left: x - across, right: x + across, top: y - up, bottom: y + up }
}

/// The mean in the cell, where it has room.
fn cell_label(cell: &Cell, rect: Rect, share: f64, metric: &Values, frame: &Frame) -> Option<Label> {
    let text = metric.say(cell.mean);
    let room = frame.px(text.chars().count() as f64 * LETTER + 6.0);
    let fits = rect.width() >= room && rect.height() >= frame.px(14.0);
    let at = (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom));
    let ink = if share < DARK { Ink::Strong } else { Ink::Ground };
    fits.then_some(Label { at, text, ink, anchor: Anchor::Center, plate: false })
}

fn cell_rows(cell: &Cell, metric: &Values) -> Vec<(String, String)> {
    let mut rows = vec![
        (format!("mean {}", metric.label), metric.say(cell.mean)),
        ("runs".to_owned(), format::unsigned(cell.count as u64)),
    ];
    if cell.count > 1 {
        rows.push(("least".to_owned(), metric.say(cell.min)));
        rows.push(("greatest".to_owned(), metric.say(cell.max)));
    }
    rows
}

/// The places of an axis, for people.
pub(super) fn labels(axis: &Axis, values: &Values) -> Vec<String> {
    match axis {
        Axis::Categories { labels, .. } => labels.clone(),
        Axis::Numbers(numbers) => numbers.iter().map(|number| short(*number, values)).collect(),
        Axis::Bins { edges, .. } => edges
            .windows(2)
            .map(|pair| match *pair {
                [from, to] => format!("{}\u{2013}{}", short(from, values), short(to, values)),
                _ => String::new(),
            })
            .collect(),
    }
}

/// A number in as few digits as are needed.
fn short(number: f64, values: &Values) -> String {
    if values.unit != super::values::Unit::Plain {
        return values.say(number);
    }
    let text = number.to_string();
    if text.len() <= 6 { text.replace('-', "\u{2212}") } else { values.say(number) }
}
