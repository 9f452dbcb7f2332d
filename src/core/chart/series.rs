//! Histories made ready to draw.

mod curve;
mod oddities;
mod spacing;
mod track;

use std::sync::{Arc, OnceLock};

pub use curve::Curve;
pub use oddities::Oddities;
pub use spacing::Spacing;
pub use track::Track;

use super::{Dash, Slot, XAxis};
use crate::history::History;
use crate::model::Millis;

/// A curve of a chart: whose it is and how it looks.
#[derive(Debug, Clone)]
pub struct Series {
    /// What it belongs to, as the caller tells runs apart.
    pub id: String,
    /// Its name for people.
    pub label: String,
    /// Its colour.
    pub slot: Slot,
    /// How its line is dashed; [`Slot::dash`] unless a person chose otherwise.
    pub dash: Dash,
    /// Whether the run still runs: its last point gets a dot.
    pub running: bool,
    /// Its points.
    pub trace: Arc<Trace>,
    /// What is filled around its line; only where it stands for several runs.
    pub band: Option<Arc<Band>>,
}

/// What is filled around the line of a group: one height below and above for each point of its
/// trace. NaN where there is nothing to fill.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Below.
    pub low: Vec<f64>,
    /// Above.
    pub high: Vec<f64>,
}

/// A history, and what drawing needs of it: made when first asked for, then kept. Share one trace
/// between all charts and frames that show the history.
#[derive(Debug)]
pub struct Trace {
    history: Arc<History>,
    origin: Millis,
    step: OnceLock<Curve>,
    wall: OnceLock<Curve>,
    relative: OnceLock<Curve>,
    oddities: OnceLock<Oddities>,
    /// The history of the metric on x.
    over: Option<Arc<History>>,
    metric: OnceLock<Curve>,
}

impl Trace {
    /// A history in canonical order and when its run started.
    ///
    /// Relative time counts from the start of the run, so that all metrics of a run agree on
    /// "after 10 minutes". Where the start is unknown or cannot be the start of these points (later
    /// than the first of them, or more than a year earlier: timestamps in seconds, clocks that
    /// were never set) it counts from the metric's first timestamp, as MLflow does.
    pub fn new(history: Arc<History>, run_start: Option<Millis>) -> Self {
        const YEAR: i64 = 365 * 86_400_000;
        let first = history.timestamps.iter().copied().min().unwrap_or_default();
        let origin = run_start
            .filter(|&start| first.checked_sub(start).is_some_and(|wait| (0..=YEAR).contains(&wait)))
            .unwrap_or(first);
        Self {
            history,
            origin,
            step: OnceLock::new(),
            wall: OnceLock::new(),
            relative: OnceLock::new(),
            oddities: OnceLock::new(),
            over: None,
            metric: OnceLock::new(),
        }
    }

    /// Values that stand at these xs on whatever axis, never falling. Each point's step and time are
    /// its x, rounded.
    pub fn computed(xs: Vec<f64>, values: Vec<f64>) -> Self {
        let places: Vec<i64> = xs.iter().map(|x| x.round() as i64).collect();
        let history = Arc::new(History { steps: places.clone(), timestamps: places, values });
        let curve = || OnceLock::from(Curve::computed(&history, xs.clone()));
        let (step, wall, relative, metric) = (curve(), curve(), curve(), curve());
        Self { history, origin: 0, step, wall, relative, oddities: OnceLock::new(), over: None, metric }
    }

    /// The same over another metric of the run, for [`XAxis::Metric`]: a point stands at that
    /// metric's value of the same step, or between its values of the steps around (see
    /// [`Curve::over`]).
    #[must_use]
    pub fn over(mut self, metric: Arc<History>) -> Self {
        self.over = Some(metric);
        self.metric = OnceLock::new();
        self
    }

    /// The history of the metric on x.
    pub fn x_history(&self) -> Option<&Arc<History>> {
        self.over.as_ref()
    }

    /// The history.
    pub fn history(&self) -> &Arc<History> {
        &self.history
    }

    /// What relative time counts from.
    pub fn origin(&self) -> Millis {
        self.origin
    }

    /// What is odd about its points as they were logged.
    pub fn oddities(&self) -> Oddities {
        *self.oddities.get_or_init(|| Oddities::of(&self.history))
    }

    /// Its points over an x axis.
    pub fn curve(&self, x: XAxis) -> &Curve {
        match x {
            XAxis::Step => self.step.get_or_init(|| Curve::new(&self.history, &self.history.steps, 0)),
            XAxis::Metric => self.metric.get_or_init(|| {
                let nothing = History::default();
                Curve::over(&self.history, self.over.as_deref().unwrap_or(&nothing))
            }),
            XAxis::WallTime => {
                self.wall.get_or_init(|| Curve::new(&self.history, &self.history.timestamps, 0))
            }
            XAxis::RelativeTime => {
                self.relative.get_or_init(|| Curve::new(&self.history, &self.history.timestamps, self.origin))
            }
        }
    }
}
