//! What a line covers of one column of pixels.

use std::ops::Range;

/// Where a line runs in a column. Heights are in pixels from the top of the picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    least: f32,
    greatest: f32,
    enter: f32,
    leave: f32,
}

impl Default for Column {
    /// No line here.
    fn default() -> Self {
        Self { least: f32::INFINITY, greatest: f32::NEG_INFINITY, enter: 0.0, leave: 0.0 }
    }
}

impl Column {
    /// The line comes in, or begins, here.
    pub(super) fn begin(&mut self, y: f32) {
        *self = Self { least: y, greatest: y, enter: y, leave: y };
    }

    /// It goes on to here.
    pub(super) fn run_to(&mut self, y: f32) {
        self.least = self.least.min(y);
        self.greatest = self.greatest.max(y);
        self.leave = y;
    }

    fn is_empty(&self) -> bool {
        self.least > self.greatest
    }

    /// How much the line leaves the straight way from where it enters to where it leaves: nothing,
    /// or all from a pixel on.
    fn excursion(&self) -> f32 {
        let (top, bottom) = (self.enter.min(self.leave), self.enter.max(self.leave));
        (top - self.least).max(self.greatest - bottom).min(1.0)
    }

    /// How much of a spike the line is here: nothing where it passes almost level, all of one
    /// where it rises or falls by some pixels. A spike is wider than it looks from within.
    fn steepness(&self) -> f32 {
        ((self.greatest - self.least - 1.0) * 0.5).clamp(0.0, 1.0)
    }
}

/// The rows of a column that a line covers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rows {
    /// Those of which it covers anything.
    pub(super) all: Range<usize>,
    /// Those, among `all`, that it covers wholly.
    pub(super) solid: Range<usize>,
}

/// Works out how much of each row is covered, 0 to 1; kept, so that nothing is allocated a line.
#[derive(Debug, Clone)]
pub(super) struct Coverage {
    rows: Vec<f32>,
    spikes: Vec<Spike>,
}

impl Coverage {
    pub(super) fn new(height: usize) -> Self {
        Self { rows: vec![0.0; height], spikes: Vec::new() }
    }

    /// How much of each row the line covers that [`Self::of`] was last asked for.
    pub(super) fn rows(&self) -> &[f32] {
        &self.rows
    }

    /// What a line that reaches so far to all sides covers of the middle one of these columns.
    pub(super) fn of(&mut self, around: &[Column], reach: &Reach) -> Option<Rows> {
        let middle = around.len() / 2;
        let own = around.get(middle)?;
        let height = self.rows.len();
        let bounds = Bounds::of(around, reach.pixels)?;
        self.spikes.clear();
        self.spikes.extend(spikes(around, middle, reach));
        let band = (!own.is_empty()).then(|| Band::of(own, &bounds, reach.pixels));
        let (mut top, mut bottom) = band.as_ref().map_or((f32::INFINITY, f32::NEG_INFINITY), Band::ends);
        for spike in &self.spikes {
            (top, bottom) = (top.min(spike.top), bottom.max(spike.bottom));
        }
        let all = row(top, height)..row(bottom.ceil(), height);
        if all.is_empty() {
            return None;
        }
        let solid = match &band {
            Some(_) if own.excursion() >= 1.0 => {
                row((own.least - reach.pixels).ceil(), height)..row(own.greatest + reach.pixels, height)
            }
            Some(band) => band.solid(height),
            None => 0..0,
        };
        let solid = if solid.is_empty() { all.end..all.end } else { solid };
        for at in (all.start..solid.start).chain(solid.end..all.end) {
            let passed = band.as_ref().map_or(0.0, |band| band.share(at as f32));
            let share = self.spikes.iter().fold(passed, |share, spike| share.max(spike.share(at as f32)));
            if let Some(row) = self.rows.get_mut(at) {
                *row = share;
            }
        }
        Some(Rows { all, solid })
    }
}

fn row(y: f32, height: usize) -> usize {
    y.max(0.0).min(height as f32) as usize
}

/// The heights between which a stroke lies: it is nowhere farther than its reach from the line.
struct Bounds {
    top: f32,
    bottom: f32,
}

