use leptos::{html, prelude::*};
use runatlas_core::chart::{Slot, spark::spark};

use crate::{
    state::HistoryKey,
    ui::app::app,
    web::{
        canvas::{Canvas, device_pixel_ratio},
        theme,
    },
};

/// Its size in CSS pixels; the style sheet shows it so.
const SIZE: (f64, f64) = (72.0, 22.0);

/// A metric's whole history, every point counted. Decoration only: the row says it in numbers.
#[component]
pub(super) fn Spark(
    /// Whose history.
    history: HistoryKey,
    /// The run's colour.
    #[prop(into)]
    color: Signal<Slot>,
    /// Nothing is read or drawn until it is near the visible part of the page.
    #[prop(into)]
    near: Signal<bool>,
) -> impl IntoView {
    let app = app();
    let node = NodeRef::<html::Canvas>::new();
    Effect::new(move |_| {
        // Followed: another theme has other colours.
        app.prefs.dark.track();
        let Some(node) = node.get().filter(|_| near.get()) else { return };
        let found = app.histories.get(std::slice::from_ref(&history)).pop();
        let Some(Some(Some(points))) = found else { return };
        let Some(canvas) = Canvas::new(node) else { return };
        canvas.resize(SIZE.0, SIZE.1);
        let (width, height) = canvas.size();
        let stroke = 1.4 * device_pixel_ratio();
        let curve = spark(&points, f64::from(width), f64::from(height), stroke + 1.0);
        // A curve that cannot be painted leaves its cell empty; the numbers beside it stay.
        let _ = canvas.paint_spark(&curve, theme::palette().of(color.get()), stroke as f32);
    });
    view! { <canvas class="sparkc" node_ref=node width="72" height="22" aria-hidden="true"></canvas> }
}
