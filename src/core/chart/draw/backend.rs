use plotters::style::{Color, RGBColor, ShapeStyle};
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

use super::{MarkStyle, SeriesPainter, Stroke};
use crate::chart::lines::{cut, dashes};
use crate::chart::{Mark, MarkKind, Rect, Rgb};

/// Paints curves on a plotters backend: SVG, bitmap, or any other. Backends count in whole pixels,
/// so give them as many as the picture deserves.
#[derive(Debug)]
pub struct PlottersPainter<'a, DB> {
    backend: &'a mut DB,
    clip: Option<Rect>,
}

impl<'a, DB: DrawingBackend> PlottersPainter<'a, DB> {
    /// Paints on this backend.
    pub fn new(backend: &'a mut DB) -> Self {
        Self { backend, clip: None }
    }
}

type Painted<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl<DB: DrawingBackend> SeriesPainter for PlottersPainter<'_, DB> {
    type Error = DrawingErrorKind<DB::ErrorType>;

    fn clip(&mut self, rect: Option<Rect>) -> Painted<DB> {
        self.clip = rect;
        Ok(())
    }

    fn polylines(&mut self, coords: &[f32], ends: &[u32], stroke: &Stroke) -> Painted<DB> {
        let mut start = 0;
        for &end in ends {
            let end = end as usize * 2;
            let line: Vec<(f64, f64)> = pairs(coords.get(start..end).unwrap_or_default()).collect();
            start = end;
            for whole in self.clipped(&line) {
                match stroke.dash {
                    None => self.path(&whole, stroke)?,
                    Some(dash) => self.dashed(&whole, dash, stroke)?,
                }
            }
        }
        Ok(())
    }

    fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) -> Painted<DB> {
        for (x, y) in pairs(centers) {
            if self.clip.is_none_or(|rect| rect.contains(x, y)) {
                self.circle((x, y), radius, color)?;
            }
        }
        Ok(())
    }

    fn areas(&mut self, coords: &[f32], ends: &[u32], color: Rgb, opacity: f64) -> Painted<DB> {
        let mut start = 0;
        for &end in ends {
            let end = end as usize * 2;
            let inside = |(x, y): (f64, f64)| match self.clip {
                Some(rect) => (x.clamp(rect.left, rect.right), y.clamp(rect.top, rect.bottom)),
                None => (x, y),
            };
            let polygon: Vec<_> =
                pairs(coords.get(start..end).unwrap_or_default()).map(inside).map(pixel).collect();
            start = end;
            let Rgb(red, green, blue) = color;
            let fill = ShapeStyle::from(RGBColor(red, green, blue).mix(opacity)).filled();
            self.backend.fill_polygon(polygon, &fill)?;
        }
        Ok(())
    }

    fn mark(&mut self, mark: &Mark, style: &MarkStyle) -> Painted<DB> {
        let (x, y) = (f64::from(mark.x), f64::from(mark.y));
        let radius = f64::from(style.radius);
        match mark.kind {
            MarkKind::Best => {
                for (radius, color) in [(radius * 1.9, style.halo), (radius * 1.35, style.color)] {
                    let corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)];
                    self.backend.fill_polygon(corners.map(pixel), &shape(color, 1.0).filled())?;
                }
                Ok(())
            }
            MarkKind::Running | MarkKind::Chosen => {
                self.circle((x, y), style.radius * 1.5, style.halo)?;
                self.circle((x, y), style.radius, style.color)
            }
            MarkKind::NonFinite => {
                let arms = [[(-1.0, -1.0), (1.0, 1.0)], [(-1.0, 1.0), (1.0, -1.0)]];
                for (color, width) in [(style.halo, style.radius * 1.25), (style.color, style.radius * 0.5)] {
                    let stroke = Stroke { color, width, dash: None };
                    for arm in arms {
                        self.path(&arm.map(|(dx, dy)| (x + dx * radius, y + dy * radius)), &stroke)?;
                    }
                }
                Ok(())
            }
            MarkKind::Above | MarkKind::Below => {
                let down = if mark.kind == MarkKind::Above { radius } else { -radius };
                let corners = [(x, y), (x + radius, y + down), (x - radius, y + down)];
                let fill = shape(style.color, 1.0).filled();
                self.backend.fill_polygon(corners.map(pixel), &fill)
            }
        }
    }
}

impl<DB: DrawingBackend> PlottersPainter<'_, DB> {
    /// The parts of the line within the clip.
    fn clipped(&self, line: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let Some(rect) = self.clip else {
            return vec![line.to_vec()];
        };
        let mut parts: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut open = None;
        for pair in line.windows(2) {
            let &[from, to] = pair else { continue };
            let Some((enter, leave)) = cut(from, to, rect) else {
                open = None;
                continue;
            };
            match (parts.last_mut(), open) {
                (Some(part), Some(end)) if end == enter => part.push(leave),
                _ => parts.push(vec![enter, leave]),
            }
            open = (leave == to).then_some(to);
        }
        parts
    }

    fn dashed(&mut self, line: &[(f64, f64)], dash: [f32; 2], stroke: &Stroke) -> Painted<DB> {
        let line: Vec<f32> = line.iter().flat_map(|&(x, y)| [x as f32, y as f32]).collect();
        let mut painted = Ok(());
        dashes(&line, dash, |part| {
            if painted.is_ok() {
                painted = self.path(&pairs(part).collect::<Vec<_>>(), stroke);
            }
        });
        painted
    }

    fn path(&mut self, line: &[(f64, f64)], stroke: &Stroke) -> Painted<DB> {
        self.backend.draw_path(line.iter().copied().map(pixel), &shape(stroke.color, stroke.width))
    }

    fn circle(&mut self, center: (f64, f64), radius: f32, color: Rgb) -> Painted<DB> {
        let radius = radius.round().max(1.0) as u32;
        self.backend.draw_circle(pixel(center), radius, &shape(color, 1.0).filled(), true)
    }
}

fn pairs(coords: &[f32]) -> impl Iterator<Item = (f64, f64)> {
    let (pairs, _) = coords.as_chunks::<2>();
    pairs.iter().map(|&[x, y]| (f64::from(x), f64::from(y)))
}

/// The pixel that a point lies in. The reduction counts columns the same way.
fn pixel((x, y): (f64, f64)) -> BackendCoord {
    (x.floor() as i32, y.floor() as i32)
}

fn shape(Rgb(r, g, b): Rgb, width: f32) -> ShapeStyle {
    RGBColor(r, g, b).stroke_width(width.round().max(1.0) as u32)
}