impl Bounds {
    fn of(around: &[Column], reach: f32) -> Option<Self> {
        let least = around.iter().map(|column| column.least).fold(f32::INFINITY, f32::min);
        let greatest = around.iter().map(|column| column.greatest).fold(f32::NEG_INFINITY, f32::max);
        (least <= greatest).then_some(Self { top: least - reach, bottom: greatest + reach })
    }
}

/// The stroke of a line that passes a column straight: between an upper and a lower edge.
struct Band {
    upper: Edge,
    lower: Edge,
}

impl Band {
    fn of(column: &Column, bounds: &Bounds, reach: f32) -> Self {
        let rise = column.leave - column.enter;
        // Not `hypot`, whose care for huge numbers takes longer than all the rest.
        let half = reach * (rise * rise + 1.0).sqrt();
        let at = |y: f32| y.clamp(bounds.top, bounds.bottom);
        Self {
            upper: Edge(at(column.enter - half), at(column.leave - half)),
            lower: Edge(at(column.enter + half), at(column.leave + half)),
        }
    }

    /// How much of a row lies between the edges.
    fn share(&self, row: f32) -> f32 {
        (self.upper.share_above(row + 1.0) - self.lower.share_above(row + 1.0)).clamp(0.0, 1.0)
    }

    /// The heights between which it covers anything.
    fn ends(&self) -> (f32, f32) {
        (self.upper.0.min(self.upper.1), self.lower.0.max(self.lower.1))
    }

    fn solid(&self, height: usize) -> Range<usize> {
        let (top, bottom) = (self.upper.0.max(self.upper.1), self.lower.0.min(self.lower.1));
        row(top.ceil(), height)..row(bottom, height)
    }
}

/// An edge from the left side of a column to its right side.
struct Edge(f32, f32);

impl Edge {
    /// How much of the row that ends at `y` lies below the edge.
    fn share_above(&self, y: f32) -> f32 {
        let (left, right) = (y - self.0, y - self.1);
        let rise = left - right;
        if rise.abs() < 1e-3 {
            return ((left + right) * 0.5).clamp(0.0, 1.0);
        }
        (ramp_area(left) - ramp_area(right)) / rise
    }
}

/// The area below `clamp(v, 0, 1)` up to here.
fn ramp_area(v: f32) -> f32 {
    if v <= 0.0 {
        0.0
    } else if v < 1.0 {
        v * v * 0.5
    } else {
        v - 0.5
    }
}

/// A stretch of a column that a spike covers: one of the column itself, beyond where the line
/// passes, or a neighbour's, as far as that is wider than a column.
#[derive(Debug, Clone, Copy)]
struct Spike {
    top: f32,
    bottom: f32,
    /// Of the column's width.
    weight: f32,
}

impl Spike {
    fn share(&self, row: f32) -> f32 {
        self.weight * (self.bottom.min(row + 1.0) - self.top.max(row)).clamp(0.0, 1.0)
    }
}

fn spikes(around: &[Column], middle: usize, reach: &Reach) -> impl Iterator<Item = Spike> {
    around.iter().enumerate().filter_map(move |(at, column)| {
        let tap = reach.taps.get(at.abs_diff(middle))?;
        let steep = if at == middle { column.excursion() } else { column.steepness() };
        let weight = tap.weight * steep;
        let is_seen = weight > 0.0 && !column.is_empty();
        is_seen.then_some(Spike { top: column.least - tap.rise, bottom: column.greatest + tap.rise, weight })
    })
}

/// How far a stroke goes to all sides of its line: half its width.
#[derive(Debug, Clone)]
pub(super) struct Reach {
    pixels: f32,
    /// By distance in columns.
    taps: Vec<Tap>,
}

#[derive(Debug, Clone)]
struct Tap {
    /// How far it goes up and down there.
    rise: f32,
    /// How much of that column's width it covers.
    weight: f32,
}

impl Reach {
    pub(super) fn of(width: f32) -> Self {
        let pixels = width / 2.0;
        let tap = |distance: usize| {
            let distance = distance as f32;
            let rise = (pixels * pixels - distance * distance).max(0.0).sqrt();
            Tap { rise, weight: (pixels + 0.5 - distance).clamp(0.0, 1.0) }
        };
        Self { pixels, taps: (0..=pixels.ceil() as usize).map(tap).collect() }
    }

    /// How many columns to each side it may cover something of.
    pub(super) fn columns(&self) -> usize {
        self.taps.len() - 1
    }
}
