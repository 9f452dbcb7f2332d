//! Paints a [`Figure`].
//!
//! Paint [`fills`], then [`marks`], then [`texts`]: lines and dots go through a [`SeriesPainter`],
//! the rest through any plotters backend.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontFamily, FontStyle, IntoTextStyle, TextStyle};
use plotters_backend::{BackendColor, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::{Anchor, Figure, Ink, Item, Label, Shape, ruler::LETTER};
use crate::chart::{Palette, Rect, Rgb, SeriesPainter, Stroke};

/// Which items stand out.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Emphasis<'a> {
    /// The item that is pointed at: painted last and stronger.
    pub focused: Option<usize>,
    /// For each item whether it is meant; the others are faded. `None` where all are.
    pub meant: Option<&'a [bool]>,
}

/// How much of its colour is left of an item beside the one that is pointed at, and of one that is
/// not meant.
const ASIDE: f64 = 0.35;
const NOT_MEANT: f64 = 0.12;
/// How much thicker the focused item is.
const THICKER: f32 = 1.9;
/// Size of text in CSS pixels.
const TEXT: f64 = 11.0;

type Painted<DB> = Result<(), DrawingErrorKind<<DB as DrawingBackend>::ErrorType>>;

impl Emphasis<'_> {
    fn share(self, item: usize) -> f64 {
        if self.focused == Some(item) {
            return 1.0;
        }
        match self.meant.and_then(|meant| meant.get(item)) {
            Some(false) => NOT_MEANT,
            _ if self.focused.is_some() => ASIDE,
            _ => 1.0,
        }
    }

    /// The items in the order of painting: those that are not meant first, then those without a
    /// colour of their own, the focused one last.
    pub(super) fn order(self, items: &[Item]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..items.len()).collect();
        let is_meant = |item: usize| self.meant.and_then(|meant| meant.get(item)).copied().unwrap_or(true);
        let has_color = |item: usize| items.get(item).is_some_and(|item| item.ink != Ink::Plain);
        order.sort_by_key(|&item| (self.focused == Some(item), is_meant(item), has_color(item)));
        order
    }
}

