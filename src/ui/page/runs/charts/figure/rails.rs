use leptos::{ev, prelude::*, wasm_bindgen::JsCast as _, web_sys};
use runatlas_core::{
    board::{AxisColumn, CardKind},
    figure::{Brush, Rail},
};

use super::FigurePlot;

/// What an arrow key moves an end of a mark by, as a share of the axis.
const STEP: f64 = 0.05;

/// The marked parts of the axes.
#[component]
pub(super) fn Brushes(plot: FigurePlot) -> impl IntoView {
    move || {
        let figure = plot.figure.get()?;
        let mark = |brush: &Brush| {
            let rail = figure.rails.get(brush.rail(&figure.rails)?)?;
            let css = |px: f64| px / figure.dpr;
            let (top, bottom) = (css(rail.y(brush.high)), css(rail.y(brush.low)));
            let style = format!(
                "left:{:.1}px;top:{top:.1}px;height:{:.1}px",
                css(rail.x) - 7.0,
                (bottom - top).max(2.0)
            );
            Some(view! { <div class="rail-brush" style=style></div> })
        };
        let marks = plot.brushes.with(|brushes| brushes.iter().filter_map(mark).collect_view());
        // A finger on an axis marks; anywhere else it scrolls the page.
        let grip = |rail: &Rail| {
            let css = |px: f64| px / figure.dpr;
            let style = format!(
                "left:{:.1}px;top:{:.1}px;height:{:.1}px",
                css(rail.x) - 12.0,
                css(rail.top) - 6.0,
                css(rail.bottom - rail.top) + 12.0
            );
            view! { <div class="rail-grip" style=style></div> }
        };
        let grips = figure.rails.iter().map(grip).collect_view();
        Some(view! { {grips} {marks} })
    }
}

/// The titles of the axes, which can be dragged.
#[component]
pub(super) fn Heads(plot: FigurePlot) -> impl IntoView {
    let rails = Memo::new(move |_| {
        plot.figure.with(|figure| figure.as_ref().map(|figure| (figure.rails.clone(), figure.dpr)))
    });
    let drag = StoredValue::new(None::<f64>);
    move || {
        let (rails, dpr) = rails.get()?;
        let count = rails.len();
        let heads = rails.into_iter().enumerate().map(|(at, rail)| {
            let spread = if rail.axis.log { ", logarithmic" } else { "" };
            let label = format!("Axis {}, {} of {count}{spread}", rail.title, at + 1);
            let style = head_style(&rail, dpr);
            view! {
                <button
                    class="rail-head"
                    style=style
                    aria-label=label
                    aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown L Delete"
                    title=format!("{}: drag to move it, or use the arrow keys; L for a log axis, Delete takes it away. Drag along the axis to mark runs, or use the arrows up and down.", rail.title)
                    on:pointerdown=move |event: ev::PointerEvent| {
                        if let Some(target) = element(&event) {
                            let _ = target.set_pointer_capture(event.pointer_id());
                        }
                        drag.set_value(Some(f64::from(event.client_x())));
                    }
                    on:pointerup=move |event: ev::PointerEvent| {
                        let from = drag.try_update_value(Option::take).flatten();
                        if let Some(from) = from {
                            dropped(plot, at, f64::from(event.client_x()) - from);
                        }
                    }
                    on:pointercancel=move |_| drag.set_value(None)
                    on:keydown=move |event| key(plot, at, count, &event)
                ></button>
            }
        });
        Some(heads.collect_view())
    }
}

fn head_style(rail: &Rail, dpr: f64) -> String {
    let css = |px: f64| px / dpr;
    format!(
        "left:{:.1}px;width:{:.1}px;top:{:.1}px;height:{:.1}px",
        css(rail.head.left).max(0.0),
        css(rail.head.right) - css(rail.head.left).max(0.0),
        css(rail.head.top),
        css(rail.head.bottom - rail.head.top)
    )
}

fn element(event: &ev::PointerEvent) -> Option<web_sys::Element> {
    event.current_target().and_then(|target| target.dyn_into().ok())
}

