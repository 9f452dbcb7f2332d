use crate::{stat::expr::Expr, table::Column};

/// Which card.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardId {
    /// The one that a metric has by itself.
    Metric(String),
    /// One that a person added, by its number.
    Made(u32),
}

/// A card that a person added.
#[derive(Debug, Clone, PartialEq)]
pub struct MadeCard {
    /// Tells it from the others; never used again while it is there.
    pub number: u32,
    /// The heading a person gave it; empty for the one that its kind gives.
    pub title: String,
    /// What it shows.
    pub kind: CardKind,
    /// Of all runs of the table, instead of those on the charts; without effect on line cards.
    pub all_runs: bool,
}

impl MadeCard {
    /// Its heading.
    pub fn heading(&self) -> String {
        if self.title.is_empty() { self.kind.title() } else { self.title.clone() }
    }
}

/// A column on an axis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AxisColumn {
    /// Whose values.
    pub column: Column,
    /// Whether the axis is logarithmic; without effect on text.
    pub log: bool,
}

impl AxisColumn {
    /// A linear axis.
    pub fn of(column: Column) -> Self {
        Self { column, log: false }
    }
}

/// How values of runs are shown as a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Form {
    /// Quartiles with whiskers and outliers.
    #[default]
    Box,
    /// A smooth density.
    Violin,
    /// Counts in bins.
    Histogram,
}

/// What a card shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CardKind {
    /// Curves of metrics, or of expressions over them: `${val_loss} - ${train_loss}`.
    Line {
        /// One or several expressions; a metric's own is its key in braces: `${loss}`.
        ys: Vec<String>,
    },
    /// A dot a run.
    Scatter {
        /// Across.
        x: AxisColumn,
        /// Up.
        y: AxisColumn,
        /// What colours the dots; `None` for the runs' own colours.
        color: Option<AxisColumn>,
        /// Whether the least-squares line is drawn.
        trend: bool,
    },
    /// A line a run over parallel axes.
    Parallel {
        /// The axes, from left to right.
        axes: Vec<AxisColumn>,
        /// What colours the lines; `None` for the runs' own colours.
        color: Option<Column>,
    },
    /// A bar a run or a group.
    Bar {
        /// What is measured.
        value: Column,
        /// Bars are means of the runs that are equal here; `None` for a bar a run.
        by: Option<Column>,
    },
    /// How values are spread, over groups.
    Distribution {
        /// What is measured.
        value: Column,
        /// What the runs are grouped by; `None` for all in one.
        by: Option<Column>,
        /// Boxes, violins, or a histogram.
        form: Form,
    },
    /// A metric over two columns, as a heat map or contour.
    Heat {
        /// Across.
        x: AxisColumn,
        /// Up.
        y: AxisColumn,
        /// What the colours mean.
        value: Column,
        /// A smooth field with contours instead of cells.
        smooth: bool,
    },
    /// How much each param tells about a metric.
    Importance {
        /// The metric.
        value: Column,
    },
    /// The images of the runs' artifacts, by step.
    Images {
        /// Folder, or start of the path; empty for all images.
        path: String,
    },
}

impl CardKind {
    /// The line card of a metric.
    pub fn of_metric(metric: &str) -> Self {
        Self::Line { ys: vec![Expr::Metric(metric.to_owned()).to_string()] }
    }

    /// What it is called in menus.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Line { .. } => "Line",
            Self::Scatter { .. } => "Scatter",
            Self::Parallel { .. } => "Parallel coordinates",
            Self::Bar { .. } => "Bar",
            Self::Distribution { form: Form::Box, .. } => "Box",
            Self::Distribution { form: Form::Violin, .. } => "Violin",
            Self::Distribution { form: Form::Histogram, .. } => "Histogram",
            Self::Heat { smooth: false, .. } => "Heat map",
            Self::Heat { smooth: true, .. } => "Contour",
            Self::Importance { .. } => "Param importance",
            Self::Images { .. } => "Images",
        }
    }

    /// The heading that the choices give.
    pub fn title(&self) -> String {
        match self {
            Self::Line { ys } => ys.iter().map(|y| bare(y)).collect::<Vec<_>>().join(", "),
            Self::Scatter { x, y, .. } => format!("{} by {}", y.column.label(), x.column.label()),
            Self::Parallel { axes, .. } => match axes.as_slice() {
                [] => "Parallel coordinates".to_owned(),
                [first, .., last] if axes.len() > 3 => {
                    format!("{} to {}, {} axes", first.column.label(), last.column.label(), axes.len())
                }
                few => few.iter().map(|axis| axis.column.label()).collect::<Vec<_>>().join(", "),
            },
            Self::Bar { value, by } | Self::Distribution { value, by, .. } => match by {
                None => value.label().into_owned(),
                Some(by) => format!("{} by {}", value.label(), by.label()),
            },
            Self::Heat { x, y, value, .. } => {
                format!("{} over {} and {}", value.label(), x.column.label(), y.column.label())
            }
            Self::Importance { value } => format!("Importance of params for {}", value.label()),
            Self::Images { path } if path.is_empty() => "Images".to_owned(),
            Self::Images { path } => path.clone(),
        }
    }
}

/// The name of a metric that stands alone; any other expression as it is.
fn bare(expression: &str) -> String {
    match Expr::parse(expression) {
        Ok(Expr::Metric(name)) => name,
        _ => expression.to_owned(),
    }
}
