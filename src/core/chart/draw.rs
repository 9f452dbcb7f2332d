//! Paints a [`Scene`].
//!
//! Axes, grid and labels go through any plotters backend; curves go through a [`SeriesPainter`],
//! which a browser canvas fulfils faster than plotters can, and [`PlottersPainter`] fulfils for
//! every plotters backend. Paint [`furniture`] first, then [`series`] or [`picture`], then [`marks`].

mod backend;
mod furniture;

pub use backend::PlottersPainter;
pub use furniture::furniture;

use std::collections::BTreeSet;

use super::{Ink, Mark, MarkKind, Palette, Raster, Rect, Rgb, Scene, SceneSeries};

/// How a line is painted. Lines are opaque, with round joins and caps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Rgb,
    /// Its width in device pixels.
    pub width: f32,
    /// Device pixels on and off by turns; `None` for a whole line.
    pub dash: Option<[f32; 2]>,
}

/// How a mark is painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MarkStyle {
    /// The colour of its curve.
    pub color: Rgb,
    /// A ring around it, so that it stands out from the lines it lies on.
    pub halo: Rgb,
    /// Half its width in device pixels.
    pub radius: f32,
}

/// Something that curves can be painted on. All coordinates are device pixels, x and y by turns.
pub trait SeriesPainter {
    /// Why painting failed.
    type Error;

    /// From here on everything is cut at this rectangle; `None` ends the cutting.
    fn clip(&mut self, rect: Option<Rect>) -> Result<(), Self::Error>;

    /// Any number of polylines: `ends` counts the points up to the end of each, as
    /// [`super::Polylines::ends`] does. A canvas should stroke every 64 to 128 points: one stroke
    /// of a long, thick line costs the square of its length.
    fn polylines(&mut self, coords: &[f32], ends: &[u32], stroke: &Stroke) -> Result<(), Self::Error>;

    /// Filled circles.
    fn dots(&mut self, centers: &[f32], radius: f32, color: Rgb) -> Result<(), Self::Error>;

    /// Filled polygons, as [`Self::polylines`] has lines, that let shine through what is below.
    fn areas(&mut self, coords: &[f32], ends: &[u32], color: Rgb, opacity: f64) -> Result<(), Self::Error>;

    /// A mark: a haloed dot, a cross, an arrow at the upper or lower edge.
    fn mark(&mut self, mark: &Mark, style: &MarkStyle) -> Result<(), Self::Error>;
}

/// Which curves stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Emphasis<'a> {
    /// Index of the series that is pointed at: painted last and thicker, the others faded.
    pub focused: Option<usize>,
    /// Indices of the series that are marked, if any are: the others stand far back.
    pub marked: Option<&'a BTreeSet<usize>>,
}

impl Emphasis<'_> {
    /// How much of its colour a series keeps.
    fn share(&self, index: usize) -> f64 {
        if self.marked.is_some_and(|marked| !marked.contains(&index)) {
            ASIDE_SHARE
        } else if self.focused.is_some_and(|focused| focused != index) {
            FADED_SHARE
        } else {
            1.0
        }
    }

    /// The greater, the further in front.
    fn rank(&self, index: usize) -> (bool, bool) {
        (self.focused == Some(index), self.marked.is_some_and(|marked| marked.contains(&index)))
    }
}

/// Widths in CSS pixels.
const LINE: f64 = 1.6;
const FOCUSED_LINE: f64 = 2.6;
/// Device pixels: a line of one is the only one that is fast to stroke in one go.
const RAW_LINE: f32 = 1.0;
/// How much of its colour is left of a curve behind its smoothed one, and of one that is faded.
const RAW_SHARE: f64 = 0.2;
const FADED_SHARE: f64 = 0.3;
/// And of one that is not marked while others are.
const ASIDE_SHARE: f64 = 0.18;
const MARK_RADIUS: f64 = 4.0;
/// Of the dots of a curve that has no line: metrics that were logged once.
const LONE_RADIUS: f64 = 3.0;

/// How much of its colour a band has, on light and on dark ground.
const BAND_SHARE: [f64; 2] = [0.18, 0.24];

