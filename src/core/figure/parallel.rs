use super::{
    Anchor, Figure, FigureRun, Hit, Ink, Item, Label, Rail, Shape, frame::Frame, legend::Paint,
    ruler::LETTER, ruler::Ruler, values::Values,
};
use crate::{board::AxisColumn, chart::Rect, format, table::Column};

/// Room in CSS pixels: titles above, the legend below, half a title at the sides.
const TOP: f64 = 34.0;
const BOTTOM: f64 = 12.0;
const LEGEND: f64 = 20.0;
const SIDE: f64 = 44.0;
/// Room below the axes for runs that have no value.
const NONE: f64 = 20.0;
const LINE: f64 = 1.5;
/// Lines this many are drawn fainter.
const MANY: usize = 60;

pub(super) fn build(
    axes: &[AxisColumn],
    color: Option<&Column>,
    runs: &[FigureRun<'_>],
    frame: &Frame,
) -> Figure {
    let values: Vec<Values> =
        axes.iter().map(|axis| Values::of(axis, runs, frame.utc_offset_minutes)).collect();
    let lacks: Vec<String> = values.iter().flat_map(Values::lacks).collect();
    if values.is_empty() || runs.is_empty() {
        let why = if runs.is_empty() { "There are no runs." } else { "No axes are chosen." };
        return frame.empty(why, lacks);
    }
    // The axis of the same column decides how its colours are spread.
    let color = color.map(|column| {
        let on_axis = axes.iter().find(|axis| axis.column == *column);
        on_axis.cloned().unwrap_or_else(|| AxisColumn::of(column.clone()))
    });
    let paint = Paint::of(color.as_ref(), runs, frame);
    let mut figure = frame.figure();
    let is_whole = lacks.is_empty();
    let bottom = BOTTOM + if color.is_some() { LEGEND } else { 0.0 };
    let side = SIDE.min(f64::from(frame.width) / frame.dpr / 8.0);
    let rect = frame.inner(side, TOP, side, bottom);
    let rail_bottom = if is_whole { rect.bottom } else { (rect.bottom - frame.px(NONE)).max(rect.top + 1.0) };
    let mut rulers = Vec::new();
    let count = axes.len();
    for (place, (axis, values)) in axes.iter().zip(&values).enumerate() {
        let share = if count == 1 { 0.5 } else { place as f64 / (count - 1) as f64 };
        let x = rect.left + rect.width() * share;
        let ruler = Ruler::upright(values, (rail_bottom, rect.top), frame.dpr);
        let room = rect.width() / (count - 1).max(1) as f64;
        furniture(
            &mut figure,
            frame,
            &ruler,
            values,
            (x, room, place + 1 == count),
            rect.top,
            rail_bottom,
            !is_whole,
        );
        let head = Rect {
            left: x - (room / 2.0).min(frame.px(60.0)),
            right: x + (room / 2.0).min(frame.px(60.0)),
            top: 0.0,
            bottom: rect.top - frame.px(6.0),
        };
        figure.rails.push(Rail {
            axis: axis.clone(),
            title: values.label.clone(),
            x,
            top: rect.top,
            bottom: rail_bottom,
            head,
        });
        rulers.push(ruler);
    }
    let none_y = rect.bottom - frame.px(4.0);
    figure.items = (0..runs.len())
        .filter_map(|run| item(run, runs, &paint, &values, &rulers, &figure.rails, none_y, frame))
        .collect();
    // Keys walk the runs as they stand on the last axis, from above.
    figure.items.sort_by(|a, b| {
        let end = |item: &Item| item.places.last().copied().flatten().unwrap_or(-1.0);
        end(b).total_cmp(&end(a))
    });
    let y = f64::from(frame.height) - frame.px(10.0);
    paint.legend(&mut figure, runs, frame, (f64::from(frame.width) - frame.px(12.0), y));
    figure.notes = lacks;
    figure
}

/// The axis, its title and its ticks.
#[expect(clippy::too_many_arguments, reason = "all of them are places in the picture")]
fn furniture(
    figure: &mut Figure,
    frame: &Frame,
    ruler: &Ruler,
    values: &Values,
    (x, room, is_last): (f64, f64, bool),
    top: f64,
    bottom: f64,
    has_none: bool,
) {
    figure.ground.push(frame.upright_hair(x, top, bottom, Ink::Axis));
    let letters = (room / frame.px(LETTER)).max(5.0) as usize;
    let mut title = values.label.clone();
    if values.log {
        title.push_str(" (log)");
    }
    let half = frame.px(title.chars().count().min(letters) as f64 * LETTER / 2.0 + 4.0);
    let last = (f64::from(frame.width) - half).max(half);
    figure.labels.push(Label {
        at: (x.clamp(half, last), frame.px(12.0)),
        text: format::middle(&title, letters).into_owned(),
        ink: Ink::Text,
        anchor: Anchor::Center,
        plate: false,
    });
    let letters = (room / frame.px(LETTER) - 4.0).clamp(4.0, 16.0) as usize;
    let (side, anchor) =
        if is_last { (frame.px(8.0), Anchor::Left) } else { (-frame.px(7.0), Anchor::Right) };
    // The last axis has its ticks on the outside, where no line crosses them; so has the first.
    let mut label = |y: f64, text: &str| {
        figure.ground.push(frame.level_hair(y, x - frame.px(3.0), x + frame.px(3.0), Ink::Axis));
        figure.labels.push(Label {
            at: (x + side, y),
            text: format::middle(text, letters).into_owned(),
            ink: Ink::Tick,
            anchor,
            plate: true,
        });
    };
    for tick in &ruler.ticks {
        label(tick.px, &tick.label);
    }
    if has_none && (0..values.factor.len()).any(|run| values.code(run).is_none()) {
        label(bottom + frame.px(NONE - 4.0), "none");
    }
}

#[expect(clippy::too_many_arguments, reason = "what a line is made of")]
fn item(
    run: usize,
    runs: &[FigureRun<'_>],
    paint: &Paint,
    values: &[Values],
    rulers: &[Ruler],
    rails: &[Rail],
    none_y: f64,
    frame: &Frame,
) -> Option<Item> {
    let mut points = Vec::new();
    let mut places = Vec::new();
    for ((values, ruler), rail) in values.iter().zip(rulers).zip(rails) {
        let y = ruler.px(values, run);
        points.push((rail.x, y.unwrap_or(none_y)));
        places.push(y.map(|y| rail.share(y)));
    }
    if places.iter().all(Option::is_none) {
        return None;
    }
    let ink = paint.ink(run, runs);
    let mut rows: Vec<(String, String)> = values.iter().map(|values| values.row(run)).collect();
    if let Some(color) = paint.values().map(|values| values.row(run))
        && !rows.contains(&color)
    {
        rows.push(color);
    }
    let share = if runs.len() > MANY { 0.6 } else { 0.85 } * paint.share(run, runs);
    let mut shapes = vec![Shape::line(points.iter().copied(), frame.px(LINE), ink).faint(share)];
    if let [only] = points.as_slice() {
        shapes = vec![Shape::dot(*only, frame.px(4.0), ink)];
        points.push(*only);
    }
    Some(Item {
        runs: vec![run],
        label: runs.get(run)?.run.run.display_name().to_owned(),
        ink,
        rows,
        shapes,
        hit: Hit::Line(points),
        places,
    })
}
