use crate::{
    chart::{Fit, Marks, ScaleKind, XAxis},
    history::smooth::Smoothing,
    stat::group::{Band, Centre},
    table::Column,
};

/// What line cards show, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Lines {
    /// What x means.
    pub x: XAxis,
    /// The metric on x, where [`XAxis::Metric`] says so.
    pub x_metric: String,
    /// How x is spread.
    pub x_scale: ScaleKind,
    /// How y is spread.
    pub y_scale: ScaleKind,
    /// How curves are smoothed.
    pub smoothing: Smoothing,
    /// Whether the curve as logged is drawn faintly behind the smoothed one.
    pub raw: bool,
    /// How y fits the data.
    pub fit: Fit,
    /// The visible range of y; `None` to fit.
    pub y_range: Option<(f64, f64)>,
    /// How curves are told apart and put together.
    pub group: Grouping,
    /// Which points are marked.
    pub marks: Marks,
    /// In what order the readout names the curves.
    pub readout: ReadoutOrder,
}

impl Default for Lines {
    fn default() -> Self {
        Self {
            x: XAxis::Step,
            x_metric: String::new(),
            x_scale: ScaleKind::Linear,
            y_scale: ScaleKind::Linear,
            smoothing: Smoothing::Off,
            raw: true,
            fit: Fit::Central,
            y_range: None,
            group: Grouping::default(),
            marks: Marks::default(),
            readout: ReadoutOrder::default(),
        }
    }
}

/// How the curves of runs are told apart, and put together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grouping {
    /// Runs that are equal here have one colour; `None` for a colour a run.
    pub color: Option<Column>,
    /// Runs that are equal here have one kind of dash.
    pub dash: Option<Column>,
    /// Runs that are equal here have a card of their own.
    pub facet: Option<Column>,
    /// One curve for all runs of a colour and dash; `None` for a curve a run.
    pub aggregate: Option<Aggregate>,
}

/// One curve for many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Aggregate {
    /// The line.
    pub centre: Centre,
    /// What is filled around it.
    pub band: Band,
}

/// In what order the readout names the curves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ReadoutOrder {
    /// Those nearest to the pointer, best first.
    #[default]
    Nearest,
    /// By their distance from the pointer.
    Distance,
    /// The best of all, whatever is near.
    Value,
}

/// Where one line card differs from the others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct OwnLines {
    /// What x means, with the metric on it.
    pub x: Option<(XAxis, String)>,
    /// How x is spread.
    pub x_scale: Option<ScaleKind>,
    /// How y is spread.
    pub y_scale: Option<ScaleKind>,
    /// How its curves are smoothed.
    pub smoothing: Option<Smoothing>,
    /// How y fits the data.
    pub fit: Option<Fit>,
    /// The visible range of y.
    pub y_range: Option<(f64, f64)>,
    /// The visible range of x, instead of the one that all share.
    pub x_range: Option<(f64, f64)>,
}

impl OwnLines {
    pub(super) fn apply(&self, lines: &mut Lines) {
        if let Some((x, metric)) = &self.x {
            (lines.x, lines.x_metric) = (*x, metric.clone());
        }
        lines.x_scale = self.x_scale.unwrap_or(lines.x_scale);
        lines.y_scale = self.y_scale.unwrap_or(lines.y_scale);
        lines.smoothing = self.smoothing.unwrap_or(lines.smoothing);
        lines.fit = self.fit.unwrap_or(lines.fit);
        lines.y_range = self.y_range.or(lines.y_range);
    }
}
