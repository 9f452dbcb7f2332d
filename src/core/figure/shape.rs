use super::{Brush, Rail};
use crate::chart::{Rect, Slot};

/// A colour by what it means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Ink {
    /// That of a run or a group.
    Slot(Slot),
    /// That of a run that is not on the charts, and of what belongs to no run.
    Plain,
    /// Grid lines.
    Grid,
    /// Axis lines.
    Axis,
    /// Tick labels.
    Tick,
    /// Titles.
    Text,
    /// Text on a colour that is near the low end of the scale.
    Strong,
    /// What the figure is drawn on.
    Ground,
    /// A place on the colour scale, 0 to 1.
    Scale(f64),
}

/// Which point of a text stands where its label is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// The middle of its left end.
    Left,
    /// The middle of its right end.
    Right,
    /// Its centre.
    Center,
    /// The middle of its upper edge.
    Top,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// Where.
    pub at: (f64, f64),
    /// What.
    pub text: String,
    /// In which colour.
    pub ink: Ink,
    /// Which point of it is at `at`.
    pub anchor: Anchor,
    /// It lies over lines: some ground is painted behind it.
    pub plate: bool,
}

/// Something to be painted. `share` is how much of the ink is left over the ground, 0 to 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// A filled rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Its colour.
        ink: Ink,
        /// How strong.
        share: f64,
    },
    /// A filled polygon.
    Polygon {
        /// Its corners.
        points: Vec<(f64, f64)>,
        /// Its colour.
        ink: Ink,
        /// How strong.
        share: f64,
    },
    /// A line.
    Line {
        /// x and y by turns.
        points: Vec<f32>,
        /// Device pixels.
        width: f32,
        /// Its colour.
        ink: Ink,
        /// How strong.
        share: f64,
        /// Device pixels on and off by turns.
        dash: Option<[f32; 2]>,
    },
    /// A filled circle with a rim of ground.
    Dot {
        /// Its centre.
        at: [f32; 2],
        /// Device pixels.
        radius: f32,
        /// Its colour.
        ink: Ink,
        /// How strong.
        share: f64,
    },
}

impl Shape {
    /// A whole rectangle.
    pub(super) fn rect(rect: Rect, ink: Ink) -> Self {
        Self::Rect { rect, ink, share: 1.0 }
    }

    /// A whole line.
    pub(super) fn line(points: impl IntoIterator<Item = (f64, f64)>, width: f64, ink: Ink) -> Self {
        let points = points.into_iter().flat_map(|(x, y)| [x as f32, y as f32]).collect();
        Self::Line { points, width: width as f32, ink, share: 1.0, dash: None }
    }

    /// A whole dot.
    pub(super) fn dot((x, y): (f64, f64), radius: f64, ink: Ink) -> Self {
        Self::Dot { at: [x as f32, y as f32], radius: radius as f32, ink, share: 1.0 }
    }

    /// The same, fainter.
    #[must_use]
    pub(super) fn faint(mut self, faint: f64) -> Self {
        match &mut self {
            Self::Rect { share, .. }
            | Self::Polygon { share, .. }
            | Self::Line { share, .. }
            | Self::Dot { share, .. } => *share = faint,
        }
        self
    }
}

/// Where an item is hit.
#[derive(Debug, Clone, PartialEq)]
pub enum Hit {
    /// Near a point.
    Dot(f64, f64),
    /// Near a line.
    Line(Vec<(f64, f64)>),
    /// Within a rectangle.
    Rect(Rect),
}

/// What can be pointed at: a run, or a group, bin or cell of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Which of the runs, by their place in the input.
    pub runs: Vec<usize>,
    /// What it is called.
    pub label: String,
    /// What it looks like, for the key beside its name.
    pub ink: Ink,
    /// Names and values, for people.
    pub rows: Vec<(String, String)>,
    /// What is painted.
    pub shapes: Vec<Shape>,
    /// Where it is hit.
    pub hit: Hit,
    /// Where it stands on each rail of parallel coordinates, 0 below to 1 above.
    pub places: Vec<Option<f64>>,
}

