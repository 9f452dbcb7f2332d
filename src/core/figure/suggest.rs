use std::collections::BTreeSet;

use super::FigureRun;
use crate::{
    board::{AxisColumn, CardKind, Form},
    table::{Column, ColumnInfo, RunRef, default_columns, number_of, text_of},
};

/// What a new card may well show: the metrics that most runs have, the params that differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Suggestions {
    /// Metrics, the most likely first.
    pub metrics: Vec<Column>,
    /// Params (else attributes) that differ between the runs, the most likely first.
    pub params: Vec<AxisColumn>,
}

/// The most axes of parallel coordinates to begin with, beside the metric.
const AXES: usize = 5;

impl Suggestions {
    /// Looks at the columns of the table and at the runs.
    pub fn of(columns: &[ColumnInfo], runs: &[RunRef]) -> Self {
        let mut likely = default_columns(columns, runs.len());
        let mut rest: Vec<&ColumnInfo> = columns.iter().filter(|info| info.differs).collect();
        rest.sort_by_key(|info| std::cmp::Reverse(info.runs));
        likely.extend(rest.into_iter().map(|info| info.column.clone()));
        let mut metrics: Vec<Column> = Vec::new();
        let mut params: Vec<AxisColumn> = Vec::new();
        for column in likely {
            match &column {
                Column::Metric(_) if !metrics.contains(&column) => metrics.push(column),
                Column::Param(_) if params.iter().all(|axis| axis.column != column) => {
                    params.push(AxisColumn { log: is_wide(&column, runs), column });
                }
                _ => {}
            }
        }
        // Those with the most different values say the most; equals stay as they are.
        params.sort_by_key(|axis| std::cmp::Reverse(variety(&axis.column, runs)));
        if params.is_empty() {
            params.extend([Column::Duration, Column::StartTime].map(AxisColumn::of));
        }
        Self { metrics, params }
    }

    fn metric(&self) -> Column {
        self.metrics.first().cloned().unwrap_or(Column::Duration)
    }

    fn param(&self, place: usize) -> AxisColumn {
        let param = self.params.get(place).or(self.params.first()).cloned();
        param.unwrap_or_else(|| AxisColumn::of(Column::StartTime))
    }

    /// One of each kind, in the order of menus, with its Lucide icon.
    pub fn kinds(&self) -> Vec<(&'static str, CardKind)> {
        let metric = self.metric();
        let value = || metric.clone();
        let line = match &metric {
            Column::Metric(key) => CardKind::of_metric(key),
            _ => CardKind::Line { ys: Vec::new() },
        };
        let mut axes: Vec<AxisColumn> = self.params.iter().take(AXES).cloned().collect();
        axes.push(AxisColumn::of(value()));
        let [x, y] = [0, 1].map(|place| self.param(place));
        let by = Some(x.column.clone());
        let spread = |form| CardKind::Distribution { value: value(), by: by.clone(), form };
        let heat = |smooth| CardKind::Heat { x: x.clone(), y: y.clone(), value: value(), smooth };
        vec![
            ("chart-line", line),
            (
                "chart-scatter",
                CardKind::Scatter { x: x.clone(), y: AxisColumn::of(value()), color: None, trend: true },
            ),
            ("chart-spline", CardKind::Parallel { axes, color: Some(value()) }),
            ("chart-bar", CardKind::Bar { value: value(), by: None }),
            ("chart-candlestick", spread(Form::Box)),
            ("chart-area", spread(Form::Violin)),
            ("chart-column", CardKind::Distribution { value: value(), by: None, form: Form::Histogram }),
            ("grid-3x3", heat(false)),
            ("mountain", heat(true)),
            ("list-ordered", CardKind::Importance { value: value() }),
            ("image", CardKind::Images { path: String::new() }),
        ]
    }
}

/// How many different values the runs have, where at least half of them have one.
fn variety(column: &Column, runs: &[RunRef]) -> usize {
    let values: Vec<_> = runs.iter().filter_map(|run| text_of(run, column)).collect();
    if values.len() * 2 < runs.len() { 0 } else { values.iter().collect::<BTreeSet<_>>().len() }
}

/// Numbers above zero that span two powers of ten: a logarithmic axis shows them better.
fn is_wide(column: &Column, runs: &[RunRef]) -> bool {
    let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
    for number in runs.iter().filter_map(|run| number_of(run, column)).filter(|number| number.is_finite()) {
        (low, high) = (low.min(number), high.max(number));
    }
    low > 0.0 && low.is_finite() && high / low >= 99.0
}

/// The figure's runs of a list.
impl<'a> From<&'a RunRef> for FigureRun<'a> {
    fn from(run: &'a RunRef) -> Self {
        Self { run, slot: None }
    }
}
