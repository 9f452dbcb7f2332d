use std::f64::consts::TAU;

use js_sys::Array;
use runatlas_core::chart::{Mark, MarkKind, MarkStyle, Raster, Rect, Rgb, SeriesPainter, Stroke};
use wasm_bindgen::{Clamped, JsValue, prelude::wasm_bindgen};
use web_sys::{CanvasRenderingContext2d, ImageData};

/// Points of one stroke. Chromium's software raster takes 50 noisy curves of 4,000 points, 1.6
/// pixels thick, in about 220 ms with strokes of 24 points and bevelled joins, 360 ms with 96 and
/// round ones, and many times that in one stroke each.
const STROKE_POINTS: u32 = 24;

#[wasm_bindgen(inline_js = "
export function strokeLines(context, coords, ends, points, dashed) {
  let at = 0;
  for (const count of ends) {
    const end = count * 2;
    let length = 0;
    while (at + 2 < end) {
      const stop = Math.min(at + points * 2, end - 2);
      context.beginPath();
      context.moveTo(coords[at], coords[at + 1]);
      if (dashed) context.lineDashOffset = length;
      for (at += 2; at <= stop; at += 2) {
        context.lineTo(coords[at], coords[at + 1]);
        if (dashed) length += Math.hypot(coords[at] - coords[at - 2], coords[at + 1] - coords[at - 1]);
      }
      context.stroke();
      at -= 2;
    }
    at = end;
  }
}

export function fillAreas(context, coords, ends) {
  let at = 0;
  for (const count of ends) {
    context.beginPath();
    for (const end = count * 2; at < end; at += 2) context.lineTo(coords[at], coords[at + 1]);
    context.fill();
  }
}

export function fillDots(context, centers, radius) {
  context.beginPath();
  for (let at = 0; at + 1 < centers.length; at += 2) {
    context.moveTo(centers[at] + radius, centers[at + 1]);
    context.arc(centers[at], centers[at + 1], radius, 0, 2 * Math.PI);
  }
  context.fill();
}
")]
extern "C" {
    #[wasm_bindgen(js_name = strokeLines)]
    fn stroke_lines(
        context: &CanvasRenderingContext2d,
        coords: &[f32],
        ends: &[u32],
        points: u32,
        dashed: bool,
    );
    #[wasm_bindgen(js_name = fillAreas)]
    fn fill_areas(context: &CanvasRenderingContext2d, coords: &[f32], ends: &[u32]);
    #[wasm_bindgen(js_name = fillDots)]
    fn fill_dots(context: &CanvasRenderingContext2d, centers: &[f32], radius: f32);
}

/// Why something could not be painted.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{0}")]
pub struct CanvasError(String);

type Painted = Result<(), CanvasError>;

fn painted(result: Result<(), JsValue>) -> Painted {
    result.map_err(|thrown| CanvasError(crate::web::words(&thrown)))
}

/// Paints curves on a canvas.
#[derive(Debug)]
pub struct CanvasPainter<'a> {
    context: &'a CanvasRenderingContext2d,
    is_clipped: bool,
}

impl<'a> CanvasPainter<'a> {
    pub(super) fn new(context: &'a CanvasRenderingContext2d) -> Self {
        // Round caps hide where one stroke ends and the next begins.
        context.set_line_cap("round");
        context.set_line_join("bevel");
        Self { context, is_clipped: false }
    }

    /// Puts a picture onto the canvas, which replaces what is there.
    /// `pixels` is memory to do so in.
    pub(super) fn put(&self, picture: &Raster, pixels: &mut Vec<u8>) -> Painted {
        picture.rgba_into(pixels);
        // `ImageData` has at least one pixel.
        if pixels.is_empty() {
            return Ok(());
        }
        let (left, top) = picture.origin();
        let image = ImageData::new_with_u8_clamped_array(Clamped(pixels), picture.size().0 as u32);
        let put =
            image.and_then(|image| self.context.put_image_data(&image, f64::from(left), f64::from(top)));
        painted(put)
    }

    /// Fills a rectangle.
    pub fn rect(&mut self, rect: Rect, color: Rgb, opacity: f64) {
        self.context.set_global_alpha(opacity);
        self.fill_with(color);
        self.context.fill_rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
        self.context.set_global_alpha(1.0);
    }

