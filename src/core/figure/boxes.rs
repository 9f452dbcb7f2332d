use super::{
    Figure, FigureRun, Hit, Ink, Item, Shape,
    frame::{Frame, Plane},
    groups::{self, Group},
    ruler::{LETTER, Ruler, letters_of},
    values::Values,
};
use crate::{
    board::Form,
    chart::Rect,
    format,
    stat::distribution::{Sample, Tukey},
    table::Column,
};

/// More runs than this are not drawn one by one beside the outliers.
const MANY: usize = 400;
/// Points of a violin's outline.
const POINTS: usize = 64;

pub(super) fn build(
    value: &Column,
    by: Option<&Column>,
    form: Form,
    runs: &[FigureRun<'_>],
    frame: &Frame,
) -> Figure {
    let values = Values::numbers(value, runs, frame.utc_offset_minutes);
    let lacks = values.lacks();
    let (groups, note) = groups::of(by, runs, |run| values.code(run).is_some());
    let groups: Vec<Group> = groups.into_iter().filter(|group| !group.runs.is_empty()).collect();
    if groups.is_empty() {
        return frame.empty(format!("No run has a usable value of {}.", values.label), lacks);
    }
    let labels: Vec<String> = groups.iter().map(|group| group.label.clone()).collect();
    let title = by.map(|by| by.label().into_owned()).unwrap_or_default();
    let (mut figure, plane) = frame.plane_with(
        (&title, &|px| places(&labels, px, frame)),
        (&values.label, &|(bottom, top)| Ruler::upright(&values, frame.within(bottom, top), frame.dpr)),
    );
    for (place, group) in groups.iter().enumerate() {
        let sample = Sample::of(group.runs.iter().filter_map(|&run| values.code(run)));
        let Some(tukey) = sample.tukey() else { continue };
        let stand = Stand { x: plane.x.px_of(place as f64), half: half(&plane, frame), frame, plane: &plane };
        let shapes = match form {
            Form::Violin => stand.violin(&sample, &tukey, group.ink),
            Form::Box | Form::Histogram => stand.whiskers(&tukey, group.ink),
        };
        figure.items.push(stand.group(group, &tukey, &values, shapes));
        if runs.len() <= MANY {
            figure
                .items
                .extend(group.runs.iter().filter_map(|&run| stand.run(run, runs, &values, group.ink)));
        }
    }
    figure.notes = note.into_iter().chain(lacks).collect();
    figure
}

/// A place a group along x, with as many letters as it has room for.
pub(super) fn places(labels: &[String], px: (f64, f64), frame: &Frame) -> Ruler {
    let letters = letters_of((px.1 - px.0) / frame.dpr, labels.len());
    Ruler::of_labels(labels, px, frame.px(letters as f64 * LETTER), letters)
}

fn half(plane: &Plane, frame: &Frame) -> f64 {
    (plane.x.band() * 0.34).min(frame.px(44.0))
}

/// Where a group stands.
struct Stand<'a> {
    x: f64,
    half: f64,
    frame: &'a Frame,
    plane: &'a Plane,
}

impl Stand<'_> {
    fn y(&self, value: f64) -> f64 {
        self.plane.y.px_of(value)
    }

    /// A box from quartile to quartile with the median in it, whiskers above and below.
    fn whiskers(&self, tukey: &Tukey, ink: Ink) -> Vec<Shape> {
        let Self { x, half, frame, .. } = *self;
        let width = frame.px(1.5);
        let [low, high] = tukey.whiskers.map(|end| self.y(end));
        let rect = Rect { left: x - half, right: x + half, top: self.y(tukey.q3), bottom: self.y(tukey.q1) };
        let cap = half * 0.4;
        let corners = [
            (rect.left, rect.top),
            (rect.right, rect.top),
            (rect.right, rect.bottom),
            (rect.left, rect.bottom),
            (rect.left, rect.top),
        ];
        let median = self.y(tukey.median);
        vec![
            Shape::rect(rect, ink).faint(0.2),
            Shape::line(corners, width, ink),
            Shape::line([(x, rect.top), (x, high)], width, ink),
            Shape::line([(x, rect.bottom), (x, low)], width, ink),
            Shape::line([(x - cap, high), (x + cap, high)], width, ink),
            Shape::line([(x - cap, low), (x + cap, low)], width, ink),
            Shape::line([(x - half, median), (x + half, median)], width * 1.7, ink),
        ]
    }

    /// The density on both sides, with the quartiles within. A box where there is none.
    fn violin(&self, sample: &Sample, tukey: &Tukey, ink: Ink) -> Vec<Shape> {
        let Some(density) = sample.kernels().map(|kernels| kernels.curve(POINTS, 0.0)) else {
            return self.whiskers(tukey, ink);
        };
        let greatest = density.ys.iter().copied().fold(0.0, f64::max);
        if !(greatest > 0.0 && greatest.is_finite()) {
            return self.whiskers(tukey, ink);
        }
        let Self { x, half, frame, .. } = *self;
        let side = |sign: f64| {
            density
                .xs
                .iter()
                .zip(&density.ys)
                .map(move |(at, dense)| (x + sign * half * dense / greatest, self.plane.y.px_of(*at)))
        };
        let mut outline: Vec<(f64, f64)> = side(-1.0).collect();
        outline.extend(side(1.0).collect::<Vec<_>>().into_iter().rev());
        let mut closed = outline.clone();
        closed.extend(outline.first().copied());
        let median = self.y(tukey.median);
        vec![
            Shape::Polygon { points: outline, ink, share: 0.22 },
            Shape::line(closed, frame.px(1.5), ink),
            Shape::line([(x, self.y(tukey.q1)), (x, self.y(tukey.q3))], frame.px(4.0), ink),
            Shape::line([(x - half * 0.4, median), (x + half * 0.4, median)], frame.px(2.0), ink),
        ]
    }

    fn group(&self, group: &Group, tukey: &Tukey, values: &Values, shapes: Vec<Shape>) -> Item {
        let rect = self.plane.rect;
        let row = |name: &str, value: f64| (name.to_owned(), values.say(value));
        Item {
            runs: group.runs.clone(),
            label: group.words(),
            ink: group.ink,
            rows: vec![
                row("greatest", values.codes_of(&group.runs).fold(f64::NEG_INFINITY, f64::max)),
                row("upper quartile", tukey.q3),
                row("median", tukey.median),
                row("mean", tukey.mean),
                row("lower quartile", tukey.q1),
                row("least", values.codes_of(&group.runs).fold(f64::INFINITY, f64::min)),
                ("outliers".to_owned(), format::unsigned(tukey.outliers.len() as u64)),
            ],
            shapes,
            hit: Hit::Rect(Rect {
                left: self.x - self.half,
                right: self.x + self.half,
                top: rect.top,
                bottom: rect.bottom,
            }),
            places: Vec::new(),
        }
    }

    /// A run as a small dot, beside the others.
    fn run(&self, run: usize, runs: &[FigureRun<'_>], values: &Values, ink: Ink) -> Option<Item> {
        let y = self.plane.y.px(values, run)?;
        let share = (run as f64 * 0.618_033_988_749_895).fract() - 0.5;
        let at = (self.x + share * self.half * 1.1, y);
        Some(Item {
            runs: vec![run],
            label: runs.get(run)?.run.run.display_name().to_owned(),
            ink,
            rows: vec![values.row(run)],
            shapes: vec![Shape::dot(at, self.frame.px(2.5), ink)],
            hit: Hit::Dot(at.0, at.1),
            places: Vec::new(),
        })
    }
}
