use crate::chart::reduce::visible;
use crate::chart::{Range, Series, XAxis};
use crate::format::safe_cell;
use crate::history::smooth::Smoothing;

/// The points of all curves of a chart, one after the other, as a table asks for them.
#[derive(Debug, Clone)]
pub struct PointTable {
    series: Vec<Series>,
    x: XAxis,
    smoothing: Smoothing,
    /// The points of each curve, from and to, and how many rows come before it.
    parts: Vec<(usize, usize, usize)>,
}

/// A point in a table.
#[derive(Debug, Clone)]
pub struct PointRow<'a> {
    /// Its curve.
    pub series: &'a Series,
    /// Its x on the axis.
    pub x: f64,
    /// MLflow's step.
    pub step: i64,
    /// Milliseconds since the epoch.
    pub timestamp: i64,
    /// The value as logged.
    pub value: f64,
    /// The smoothed value, where smoothing is on.
    pub smoothed: Option<f64>,
    /// From and to of the band, where it is a group's.
    pub band: Option<(f64, f64)>,
}

impl PointTable {
    /// The points of these curves within a range of x, or all.
    pub fn new(series: Vec<Series>, x: XAxis, smoothing: Smoothing, within: Option<Range>) -> Self {
        let mut before = 0;
        let parts = series.iter().map(|series| {
            let xs = series.trace.curve(x).xs();
            let (from, to) = within.map_or((0, xs.len()), |range| visible(xs, range));
            let part = (from, to.max(from), before);
            before += part.1 - part.0;
            part
        });
        let parts = parts.collect();
        Self { series, x, smoothing, parts }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.parts.last().map_or(0, |(from, to, before)| before + to - from)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A row by its place.
    pub fn row(&self, place: usize) -> Option<PointRow<'_>> {
        let at = self.parts.partition_point(|(from, to, before)| before + (to - from) <= place);
        let &(from, to, before) = self.parts.get(at)?;
        let point = from + place.checked_sub(before)?;
        if point >= to {
            return None;
        }
        let series = self.series.get(at)?;
        let curve = series.trace.curve(self.x);
        let logged = curve.point(point)?;
        let smoothed = self.smoothing.is_on().then(|| curve.smoothed(self.smoothing));
        let band =
            series.band.as_ref().and_then(|band| Some((*band.low.get(point)?, *band.high.get(point)?)));
        Some(PointRow {
            series,
            x: *curve.xs().get(point)?,
            step: logged.step,
            timestamp: logged.timestamp,
            value: logged.value,
            smoothed: smoothed.and_then(|track| track.values().get(point).copied()),
            band,
        })
    }

    /// Whether any curve is a group's.
    pub fn has_bands(&self) -> bool {
        self.series.iter().any(|series| series.band.is_some())
    }

    /// Whether values are smoothed.
    pub fn is_smoothed(&self) -> bool {
        self.smoothing.is_on()
    }
}

/// The rows of a table as CSV, values in full: they read back to the same f64.
pub fn csv(table: &PointTable, metric: &str, x_name: &str) -> String {
    let mut out = ::csv::Writer::from_writer(Vec::new());
    let (bands, smoothed, other_x) = (table.has_bands(), table.is_smoothed(), table.x == XAxis::Metric);
    let mut head = vec!["run", "run_id", "metric", "step", "timestamp"];
    head.extend(other_x.then_some(x_name));
    head.push("value");
    head.extend(smoothed.then_some("smoothed"));
    head.extend(bands.then_some(["low", "high"]).into_iter().flatten());
    // Writing to a list in memory cannot fail.
    let _ = out.write_record(head.iter().map(|cell| safe_cell(cell).into_owned()));
    for row in (0..table.len()).filter_map(|place| table.row(place)) {
        let mut cells = vec![
            safe_cell(&row.series.label).into_owned(),
            safe_cell(&row.series.id).into_owned(),
            safe_cell(metric).into_owned(),
            row.step.to_string(),
            row.timestamp.to_string(),
        ];
        cells.extend(other_x.then(|| row.x.to_string()));
        cells.push(row.value.to_string());
        cells.extend(smoothed.then(|| row.smoothed.map_or_else(String::new, |value| value.to_string())));
        if bands {
            let (low, high) = row.band.unwrap_or((f64::NAN, f64::NAN));
            cells.extend([low.to_string(), high.to_string()]);
        }
        let _ = out.write_record(&cells);
    }
    out.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