/// Paints grid, axes, bars, boxes and cells. The ground is left as it is.
pub fn fills<DB: DrawingBackend>(
    backend: &mut DB,
    figure: &Figure,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Painted<DB> {
    for shape in &figure.ground {
        fill(backend, shape, palette, 1.0)?;
    }
    for index in emphasis.order(&figure.items) {
        for shape in figure.items.get(index).map(|item| item.shapes.as_slice()).unwrap_or_default() {
            fill(backend, shape, palette, emphasis.share(index))?;
        }
    }
    for shape in &figure.top {
        fill(backend, shape, palette, 1.0)?;
    }
    Ok(())
}

fn fill<DB: DrawingBackend>(backend: &mut DB, shape: &Shape, palette: &Palette, fade: f64) -> Painted<DB> {
    match shape {
        Shape::Rect { rect, ink, share } => {
            let style = Fill(color(palette, *ink).over(palette.ground, share * fade), 1.0);
            rectangle(backend, *rect, style)
        }
        Shape::Polygon { points, ink, share } => {
            let style = Fill(color(palette, *ink).over(palette.ground, share * fade), 1.0);
            let corners = points.iter().map(|&(x, y)| (pixel(x), pixel(y)));
            if points.len() > 2 { backend.fill_polygon(corners, &style) } else { Ok(()) }
        }
        Shape::Line { .. } | Shape::Dot { .. } => Ok(()),
    }
}

/// Paints lines and dots.
pub fn marks<P: SeriesPainter>(
    painter: &mut P,
    figure: &Figure,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Result<(), P::Error> {
    for shape in &figure.ground {
        mark(painter, shape, palette, 1.0, 1.0)?;
    }
    for index in emphasis.order(&figure.items) {
        let focused = emphasis.focused == Some(index);
        for shape in figure.items.get(index).map(|item| item.shapes.as_slice()).unwrap_or_default() {
            mark(painter, shape, palette, emphasis.share(index), if focused { THICKER } else { 1.0 })?;
        }
    }
    for shape in &figure.top {
        mark(painter, shape, palette, 1.0, 1.0)?;
    }
    Ok(())
}

pub(super) fn mark<P: SeriesPainter>(
    painter: &mut P,
    shape: &Shape,
    palette: &Palette,
    fade: f64,
    thicker: f32,
) -> Result<(), P::Error> {
    match shape {
        Shape::Line { points, width, ink, share, dash } => {
            // A focused line is whole, whatever it is among the others.
            let share = if thicker > 1.0 { 1.0 } else { *share * fade };
            let own = color(palette, *ink).over(palette.ground, share);
            let ends = [points.len() as u32 / 2];
            if thicker > 1.0 {
                let rim = Stroke { color: palette.ground, width: width * thicker * 1.9, dash: None };
                painter.polylines(points, &ends, &rim)?;
            }
            painter.polylines(points, &ends, &Stroke { color: own, width: width * thicker, dash: *dash })
        }
        Shape::Dot { at, radius, ink, share } => {
            let grown = radius * (1.0 + (thicker - 1.0) * 0.5);
            painter.dots(at, grown * 1.28, palette.ground)?;
            painter.dots(at, grown, color(palette, *ink).over(palette.ground, share * fade))
        }
        Shape::Rect { .. } | Shape::Polygon { .. } => Ok(()),
    }
}

/// Paints all text.
pub fn texts<DB: DrawingBackend>(backend: &mut DB, figure: &Figure, palette: &Palette) -> Painted<DB> {
    for label in figure.labels.iter().filter(|label| !label.text.is_empty()) {
        if label.plate {
            rectangle(backend, plate(label, figure.dpr), Fill(palette.ground, 0.82))?;
        }
        let font = (FontFamily::Name(&palette.font), TEXT * figure.dpr, FontStyle::Normal);
        let style = TextStyle {
            color: Fill(color(palette, label.ink), 1.0).backend(),
            ..font.into_text_style(&(figure.width, figure.height))
        };
        let anchor = match label.anchor {
            Anchor::Left => Pos::new(HPos::Left, VPos::Center),
            Anchor::Right => Pos::new(HPos::Right, VPos::Center),
            Anchor::Center => Pos::new(HPos::Center, VPos::Center),
            Anchor::Top => Pos::new(HPos::Center, VPos::Top),
        };
        let at = (pixel(label.at.0.round()), pixel(label.at.1.round()));
        backend.draw_text(&label.text, &style.pos(anchor), at)?;
    }
    Ok(())
}

pub(super) fn plate(label: &Label, dpr: f64) -> Rect {
    let wide = label.text.chars().count() as f64 * LETTER * dpr;
    let (x, y) = label.at;
    let left = match label.anchor {
        Anchor::Left => x,
        Anchor::Right => x - wide,
        Anchor::Center | Anchor::Top => x - wide / 2.0,
    };
    let half = 6.0 * dpr;
    Rect { left: left - 2.0 * dpr, right: left + wide + 2.0 * dpr, top: y - half, bottom: y + half }
}

fn rectangle<DB: DrawingBackend>(backend: &mut DB, rect: Rect, style: Fill) -> Painted<DB> {
    let (left, top) = (pixel(rect.left.round()), pixel(rect.top.round()));
    let (right, bottom) = (pixel(rect.right.round()), pixel(rect.bottom.round()));
    if right > left && bottom > top {
        backend.draw_rect((left, top), (right, bottom), &style, true)
    } else {
        Ok(())
    }
}

fn pixel(at: f64) -> i32 {
    // A cast saturates, and NaN is 0.
    at.floor().clamp(-1e6, 1e6) as i32
}

/// What an ink is in these colours.
pub fn color(palette: &Palette, ink: Ink) -> Rgb {
    match ink {
        Ink::Slot(slot) => palette.of(slot),
        Ink::Plain | Ink::Tick => palette.tick,
        Ink::Grid => palette.grid,
        Ink::Axis => palette.axis,
        Ink::Text | Ink::Strong => palette.text,
        Ink::Ground => palette.ground,
        Ink::Scale(share) => palette.on_scale(share),
    }
}

#[derive(Clone, Copy)]
struct Fill(Rgb, f64);

impl Fill {
    fn backend(self) -> BackendColor {
        let Self(Rgb(r, g, b), alpha) = self;
        BackendColor { alpha, rgb: (r, g, b) }
    }
}

impl BackendStyle for Fill {
    fn color(&self) -> BackendColor {
        self.backend()
    }
}
