//! Charts to take away: pictures and points.

mod figures;

use leptos::{prelude::*, task::spawn_local};
use runatlas_core::{
    board::CardRef,
    chart::{
        ChartSpec, Scene, XAxis,
        export::{Figure, PointTable, csv},
    },
    format,
    history::smooth::Smoothing,
};

use super::{Charts, Curves};
use crate::web::{download, picture, utc_offset_minutes};

/// What a chart is taken away as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Take {
    /// A PNG file, so many pixels a CSS pixel.
    Png(u8),
    /// An SVG file.
    Svg,
    /// A PNG on the clipboard.
    CopyPng,
    /// The points in view, smoothed as they are drawn, or what a figure shows, as a CSV file.
    Shown,
    /// Every point as logged, or every run of a figure, as a CSV file.
    All,
}

/// The size of a figure's picture, in CSS pixels: as wide as two columns of a paper.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 420.0;
/// Pixels of a CSS pixel of what goes on the clipboard.
const COPY_SCALE: u8 = 2;

impl Charts {
    /// Takes a line chart away.
    pub fn take(&self, card: &CardRef, curves: &Curves, how: Take) {
        let title = self.title(card);
        match how {
            Take::Shown | Take::All => {
                let name = file_name(&title);
                let text = self.csv(card, curves, how == Take::All);
                let part = if how == Take::All { "all" } else { "shown" };
                self.saved(download::save(&format!("{name}-{part}.csv"), "text/csv", text.as_bytes()));
            }
            Take::Svg | Take::Png(_) | Take::CopyPng => {
                let (svg, width, height) = self.figure(card, curves);
                self.take_picture(how, title, svg, (width, height));
            }
        }
    }

    fn saved(&self, result: Result<(), String>) {
        if let Err(reason) = result {
            self.notices.bad(format!("The chart could not be saved: {reason}."));
        }
    }

    /// Saves or copies an SVG document of this size in CSS pixels.
    fn take_picture(&self, how: Take, title: String, svg: String, (width, height): (f64, f64)) {
        let (this, name) = (*self, file_name(&title));
        match how {
            Take::Svg => self.saved(download::save(&format!("{name}.svg"), "image/svg+xml", svg.as_bytes())),
            Take::Png(scale) => spawn_local(async move {
                let scale = f64::from(scale);
                let png = picture::png(&svg, width * scale, height * scale).await;
                this.saved(png.and_then(|png| download::save(&format!("{name}.png"), "image/png", &png)));
            }),
            Take::CopyPng => spawn_local(async move {
                let scale = f64::from(COPY_SCALE);
                match picture::copy_png(&svg, width * scale, height * scale).await {
                    Ok(()) => this.notices.good(format!("{title} is on the clipboard as a picture.")),
                    Err(reason) => this.notices.bad(format!("Nothing was copied: {reason}.")),
                }
            }),
            Take::Shown | Take::All => {}
        }
    }

    /// The points of a line chart: all as logged, or those in view as they are drawn.
    pub fn points(&self, card: &CardRef, curves: &Curves, all: bool) -> PointTable {
        let spec = self.spec(card);
        let scene = Scene::build(&sized(&spec, curves), &curves.series);
        let within = (!all).then(|| scene.x.scale.range());
        let smoothing = if all { Smoothing::Off } else { scene.smoothing };
        PointTable::new(curves.series.clone(), spec.x, smoothing, within)
    }

    fn csv(&self, card: &CardRef, curves: &Curves, all: bool) -> String {
        let metric = self.title(card);
        // Of groups every point of every run, not those of the line between them.
        if all && !curves.members.is_empty() {
            let members = curves.members.concat();
            let points = PointTable::new(members, self.spec(card).x, Smoothing::Off, None);
            return csv(&points, &metric, &self.spec(card).x_metric);
        }
        csv(&self.points(card, curves, all), &metric, &self.spec(card).x_metric)
    }

    /// The SVG document, and its size in CSS pixels.
    fn figure(&self, card: &CardRef, curves: &Curves) -> (String, f64, f64) {
        let spec = self.spec(card);
        let scene = Scene::build(&sized(&spec, curves), &curves.series);
        let mut note = vec![curves.words(Some(scene.counts))];
        note.extend(Some(spec.smoothing.words()).filter(|words| !words.is_empty()));
        let figure = Figure {
            title: self.title(card),
            x_label: x_label(&spec),
            note: note.join("; "),
            legend: curves.series.iter().map(|it| (it.label.clone(), it.slot, it.dash)).collect(),
        };
        let (width, height) = figure.size(&scene);
        (self.palette.with(|palette| figure.svg(&scene, palette)), width, height)
    }
}

fn sized(spec: &ChartSpec, curves: &Curves) -> ChartSpec {
    let first = curves.series.iter().find_map(|series| series.trace.history().timestamps.first().copied());
    ChartSpec {
        width: WIDTH,
        height: HEIGHT,
        // A line has up to four points a pixel column: finer columns for paper.
        dpr: 2.0,
        utc_offset_minutes: utc_offset_minutes(first.unwrap_or_default()),
        ..spec.clone()
    }
}

fn x_label(spec: &ChartSpec) -> String {
    match spec.x {
        XAxis::Step => "step".to_owned(),
        XAxis::WallTime => "wall time".to_owned(),
        XAxis::RelativeTime => "time since start".to_owned(),
        XAxis::Metric => spec.x_metric.clone(),
    }
}

/// A heading as the name of a file: what file systems refuse becomes a dash.
fn file_name(title: &str) -> String {
    let name: String = title
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' })
        .collect();
    let name = name.trim_matches(['-', '.']);
    format::middle(if name.is_empty() { "chart" } else { name }, 80).replace('…', "-")
}