impl Item {
    /// The item in words: `adam: lr 0.001, loss 0.3`.
    pub fn words(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(|(name, value)| format!("{name} {value}")).collect();
        if rows.is_empty() { self.label.clone() } else { format!("{}: {}", self.label, rows.join(", ")) }
    }

    /// Where a tip about it points.
    pub fn anchor(&self) -> (f64, f64) {
        match &self.hit {
            Hit::Dot(x, y) => (*x, *y),
            Hit::Line(points) => points.get(points.len() / 2).copied().unwrap_or_default(),
            Hit::Rect(rect) => (f64::midpoint(rect.left, rect.right), f64::midpoint(rect.top, rect.bottom)),
        }
    }

    /// How far a point is from it, in device pixels.
    fn distance(&self, x: f64, y: f64, dpr: f64) -> f64 {
        match &self.hit {
            Hit::Dot(px, py) => (px - x).hypot(py - y),
            Hit::Line(points) => points
                .windows(2)
                .map(|pair| match *pair {
                    [from, to] => from_segment((x, y), from, to),
                    _ => f64::INFINITY,
                })
                .fold(f64::INFINITY, f64::min),
            // What is small and lies within it comes first.
            Hit::Rect(rect) if rect.contains(x, y) => WITHIN * dpr,
            Hit::Rect(_) => f64::INFINITY,
        }
    }
}

fn from_segment((x, y): (f64, f64), (x0, y0): (f64, f64), (x1, y1): (f64, f64)) -> f64 {
    let (dx, dy) = (x1 - x0, y1 - y0);
    let length = dx * dx + dy * dy;
    let share = if length > 0.0 { (((x - x0) * dx + (y - y0) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
    (x0 + dx * share - x).hypot(y0 + dy * share - y)
}

/// A figure as it is to be painted. Every coordinate is in device pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Figure {
    /// Width of the picture in device pixels.
    pub width: u32,
    /// Height of the picture in device pixels.
    pub height: u32,
    /// Device pixels per CSS pixel.
    pub dpr: f64,
    /// Grid and axes.
    pub ground: Vec<Shape>,
    /// What can be pointed at, in the order in which keys walk.
    pub items: Vec<Item>,
    /// What lies over the items: trends, contours, legends.
    pub top: Vec<Shape>,
    /// All text.
    pub labels: Vec<Label>,
    /// What the colours mean, where the picture itself does not name all of them: on paper.
    pub legend: Vec<(String, Ink)>,
    /// The axes of parallel coordinates.
    pub rails: Vec<Rail>,
    /// What is to be said: statistics first, then what could not be drawn and why.
    pub notes: Vec<String>,
    /// All of it for people who do not see it.
    pub summary: String,
    /// Why there is nothing to see.
    pub empty: Option<String>,
}

/// How near is near enough, in CSS pixels.
const REACH: f64 = 14.0;
/// As how near the inside of a rectangle counts, in CSS pixels.
const WITHIN: f64 = 6.0;

impl Figure {
    /// The item under or nearest to a point, in device pixels.
    pub fn at(&self, x: f64, y: f64) -> Option<usize> {
        let reach = REACH * self.dpr;
        let near = self.items.iter().enumerate().map(|(index, item)| (index, item.distance(x, y, self.dpr)));
        // Of equals the last: it is painted over the others.
        let nearest = near.rev().min_by(|a, b| a.1.total_cmp(&b.1));
        nearest.filter(|(_, distance)| *distance <= reach).map(|(index, _)| index)
    }

    /// The item that holds a run: its own rather than that of its group.
    pub fn item_of(&self, run: usize) -> Option<usize> {
        let holds = self.items.iter().enumerate().filter(|(_, item)| item.runs.contains(&run));
        holds.min_by_key(|(_, item)| item.runs.len()).map(|(index, _)| index)
    }

    /// Which items lie within all brushes; `None` without brushes.
    pub fn within(&self, brushes: &[Brush]) -> Option<Vec<bool>> {
        (!brushes.is_empty()).then(|| {
            let is_in = |item: &Item| brushes.iter().all(|brush| brush.holds(item, &self.rails));
            self.items.iter().map(is_in).collect()
        })
    }
}
