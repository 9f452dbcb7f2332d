use std::convert::Infallible;
use std::fmt::Write as _;

use crate::chart::{Mark, MarkKind, MarkStyle, Palette, Rect, Rgb, Scene, SeriesPainter, Stroke};

/// Paints curves as the elements of an SVG picture, to a hundredth of a pixel.
#[derive(Debug, Default)]
pub struct SvgPainter {
    out: String,
    clips: usize,
    is_clipped: bool,
}

type Painted = Result<(), Infallible>;

impl SvgPainter {
    /// A painter that has painted nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// The elements, without the document around them.
    pub fn finish(mut self) -> String {
        let Ok(()) = self.clip(None);
        self.out
    }

    fn path(&mut self, d: &str, stroke: &Stroke) {
        let dash =
            stroke.dash.map_or_else(String::new, |[on, off]| format!(" stroke-dasharray=\"{on} {off}\""));
        // Writing to a text cannot fail, here and below.
        let _ = write!(
            self.out,
            "<path d=\"{d}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-linejoin=\"round\" stroke-linecap=\"round\"{dash}/>",
            color(stroke.color),
            stroke.width
        );
    }

    fn circle(&mut self, x: f32, y: f32, radius: f32, fill: Rgb) {
        let _ = write!(
            self.out,
            "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{radius:.2}\" fill=\"{}\"/>",
            color(fill)
        );
    }

    fn polygon(&mut self, corners: &[(f32, f32)], fill: Rgb) {
        let points: Vec<String> = corners.iter().map(|(x, y)| format!("{x:.2} {y:.2}")).collect();
        let _ = write!(self.out, "<polygon points=\"{}\" fill=\"{}\"/>", points.join(" "), color(fill));
    }
}

impl SeriesPainter for SvgPainter {
    type Error = Infallible;

    fn clip(&mut self, rect: Option<Rect>) -> Painted {
        if std::mem::take(&mut self.is_clipped) {
            self.out.push_str("</g>");
        }
        if let Some(rect) = rect {
            self.clips += 1;
            let (id, width, height) = (self.clips, rect.width(), rect.height());
            let _ = write!(
                self.out,
                "<clipPath id=\"clip{id}\"><rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\"/></clipPath><g clip-path=\"url(#clip{id})\">",
                rect.left, rect.top
            );
            self.is_clipped = true;
        }
        Ok(())
    }

    fn polylines(&mut self, coords: &[f32], ends: &[u32], stroke: &Stroke) -> Painted {
        if !ends.is_empty() {
            self.path(&outline(coords, ends, false), stroke);
        }
        Ok(())
    }

    fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) -> Painted {
        let (centers, _) = centers.as_chunks::<2>();
        for &[x, y] in centers {
            self.circle(x, y, radius, color);
        }
        Ok(())
    }

    fn areas(&mut self, coords: &[f32], ends: &[u32], fill: Rgb, opacity: f64) -> Painted {
        let d = outline(coords, ends, true);
        let _ = write!(self.out, "<path d=\"{d}\" fill=\"{}\" fill-opacity=\"{opacity}\"/>", color(fill));
        Ok(())
    }

    fn mark(&mut self, mark: &Mark, style: &MarkStyle) -> Painted {
        let (x, y, r) = (mark.x, mark.y, style.radius);
        let diamond = |r: f32| [(x, y - r), (x + r, y), (x, y + r), (x - r, y)];
        match mark.kind {
            MarkKind::Running | MarkKind::Chosen => {
                self.circle(x, y, r * 1.5, style.halo);
                self.circle(x, y, r, style.color);
            }
            MarkKind::Best => {
                self.polygon(&diamond(r * 1.9), style.halo);
                self.polygon(&diamond(r * 1.35), style.color);
            }
            MarkKind::NonFinite => {
                let d = format!(
                    "M{:.2} {:.2}L{:.2} {:.2}M{:.2} {:.2}L{:.2} {:.2}",
                    x - r,
                    y - r,
                    x + r,
                    y + r,
                    x - r,
                    y + r,
                    x + r,
                    y - r
                );
                self.path(&d, &Stroke { color: style.halo, width: r * 1.25, dash: None });
                self.path(&d, &Stroke { color: style.color, width: r * 0.5, dash: None });
            }
            MarkKind::Above => self.polygon(&[(x, y), (x + r, y + r), (x - r, y + r)], style.color),
            MarkKind::Below => self.polygon(&[(x, y), (x + r, y - r), (x - r, y - r)], style.color),
        }
        Ok(())
    }
}

/// Grid, axis and tick labels, as [`crate::chart::draw::furniture`] paints them.
pub(super) fn furniture(scene: &Scene, palette: &Palette) -> String {
    let mut out = String::new();
    let (left, right, dpr) = (scene.plot.left, scene.plot.right, scene.dpr);
    let mut line = |y: f64, stroke: Rgb| {
        let _ = write!(
            out,
            "<path d=\"M{left} {y:.2}H{right}\" stroke=\"{}\" stroke-width=\"{dpr}\"/>",
            color(stroke)
        );
    };
    for tick in &scene.y.ticks {
        line(tick.px, palette.grid);
    }
    line(scene.plot.bottom, palette.axis);
    let size = 11.0 * dpr;
    let fill = color(palette.tick);
    let mut text = |x: f64, y: f64, anchor: &str, words: &str| {
        let words = escape(words);
        let _ = write!(
            out,
            "<text x=\"{x:.2}\" y=\"{y:.2}\" font-size=\"{size}\" text-anchor=\"{anchor}\" fill=\"{fill}\">{words}</text>"
        );
    };
    for tick in &scene.y.ticks {
        text(left - 8.0 * dpr, tick.px + 4.0 * dpr, "end", &tick.label);
    }
    for tick in &scene.x.ticks {
        text(tick.px, scene.plot.bottom + 15.0 * dpr, "middle", &tick.label);
    }
    out
}

fn outline(coords: &[f32], ends: &[u32], closed: bool) -> String {
    let mut d = String::with_capacity(coords.len() * 8);
    let mut start = 0;
    for &end in ends {
        let end = end as usize * 2;
        let (points, _) = coords.get(start..end).unwrap_or_default().as_chunks::<2>();
        start = end;
        for (index, [x, y]) in points.iter().enumerate() {
            let _ = write!(d, "{}{x:.2} {y:.2}", if index == 0 { 'M' } else { 'L' });
        }
        if closed {
            d.push('Z');
        }
    }
    d
}

pub(crate) fn color(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// Text for an element or an attribute. Characters that XML cannot hold are left out.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}
