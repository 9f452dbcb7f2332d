use std::fmt::Write as _;

use leptos::prelude::*;
use runatlas_core::chart::{Scene, pick::ReadoutRow, x_words};

use super::{Plot, plot::color_of};
use crate::web::utc_offset_minutes;

/// Cursor, dots, and the selection that is being drawn.
#[component]
pub(super) fn Overlay(plot: Plot) -> impl IntoView {
    let x_px = move || {
        let scene = plot.scene.get()?;
        let x = plot.x_of_cursor.get()?;
        let px = scene.x.scale.px_from_value(x);
        let rect = scene.plot;
        (rect.left - 0.5 <= px && px <= rect.right + 0.5).then_some(px / scene.dpr)
    };
    let marks = move || {
        let (Some(x), Some(scene)) = (x_px(), plot.scene.get()) else { return String::new() };
        let focused = plot.focused();
        plot.rows.with(|rows| shapes(x, &scene, rows, focused, plot.is_pointed()))
    };
    let flag = move || {
        let x = x_px().filter(|_| plot.is_pointed())?;
        let scene = plot.scene.get()?;
        let value = plot.x_of_cursor.get()?;
        let words = x_words(plot.x(), value, utc_offset_minutes(value as i64));
        let width = f64::from(scene.width) / scene.dpr;
        // Half a flag's width of room at both sides, by the length of its text.
        let half = 6.0 + 3.2 * words.chars().count() as f64;
        let left = x.clamp(half.min(width / 2.0), (width - half).max(width / 2.0));
        let pinned = plot.charts.cursor.with(|cursor| cursor.as_ref().is_some_and(|cursor| cursor.pinned));
        Some(view! {
            <span class="cursor-flag" class:pinned=pinned style:left=format!("{left:.1}px")>{words}</span>
        })
    };
    let brush = move || {
        let brush = plot.brush.get()?;
        let (from, to) = brush.x;
        let scene = plot.scene.get()?;
        let (top, bottom) =
            brush.y.map_or((scene.plot.top / scene.dpr, scene.plot.bottom / scene.dpr), |(a, b)| {
                (a.min(b), a.max(b))
            });
        let (left, width) = (from.min(to), (to - from).abs());
        let style =
            format!("left:{left:.1}px;width:{width:.1}px;top:{top:.1}px;height:{:.1}px", bottom - top);
        Some(view! { <div class="brush" class:box=brush.y.is_some() style=style></div> })
    };
    view! {
        <svg class="chart overlay" aria-hidden="true" inner_html=marks></svg>
        {flag}
        {brush}
    }
}

/// The cursor's line and a dot on each curve, as SVG: numbers and names of tokens only.
fn shapes(x: f64, scene: &Scene, rows: &[ReadoutRow], focused: Option<usize>, pointed: bool) -> String {
    let (top, bottom) = (scene.plot.top / scene.dpr, scene.plot.bottom / scene.dpr);
    let class = if pointed { "cursor main" } else { "cursor" };
    let mut svg = format!("<path class=\"{class}\" d=\"M{x:.1} {top:.1}V{bottom:.1}\"/>");
    let mut dot = |row: &ReadoutRow, class: &str, radius: f64| {
        let (left, y) = (row.px_x / scene.dpr, row.px_y / scene.dpr);
        let visible = y >= top - 1.0 && y <= bottom + 1.0;
        if let Some(series) = scene.series.get(row.series).filter(|_| visible && left.is_finite()) {
            // Writing to a text cannot fail.
            let _ = write!(
                svg,
                "<circle class=\"{class}\" style=\"--c:{}\" cx=\"{left:.1}\" cy=\"{y:.1}\" r=\"{radius}\"/>",
                color_of(series.slot)
            );
        }
    };
    for row in rows.iter().filter(|row| Some(row.series) != focused) {
        dot(row, "dot", 3.0);
    }
    for row in rows.iter().filter(|row| Some(row.series) == focused) {
        dot(row, "dot focus", 4.5);
    }
    svg
}
