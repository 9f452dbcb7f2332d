//! Figures to take away: SVG documents that stand for themselves.

use std::fmt::Write as _;

use super::{
    Anchor, Figure, FigureRun, Ink, Item, Label, Prepared, Shape,
    draw::{Emphasis, color, mark, plate},
};
use crate::{
    board::CardKind,
    chart::{
        Palette, Rect,
        export::{SvgPainter, hex, xml_escape},
    },
    format,
};

/// A picture of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// An SVG document. Text stays text; every mark is a group with its words as title.
    pub svg: String,
    /// In CSS pixels.
    pub width: f64,
    /// In CSS pixels.
    pub height: f64,
}

/// The size of a figure on paper, in CSS pixels: as wide as two columns, as high as its rows need.
const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 420.0;
const HIGHEST: f64 = 8_000.0;
const ROW: f64 = 18.0;
/// Heights in CSS pixels: title, a line of the legend or note. Then the room at the sides.
const TITLE: f64 = 34.0;
const LINE: f64 = 18.0;
const SIDE: f64 = 12.0;
/// About the width of a letter, and of what stands before a name in the legend.
const LETTER: f64 = 6.2;
const SWATCH: f64 = 30.0;
/// So many names are in a legend; more are counted.
const NAMES: usize = 80;

/// How large a figure of these runs is on paper: width and height in CSS pixels.
pub fn paper_size(kind: &CardKind, runs: &[FigureRun<'_>], prepared: &Prepared) -> (f64, f64) {
    let rows = match kind {
        CardKind::Bar { by: None, .. } => runs.len(),
        CardKind::Importance { .. } => prepared.importance.as_ref().map_or(0, |found| found.params.len()),
        _ => 0,
    };
    (WIDTH, (64.0 + ROW * rows as f64).clamp(HEIGHT, HIGHEST))
}

impl Figure {
    /// The figure with its title, legend and notes.
    pub fn paper(&self, title: &str, palette: &Palette) -> Paper {
        let (width, high) = (f64::from(self.width) / self.dpr, f64::from(self.height) / self.dpr);
        let legend = self.legend_rows(width);
        let notes = self.note_lines(width);
        let height = TITLE + high + LINE * (legend.len() + notes.len()) as f64 + SIDE;
        let mut out = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" font-family=\"{}\" font-size=\"11\">",
            xml_escape(&palette.font)
        );
        let (title, ink) = (xml_escape(title), hex(palette.ink));
        // Writing to a text cannot fail, here and below.
        let _ = write!(out, "<title>{title}</title><desc>{}</desc>", xml_escape(&self.summary));
        let _ = write!(out, "<rect width=\"100%\" height=\"100%\" fill=\"{}\"/>", hex(palette.ground));
        let _ = write!(
            out,
            "<text x=\"{SIDE}\" y=\"22\" font-size=\"14\" font-weight=\"600\" fill=\"{ink}\">{title}</text>"
        );
        let _ = write!(out, "<g transform=\"translate(0 {TITLE}) scale({})\">", 1.0 / self.dpr);
        self.picture(palette, &mut out);
        out.push_str("</g>");
        let mut y = TITLE + high;
        for row in legend {
            y += LINE;
            for (x, name, ink) in row {
                let ink = hex(color(palette, ink));
                let _ = write!(
                    out,
                    "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\" fill=\"{ink}\"/>",
                    x + 4.0,
                    y - 4.0
                );
                text(&mut out, (x + 13.0, y), 11.0, "start", &hex(palette.ink), &name);
            }
        }
        for line in notes {
            y += LINE;
            text(&mut out, (SIDE, y), 11.0, "start", &hex(palette.tick), &line);
        }
        out.push_str("</svg>");
        Paper { svg: out, width, height }
    }

    fn picture(&self, palette: &Palette, out: &mut String) {
        if let Some(why) = &self.empty {
            let middle = (f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
            return text(out, middle, 12.0 * self.dpr, "middle", &hex(palette.text), why);
        }
        shapes(&self.ground, palette, out);
        for index in Emphasis::default().order(&self.items) {
            let Some(item) = self.items.get(index) else { continue };
            let _ = write!(out, "<g class=\"mark\"><title>{}</title>", xml_escape(&Item::words(item)));
            shapes(&item.shapes, palette, out);
            out.push_str("</g>");
        }
        shapes(&self.top, palette, out);
        for label in self.labels.iter().filter(|label| !label.text.is_empty()) {
            self.label(label, palette, out);
        }
    }

    fn label(&self, label: &Label, palette: &Palette, out: &mut String) {
        if label.plate {
            rectangle(out, plate(label, self.dpr), &hex(palette.ground), 0.82);
        }
        let (x, y) = label.at;
        let (anchor, lower) = match label.anchor {
            Anchor::Left => ("start", 4.0),
            Anchor::Right => ("end", 4.0),
            Anchor::Center => ("middle", 4.0),
            Anchor::Top => ("middle", 10.0),
        };
        let fill = hex(color(palette, label.ink));
        text(out, (x, y + lower * self.dpr), 11.0 * self.dpr, anchor, &fill, &label.text);
    }

    /// The names in rows, each with its x and colour.
    fn legend_rows(&self, width: f64) -> Vec<Vec<(f64, String, Ink)>> {
        let mut all: Vec<(String, Ink)> = self.legend.iter().take(NAMES).cloned().collect();
        let rest = self.legend.len().saturating_sub(NAMES);
        all.extend((rest > 0).then(|| (format!("and {rest} more"), Ink::Ground)));
        let mut rows: Vec<Vec<(f64, String, Ink)>> = Vec::new();
        let mut x = f64::INFINITY;
        for (name, ink) in all {
            let name = format::middle(&name, 60).into_owned();
            let room = SWATCH + name.chars().count() as f64 * LETTER;
            if x + room > width - SIDE {
                x = SIDE;
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push((x, name, ink));
            }
            x += room;
        }
        rows
    }

    /// What is to be said, in lines that fit.
    fn note_lines(&self, width: f64) -> Vec<String> {
        let most = ((width - 2.0 * SIDE) / LETTER) as usize;
        let mut lines: Vec<String> = Vec::new();
        for note in &self.notes {
            let mut line = String::new();
            for word in format::sentence(note).split_whitespace() {
                if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > most {
                    lines.push(std::mem::take(&mut line));
                }
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            lines.push(line);
        }
        lines
    }
}

fn shapes(all: &[Shape], palette: &Palette, out: &mut String) {
    for shape in all {
        match shape {
            Shape::Rect { rect, ink, share } => {
                rectangle(out, *rect, &hex(color(palette, *ink).over(palette.ground, *share)), 1.0);
            }
            Shape::Polygon { points, ink, share } => {
                let fill = hex(color(palette, *ink).over(palette.ground, *share));
                let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.2} {y:.2}")).collect();
                let _ = write!(out, "<polygon points=\"{}\" fill=\"{fill}\"/>", points.join(" "));
            }
            Shape::Line { .. } | Shape::Dot { .. } => {
                let mut painter = SvgPainter::new();
                let Ok(()) = mark(&mut painter, shape, palette, 1.0, 1.0);
                out.push_str(&painter.finish());
            }
        }
    }
}

fn rectangle(out: &mut String, rect: Rect, fill: &str, opacity: f64) {
    let opacity = if opacity < 1.0 { format!(" fill-opacity=\"{opacity}\"") } else { String::new() };
    let _ = write!(
        out,
        "<rect x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\" fill=\"{fill}\"{opacity}/>",
        rect.left,
        rect.top,
        rect.width().max(0.0),
        rect.height().max(0.0)
    );
}

fn text(out: &mut String, (x, y): (f64, f64), size: f64, anchor: &str, fill: &str, words: &str) {
    let words = xml_escape(words);
    let _ = write!(
        out,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>"
    );
}
