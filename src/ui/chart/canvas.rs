use std::collections::BTreeSet;

use leptos::{html, prelude::*};
use runatlas_core::chart::{Scene, SeriesPainter as _, Stroke, draw::Emphasis, reduce};

use super::Plot;
use crate::{ui::app::app, web::canvas::Canvas};

/// Axes and all curves.
#[component]
pub(super) fn BaseCanvas(plot: Plot) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let pointed = Memo::new(move |_| {
        let run = app().runs.pointed.get()?;
        plot.curves.with(|curves| curves.index_of(&run))
    });
    let marked = Memo::new(move |_| {
        app().runs.marked.with(|marked| {
            let runs = &marked.as_ref()?.runs;
            plot.curves.with(|curves| Some(runs.iter().filter_map(|run| curves.index_of(run)).collect()))
        })
    });
    Effect::new(move |_| {
        let Some(canvas) = node.get().and_then(Canvas::new) else { return };
        let palette = plot.charts.palette.get();
        let marked: Option<BTreeSet<usize>> = marked.get();
        let emphasis = Emphasis { focused: pointed.get(), marked: marked.as_ref() };
        let Some(scene) = plot.scene.get() else { return canvas.clear() };
        fit(&canvas, &scene);
        plot.trouble.set(canvas.paint(&scene, &palette, emphasis).err());
    });
    view! { <canvas node_ref=node aria-hidden="true"></canvas> }
}

/// The curve nearest to the pointer once more, thicker: the others are not repainted for it.
#[component]
pub(super) fn FocusCanvas(plot: Plot) -> impl IntoView {
    let node = NodeRef::<html::Canvas>::new();
    let nearest = Memo::new(move |_| {
        if !plot.is_pointed() {
            return None;
        }
        let run = plot.charts.nearest.get()?;
        plot.curves.with(|curves| curves.index_of(&run))
    });
    Effect::new(move |painted: Option<bool>| {
        let (Some(node), Some(scene)) = (node.get(), plot.scene.get()) else { return false };
        let focused = nearest.get();
        if focused.is_none() && painted != Some(true) {
            return false;
        }
        let Some(canvas) = Canvas::new(node) else { return false };
        fit(&canvas, &scene);
        canvas.clear();
        let Some(focused) = focused else { return false };
        members(&canvas, &scene, &plot, focused);
        stroke(&canvas, &scene, &plot, focused);
        true
    });
    view! { <canvas node_ref=node aria-hidden="true"></canvas> }
}

fn fit(canvas: &Canvas, scene: &Scene) {
    canvas.resize(f64::from(scene.width) / scene.dpr, f64::from(scene.height) / scene.dpr);
}

/// The runs that a group's curve stands for, thin.
fn members(canvas: &Canvas, scene: &Scene, plot: &Plot, index: usize) {
    let palette = plot.charts.palette.get_untracked();
    let area = area(scene);
    let x = plot.spec.with_untracked(|spec| spec.x);
    let mut painter = canvas.painter();
    // A picture that the base canvas could paint can be painted here.
    let _ = painter.clip(Some(scene.plot));
    plot.curves.with_untracked(|curves| {
        for member in curves.members.get(index).into_iter().flatten() {
            let curve = member.trace.curve(x);
            let lines = reduce::reduce(curve.xs(), curve.raw(), &area).lines;
            let color = palette.of(member.slot).over(palette.ground, MEMBER_SHARE);
            let _ =
                painter.polylines(lines.coords(), lines.ends(), &Stroke { color, width: 1.0, dash: None });
        }
    });
    let _ = painter.clip(None);
}

/// How much of its colour the curve of a group's member has.
const MEMBER_SHARE: f64 = 0.55;
/// Width of the focused curve in CSS pixels, with a rim that parts it from the others.
const WIDTH: f64 = 2.6;
const RIM: f64 = 5.0;

fn stroke(canvas: &Canvas, scene: &Scene, plot: &Plot, index: usize) {
    let palette = plot.charts.palette.get();
    let Some(series) = scene.series.get(index) else { return };
    let x = plot.spec.with_untracked(|spec| spec.x);
    // The base canvas may have painted it pixel by pixel.
    let reduced = match series.main.lines() {
        Some(lines) => lines.clone(),
        None => plot
            .curves
            .with_untracked(|curves| {
                let curve = curves.series.get(index).map(|series| series.trace.curve(x));
                curve.map(|curve| reduce::reduce(curve.xs(), &curve.smoothed(scene.smoothing), &area(scene)))
            })
            .unwrap_or_default(),
    };
    let lines = &reduced.lines;
    let dash = series.dash.pattern().map(|dash| dash.map(|css| (css * scene.dpr) as f32));
    let strokes = [
        Stroke { color: palette.ground, width: (RIM * scene.dpr) as f32, dash: None },
        Stroke { color: palette.of(series.slot), width: (WIDTH * scene.dpr) as f32, dash },
    ];
    let mut painter = canvas.painter();
    // A picture that the base canvas could paint can be painted here.
    let _ = painter.clip(Some(scene.plot));
    for stroke in &strokes {
        let _ = painter.polylines(lines.coords(), lines.ends(), stroke);
        let _ = painter.dots(&reduced.dots, stroke.width, stroke.color);
    }
    let _ = painter.clip(None);
}

fn area(scene: &Scene) -> reduce::Plot {
    reduce::Plot { x: scene.x.scale, y: scene.y.scale, rect: scene.plot }
}
