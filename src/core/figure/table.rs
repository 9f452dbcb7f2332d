//! What a figure shows, as a table: for people who do not see it, and to be taken away.

use super::{
    FigureRun, Ink, Prepared, groups, heat, importance,
    values::{Cell, Values},
};
use crate::{
    board::{AxisColumn, CardKind, Form},
    format::safe_cell,
    stat::{
        distribution::{Bins, Sample},
        grid::HeatMap,
    },
    table::Column,
};

/// The table behind a figure.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct FigureTable {
    /// The headings, first that of the rows' names.
    pub head: Vec<String>,
    /// From the top.
    pub rows: Vec<FigureRow>,
}

/// A row: a run, a group, a bin, a cell of a map or a param.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureRow {
    /// What it is called.
    pub name: String,
    /// The ID of the run, where it is one.
    pub run_id: Option<String>,
    /// Its colour.
    pub ink: Option<Ink>,
    /// What it has under the headings after the first.
    pub cells: Vec<Cell>,
}

impl FigureTable {
    /// The table of a card; `None` for a line chart and for images, which are no figures. Times are
    /// written in local time, `utc_offset_minutes` ahead of UTC.
    pub fn of(
        kind: &CardKind,
        runs: &[FigureRun<'_>],
        prepared: &Prepared,
        utc_offset_minutes: i32,
    ) -> Option<Self> {
        let axes = |axes: &[&AxisColumn]| -> Vec<Values> {
            axes.iter().map(|axis| Values::of(axis, runs, utc_offset_minutes)).collect()
        };
        let numbers = |value: &Column| Values::numbers(value, runs, utc_offset_minutes);
        Some(match kind {
            CardKind::Line { .. } | CardKind::Images { .. } => return None,
            CardKind::Scatter { x, y, color, .. } => {
                let mut values = axes(&[x, y]);
                let others = axes(&color.iter().collect::<Vec<_>>());
                let is_drawn = |run| values.iter().all(|values: &Values| values.code(run).is_some());
                let drawn: Vec<usize> = (0..runs.len()).filter(|&run| is_drawn(run)).collect();
                values.extend(others);
                Self::of_runs(&values, runs, drawn)
            }
            CardKind::Parallel { axes: all, color } => {
                let mut values = axes(&all.iter().collect::<Vec<_>>());
                let is_drawn = |run| values.iter().any(|values: &Values| values.code(run).is_some());
                let drawn: Vec<usize> = (0..runs.len()).filter(|&run| is_drawn(run)).collect();
                let others = color.iter().filter(|color| all.iter().all(|axis| axis.column != **color));
                values.extend(others.map(|color| Values::of_column(color, runs, utc_offset_minutes)));
                Self::of_runs(&values, runs, drawn)
            }
            CardKind::Heat { x, y, value, smooth: true } => {
                let mut values = axes(&[x, y]);
                values.push(numbers(value));
                let is_drawn = |run| values.iter().all(|values: &Values| values.code(run).is_some());
                let drawn = (0..runs.len()).filter(|&run| is_drawn(run)).collect();
                Self::of_runs(&values, runs, drawn)
            }
            CardKind::Bar { value, by: None } => {
                let values = numbers(value);
                let drawn = (0..runs.len()).filter(|&run| values.code(run).is_some()).collect();
                Self::of_runs(&[values], runs, drawn)
            }
            CardKind::Bar { value, by: Some(by) } => Self::of_means(&numbers(value), by, runs),
            CardKind::Distribution { value, by, form: Form::Histogram } => {
                Self::of_bins(&numbers(value), by.as_ref(), runs)
            }
            CardKind::Distribution { value, by, .. } => Self::of_groups(&numbers(value), by.as_ref(), runs),
            CardKind::Heat { x, y, value, smooth: false } => {
                let values = axes(&[x, y]);
                let [x, y] = values.as_slice() else { return None };
                Self::of_cells([x, y], &numbers(value), runs)
            }
            CardKind::Importance { value } => Self::of_params(value, prepared, runs),
        })
    }

    /// Every run with all columns that a card is about, drawn or not.
    pub fn of_all(kind: &CardKind, runs: &[FigureRun<'_>], utc_offset_minutes: i32) -> Option<Self> {
        let plain = AxisColumn::of;
        let mut columns: Vec<AxisColumn> = match kind {
            CardKind::Line { .. } | CardKind::Images { .. } => return None,
            CardKind::Scatter { x, y, color, .. } => {
                [x, y].into_iter().chain(color.iter()).cloned().collect()
            }
            CardKind::Parallel { axes, color } => {
                axes.iter().cloned().chain(color.iter().cloned().map(plain)).collect()
            }
            CardKind::Bar { value, by } | CardKind::Distribution { value, by, .. } => {
                by.iter().chain([value]).cloned().map(plain).collect()
            }
            CardKind::Heat { x, y, value, .. } => vec![x.clone(), y.clone(), plain(value.clone())],
            CardKind::Importance { value } => importance::names(runs)
                .into_iter()
                .map(|name| Column::Param(name.to_owned()))
                .chain([value.clone()])
                .map(plain)
                .collect(),
        };
        let mut seen = Vec::new();
        columns.retain(|axis| {
            let is_new = !seen.contains(&axis.column);
            seen.push(axis.column.clone());
            is_new
        });
        let values: Vec<Values> =
            columns.iter().map(|axis| Values::of(axis, runs, utc_offset_minutes)).collect();
        Some(Self::of_runs(&values, runs, (0..runs.len()).collect()))
    }

    /// As CSV, numbers in full: they read back to the same f64. Times are milliseconds since the
    /// epoch.
    pub fn csv(&self) -> String {
        let mut out = ::csv::Writer::from_writer(Vec::new());
        let has_ids = self.rows.iter().any(|row| row.run_id.is_some());
        let safe = |text: &str| safe_cell(text).into_owned();
        let mut head: Vec<String> = self.head.iter().map(|title| safe(title)).collect();
        if has_ids {
            head.splice(0..1.min(head.len()), ["run".to_owned(), "run_id".to_owned()]);
        }
        // Writing to a list in memory cannot fail.
        let _ = out.write_record(&head);
        for row in &self.rows {
            let mut cells = vec![safe(&row.name)];
            cells.extend(has_ids.then(|| safe(row.run_id.as_deref().unwrap_or_default())));
            // A number keeps its sign: only text can be a formula.
            let exact = |cell: &Cell| if cell.is_number { cell.exact.clone() } else { safe(&cell.exact) };
            cells.extend(row.cells.iter().map(exact));
            let _ = out.write_record(&cells);
        }
        out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }

    fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { head: head.map(str::to_owned).to_vec(), rows: Vec::new() }
    }

    fn of_runs(values: &[Values], runs: &[FigureRun<'_>], which: Vec<usize>) -> Self {
        let mut table = Self::new(["Run"]);
        let mut shown: Vec<&Values> = Vec::new();
        for values in values {
            if !table.head.contains(&values.label) {
                table.head.push(values.label.clone());
                shown.push(values);
            }
        }
        let row = |run: usize| {
            let found = runs.get(run)?;
            Some(FigureRow {
                name: found.run.run.display_name().to_owned(),
                run_id: Some(found.run.run.id.clone()),
                ink: found.slot.map(Ink::Slot),
                cells: shown.iter().map(|values| values.cell(run)).collect(),
            })
        };
        table.rows = which.into_iter().filter_map(row).collect();
        table
    }

    fn of_means(values: &Values, by: &Column, runs: &[FigureRun<'_>]) -> Self {
        let mean = format!("mean {}", values.label);
        let mut table = Self::new([by.label().as_ref(), "runs", &mean, "standard deviation"]);
        let (groups, _) = groups::of(Some(by), runs, |run| values.code(run).is_some());
        table.rows.extend(groups.into_iter().filter_map(|group| {
            let sample = Sample::of(values.codes_of(&group.runs));
            let deviation = sample.deviation().map_or_else(Cell::missing, |it| values.cell_of(it));
            let cells = vec![Cell::count(group.runs.len()), values.cell_of(sample.mean()?), deviation];
            Some(FigureRow { name: group.label, run_id: None, ink: Some(group.ink), cells })
        }));
        table
    }

    fn of_groups(values: &Values, by: Option<&Column>, runs: &[FigureRun<'_>]) -> Self {
        let title = by.map_or_else(|| "Group".into(), Column::label);
        let mut table = Self::new([
            title.as_ref(),
            "runs",
            "least",
            "lower whisker",
            "lower quartile",
            "median",
            "mean",
            "upper quartile",
            "upper whisker",
            "greatest",
            "outliers",
        ]);
        let (groups, _) = groups::of(by, runs, |run| values.code(run).is_some());
        table.rows.extend(groups.into_iter().filter_map(|group| {
            let sample = Sample::of(values.codes_of(&group.runs));
            let tukey = sample.tukey()?;
            let (least, greatest) = (*sample.values().first()?, *sample.values().last()?);
            let [low, high] = tukey.whiskers;
            let numbers = [least, low, tukey.q1, tukey.median, tukey.mean, tukey.q3, high, greatest];
            let mut cells = vec![Cell::count(tukey.n)];
            cells.extend(numbers.map(|number| values.cell_of(number)));
            cells.push(Cell::count(tukey.outliers.len()));
            Some(FigureRow { name: group.label, run_id: None, ink: Some(group.ink), cells })
        }));
        table
    }

    fn of_bins(values: &Values, by: Option<&Column>, runs: &[FigureRun<'_>]) -> Self {
        let title = by.map_or_else(|| "Group".into(), Column::label);
        let mut table = Self::new([title.as_ref(), "from", "to", "runs"]);
        let Some(histogram) = Sample::of(values.codes()).histogram(Bins::Auto) else { return table };
        let (groups, _) = groups::of(by, runs, |run| values.code(run).is_some());
        for (bin, edges) in histogram.edges.windows(2).enumerate() {
            let &[from, to] = edges else { continue };
            let is_last = bin + 2 == histogram.edges.len();
            for group in &groups {
                let is_in = |code: &f64| from <= *code && (*code < to || is_last && *code <= to);
                let count = values.codes_of(&group.runs).filter(is_in).count();
                table.rows.push(FigureRow {
                    name: group.label.clone(),
                    run_id: None,
                    ink: Some(group.ink),
                    cells: vec![values.cell_of(from), values.cell_of(to), Cell::count(count)],
                });
            }
        }
        table
    }

    fn of_cells([x, y]: [&Values; 2], metric: &Values, runs: &[FigureRun<'_>]) -> Self {
        let mean = format!("mean {}", metric.label);
        let mut table = Self::new([&x.label, &y.label, "runs", &mean, "least", "greatest"]);
        let numbers: Vec<f64> = (0..runs.len()).map(|run| metric.code(run).unwrap_or(f64::NAN)).collect();
        let map = HeatMap::of(&x.factor, &y.factor, &numbers);
        let (columns, rows) = (heat::labels(&map.x, x), heat::labels(&map.y, y));
        for (row, up) in rows.iter().enumerate() {
            for (column, across) in columns.iter().enumerate() {
                let Some(cell) = map.cell(column, row).filter(|cell| cell.count > 0) else { continue };
                let mut cells = vec![Cell::text(up.clone()), Cell::count(cell.count)];
                cells.extend([cell.mean, cell.min, cell.max].map(|number| metric.cell_of(number)));
                table.rows.push(FigureRow { name: across.clone(), run_id: None, ink: None, cells });
            }
        }
        table
    }

    fn of_params(value: &Column, prepared: &Prepared, runs: &[FigureRun<'_>]) -> Self {
        let mut table = Self::new(["Param", "importance", "Spearman's correlation", "p", "runs"]);
        let found = prepared.importance.clone().unwrap_or_else(|| importance::of(value, runs));
        table.rows.extend(found.params.into_iter().map(|param| {
            let number = |number: Option<f64>| number.map_or_else(Cell::missing, Cell::number);
            let correlation = param.correlation;
            FigureRow {
                cells: vec![
                    number(param.importance),
                    number(correlation.map(|it| it.r)),
                    number(correlation.map(|it| it.p)),
                    Cell::count(param.runs),
                ],
                name: param.name,
                run_id: None,
                ink: None,
            }
        }));
        table
    }
}
