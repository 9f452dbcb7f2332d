use super::{Anchor, Figure, FigureRun, Ink, Label, Shape, frame::Frame, ruler::LETTER, values::Values};
use crate::{
    board::AxisColumn,
    chart::{Range, Rect, Slot},
    format,
};

/// What colours runs.
#[derive(Debug)]
pub(super) enum Paint {
    /// Their own colours.
    Own,
    /// A column of numbers, on a scale.
    Scale(Values, Option<Range>),
    /// A column of categories.
    Categories(Values),
}

/// Size of the strip and distances, in CSS pixels.
const STRIP: (f64, f64) = (72.0, 8.0);
const GAP: f64 = 6.0;
/// So many categories are named.
const NAMED: usize = 6;
/// So many letters of a category are written.
const LETTERS: usize = 14;
const STEPS: usize = 36;
const ASIDE: f64 = 0.45;
/// About the width of a letter of a name, which may be wide, in CSS pixels.
const WIDE: f64 = 6.6;

impl Paint {
    pub(super) fn of(column: Option<&AxisColumn>, runs: &[FigureRun<'_>], frame: &Frame) -> Self {
        let Some(column) = column else { return Self::Own };
        let values = Values::of(column, runs, frame.utc_offset_minutes);
        if values.labels().is_some() {
            return Self::Categories(values);
        }
        let range = Range::of((0..runs.len()).map(|run| values.spread(run)));
        Self::Scale(values, range)
    }

    /// The column that colours.
    pub(super) fn values(&self) -> Option<&Values> {
        match self {
            Self::Own => None,
            Self::Scale(values, _) | Self::Categories(values) => Some(values),
        }
    }

    /// The colour of a run.
    pub(super) fn ink(&self, run: usize, runs: &[FigureRun<'_>]) -> Ink {
        match self {
            Self::Own => runs.get(run).and_then(|run| run.slot).map_or(Ink::Plain, Ink::Slot),
            Self::Scale(values, range) => match range {
                Some(range) => share(*range, values.spread(run)).map_or(Ink::Plain, Ink::Scale),
                None => Ink::Plain,
            },
            Self::Categories(values) => {
                values.code(run).map_or(Ink::Plain, |code| Ink::Slot(Slot::new(code as usize)))
            }
        }
    }

    /// How strong a run is drawn: one that is not on the charts stands back behind those that are.
    pub(super) fn share(&self, run: usize, runs: &[FigureRun<'_>]) -> f64 {
        let is_aside = matches!(self, Self::Own)
            && runs.get(run).is_some_and(|run| run.slot.is_none())
            && runs.iter().any(|run| run.slot.is_some());
        if is_aside { ASIDE } else { 1.0 }
    }

    /// What the colours mean, in one line whose right end and height are given.
    pub(super) fn legend(
        &self,
        figure: &mut Figure,
        runs: &[FigureRun<'_>],
        frame: &Frame,
        (right, y): (f64, f64),
    ) {
        match self {
            Self::Own => {
                let name =
                    |run: &FigureRun<'_>| Some((run.run.run.display_name().to_owned(), Ink::Slot(run.slot?)));
                figure.legend = runs.iter().filter_map(name).collect();
                let others = runs.iter().filter(|run| run.slot.is_none()).count();
                let words = || format::count(others as u64, "other run", "other runs");
                figure.legend.extend((others > 0).then(|| (words(), Ink::Plain)));
            }
            Self::Scale(values, range) => {
                if let Some(range) = range {
                    let ends = [range.lo, range.hi]
                        .map(|end| values.say(if values.log { 10f64.powf(end) } else { end }));
                    strip(figure, frame, (right, y), &values.label, &ends);
                }
            }
            Self::Categories(values) => {
                let labels = values.labels().unwrap_or_default().iter().enumerate();
                let all: Vec<(String, Ink)> =
                    labels.map(|(place, label)| (label.clone(), Ink::Slot(Slot::new(place)))).collect();
                keys(figure, frame, (right, y), &all);
            }
        }
    }
}

/// Where a number stands in a range, 0 to 1.
pub(super) fn share(range: Range, number: f64) -> Option<f64> {
    if !number.is_finite() {
        return None;
    }
    let width = range.hi / 2.0 - range.lo / 2.0;
    Some(if width > 0.0 { ((number / 2.0 - range.lo / 2.0) / width).clamp(0.0, 1.0) } else { 0.5 })
}

/// The colour scale between its ends: title, least, strip, greatest.
pub(super) fn strip(
    figure: &mut Figure,
    frame: &Frame,
    (right, y): (f64, f64),
    title: &str,
    ends: &[String; 2],
) {
    let label =
        |x: f64, text: String, ink: Ink| Label { at: (x, y), text, ink, anchor: Anchor::Right, plate: false };
    let wide = |text: &str| frame.px(text.chars().count() as f64 * LETTER + GAP);
    let [low, high] = ends;
    figure.labels.push(label(right, high.clone(), Ink::Tick));
    let end = right - wide(high);
    let left = end - frame.px(STRIP.0);
    let half = frame.px(STRIP.1 / 2.0);
    for step in 0..STEPS {
        let at = |step: usize| (left + (end - left) * step as f64 / STEPS as f64).round();
        let rect =
            Rect { left: at(step), right: at(step + 1), top: (y - half).round(), bottom: (y + half).round() };
        figure.top.push(Shape::rect(rect, Ink::Scale(step as f64 / (STEPS - 1) as f64)));
    }
    let left = left - frame.px(GAP);
    figure.labels.push(label(left, low.clone(), Ink::Tick));
    let left = left - wide(low);
    let letters = ((left - taken(figure, frame, y) - frame.px(12.0)) / frame.px(LETTER)).min(24.0);
    if letters >= 4.0 {
        figure.labels.push(label(left, format::middle(title, letters as usize).into_owned(), Ink::Text));
    }
}

/// How far the title of the axis reaches that begins this line.
fn taken(figure: &Figure, frame: &Frame, y: f64) -> f64 {
    let title = figure.labels.iter().filter(|label| label.anchor == Anchor::Left && label.at.1 == y);
    title
        .map(|label| label.at.0 + frame.px(label.text.chars().count() as f64 * LETTER))
        .fold(frame.px(84.0), f64::max)
}

/// A dot and a name for each category, as many as have room.
pub(super) fn keys(figure: &mut Figure, frame: &Frame, (right, y): (f64, f64), all: &[(String, Ink)]) {
    let mut right = right;
    if all.len() > NAMED || all.iter().any(|(label, _)| label.chars().count() > LETTERS) {
        figure.legend = all.to_vec();
    }
    let rest = all.len().saturating_sub(NAMED);
    let least = taken(figure, frame, y) + frame.px(14.0);
    let text = |figure: &mut Figure, right: f64, text: String| {
        figure.labels.push(Label {
            at: (right, y),
            text,
            ink: Ink::Tick,
            anchor: Anchor::Right,
            plate: false,
        });
    };
    if rest > 0 {
        let words = format!("and {rest} more");
        let width = frame.px(words.chars().count() as f64 * LETTER + 2.0 * GAP);
        text(figure, right, words);
        right -= width;
    }
    for (label, ink) in all.iter().take(NAMED).rev() {
        let words = format::middle(label, LETTERS).into_owned();
        let width = frame.px(words.chars().count() as f64 * WIDE);
        if right - width < least {
            figure.legend = all.to_vec();
            return;
        }
        text(figure, right, words);
        right -= width + frame.px(9.0);
        figure.top.push(Shape::dot((right, y), frame.px(3.5), *ink));
        right -= frame.px(3.5 + 2.5 * GAP);
    }
}
