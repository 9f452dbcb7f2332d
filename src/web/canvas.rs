//! Drawing charts on a canvas.
//!
//! Axes, grid and labels go through plotters and `plotters-canvas`, of which only lines and text
//! are used: those it draws without measuring anything in the document. Curves go straight onto
//! the canvas's context ([`CanvasPainter`]), in one call across the border of wasm for all lines
//! of a curve, or, where they are many, as one picture that core has painted. Everything counts in
//! device pixels.

mod painter;

use std::cell::RefCell;

use plotters::backend::DrawingBackend as _;
use plotters_canvas::CanvasBackend;
use runatlas_core::chart::{
    Palette, Raster, Rgb, Scene, SeriesPainter as _, Stroke,
    draw::{Emphasis, bands, furniture, marks, picture_into, series},
    reduce::Reduced,
};
use runatlas_core::figure::{self, Figure};
use wasm_bindgen::JsCast as _;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

pub use painter::CanvasPainter;

thread_local! {
    /// The picture that was painted last, and its pixels: memory for the next.
    static PICTURE: RefCell<(Raster, Vec<u8>)> = RefCell::default();
}

/// A canvas with its context.
#[derive(Debug, Clone)]
pub struct Canvas {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
}

impl Canvas {
    /// Takes hold of a canvas element; `None` if the browser gives no context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Self> {
        let context = canvas.get_context("2d").ok().flatten()?.dyn_into().ok()?;
        Some(Self { canvas, context })
    }

    /// Gives the canvas as many pixels as the screen has for this size in CSS pixels. Clears it if
    /// that changes anything. The style sheet says how large it is shown.
    pub fn resize(&self, css_width: f64, css_height: f64) {
        let dpr = device_pixel_ratio();
        let (width, height) = ((css_width * dpr).round() as u32, (css_height * dpr).round() as u32);
        if self.canvas.width() != width {
            self.canvas.set_width(width);
        }
        if self.canvas.height() != height {
            self.canvas.set_height(height);
        }
    }

    /// Its size in device pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.canvas.width(), self.canvas.height())
    }

    /// Makes it transparent again.
    pub fn clear(&self) {
        let (width, height) = self.size();
        self.context.clear_rect(0.0, 0.0, f64::from(width), f64::from(height));
    }

    /// Paints a chart; the error is for people.
    pub fn paint(&self, scene: &Scene, palette: &Palette, emphasis: Emphasis<'_>) -> Result<(), String> {
        self.clear();
        let mut backend =
            CanvasBackend::with_canvas_object(self.canvas.clone()).ok_or("the canvas gives no context")?;
        let said = |error: &dyn std::fmt::Display| format!("the chart could not be drawn: {error}");
        let mut painter = self.painter();
        PICTURE
            .with_borrow_mut(|(curves, pixels)| {
                let is_there = picture_into(curves, scene, palette, emphasis);
                if is_there { painter.put(curves, pixels) } else { Ok(()) }
            })
            .map_err(|error| said(&error))?;
        let painted = series(&mut painter, scene, palette, emphasis);
        painted.and_then(|()| marks(&mut painter, scene, palette, emphasis)).map_err(|error| said(&error))?;
        // A picture put onto a canvas replaces what is there: what lies below comes after.
        self.compose("destination-over");
        let below = bands(&mut self.painter(), scene, palette, emphasis).map_err(|error| said(&error));
        let painted = furniture(&mut backend, scene, palette).and_then(|()| backend.present());
        self.compose("source-over");
        below.and(painted.map_err(|error| said(&error)))
    }

    /// Paints a figure; the error is for people.
    pub fn paint_figure(
        &self,
        figure: &Figure,
        palette: &Palette,
        emphasis: figure::draw::Emphasis<'_>,
    ) -> Result<(), String> {
        self.clear();
        let mut backend =
            CanvasBackend::with_canvas_object(self.canvas.clone()).ok_or("the canvas gives no context")?;
        let said = |error: &dyn std::fmt::Display| format!("the figure could not be drawn: {error}");
        figure::draw::fills(&mut backend, figure, palette, emphasis).map_err(|error| said(&error))?;
        figure::draw::marks(&mut self.painter(), figure, palette, emphasis).map_err(|error| said(&error))?;
        let painted = figure::draw::texts(&mut backend, figure, palette).and_then(|()| backend.present());
        painted.map_err(|error| said(&error))
    }

    fn compose(&self, operation: &str) {
        // Fails for no operation that there is.
        let _ = self.context.set_global_composite_operation(operation);
    }

    /// Paints a sparkline, `width` device pixels thick.
    pub fn paint_spark(&self, spark: &Reduced, color: Rgb, width: f32) -> Result<(), String> {
        self.clear();
        let mut painter = self.painter();
        let stroke = Stroke { color, width, dash: None };
        let painted = painter.polylines(spark.lines.coords(), spark.lines.ends(), &stroke);
        painted.and_then(|()| painter.dots(&spark.dots, width, color)).map_err(|error| error.to_string())
    }

    /// Paints on it: overlays, and what else is no whole chart.
    pub fn painter(&self) -> CanvasPainter<'_> {
        CanvasPainter::new(&self.context)
    }
}

/// Device pixels of one CSS pixel; charts honour it up to 3.
pub fn device_pixel_ratio() -> f64 {
    let ratio = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
    if ratio.is_finite() { ratio.clamp(0.5, 3.0) } else { 1.0 }
}
