//! Charts to take away: figures for papers, and their points as text.

mod points;
mod svg;

pub use points::{PointTable, csv};
pub use svg::SvgPainter;
pub(crate) use svg::{color as hex, escape as xml_escape};

use std::fmt::Write as _;

use super::{Dash, Palette, Scene, Slot, draw};

/// What stands around the picture of a chart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    /// Above: what it shows.
    pub title: String,
    /// Below: what x means.
    pub x_label: String,
    /// Below the legend: how many points, how they were smoothed or put together.
    pub note: String,
    /// The curves: name, colour, dashes.
    pub legend: Vec<(String, Slot, Dash)>,
}

/// Heights in CSS pixels: title, axis label, a line of the legend or note.
const TITLE: f64 = 34.0;
const LABEL: f64 = 20.0;
const LINE: f64 = 18.0;
/// Room at the sides.
const SIDE: f64 = 12.0;
/// About the width of a character of the legend.
const CHARACTER: f64 = 6.4;
/// Room for the swatch of a legend's entry, with its distances.
const SWATCH: f64 = 34.0;

impl Figure {
    /// The size of the whole picture, in CSS pixels, around a scene.
    pub fn size(&self, scene: &Scene) -> (f64, f64) {
        let (width, height) = (f64::from(scene.width) / scene.dpr, f64::from(scene.height) / scene.dpr);
        let rows = self.rows(width).len() as f64;
        let note = if self.note.is_empty() { 0.0 } else { LINE };
        (width, TITLE + height + LABEL + rows * LINE + note + SIDE)
    }

    /// The whole picture as an SVG document of its own, sizes in CSS pixels. Text stays text.
    pub fn svg(&self, scene: &Scene, palette: &Palette) -> String {
        let (width, height) = self.size(scene);
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{}\" font-size=\"11\">",
            svg::escape(&palette.font)
        );
        let ground = svg::color(palette.ground);
        // Writing to a text cannot fail, here and below.
        let _ = write!(out, "<title>{}</title>", svg::escape(&self.title));
        let _ = write!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{ground}\"/>");
        let ink = svg::color(palette.ink);
        let _ = write!(
            out,
            "<text x=\"{SIDE}\" y=\"22\" font-size=\"14\" font-weight=\"600\" fill=\"{ink}\">{}</text>",
            svg::escape(&self.title)
        );
        let _ = write!(out, "<g transform=\"translate(0 {TITLE}) scale({})\">", 1.0 / scene.dpr);
        let mut painter = SvgPainter::new();
        let painted = draw::bands(&mut painter, scene, palette, draw::Emphasis::default())
            .and_then(|()| draw::series(&mut painter, scene, palette, draw::Emphasis::default()))
            .and_then(|()| draw::marks(&mut painter, scene, palette, draw::Emphasis::default()));
        debug_assert!(painted.is_ok(), "writing to a text does not fail");
        out.push_str(&svg::furniture(scene, palette));
        out.push_str(&painter.finish());
        out.push_str("</g>");
        self.below(scene, palette, &mut out);
        out.push_str("</svg>");
        out
    }

    fn below(&self, scene: &Scene, palette: &Palette, out: &mut String) {
        let tick = svg::color(palette.tick);
        let (width, height) = (f64::from(scene.width) / scene.dpr, f64::from(scene.height) / scene.dpr);
        let middle = f64::midpoint(scene.plot.left, scene.plot.right) / scene.dpr;
        let mut y = TITLE + height + LABEL - 6.0;
        let text = |out: &mut String, x: f64, y: f64, anchor: &str, fill: &str, words: &str| {
            let words = svg::escape(words);
            let _ = write!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>"
            );
        };
        text(out, middle, y, "middle", &tick, &self.x_label);
        let ink = svg::color(palette.ink);
        for row in self.rows(width) {
            y += LINE;
            for (x, entry) in row {
                let Some((name, slot, dash)) = self.legend.get(entry) else { continue };
                let dashes = dash
                    .pattern()
                    .map_or_else(String::new, |[on, off]| format!(" stroke-dasharray=\"{on} {off}\""));
                let color = svg::color(palette.of(*slot));
                let line = y - 4.0;
                let _ = write!(
                    out,
                    "<path d=\"M{x:.1} {line:.1}h16\" stroke=\"{color}\" stroke-width=\"2\"{dashes}/>"
                );
                text(out, x + 21.0, y, "start", &ink, name);
            }
        }
        if !self.note.is_empty() {
            text(out, SIDE, y + LINE, "start", &tick, &self.note);
        }
    }

    /// The entries of the legend, row by row, each with its x.
    fn rows(&self, width: f64) -> Vec<Vec<(f64, usize)>> {
        let mut rows: Vec<Vec<(f64, usize)>> = Vec::new();
        let mut x = f64::INFINITY;
        for (index, (name, ..)) in self.legend.iter().enumerate() {
            let room = SWATCH + name.chars().count() as f64 * CHARACTER;
            if x + room > width - SIDE {
                x = SIDE;
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, index));
            }
            x += room;
        }
        rows
    }
}