/// Paints the bands of groups: they lie below all curves.
pub fn bands<P: SeriesPainter>(
    painter: &mut P,
    scene: &Scene,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Result<(), P::Error> {
    let Rgb(red, green, blue) = palette.ground;
    let is_dark = u32::from(red) + u32::from(green) + u32::from(blue) < 384;
    let share = BAND_SHARE[usize::from(is_dark)];
    painter.clip(Some(scene.plot))?;
    for (index, series) in scene.series.iter().enumerate().filter(|(_, series)| !series.band.is_empty()) {
        let opacity = share * emphasis.share(index);
        painter.areas(series.band.coords(), series.band.ends(), palette.of(series.slot), opacity)?;
    }
    painter.clip(None)
}

/// Paints the curves that are to be stroked: first all as logged, then all smoothed, the focused
/// last.
pub fn series<P: SeriesPainter>(
    painter: &mut P,
    scene: &Scene,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Result<(), P::Error> {
    painter.clip(Some(scene.plot))?;
    for layer in layers(scene, palette, emphasis) {
        let Ink::Lines(curve) = layer.ink else { continue };
        painter.polylines(curve.lines.coords(), curve.lines.ends(), &layer.stroke)?;
        if !curve.lines.is_empty() {
            painter.dots(&curve.dots, layer.dot, layer.stroke.color)?;
        }
    }
    painter.clip(None)?;
    lone_dots(painter, scene, palette, emphasis)
}

/// Paints the dots of curves that are nothing else, whole also where they lie on the edge: the first
/// point of a chart mostly does.
fn lone_dots<P: SeriesPainter>(
    painter: &mut P,
    scene: &Scene,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Result<(), P::Error> {
    let plot = scene.plot.grown(0.5);
    for layer in layers(scene, palette, emphasis) {
        let Ink::Lines(curve) = layer.ink else { continue };
        if curve.lines.is_empty() && !curve.dots.is_empty() {
            let (dots, _) = curve.dots.as_chunks::<2>();
            let inside = dots.iter().filter(|[x, y]| plot.contains(f64::from(*x), f64::from(*y)));
            let inside: Vec<f32> = inside.copied().flatten().collect();
            painter.dots(&inside, layer.dot, layer.stroke.color)?;
        }
    }
    Ok(())
}

/// The curves that are not to be stroked as one picture; `None` where there are none.
pub fn picture(scene: &Scene, palette: &Palette, emphasis: Emphasis<'_>) -> Option<Raster> {
    let mut raster = Raster::default();
    picture_into(&mut raster, scene, palette, emphasis).then_some(raster)
}

/// The same in place of another picture; `false`, and nothing done, where there are none.
pub fn picture_into(raster: &mut Raster, scene: &Scene, palette: &Palette, emphasis: Emphasis<'_>) -> bool {
    let layers = layers(scene, palette, emphasis);
    if !layers.iter().any(|layer| matches!(layer.ink, Ink::Columns(_))) {
        return false;
    }
    raster.reset(scene.plot);
    for layer in layers.iter().rev() {
        let Ink::Columns(curve) = layer.ink else { continue };
        raster.dots(&curve.dots, layer.dot, layer.stroke.color);
        raster.lines(curve, &layer.stroke);
    }
    true
}

/// Paints the marks of the curves, the focused one's last.
pub fn marks<P: SeriesPainter>(
    painter: &mut P,
    scene: &Scene,
    palette: &Palette,
    emphasis: Emphasis<'_>,
) -> Result<(), P::Error> {
    for (index, series) in in_order(scene, emphasis) {
        let look = Look::new(scene, palette, emphasis, index, series);
        let radius = (MARK_RADIUS * scene.dpr) as f32;
        let style = MarkStyle { color: look.color, halo: palette.ground, radius };
        for mark in &series.marks {
            // Arrows are the quietest sign.
            let radius = match mark.kind {
                MarkKind::Above | MarkKind::Below => radius * 0.75,
                MarkKind::Running | MarkKind::NonFinite | MarkKind::Best => radius,
                MarkKind::Chosen => radius * 0.8,
            };
            painter.mark(mark, &MarkStyle { radius, ..style })?;
        }
    }
    Ok(())
}

/// A curve and how it is painted.
struct Layer<'a> {
    ink: &'a Ink,
    stroke: Stroke,
    /// Radius of its dots.
    dot: f32,
}

/// From the back to the front.
fn layers<'a>(scene: &'a Scene, palette: &Palette, emphasis: Emphasis<'_>) -> Vec<Layer<'a>> {
    let order = in_order(scene, emphasis);
    let look = |index: usize, series: &SceneSeries| Look::new(scene, palette, emphasis, index, series);
    let raw = order.iter().filter_map(|&(index, series)| {
        let look = look(index, series);
        let stroke = Stroke { color: look.raw, width: RAW_LINE, dash: None };
        Some(Layer { ink: series.raw.as_ref()?, stroke, dot: look.width / 2.0 })
    });
    let main = order.iter().map(|&(index, series)| {
        let look = look(index, series);
        let stroke = Stroke { color: look.color, width: look.width, dash: look.dash };
        Layer { ink: &series.main, stroke, dot: look.dot(scene, series) }
    });
    raw.chain(main).collect()
}

/// The series from the back to the front.
fn in_order<'a>(scene: &'a Scene, emphasis: Emphasis<'_>) -> Vec<(usize, &'a SceneSeries)> {
    let mut order: Vec<(usize, &SceneSeries)> = scene.series.iter().enumerate().collect();
    order.sort_by_key(|(index, _)| emphasis.rank(*index));
    order
}

struct Look {
    color: Rgb,
    raw: Rgb,
    width: f32,
    dash: Option<[f32; 2]>,
}

impl Look {
    fn new(
        scene: &Scene,
        palette: &Palette,
        emphasis: Emphasis<'_>,
        index: usize,
        series: &SceneSeries,
    ) -> Self {
        let focused = emphasis.focused == Some(index);
        let own = palette.of(series.slot);
        let share = emphasis.share(index);
        let css = |css: f64| (css * scene.dpr) as f32;
        Self {
            color: own.over(palette.ground, share),
            raw: own.over(palette.ground, RAW_SHARE * share),
            width: css(if focused { FOCUSED_LINE } else { LINE }),
            dash: series.dash.pattern().map(|dash| dash.map(css)),
        }
    }

    /// The radius of points that no line touches: as thick as the line they stand between, larger
    /// where they are all there is.
    fn dot(&self, scene: &Scene, series: &SceneSeries) -> f32 {
        let lone = (LONE_RADIUS * scene.dpr) as f32;
        if series.main.has_line() { self.width } else { self.width.max(lone) }
    }
}
