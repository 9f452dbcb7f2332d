use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::{Spacing, Track};
use crate::chart::Range;
use crate::history::History;
use crate::history::smooth::Smoothing;
use crate::model::Point;

/// A history over one x axis, in the order in which it is drawn: by x, points with equal x as the
/// history has them.
#[derive(Debug)]
pub struct Curve {
    history: Arc<History>,
    xs: Vec<f64>,
    /// Place in the history of each point; `None` where the history's order is the drawing order.
    order: Option<Vec<u32>>,
    raw: Arc<Track>,
    /// x went back somewhere in the history.
    went_back: bool,
    without_x: u64,
    spacing: OnceLock<Option<Spacing>>,
    /// The smoothing asked for last: while a person zooms, it stays the same.
    smoothed: Mutex<Option<(Smoothing, Arc<Track>)>>,
}

impl Curve {
    pub(super) fn new(history: &Arc<History>, column: &[i64], origin: i64) -> Self {
        let points = column.len().min(history.len());
        let column = &column[..points];
        if column.is_sorted() {
            let raw = Track::of_history(Arc::clone(history), points);
            return Self::with(history, distances(column, origin), None, raw);
        }
        let x = |value: i64| (i128::from(value) - i128::from(origin)) as f64;
        let mut order: Vec<u32> = (0..points as u32).collect();
        order.sort_by_key(|&place| column.get(place as usize));
        let at = |values: &[f64], place: u32| values.get(place as usize).copied().unwrap_or(f64::NAN);
        let xs =
            order.iter().map(|&place| column.get(place as usize).map_or(0.0, |&value| x(value))).collect();
        let ys = order.iter().map(|&place| at(&history.values, place)).collect();
        Self::with(history, xs, Some(order), Track::new(ys))
    }

    /// A history over another metric of the run: a point's x is that metric's value at the same
    /// step (the last, if there are several), else on the straight line between its values at the
    /// steps around, as for an epoch that is logged now and then. Points before its first and after
    /// its last step, and where it is not finite, have no x and are left out.
    pub(super) fn over(history: &Arc<History>, metric: &History) -> Self {
        let mut points: Vec<(f64, u32)> = Vec::with_capacity(history.len());
        let mut after = 0;
        for (place, &step) in history.steps.iter().enumerate() {
            while metric.steps.get(after).is_some_and(|&other| other <= step) {
                after += 1;
            }
            if let Some(x) = x_at(metric, after, step) {
                points.push((x, place as u32));
            }
        }
        let went_back = !points.is_sorted_by(|(a, _), (b, _)| a <= b);
        let without_x = (history.len() - points.len()) as u64;
        points.sort_by(|(a, _), (b, _)| a.total_cmp(b));
        let value =
            |&(_, place): &(f64, u32)| history.values.get(place as usize).copied().unwrap_or(f64::NAN);
        let raw = Track::new(points.iter().map(value).collect());
        let (xs, order) = points.into_iter().unzip();
        Self { went_back, without_x, ..Self::with(history, xs, Some(order), raw) }
    }

    /// The values of a history at these xs.
    pub(super) fn computed(history: &Arc<History>, xs: Vec<f64>) -> Self {
        Self::with(history, xs, None, Track::of_history(Arc::clone(history), history.len()))
    }

    fn with(history: &Arc<History>, xs: Vec<f64>, order: Option<Vec<u32>>, raw: Track) -> Self {
        Self {
            history: Arc::clone(history),
            xs,
            went_back: order.is_some(),
            without_x: 0,
            order,
            raw: Arc::new(raw),
            spacing: OnceLock::new(),
            smoothed: Mutex::new(None),
        }
    }

    /// Points of the history that are not here, as they have no x.
    pub fn without_x(&self) -> u64 {
        self.without_x
    }

    /// The x of each point, never falling.
    pub fn xs(&self) -> &[f64] {
        &self.xs
    }

    /// How the xs lie, if all are equally far from the next.
    pub fn spacing(&self) -> Option<Spacing> {
        *self.spacing.get_or_init(|| Spacing::of(&self.xs))
    }

    /// The values as logged.
    pub fn raw(&self) -> &Arc<Track> {
        &self.raw
    }

    /// The smoothed values, or the raw ones where the smoothing is off.
    pub fn smoothed(&self, smoothing: Smoothing) -> Arc<Track> {
        if !smoothing.is_on() {
            return Arc::clone(&self.raw);
        }
        let mut kept = self.smoothed.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((same, track)) if *same == smoothing => Arc::clone(track),
            _ => {
                let track = Arc::new(Track::new(smoothing.apply(&self.xs, self.raw.values())));
                *kept = Some((smoothing, Arc::clone(&track)));
                track
            }
        }
    }

    /// The point as logged.
    pub fn point(&self, index: usize) -> Option<Point> {
        match &self.order {
            None => self.history.get(index),
            Some(order) => self.history.get(*order.get(index)? as usize),
        }
    }

    /// The last point of a step.
    pub fn last_of_step(&self, step: i64) -> Option<usize> {
        let steps = self.history.steps.get(..self.xs.len()).unwrap_or_default();
        if self.order.is_some() {
            return (0..self.xs.len())
                .rev()
                .find(|&point| self.point(point).is_some_and(|it| it.step == step));
        }
        let last = steps.partition_point(|&other| other <= step).checked_sub(1)?;
        (steps.get(last) == Some(&step)).then_some(last)
    }

    /// Whether x went back somewhere in the history, so that the line does not follow the order of
    /// the steps: a person should be told.
    pub fn is_reordered(&self) -> bool {
        self.went_back
    }

    /// Whether several points all have the same x, as when a logger never set the step: another
    /// axis would show them better.
    pub fn is_upright(&self) -> bool {
        self.xs.len() > 1 && self.xs.first() == self.xs.last()
    }

    /// From the least to the greatest x, only those above zero if `above_zero`.
    pub fn extent(&self, above_zero: bool) -> Option<Range> {
        let from = if above_zero { self.xs.partition_point(|&x| x <= 0.0) } else { 0 };
        Some(Range { lo: *self.xs.get(from)?, hi: *self.xs.last()? })
    }
}

/// How far each of these lies from the origin; they never fall.
fn distances(column: &[i64], origin: i64) -> Vec<f64> {
    let ends = [column.first(), column.last()];
    if ends.into_iter().flatten().all(|end| end.checked_sub(origin).is_some()) {
        return column.iter().map(|value| (value - origin) as f64).collect();
    }
    // i64::MIN and i64::MAX may both occur. No processor has numbers of 128 bits: this is slow.
    column.iter().map(|&value| (i128::from(value) - i128::from(origin)) as f64).collect()
}

/// The value of a metric at a step, if `after` of its points are at that step or before.
fn x_at(metric: &History, after: usize, step: i64) -> Option<f64> {
    let before = after.checked_sub(1)?;
    let (x0, step0) = (*metric.values.get(before)?, *metric.steps.get(before)?);
    if step0 == step {
        return Some(x0).filter(|x| x.is_finite());
    }
    let (x1, step1) = (*metric.values.get(after)?, *metric.steps.get(after)?);
    let between = |to: i64| (i128::from(to) - i128::from(step0)) as f64;
    let share = between(step) / between(step1);
    Some(x0 * (1.0 - share) + x1 * share).filter(|x| x.is_finite())
}
