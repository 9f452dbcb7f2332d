use super::{
    Figure, FigureRun, Hit, Item, Shape, frame::Frame, groups, legend, ruler::Ruler, values::Values,
};
use crate::{
    chart::{Range, Rect},
    format,
    stat::distribution::{Bins, Histogram, Sample},
    table::Column,
};

pub(super) fn build(value: &Column, by: Option<&Column>, runs: &[FigureRun<'_>], frame: &Frame) -> Figure {
    let values = Values::numbers(value, runs, frame.utc_offset_minutes);
    let mut notes = values.lacks();
    let sample = Sample::of(values.codes());
    let Some(histogram) = sample.histogram(Bins::Auto) else {
        return frame.empty(format!("No run has a usable value of {}.", values.label), notes);
    };
    let (groups, note) = groups::of(by, runs, |run| values.code(run).is_some());
    notes.splice(0..0, note);
    let highest = histogram.counts.iter().copied().max().unwrap_or(1);
    let (first, last) = ends(&histogram);
    let (mut figure, plane) = frame.plane_with(
        (&values.label, &|px| Ruler::level_over(&values, Range { lo: first, hi: last }, px, frame.dpr)),
        ("Runs", &|px| Ruler::of_counts(highest, px, frame.dpr)),
    );
    let gap = frame.px(1.0);
    for (bin, edges) in histogram.edges.windows(2).enumerate() {
        let &[from, to] = edges else { continue };
        let is_last = bin + 2 == histogram.edges.len();
        let mut below = 0;
        for group in &groups {
            let is_in = |run: &usize| {
                values.code(*run).is_some_and(|code| from <= code && (code < to || is_last && code <= to))
            };
            let runs: Vec<usize> = group.runs.iter().copied().filter(is_in).collect();
            if runs.is_empty() {
                continue;
            }
            let left = plane.x.px_of(from) + gap / 2.0;
            let rect = Rect {
                left,
                right: (plane.x.px_of(to) - gap / 2.0).max(left + 1.0),
                top: plane.y.px_of((below + runs.len()) as f64),
                bottom: plane.y.px_of(below as f64),
            };
            below += runs.len();
            let label = format::count(runs.len() as u64, "run", "runs");
            figure.items.push(Item {
                label: if by.is_some() { format!("{}, {label}", group.label) } else { label },
                ink: group.ink,
                rows: vec![(values.label.clone(), format!("{} to {}", values.say(from), values.say(to)))],
                runs,
                shapes: vec![Shape::rect(rect, group.ink)],
                hit: Hit::Rect(rect),
                places: Vec::new(),
            });
        }
    }
    if by.is_some() {
        let keys: Vec<(String, super::Ink)> =
            groups.iter().map(|group| (group.label.clone(), group.ink)).collect();
        legend::keys(&mut figure, frame, (plane.rect.right, frame.px(10.0)), &keys);
    }
    figure.notes = notes;
    figure
}

fn ends(histogram: &Histogram) -> (f64, f64) {
    let first = histogram.edges.first().copied().unwrap_or_default();
    (first, histogram.edges.last().copied().unwrap_or(first))
}
