//! One chart: canvas, overlay, cursor, readout, zoom.
//!
//! Three layers lie over each other: the canvas, painted when what it shows changes; a second
//! canvas with the curve that is pointed at; and an overlay of a few elements for cursor, dots and
//! selection. Moving the pointer repaints neither canvas as long as it stays at the same curve.

mod canvas;
mod gestures;
mod overlay;
mod pinch;
mod plot;
mod readout;

use leptos::prelude::*;
use runatlas_core::chart::summary;

pub(crate) use plot::{Plot, color_of};

use canvas::{BaseCanvas, FocusCanvas};
use gestures::{Gesture, Gestures};
use overlay::Overlay;
use readout::Readout;

/// A chart that fills its box. It takes the keyboard and speaks.
#[component]
pub(crate) fn Chart(plot: Plot) -> impl IntoView {
    let area = NodeRef::<leptos::html::Div>::new();
    plot.follow_size(area);
    let gestures = Gestures::new(plot);
    // Nobody is told of each frame of a gesture: it is said where it comes to rest.
    let words = Memo::new(move |before: Option<&String>| match before {
        Some(before) if plot.charts.is_moving() => before.clone(),
        _ => words(plot),
    });
    view! {
        <div
            class="plot"
            class:panning=move || plot.panning.get()
            node_ref=area
            role="img"
            tabindex="0"
            aria-label=move || words.get()
            aria-keyshortcuts="ArrowLeft ArrowRight + - 0 L F"
            on:pointerdown=move |event| gestures.run(Gesture::Down(&event))
            on:pointermove=move |event| gestures.run(Gesture::Move(&event))
            on:pointerup=move |event| gestures.run(Gesture::Up(&event))
            on:pointercancel=move |_| gestures.run(Gesture::Cancel)
            on:pointerleave=move |_| gestures.run(Gesture::Leave)
            on:dblclick=move |_| plot.card.with_value(|card| plot.charts.reset_zoom(Some(&card.id)))
            on:wheel=move |event| gestures.run(Gesture::Wheel(&event))
            on:keydown=move |event| gestures.run(Gesture::Key(&event))
            on:keyup=move |event| gestures.run(Gesture::KeyUp(&event))
        >
            <BaseCanvas plot=plot />
            <FocusCanvas plot=plot />
            <Overlay plot=plot />
            <Readout plot=plot />
        </div>
    }
}

/// The chart in words.
fn words(plot: Plot) -> String {
    let metric = plot.title();
    match plot.scene.get() {
        Some(scene) => plot.curves.with(|curves| summary(&metric, plot.x(), &scene, &curves.series)),
        None => format!("{metric}, being read"),
    }
}
