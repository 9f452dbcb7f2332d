use super::{
    Anchor, Figure, FigureRun, Hit, Ink, Item, Label, Shape,
    frame::{Frame, Plane},
    groups,
    ruler::{LETTER, Ruler},
    values::Values,
};
use crate::{
    chart::{Range, Rect, Tick},
    format,
    model::Direction,
    stat::distribution::Sample,
    table::Column,
};

/// A bar to be drawn.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) value: f64,
    pub(super) words: String,
    pub(super) ink: Ink,
    pub(super) runs: Vec<usize>,
    pub(super) rows: Vec<(String, String)>,
}

/// The least height of a bar with the gap to the next, in CSS pixels.
const LEAST: f64 = 13.0;

pub(super) fn build(value: &Column, by: Option<&Column>, runs: &[FigureRun<'_>], frame: &Frame) -> Figure {
    let values = Values::numbers(value, runs, frame.utc_offset_minutes);
    let lacks = values.lacks();
    let mut notes = Vec::new();
    let mut bars = match by {
        None => of_runs(&values, runs),
        Some(by) => {
            let (groups, note) = groups::of(Some(by), runs, |run| values.code(run).is_some());
            notes.extend(note);
            groups.iter().filter_map(|group| of_group(group, &values)).collect()
        }
    };
    if bars.is_empty() {
        return frame.empty(format!("No run has a usable value of {}.", values.label), lacks);
    }
    let lower = Direction::of_metric(&values.label) == Direction::Lower;
    // The best above.
    bars.sort_by(|a, b| if lower { a.value.total_cmp(&b.value) } else { b.value.total_cmp(&a.value) });
    let title = by.map_or_else(|| "Run".to_owned(), |by| by.label().into_owned());
    let mut figure = across(bars, [&title, &values.label], &values, &mut notes, frame);
    figure.notes = notes.into_iter().chain(lacks).collect();
    figure
}

fn of_runs(values: &Values, runs: &[FigureRun<'_>]) -> Vec<Bar> {
    let bar = |(run, figure_run): (usize, &FigureRun<'_>)| {
        Some(Bar {
            label: figure_run.run.run.display_name().to_owned(),
            value: values.code(run)?,
            words: values.words(run),
            ink: figure_run.slot.map_or(Ink::Plain, Ink::Slot),
            runs: vec![run],
            rows: vec![values.row(run)],
        })
    };
    runs.iter().enumerate().filter_map(bar).collect()
}

fn of_group(group: &groups::Group, values: &Values) -> Option<Bar> {
    let sample = Sample::of(group.runs.iter().filter_map(|&run| values.code(run)));
    let mean = sample.mean()?;
    let mut rows = vec![(format!("mean {}", values.label), values.say(mean))];
    rows.extend(sample.deviation().map(|deviation| ("standard deviation".to_owned(), values.say(deviation))));
    Some(Bar {
        label: group.words(),
        value: mean,
        words: values.say(mean),
        ink: group.ink,
        runs: group.runs.clone(),
        rows,
    })
}

/// Bars from left to right, each in a row of its own, as many as have room.
pub(super) fn across(
    mut bars: Vec<Bar>,
    [row_title, title]: [&str; 2],
    values: &Values,
    notes: &mut Vec<String>,
    frame: &Frame,
) -> Figure {
    let all = bars.len();
    let room = (f64::from(frame.height) / frame.dpr - 64.0) / LEAST;
    bars.truncate((room.max(3.0)) as usize);
    if bars.len() < all {
        notes.push(format!(
            "the first {}, a larger card shows more",
            format::of_total(bars.len() as u64, all as u64, "row", "rows")
        ));
    }
    let labels: Vec<String> = bars.iter().map(|bar| bar.label.clone()).collect();
    let range =
        Range::of(bars.iter().map(|bar| bar.value).chain([0.0])).unwrap_or(Range { lo: 0.0, hi: 1.0 });
    // Room for the words beyond the end, of the least width that is left beside the labels.
    let span = range.hi / 2.0 - range.lo / 2.0;
    let width = (f64::from(frame.width) / frame.dpr * 0.6 - 20.0).max(1.0);
    let air = |is_low: bool| {
        let beyond = bars.iter().filter(|bar| (bar.value < 0.0) == is_low);
        let letters = beyond.map(|bar| bar.words.chars().count()).max().unwrap_or_default();
        let share = (letters as f64 * LETTER + 8.0) / width;
        // As a share of what is there without it.
        (span * 2.0 * (share / (1.0 - share.min(0.6)))).min(f64::MAX / 4.0)
    };
    let range = Range {
        lo: if range.lo < 0.0 { (range.lo - air(true)).max(f64::MIN) } else { 0.0 },
        hi: if range.hi > 0.0 { (range.hi + air(false)).min(f64::MAX) } else { 0.0 },
    };
    let (mut figure, plane) = frame.plane_with(
        (title, &|px| Ruler::level_over(values, range, px, frame.dpr)),
        (row_title, &|(bottom, top)| Ruler::of_labels(&labels, (top, bottom), frame.px(11.0), 26)),
    );
    let zero = plane.x.px_of(0.0);
    figure.ground.extend(grid(&plane, frame));
    figure.ground.push(frame.upright_hair(zero, plane.rect.top, plane.rect.bottom, Ink::Axis));
    for (row, bar) in bars.into_iter().enumerate() {
        let item = item(row, bar, &plane, zero, frame, &mut figure.labels);
        figure.items.push(item);
    }
    figure
}

fn grid(plane: &Plane, frame: &Frame) -> Vec<Shape> {
    let line = |tick: &Tick| frame.upright_hair(tick.px, plane.rect.top, plane.rect.bottom, Ink::Grid);
    plane.x.ticks.iter().map(line).collect()
}

fn item(row: usize, bar: Bar, plane: &Plane, zero: f64, frame: &Frame, labels: &mut Vec<Label>) -> Item {
    let y = plane.y.px_of(row as f64);
    let half = (plane.y.band() * 0.36).min(frame.px(11.0));
    let end = plane.x.px_of(bar.value);
    let end = if end.is_finite() { end } else { zero };
    let rect = Rect {
        left: zero.min(end),
        right: zero.max(end).max(zero.min(end) + 1.0),
        top: y - half,
        bottom: y + half,
    };
    let beyond = frame.px(5.0);
    let (at, anchor) = if bar.value < 0.0 {
        (rect.left - beyond, Anchor::Right)
    } else {
        (rect.right + beyond, Anchor::Left)
    };
    if plane.y.band() >= frame.px(11.0) {
        labels.push(Label { at: (at, y), text: bar.words, ink: Ink::Text, anchor, plate: false });
    }
    let whole = Rect {
        left: 0.0,
        right: f64::from(frame.width),
        top: y - plane.y.band() / 2.0,
        bottom: y + plane.y.band() / 2.0,
    };
    Item {
        runs: bar.runs,
        label: bar.label,
        ink: bar.ink,
        rows: bar.rows,
        shapes: vec![Shape::rect(rect, bar.ink)],
        hit: Hit::Rect(whole),
        places: Vec::new(),
    }
}
