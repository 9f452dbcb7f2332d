use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, FontStyle, IntoTextStyle, TextStyle};
use plotters_backend::{BackendColor, DrawingBackend, DrawingErrorKind};

use crate::chart::{Palette, Rgb, Scene, Tick};

/// Size of tick labels in CSS pixels.
const TEXT: f64 = 11.0;
/// Distance of tick labels from the plot in CSS pixels.
const Y_GAP: f64 = 8.0;
const X_GAP: f64 = 6.0;

/// Paints grid, axis and tick labels. The ground is left as it is.
pub fn furniture<DB: DrawingBackend>(
    backend: &mut DB,
    scene: &Scene,
    palette: &Palette,
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    for tick in &scene.y.ticks {
        hairline(backend, scene, tick.px, palette.grid)?;
    }
    hairline(backend, scene, scene.plot.bottom, palette.axis)?;
    for tick in &scene.y.ticks {
        let right = scene.plot.left - Y_GAP * scene.dpr;
        text(backend, scene, palette, tick, (right, tick.px), Pos::new(HPos::Right, VPos::Center))?;
    }
    let top = scene.plot.bottom + X_GAP * scene.dpr;
    for tick in &scene.x.ticks {
        text(backend, scene, palette, tick, (tick.px, top), Pos::new(HPos::Center, VPos::Top))?;
    }
    Ok(())
}

/// A horizontal line one CSS pixel thick, made of lines one device pixel thick: those are sharp on
/// every backend.
fn hairline<DB: DrawingBackend>(
    backend: &mut DB,
    scene: &Scene,
    y: f64,
    color: Rgb,
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    let thickness = scene.dpr.round().max(1.0) as i32;
    let first = y.round() as i32 - thickness / 2;
    let (left, right) = (scene.plot.left as i32, scene.plot.right as i32);
    for y in first..first + thickness {
        backend.draw_line((left, y), (right, y), &backend_color(color))?;
    }
    Ok(())
}

fn text<DB: DrawingBackend>(
    backend: &mut DB,
    scene: &Scene,
    palette: &Palette,
    tick: &Tick,
    (x, y): (f64, f64),
    anchor: Pos,
) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
    let font = (FontFamily::Name(&palette.font), TEXT * scene.dpr, FontStyle::Normal);
    let style = TextStyle {
        color: backend_color(palette.tick),
        ..font.into_text_style(&(scene.width, scene.height))
    };
    backend.draw_text(&tick.label, &style.pos(anchor), (x.round() as i32, y.round() as i32))
}

pub(super) fn backend_color(Rgb(r, g, b): Rgb) -> BackendColor {
    BackendColor { alpha: 1.0, rgb: (r, g, b) }
}
