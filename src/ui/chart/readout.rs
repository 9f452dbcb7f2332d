use leptos::prelude::*;
use runatlas_core::{
    board::ReadoutOrder,
    chart::{
        Dash, XAxis, elapsed_words,
        pick::{ReadoutRow, sort_by_nearness, sort_by_value},
        x_words,
    },
    format,
};

use super::{Plot, plot::color_of};
use crate::web::utc_offset_minutes;

/// So many runs have room; those nearest to the pointer.
const ROWS: usize = 5;
/// Its width and its distance from the cursor, in CSS pixels.
const WIDTH: f64 = 216.0;
/// The same where bands are told, or values in full.
const WIDE: f64 = 316.0;
const AWAY: f64 = 14.0;

/// The values under the cursor, beside it; only in the chart that is pointed at.
#[component]
pub(super) fn Readout(plot: Plot) -> impl IntoView {
    move || {
        let scene = plot.scene.get()?;
        let cursor = plot.charts.cursor.get().filter(|_| plot.is_pointed() && plot.brush.get().is_none())?;
        let mut rows = plot.rows.get();
        if rows.is_empty() {
            return None;
        }
        let all = rows.len();
        let order = plot.charts.board.with(|board| board.lines.readout);
        // Keys have no height that anything could be near to.
        if let Some(y) = cursor.y_px.filter(|_| order != ReadoutOrder::Value) {
            sort_by_nearness(&mut rows, y);
            rows.truncate(ROWS);
            if order == ReadoutOrder::Nearest {
                sort_by_value(&mut rows, plot.direction());
            }
        } else {
            sort_by_value(&mut rows, plot.direction());
            rows.truncate(ROWS);
        }
        let (x, width) =
            (scene.x.scale.px_from_value(cursor.x) / scene.dpr, f64::from(scene.width) / scene.dpr);
        let focused = plot.focused();
        let steps = plot.x() == XAxis::Step;
        let head = x_words(plot.x(), cursor.x, utc_offset_minutes(cursor.x as i64));
        let grouped = plot.curves.with(|curves| !curves.members.is_empty());
        let wide = if grouped || cursor.pinned { WIDE } else { WIDTH };
        let (what, mut more) = head_words(plot.x(), &rows, focused);
        if grouped {
            // A group was logged at no one time.
            more.clear();
        }
        let lines = rows
            .iter()
            .map(|row| line(plot, row, focused == Some(row.series), steps.then_some(cursor.x), cursor.pinned))
            .collect_view();
        let rest = all.checked_sub(rows.len()).filter(|rest| *rest > 0);
        Some(view! {
            <div class="tip" style=format!("--x:{:.0}px;--tip-w:{wide:.0}px", place(x, width, wide))>
                <div class="th"><span>{what}" "<b>{head}</b></span><span class="ell">{more}</span></div>
                {lines}
                {rest.map(|rest| view! { <div class="tr t3">{format!("and {rest} more")}</div> })}
            </div>
        })
    }
}

/// To the right of the cursor where there is room, else to its left; within the chart.
fn place(x: f64, width: f64, wide: f64) -> f64 {
    let right = x + AWAY;
    let left = if right + wide <= width + 8.0 { right } else { x - AWAY - wide };
    left.clamp(-8.0, (width - wide + 8.0).max(-8.0))
}

/// What the x is, and the other ways to say when the focused point was logged.
fn head_words(axis: XAxis, rows: &[ReadoutRow], focused: Option<usize>) -> (&'static str, String) {
    let row = rows.iter().find(|row| Some(row.series) == focused).or(rows.first());
    let elapsed = row.map(|row| elapsed_words(row.elapsed)).unwrap_or_default();
    let step = row.map(|row| format!("step {}", format::integer(row.step))).unwrap_or_default();
    match axis {
        XAxis::Step => ("Step", elapsed),
        XAxis::WallTime => ("", step),
        XAxis::RelativeTime => ("After", step),
        XAxis::Metric => ("x", step),
    }
}

fn line(plot: Plot, row: &ReadoutRow, on: bool, at_step: Option<f64>, exact: bool) -> impl IntoView + use<> {
    let (label, slot, dash) = plot.curves.with_untracked(|curves| {
        let series = curves.series.get(row.series);
        series.map(|series| (series.label.clone(), series.slot, series.dash)).unwrap_or_default()
    });
    let words = |value: f64| if exact { format::exact(value) } else { format::metric(value) };
    let band = plot.curves.with_untracked(|curves| {
        let band = curves.series.get(row.series)?.band.as_ref()?;
        let (low, high) = (*band.low.get(row.point)?, *band.high.get(row.point)?);
        (low.is_finite() && high.is_finite()).then(|| format!("{} to {}", words(low), words(high)))
    });
    let band = band.map(|band| view! { <span class="t3">{band}</span> });
    let raw = row.smoothed.map(|_| view! { <span class="t3">{words(row.value)}</span> });
    // A run that logs at other steps is read where it logged.
    let other = at_step.filter(|step| *step != row.step as f64);
    let other = other.map(|_| view! { <span class="t3">{format!("@{}", format::compact(row.step))}</span> });
    let finite = row.painted().is_finite();
    view! {
        <div class="tr" class:on=on>
            <span class="key" class:dash={dash != Dash::Whole} style=format!("--c:{}", color_of(slot))></span>
            <span class="ell grow">{format::middle(&label, 22).into_owned()}</span>
            {other}
            <span class="v" class:bad=!finite>{words(row.painted())}</span>
            {raw}
            {band}
        </div>
    }
}