/// The axis goes where it was let go.
fn dropped(plot: FigurePlot, at: usize, moved: f64) {
    let place = plot.figure.with_untracked(|figure| {
        let figure = figure.as_ref()?;
        let x = figure.rails.get(at)?.x + moved * figure.dpr;
        let away = |rail: &Rail| (rail.x - x).abs();
        let nearest = figure.rails.iter().enumerate().min_by(|a, b| away(a.1).total_cmp(&away(b.1)));
        nearest.map(|(place, _)| place)
    });
    if let Some(place) = place {
        shift(plot, at, place);
    }
}

fn shift(plot: FigurePlot, from: usize, to: usize) {
    if from == to {
        return;
    }
    edit_axes(plot, |axes| {
        if from < axes.len() && to < axes.len() {
            let axis = axes.remove(from);
            axes.insert(to, axis);
        }
    });
}

fn edit_axes(plot: FigurePlot, change: impl FnOnce(&mut Vec<AxisColumn>)) {
    plot.card.with_value(|card| {
        plot.charts.edit_made(card, |made| {
            if let CardKind::Parallel { axes, .. } = &mut made.kind {
                change(axes);
            }
        });
    });
}

/// L spreads the axis by its logarithm, Delete takes it away. Sideways moves the axis; up and down the lower end of its mark, with Shift the upper one.
fn key(plot: FigurePlot, at: usize, count: usize, event: &ev::KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    match event.key().as_str() {
        "ArrowLeft" => move_and_follow(plot, at, at.saturating_sub(1), event),
        "ArrowRight" => move_and_follow(plot, at, (at + 1).min(count.saturating_sub(1)), event),
        "l" | "L" => edit_axes(plot, |axes| {
            if let Some(axis) = axes.get_mut(at) {
                axis.log = !axis.log;
            }
        }),
        // Two are the least.
        "Delete" if count > 2 => edit_axes(plot, |axes| {
            if at < axes.len() {
                axes.remove(at);
            }
        }),
        "ArrowUp" => mark(plot, at, STEP, event.shift_key()),
        "ArrowDown" => mark(plot, at, -STEP, event.shift_key()),
        "Escape" if plot.brushes.with_untracked(|brushes| !brushes.is_empty()) => {
            plot.unmark();
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// The focus goes with the axis.
fn move_and_follow(plot: FigurePlot, from: usize, to: usize, event: &ev::KeyboardEvent) {
    let parent = event
        .current_target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|head| head.parent_element());
    shift(plot, from, to);
    request_animation_frame(move || {
        let heads = parent.and_then(|parent| parent.query_selector_all(".rail-head").ok());
        let head = heads.and_then(|heads| heads.get(to as u32));
        if let Some(head) = head.and_then(|head| head.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = head.focus();
        }
    });
}

fn mark(plot: FigurePlot, rail: usize, by: f64, upper: bool) {
    let column = plot.figure.with_untracked(|figure| {
        figure.as_ref().and_then(|figure| figure.rails.get(rail)).map(|rail| rail.axis.column.clone())
    });
    let Some(column) = column else { return };
    plot.brushes.update(|brushes| {
        let known = brushes.iter().position(|brush| brush.column == column);
        let mut brush = known.map_or_else(|| Brush { column, low: 0.0, high: 1.0 }, |at| brushes.remove(at));
        if upper {
            brush.high = (brush.high + by).clamp(brush.low + STEP / 2.0, 1.0);
        } else {
            brush.low = (brush.low + by).clamp(0.0, brush.high - STEP / 2.0);
        }
        if brush.low > 0.0 || brush.high < 1.0 {
            brushes.push(brush);
        }
    });
    plot.publish();
    let meant = untrack(|| plot.meant());
    let words = meant.map_or_else(
        || "no mark".to_owned(),
        |meant| format!("{} of {} runs marked", meant.iter().filter(|meant| **meant).count(), meant.len()),
    );
    plot.charts.spoken.set(words);
}
