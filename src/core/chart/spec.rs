use serde::{Deserialize, Serialize};

use super::{Range, ScaleKind};
use crate::history::smooth::Smoothing;

/// What x means in a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum XAxis {
    /// MLflow's step.
    #[default]
    Step,
    /// The time of logging, in milliseconds since the epoch.
    WallTime,
    /// Milliseconds since the run started (see [`super::Trace::new`]).
    RelativeTime,
    /// The value of another metric of the run (see [`super::Trace::over`]).
    Metric,
}

/// How y fits the data when the person did not zoom it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Fit {
    /// To the central 98 % of the visible values where the rest would take more than three
    /// quarters of the height; what lies outside is clipped at the edge, with a marker.
    #[default]
    Central,
    /// To every visible value.
    All,
    /// To the visible values without this many percent at both ends; what lies outside is clipped
    /// at the edge, with a marker.
    Percentile(u8),
}

/// Which points of curves are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Marks {
    /// The best one, where it is known what is better.
    pub best: bool,
    /// The last one.
    pub last: bool,
    /// The one at this step.
    pub step: Option<i64>,
}

/// What the person chose for a chart, and how much room it has.
#[derive(Debug, Clone, PartialEq)]
pub struct ChartSpec {
    /// The metric's key.
    pub metric: String,
    /// What x means.
    pub x: XAxis,
    /// The metric on x, where that is what x means.
    pub x_metric: String,
    /// Linear or logarithmic x.
    pub x_scale: ScaleKind,
    /// Linear or logarithmic y.
    pub y_scale: ScaleKind,
    /// How curves are smoothed.
    pub smoothing: Smoothing,
    /// Whether the curve as logged stays visible behind the smoothed one.
    pub raw: bool,
    /// The visible range of x, in the unit of [`XAxis`]; `None` for everything.
    pub x_zoom: Option<Range>,
    /// The visible range of y; `None` to fit the visible values.
    pub y_zoom: Option<Range>,
    /// How y fits the data without `y_zoom`.
    pub fit: Fit,
    /// Which points are marked.
    pub marks: Marks,
    /// Width of the whole picture in CSS pixels, axes included.
    pub width: f64,
    /// Height of the whole picture in CSS pixels, axes included.
    pub height: f64,
    /// Device pixels per CSS pixel.
    pub dpr: f64,
    /// Minutes that local time is ahead of UTC, for the ticks of [`XAxis::WallTime`].
    pub utc_offset_minutes: i32,
}

impl Default for ChartSpec {
    /// A card of the workspace: 340 x 170 CSS pixels, linear, by step.
    fn default() -> Self {
        Self {
            metric: String::new(),
            x: XAxis::Step,
            x_metric: String::new(),
            x_scale: ScaleKind::Linear,
            y_scale: ScaleKind::Linear,
            smoothing: Smoothing::Off,
            raw: true,
            x_zoom: None,
            y_zoom: None,
            fit: Fit::Central,
            marks: Marks::default(),
            width: 340.0,
            height: 170.0,
            dpr: 1.0,
            utc_offset_minutes: 0,
        }
    }
}