    fn stroke_with(&self, stroke: &Stroke) -> Painted {
        self.context.set_stroke_style_str(&css(stroke.color));
        self.context.set_line_width(f64::from(stroke.width));
        let dash: Array =
            stroke.dash.iter().flatten().map(|&part| JsValue::from_f64(f64::from(part))).collect();
        painted(self.context.set_line_dash(&dash))
    }

    fn fill_with(&self, color: Rgb) {
        self.context.set_fill_style_str(&css(color));
    }

    fn circle(&self, (x, y): (f64, f64), radius: f64, color: Rgb) -> Painted {
        self.fill_with(color);
        self.context.begin_path();
        painted(self.context.arc(x, y, radius, 0.0, TAU))?;
        self.context.fill();
        Ok(())
    }

    fn cross(&self, (x, y): (f64, f64), radius: f64, stroke: &Stroke) -> Painted {
        self.stroke_with(stroke)?;
        self.context.begin_path();
        for lean in [-1.0, 1.0] {
            self.context.move_to(x - radius, y - radius * lean);
            self.context.line_to(x + radius, y + radius * lean);
        }
        self.context.stroke();
        Ok(())
    }

    fn diamond(&self, (x, y): (f64, f64), radius: f64, color: Rgb) {
        self.fill_with(color);
        self.context.begin_path();
        self.context.move_to(x, y - radius);
        self.context.line_to(x + radius, y);
        self.context.line_to(x, y + radius);
        self.context.line_to(x - radius, y);
        self.context.fill();
    }

    /// An arrow head whose tip is here; it opens downwards for a positive `down`.
    fn arrow(&self, (x, y): (f64, f64), radius: f64, down: f64, color: Rgb) {
        self.fill_with(color);
        self.context.begin_path();
        self.context.move_to(x, y);
        self.context.line_to(x + radius, y + down);
        self.context.line_to(x - radius, y + down);
        self.context.close_path();
        self.context.fill();
    }
}

impl SeriesPainter for CanvasPainter<'_> {
    type Error = CanvasError;

    fn clip(&mut self, rect: Option<Rect>) -> Painted {
        if std::mem::take(&mut self.is_clipped) {
            self.context.restore();
        }
        if let Some(rect) = rect {
            self.context.save();
            self.is_clipped = true;
            self.context.begin_path();
            self.context.rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top);
            self.context.clip();
        }
        Ok(())
    }

    fn polylines(&mut self, coords: &[f32], ends: &[u32], stroke: &Stroke) -> Painted {
        self.stroke_with(stroke)?;
        stroke_lines(self.context, coords, ends, STROKE_POINTS, stroke.dash.is_some());
        self.context.set_line_dash_offset(0.0);
        Ok(())
    }

    fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) -> Painted {
        self.fill_with(color);
        fill_dots(self.context, centers, radius);
        Ok(())
    }

    fn areas(&mut self, coords: &[f32], ends: &[u32], color: Rgb, opacity: f64) -> Painted {
        self.fill_with(color);
        self.context.set_global_alpha(opacity);
        fill_areas(self.context, coords, ends);
        self.context.set_global_alpha(1.0);
        Ok(())
    }

    fn mark(&mut self, mark: &Mark, style: &MarkStyle) -> Painted {
        let (at, radius) = ((f64::from(mark.x), f64::from(mark.y)), f64::from(style.radius));
        match mark.kind {
            MarkKind::Best => {
                self.diamond(at, radius * 1.9, style.halo);
                self.diamond(at, radius * 1.35, style.color);
                Ok(())
            }
            MarkKind::Running | MarkKind::Chosen => {
                self.circle(at, radius * 1.5, style.halo)?;
                self.circle(at, radius, style.color)
            }
            MarkKind::NonFinite => {
                let stroke = |color, width| Stroke { color, width, dash: None };
                self.cross(at, radius, &stroke(style.halo, style.radius * 1.25))?;
                self.cross(at, radius, &stroke(style.color, style.radius * 0.5))
            }
            MarkKind::Above => {
                self.arrow(at, radius, radius, style.color);
                Ok(())
            }
            MarkKind::Below => {
                self.arrow(at, radius, -radius, style.color);
                Ok(())
            }
        }
    }
}

impl Drop for CanvasPainter<'_> {
    fn drop(&mut self) {
        // A painter that was given up must not leave the context clipped.
        if self.is_clipped {
            self.context.restore();
        }
    }
}

fn css(Rgb(red, green, blue): Rgb) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
