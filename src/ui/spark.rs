//! A metric's curve in a cell.

use leptos::{html, prelude::*};
use runatlas_core::chart::{Slot, spark::spark};

use crate::{
    state::HistoryKey,
    ui::app::app,
    web::{
        canvas::{Canvas, device_pixel_ratio},
        observe::Nearness,
        theme,
    },
};

/// Its usual size in CSS pixels; the style sheet shows it so.
const SIZE: (u32, u32) = (72, 22);

/// Tells the curves of a page whether they are in sight; one observer for all of them.
#[derive(Clone, Copy)]
pub(crate) struct InSight(StoredValue<Option<Nearness>, LocalStorage>);

impl InSight {
    /// For the components below.
    pub(crate) fn provide() {
        provide_context(Self(StoredValue::new_local(Nearness::new(None, "100px"))));
    }
}

/// A metric's whole history, every point counted. Nothing is read or drawn until it is in sight.
/// Decoration only: the row says it in numbers.
#[component]
pub(crate) fn Spark(
    /// Whose history.
    history: HistoryKey,
    /// The run's colour.
    #[prop(into)]
    color: Signal<Slot>,
    /// Its size in CSS pixels, which the style sheet shows it in.
    #[prop(default = SIZE)]
    size: (u32, u32),
) -> impl IntoView {
    let app = app();
    let node = NodeRef::<html::Canvas>::new();
    let near = in_sight(node);
    Effect::new(move |_| {
        // Followed: another theme has other colours.
        app.prefs.dark.track();
        let Some(node) = node.get().filter(|_| near.get()) else { return };
        let found = app.histories.get(std::slice::from_ref(&history)).pop();
        let Some(Some(Some(points))) = found else { return };
        let Some(canvas) = Canvas::new(node) else { return };
        canvas.resize(f64::from(size.0), f64::from(size.1));
        let (width, height) = canvas.size();
        let stroke = 1.4 * device_pixel_ratio();
        let curve = spark(&points, f64::from(width), f64::from(height), stroke + 1.0);
        // A curve that cannot be painted leaves its cell empty; the numbers beside it stay.
        let _ = canvas.paint_spark(&curve, theme::palette().of(color.get()), stroke as f32);
    });
    view! { <canvas class="sparkc" node_ref=node width=size.0.to_string() height=size.1.to_string() aria-hidden="true"></canvas> }
}

/// Whether an element is in sight, or was: what is drawn once stays.
fn in_sight(node: NodeRef<html::Canvas>) -> RwSignal<bool> {
    let near = RwSignal::new(false);
    let watch = StoredValue::new_local(None);
    let observer = use_context::<InSight>().and_then(|observer| observer.0.get_value());
    Effect::new(move |_| {
        let Some(node) = node.get() else { return };
        match &observer {
            Some(observer) => watch.set_value(Some(observer.watch(&node, move |is| {
                if is {
                    near.try_set(true);
                }
            }))),
            // A browser without such an observer draws them all.
            None => near.set(true),
        }
    });
    near
}
